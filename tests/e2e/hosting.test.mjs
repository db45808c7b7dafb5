// The page behind the headers of docs/hosting.md, as it is written there.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { eventually, requestRows, verdicts } from "./support/app.mjs";
import { HEARD, LESSON, SANDBOX, doesItsJob, frameTag, hostPage, linkOf, started } from "./support/embed.mjs";
import { suite } from "./support/page.mjs";

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
