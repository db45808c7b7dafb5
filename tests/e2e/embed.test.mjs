// The embedded page where it is used: in a plain page, in a sandbox, side by side, under a strict
// policy of the host, beside a service worker. Each does its main job there.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { button, eventually, fragment, requestRows, shareLink } from "./support/app.mjs";
import { editorText, replaceText } from "./support/editor.mjs";
import { EMBED, HEARD, LESSON, MENDED, SANDBOX, ask, doesItsJob, frameTag, hostPage, last, linkOf, started, verdictsHeard, verdictsShown } from "./support/embed.mjs";
import { launch, suite, watch } from "./support/page.mjs";
import { described, host, publish, ready, update } from "./support/versions.mjs";

const hash = linkOf(LESSON);
const views = "view=requests,trace,policy";
/** What a strict host allows, as it is written down. */
const [, STRICT] = readFileSync(fileURLToPath(new URL("../../docs/embedding.md", import.meta.url)), "utf8").match(/^Content-Security-Policy: (.*)$/m);

const { open, url } = suite({
  extra: () => ({
    "heard.js": HEARD,
    "plain.html": hostPage(frameTag({ query: views, hash })),
    "sandboxed.html": hostPage(frameTag({ query: views, hash, sandbox: SANDBOX })),
    "two.html": hostPage(frameTag({ query: views, hash, sandbox: SANDBOX }) + frameTag({ query: views, hash, sandbox: SANDBOX, title: "The same" })),
    "strict.html": hostPage(
      `<guardrail-playground view="requests,trace,policy" title="Lesson" link="${hash}"><p>What is denied?</p></guardrail-playground>`,
      { head: '<script src="v1/embed.js" defer></script>' },
    ),
    "full.html": hostPage(frameTag({ query: views, hash, sandbox: "allow-scripts allow-popups" })),
  }),
});

const opened = (t, file, options = {}) => open(t, { file, editor: false, ...options });

test("in a plain page", async (t) => {
  const { page } = await opened(t, "plain.html");
  const [frame] = await started(page);
  await doesItsJob(page, frame);
  // It shares the origin with its host here, and stores nothing all the same.
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  assert.ok(frame.url().endsWith(hash), "the address is what it was");
});

test("in a sandbox without an origin, where storage throws, from a host that knows nothing of it", async (t) => {
  const { page, url } = await opened(t, "sandboxed.html");
  const [frame] = await started(page);
  assert.equal(await frame.evaluate(() => self.origin), "null");
  assert.equal(
    await frame.evaluate(() => {
      try {
        return localStorage.length;
      } catch (error) {
        return error.name;
      }
    }),
    "SecurityError",
  );
  const answer = await fetch(`${url}${EMBED}`);
  assert.equal(answer.headers.get("access-control-allow-origin"), null);
  await doesItsJob(page, frame);
});

test("two side by side do not disturb each other", async (t) => {
  const { page } = await opened(t, "two.html");
  const [first, second] = await started(page, 2);
  await eventually(() => verdictsHeard(page, 1), { start: "explicitDeny", read: "allow" });
  await doesItsJob(page, first, 0);
  assert.deepEqual(await verdictsHeard(page, 1), { start: "explicitDeny", read: "allow" });
  assert.deepEqual(await verdictsShown(second), ["Explicit deny", "Allow"]);
  assert.equal(await last(page, "change", 1), undefined);
  await doesItsJob(page, second, 1);
});

test("in a host page with a strict policy of its own, by the custom element", async (t) => {
  const { page } = await opened(t, "strict.html", {
    prepare: (page) =>
      page.route("**/strict.html", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": STRICT.replaceAll("https://HOST/", url()) } });
      }),
  });
  await page.evaluate(() => {
    globalThis.told = [];
    for (const kind of ["ready", "result", "change", "assert", "error"]) {
      document.addEventListener(`guardrail-${kind}`, ({ detail }) => told.push([kind, detail]));
    }
  });
  const frame = await (async () => {
    await page.waitForFunction(() => document.querySelector("guardrail-playground").shadowRoot?.querySelector("slot").hidden);
    return page.frames().find((one) => one.url().includes(EMBED));
  })();
  const heardOf = () =>
    page.evaluate(() => Object.fromEntries((told.filter(([kind]) => kind === "result").at(-1)?.[1].requests ?? []).map(({ id, verdict }) => [id, verdict])));
  await eventually(() => verdictsShown(frame), ["Explicit deny", "Allow"]);
  await frame.waitForFunction(() => customElements.get("guardrail-editor"));
  await replaceText(page, frame, MENDED);
  await eventually(() => verdictsShown(frame), ["Allow", "Allow"]);
  await eventually(heardOf, { start: "allow", read: "allow" });
});

test("beside the page whose service worker has been updated to another version", async (t) => {
  const browser = await launch();
  t.after(() => browser.close());
  const { folder, server, context } = await host(t, browser, { "heard.js": HEARD, "plain.html": hostPage(frameTag({ query: views, hash })) });
  const complaints = await watch(context, server.origin);
  const page = await context.newPage();
  await page.goto(server.url);
  await ready(page);
  await page.reload();
  await page.getByRole("main").waitFor();
  assert.ok(await page.evaluate(() => Boolean(navigator.serviceWorker.controller)));
  const before = await page.evaluate(() => caches.keys());

  const renamed = await publish(folder);
  assert.ok([...renamed.keys()].filter((name) => name.startsWith("app-")).length >= 4, "the app of the page and of the embed have other names");
  await update(page);
  await page.getByRole("status").getByText("A new version of Guardrail is ready.").waitFor();
  await button(page.getByRole("status"), "Reload").click();
  await eventually(() => described(page).catch(() => ""), /^New: /);
  const after = await page.evaluate(() => caches.keys());
  assert.deepEqual([before.length, after], [1, ["guardrail-of-tomorrow"]]);
  assert.notDeepEqual(before, after);

  await page.goto(`${server.url}plain.html`);
  const [frame] = await started(page);
  assert.ok(await frame.evaluate(() => navigator.serviceWorker.controller?.state === "activated"), "the frame stands under the worker, which leaves it alone");
  await doesItsJob(page, frame);
  const loaded = await frame.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name.split("/").at(-1)));
  const embed = [...renamed].filter(([, name]) => loaded.includes(name));
  for (const part of ["app-", "embed-", "editor-"]) assert.ok(embed.some(([, name]) => name.startsWith(part)), `${part}: ${loaded.join(" ")}`);
  assert.deepEqual([...renamed.keys()].filter((name) => loaded.includes(name)), [], "nothing of the version before");
  assert.deepEqual(complaints, []);
});

test("the link to the full page takes the reader's edits along", async (t) => {
  const { page, context } = await opened(t, "sandboxed.html");
  const [frame] = await started(page);
  await doesItsJob(page, frame);
  const arrival = context.waitForEvent("page");
  await frame.getByRole("link", { name: "Open full page" }).click();
  const full = await arrival;
  await requestRows(full).first().waitFor();
  assert.match(full.url(), /\/some\/path\/#g1:/, "outside of the sandbox it goes on to the full page");
  await full.waitForFunction(() => customElements.get("guardrail-editor"));
  assert.equal((await editorText(full)).replace(/\s/g, ""), MENDED.replace(/\s/g, ""));
});

test("in a sandbox that goes along, the full page is the embedded one with everything in it", async (t) => {
  const { page, context } = await opened(t, "full.html");
  const [frame] = await started(page);
  await doesItsJob(page, frame);
  const arrival = context.waitForEvent("page");
  await frame.getByRole("link", { name: "Open full page" }).click();
  const full = await arrival;
  await requestRows(full).first().waitFor();
  assert.equal(await full.evaluate(() => self.origin), "null");
  await eventually(() => verdictsShown(full), ["Allow", "Allow"]);
  for (const name of ["Organization", "Requests", "Trace", "Policies"]) await full.getByRole("region", { name, exact: true }).waitFor();
});

test("the host asks for the state, the link, other colours and a trace, and sets another scenario", async (t) => {
  const { page } = await opened(t, "sandboxed.html");
  const [frame] = await started(page);
  const { kind, state } = await ask(page, "getState");
  assert.deepEqual([kind, state.title, state.requests.length], ["state", LESSON.title, 2]);
  const link = await ask(page, "getLink");
  assert.match(link.hash, /^#g1:/);
  assert.equal((await ask(page, "setTheme", { theme: "dark" })).kind, "done");
  await eventually(() => frame.evaluate(() => document.documentElement.dataset.theme), "dark");
  assert.equal((await ask(page, "showTrace", { request: "read" })).kind, "done");
  await eventually(() => frame.locator(".requests [aria-selected=true]").innerText(), /iam:ListUsers/);
  const forms = {
    "As an object": (scenario) => scenario,
    "As a text": (scenario) => JSON.stringify(scenario),
    "As a fragment": (scenario) => linkOf(scenario),
    "As an address": (scenario) => `https://elsewhere.example/guardrail/${linkOf(scenario)}`,
    "As a chat makes it": (scenario) => `<https://elsewhere.example/guardrail/${encodeURIComponent(linkOf(scenario))}>.`,
  };
  for (const [title, form] of Object.entries(forms)) {
    assert.equal((await ask(page, "load", { state: form({ ...state, title }) })).kind, "done", title);
    await eventually(() => frame.getByRole("heading", { level: 1 }).innerText(), title);
  }
  assert.equal((await ask(page, "load", { state: link.link })).kind, "done", "what it tells can be given back to it");
  await eventually(() => frame.getByRole("heading", { level: 1 }).innerText(), LESSON.title);
  assert.equal(await button(frame, "Undo").getAttribute("aria-disabled"), "true", "nothing leads back to what the host took away");
  await eventually(async () => (await last(page, "change"))?.dirty, false);
  assert.match((await last(page, "change")).hash, /^#g1:/, "who has spoken hears the link");
});

test("a link as it is shared begins as it is, and goes back to that", async (t) => {
  const { page: sender } = await open(t, { hash });
  await requestRows(sender).first().waitFor();
  const shared = fragment(await shareLink(sender));
  const { page } = await opened(t, "plain.html");
  const [frame] = await started(page);
  assert.equal((await ask(page, "load", { state: shared })).kind, "done");
  await eventually(() => verdictsShown(frame), ["Explicit deny", "Allow"]);
  assert.equal(await button(frame, "Start over").getAttribute("aria-disabled"), "true");
  await doesItsJob(page, frame);
  await button(frame, "Start over").click();
  await eventually(() => verdictsShown(frame), ["Explicit deny", "Allow"]);
  await eventually(async () => (await last(page, "change")).dirty, false);
});

test("what its reader has made is given back, and Start over leads to what was given", async (t) => {
  const { page } = await opened(t, "plain.html");
  const [frame] = await started(page);
  await doesItsJob(page, frame);
  const { hash: made } = await ask(page, "getLink");
  await page.reload();
  const [again] = await started(page);
  assert.equal((await ask(page, "load", { state: made, made: true })).kind, "done");
  await eventually(() => verdictsShown(again), ["Allow", "Allow"]);
  await eventually(async () => (await last(page, "change"))?.dirty, true);
  await button(again, "Start over").click();
  await eventually(() => verdictsShown(again), ["Explicit deny", "Allow"]);
  await eventually(async () => (await last(page, "change")).dirty, false);
});

test("a part that cannot be loaded is told of, to the reader and to the host", async (t) => {
  const { page } = await opened(t, "sandboxed.html", {
    expected: [/ERR_FAILED/],
    prepare: (page) => page.route(/embed\/app-/, (route) => route.abort()),
  });
  await page.frameLocator("iframe").getByRole("alert").getByRole("heading", { name: "Guardrail could not be loaded" }).waitFor();
  const { code, text } = await last(page, "error");
  assert.equal(code, "start");
  assert.match(text, /lack a file.*app-/);
});
