// What every end-to-end test uses: the release page, served from a sub-path, in a new profile of
// headless Chromium, under watch.
//
//   import { suite } from "./support/page.mjs";
//   import { test } from "node:test";
//
//   const { open } = suite();
//   test("…", async (t) => {
//     const { page } = await open(t);                    // the page as a first visitor gets it
//     const { page: other } = await open(t, { hash: link }); // another profile: nothing is shared
//     …
//   });
//
// `page` is a Playwright page (playwright-core). After each test the watch is read: a console error
// or warning, an exception, a failed request, a request to any other host or a violation of the
// Content-Security-Policy fails the test, whatever its own assertions say.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { serveFolder } from "./server.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
/** Loads from the npm packages of `web/js`, the only ones in the repository. */
export const require = createRequire(`${root}web/js/package.json`);
const { chromium } = require("playwright-core");

/** The release page that `cargo xtask build` writes; GUARDRAIL_DIST names another folder. */
export const DIST = process.env.GUARDRAIL_DIST ?? `${root}dist`;
/** Where a test may leave pictures; not part of the repository. */
export const OUTPUT = `${root}tests/e2e/output`;

const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
];
const PLACES = [
  process.env.CHROME,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Starts the Chromium that CHROME names, else one in a usual place, else Playwright's own. */
export async function launch() {
  const executablePath = PLACES.find((path) => path && existsSync(path));
  return chromium.launch({ ...(executablePath ? { executablePath } : {}), args: FLAGS });
}

/** The HTML of the release page. */
export function releasePage() {
  assert.ok(existsSync(`${DIST}/index.html`), "there is no page in dist/: run `cargo xtask build` first");
  return readFileSync(`${DIST}/index.html`, "utf8");
}

/**
 * One server and one browser for all tests of a file.
 * @param {{extra?: () => Record<string, string>}} [options] `extra`: pages that are served beside the release page
 */
export function suite({ extra } = {}) {
  let server;
  let browser;
  before(async () => {
    releasePage();
    server = await serveFolder(DIST, extra?.());
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /**
   * Opens the page in a new profile and waits until the app is there. The profile is closed, and
   * the watch read, when the test ends.
   * @param {import("node:test").TestContext} t
   * @param {object} [options]
   * @param {string} [options.file] another page than index.html
   * @param {string} [options.hash] the fragment, with or without "#"
   * @param {string} [options.query] the query, with or without "?"
   * @param {{width: number, height: number}} [options.viewport] 1440 × 900 unless given
   * @param {"light" | "dark"} [options.theme] what the system prefers
   * @param {boolean} [options.editor] whether to wait for the editor too; true unless given
   * @param {RegExp[]} [options.expected] complaints that this test provokes on purpose
   * @param {(page: import("playwright-core").Page) => Promise<void>} [options.prepare] runs before the page is opened
   */
  async function open(t, options = {}) {
    const { file = "", hash = "", query = "", viewport = { width: 1440, height: 900 }, theme = "light" } = options;
    const context = await browser.newContext({
      viewport,
      colorScheme: theme,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const complaints = await watch(context, server.origin);
    t.after(async () => {
      await context.close();
      const found = complaints.filter((text) => !(options.expected ?? []).some((pattern) => pattern.test(text)));
      assert.deepEqual(found, [], "the page complained");
    });
    const page = await context.newPage();
    await options.prepare?.(page);
    await page.goto(server.url + file + prefixed("?", query) + prefixed("#", hash));
    await page.waitForFunction(() => document.querySelector("main, #boot-failure"));
    if (options.editor ?? true) await editorLoaded(page);
    return { page, context, complaints, url: server.url };
  }

  return { open, url: () => server.url };
}

/** Waits until the code of the policy editor has been loaded. */
export async function editorLoaded(page) {
  await page.waitForFunction(() => customElements.get("guardrail-editor") !== undefined);
}

/** Gathers everything that a page of this profile must not do. The list grows while the pages live. */
export async function watch(context, origin) {
  const complaints = [];
  await context.exposeFunction("reportViolation", (text) => complaints.push(`content security policy: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      globalThis.reportViolation(`${event.effectiveDirective} refused ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`console ${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => complaints.push(`exception: ${error.error().stack ?? error.error()}`));
  context.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (asked !== origin && !["data:", "blob:"].includes(protocol)) complaints.push(`request to ${request.url()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`status ${response.status()}: ${response.url()}`);
  });
  context.on("requestfailed", (request) => {
    // A page that is left or closed breaks off what it was still loading.
    if (request.failure()?.errorText === "net::ERR_ABORTED") return;
    complaints.push(`request failed: ${request.url()} (${request.failure()?.errorText})`);
  });
  return complaints;
}

function prefixed(sign, text) {
  return text === "" || text.startsWith(sign) ? text : sign + text;
}
