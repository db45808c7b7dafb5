// Links that mean harm, in the browser: no script runs, the scenario on screen stays or is exactly
// what the link says, and the page goes on working. The whole list is that of the codec's own tests
// (crates/playground/tests/link/hostile.rs).

import assert from "node:assert/strict";
import { test } from "node:test";
import { build, button, dialog, exported } from "./support/app.mjs";
import { linkOf } from "./support/link.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();
const TITLE = "This link can't be opened";
const SCRIPT = "<img src=x onerror=globalThis.harmed=1><script>globalThis.harmed=1</script>";

/** A scenario with a text in every place where a person's text stands. */
const everywhere = (text) => ({
  version: 1, title: text, description: `${text} [x](javascript:globalThis.harmed=1)`,
  defaults: { region: text, context: { [`x:${text}`]: text } },
  organization: { id: "o-exampleorgid", managementAccountId: "111111111111", root: { policies: ["FullAWSAccess", text], children: [
    { type: "account", id: "111111111111", name: text },
    { type: "ou", name: text, children: [{ type: "account", id: "222222222222", name: text, tags: { [text]: text } }] } ] } },
  externalAccounts: [{ id: "999999999999", name: text }],
  policies: [
    { id: text, name: text, kind: "scp", source: `{"Version":"2012-10-17","Statement":[{"Sid":"${text.replace(/"/g, "'")}","Effect":"Deny","Action":"s3:*","Resource":"*"}]}` },
    { id: "broken", name: text, kind: "identity", source: text } ],
  principals: [{ id: "u", type: "user", account: "222222222222", name: text, path: "/", policies: ["broken"], tags: { [text]: text } }],
  resources: [{ arn: text, policy: "broken" }],
  endpoints: [{ id: text, vpc: text }],
  requests: [{ id: text, name: text, principal: { type: "user", id: "u" }, action: text, resource: text, region: text, context: { [text]: text } }],
  recorded: { engine: text, verdicts: { [text]: "allow" } },
  lesson: { text },
});

const OPENS = {
  "script in every text": everywhere(SCRIPT),
  "text of a template": everywhere("${globalThis.harmed=1}{{constructor.constructor('globalThis.harmed=1')()}}"),
  "text from right to left, with NUL": everywhere("\u202e\u0000\u2066abc\u0007"),
  "names of prototypes": { version: 1, title: "__proto__", ["__proto__x"]: 1, constructor: { prototype: 1 }, requests: [{ id: "__proto__", principal: { type: "anonymous" }, action: "s3:GetObject", context: { constructor: "x" } }] },
};

const deep = (open, close, times) => open.repeat(times) + close.repeat(times);
const REFUSED = {
  "a bomb": linkOf(Buffer.alloc(9 * 1024 * 1024, 32)),
  "arrays in arrays": linkOf(`{"version":1,"later":${deep("[", "]", 20_000)}}`),
  "OUs in OUs": linkOf(`{"version":1,"organization":{"root":{"children":[${'{"type":"ou","children":['.repeat(5_000)}${"]}".repeat(5_000)}]}}}`),
  "a huge version": linkOf('{"version":1e999}'),
  "a lone surrogate": linkOf('{"version":1,"title":"\\ud800"}'),
  "no UTF-8": linkOf(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
  "a member twice": linkOf('{"version":1,"title":"a","title":"b"}'),
  "another codec": "#g9:AAAA",
  "script in the fragment": `#${SCRIPT}`,
  "script for an example": `#example/${SCRIPT}`,
  "script for a lesson": `#lesson/${SCRIPT}`,
  "two links": `${linkOf('{"version":1,"title":"a"}')} ${linkOf('{"version":1,"title":"b"}')}`,
  "a long fragment": `#g1:${"A".repeat(300_000)}`,
};

for (const [what, file] of Object.entries(OPENS)) {
  test(`${what} opens as what it is`, async (t) => {
    const { page } = await open(t, { hash: linkOf(JSON.stringify(file)), viewport: { width: 1440, height: 900 } });
    await page.waitForFunction((title) => document.querySelector(".header-title input").value === title, file.title);
    // Wherever its texts are shown.
    for (const name of ["Share", "Export", "Import", "Scenarios"]) {
      await button(page.getByRole("banner"), name).click();
      await dialog(page, name).waitFor();
      if (name === "Share") {
        await button(dialog(page, name), "QR code").click();
        await dialog(page, name).getByRole("checkbox").first().check();
      }
      await page.keyboard.press("Escape");
      await dialog(page, name).waitFor({ state: "detached" });
    }
    const kept = JSON.parse(await exported(page));
    assert.equal(kept.title, file.title);
    assert.deepEqual(kept.requests[0].id, file.requests[0].id);
    assert.equal(await page.evaluate(() => globalThis.harmed), undefined, "no script ran");
    assert.equal(await page.evaluate(() => document.querySelectorAll("img, body script").length), 0);
    assert.equal(await page.evaluate(() => ({}).polluted ?? ({}).x), undefined);
  });
}

test("what is refused leaves the scenario on screen as it is", async (t) => {
  const { page } = await open(t);
  await build(page);
  const own = await exported(page);
  for (const [what, hash] of Object.entries(REFUSED)) {
    const before = Date.now();
    await page.evaluate((hash) => void (location.hash = hash), hash);
    await dialog(page, TITLE).waitFor();
    assert.ok(Date.now() - before < 5_000, `${what} took ${Date.now() - before} ms`);
    const said = await dialog(page, TITLE).getByRole("paragraph").first().innerText();
    assert.ok(said.length > 20 && said.length < 600, `${what}: ${said}`);
    await page.keyboard.press("Escape");
    await dialog(page, TITLE).waitFor({ state: "detached" });
    assert.equal(await exported(page), own, what);
  }
  assert.equal(await page.evaluate(() => globalThis.harmed), undefined, "no script ran");
});
