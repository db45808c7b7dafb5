// The page behind the headers of docs/hosting.md, as it is written there.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { eventually, requestRows, verdicts } from "./support/app.mjs";
import { HEARD, LESSON, SANDBOX, doesItsJob, frameTag, hostPage, linkOf, started } from "./support/embed.mjs";
import { DIST, suite } from "./support/page.mjs";

const text = readFileSync(fileURLToPath(new URL("../../docs/hosting.md", import.meta.url)), "utf8");
/** The headers for the page, and those for `v1/`. */
const [PAGE, EMBEDDED] = [...text.matchAll(/^```\n(Content-Security-Policy: [\s\S]*?)```$/gm)].map(([, block]) =>
  Object.fromEntries(block.trim().split("\n").map((line) => line.match(/^([\w-]+): (.*)$/).slice(1)).map(([name, value]) => [name.toLowerCase(), value])),
);

const { open } = suite({
  extra: () => ({
    "heard.js": HEARD,
    "host.html": hostPage(frameTag({ query: "view=requests,policy", hash: linkOf(LESSON), sandbox: SANDBOX })),
    "framing.html": hostPage('<iframe src="./" title="The page"></iframe>'),
  }),
});

/** Serves everything but the pages of the test with the headers. */
const prepare = (page) =>
  page.route("**/*", async (route) => {
    const { pathname } = new URL(route.request().url());
    const response = await route.fetch();
    const own = /(host|framing)\.html$|heard\.js$/.test(pathname);
    const headers = own ? {} : pathname.includes("/v1/") ? EMBEDDED : PAGE;
    await route.fulfill({ response, headers: { ...response.headers(), ...headers } });
  });

test("everything that is to be served is named, and nothing else", () => {
  const [table] = text.match(/^\| path \| what it is[\s\S]*?\n\n/m);
  const patterns = [...table.matchAll(/`([^`]+)`(?=[,\s|])/g)].map(([, name]) => name).filter((name) => !name.includes("("));
  const whole = (pattern) => new RegExp(`^${pattern.replace(/[.]/g, "\\.").replace("*", "(\\w+-)?[0-9a-f]{16}(-later)?\\.\\w+")}$`);
  const files = readdirSync(DIST).flatMap((name) => (name === "v1" ? ["v1/embed/", "v1/embed.js"] : statSync(`${DIST}/${name}`).isDirectory() ? [`${name}/`] : [name]));
  assert.deepEqual(files.filter((name) => !patterns.some((pattern) => whole(pattern).test(name))), [], "these are not named");
  assert.deepEqual(patterns.filter((pattern) => !files.some((name) => whole(pattern).test(name))), [], "these are not there");
});

test("the example for a server sends the same headers", () => {
  const [, example] = text.match(/^```nginx\n([\s\S]*?)```$/m);
  for (const [location, headers] of Object.entries({ "/": PAGE, "/v1/": EMBEDDED })) {
    const [, block] = example.match(new RegExp(`^location ${location} \\{\n([\\s\\S]*?)^\\}`, "m"));
    const sent = Object.fromEntries([...block.matchAll(/add_header ([\w-]+) "?(.*?)"?;$/gm)].map(([, name, value]) => [name.toLowerCase(), value]));
    assert.deepEqual(sent, { ...headers, "cache-control": "no-cache" }, location);
  }
});

test("what programs read for the card of a pasted link is there", async (t) => {
  const { page } = await open(t);
  const said = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll("meta[property^='og:'], meta[name='description'], meta[name='twitter:card']")].map((meta) => [meta.getAttribute("property") ?? meta.name, meta.content])));
  assert.match(said["og:title"], /Guardrail/);
  for (const name of ["description", "og:description", "og:image:alt"]) assert.ok(said[name].length > 40, name);
  assert.equal(said["twitter:card"], "summary_large_image");
  const picture = await page.evaluate(async (src) => {
    const image = Object.assign(new Image(), { src: new URL(src, location.href) });
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  }, said["og:image"]);
  assert.deepEqual(picture, [Number(said["og:image:width"]), Number(said["og:image:height"])]);
});

test("the page works with its headers", async (t) => {
  const { page } = await open(t, { hash: "#example/mfa-or-nothing", prepare });
  await requestRows(page).first().waitFor();
  assert.ok((await verdicts(page)).includes("Explicit deny"));
});

test("the embedded page works with its headers", async (t) => {
  const { page } = await open(t, { file: "host.html", editor: false, prepare });
  const [frame] = await started(page);
  await doesItsJob(page, frame);
});

test("the page itself is not to be framed", async (t) => {
  const { page } = await open(t, { file: "framing.html", editor: false, prepare, expected: [/frame-ancestors/, /ERR_BLOCKED_BY_RESPONSE/] });
  await eventually(async () => page.frames()[1]?.url() ?? "", /^chrome-error:/);
});
