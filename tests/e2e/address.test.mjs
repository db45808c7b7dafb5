// What the query of the address asks for: a scenario file of the page's own origin, and a page that
// passes over the work that is kept.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addRequest, build, button, dialog, exported, requestRows, shareLink } from "./support/app.mjs";
import { suite } from "./support/page.mjs";

const TITLE = "This link can't be opened";
const FILE = JSON.stringify({ version: 1, title: "From beside", organization: { managementAccountId: "111111111111", root: { children: [{ type: "account", id: "111111111111" }, { type: "account", id: "222222222222", name: "Dev" }] } }, requests: [{ id: "r", principal: { type: "anonymous" }, action: "s3:GetObject" }] });
const { open } = suite({
  extra: () => ({ "lessons/one.json": FILE, "page.json": "<!doctype html>", "long.json": `{"version":1}${" ".repeat(9 * 1024 * 1024)}` }),
});
const refusal = (page) => dialog(page, TITLE).getByRole("paragraph").first().innerText();

test("a scenario file of the same origin opens", async (t) => {
  const { page } = await open(t, { query: "?src=lessons/one.json" });
  await requestRows(page).first().waitFor();
  assert.equal(JSON.parse(await exported(page)).title, "From beside");
  assert.match(page.url(), /\?src=/, "a reload opens it again");
  assert.doesNotMatch((await shareLink(page)).split("#")[0], /src=/);
  await addRequest(page, "s3:PutObject");
  await page.waitForFunction(() => !location.search.includes("src="));
  await page.waitForTimeout(600);
  await page.reload();
  await requestRows(page).nth(1).waitFor();
});

const REFUSED = {
  "another host": ["https://example.org/x.json", /`?https:\/\/example\.org\/x\.json`?, which does not lie where this page comes from/],
  "another host without a scheme": ["//example.org/x.json", /does not lie where this page comes from/],
  "another port": ["http://127.0.0.1:1/x.json", /does not lie where this page comes from/],
  "a data address": ["data:application/json,{}", /does not lie where this page comes from/],
  "a script": ["javascript:globalThis.harmed=1", /does not lie where this page comes from/],
  "a name with a password": ["http://a:b@127.0.0.1/x.json", /does not lie where this page comes from/],
  "what is not there": ["lessons/none.json", /lessons\/none\.json.*status 404/],
  "what is no scenario": ["page.json", /page\.json.*holds no scenario/],
  "what is too long": ["long.json", /long\.json.*longer than 8 MiB/],
};

for (const [what, [src, said]] of Object.entries(REFUSED)) {
  test(`${what} is refused`, async (t) => {
    const { page } = await open(t, { query: `?src=${encodeURIComponent(src)}`, expected: [/404/] });
    await dialog(page, TITLE).waitFor();
    assert.match((await refusal(page)).replace(/\s+/g, " "), said);
    assert.equal(await dialog(page, TITLE).getByRole("textbox").inputValue(), `?src=${src}`);
    assert.equal(await page.evaluate(() => globalThis.harmed), undefined);
  });
}

test("without a network it says so, and one's own work stays", async (t) => {
  const { page, context } = await open(t, { expected: [/ERR_INTERNET_DISCONNECTED/] });
  await build(page);
  await page.waitForTimeout(600);
  const own = await exported(page);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(async () => (await caches.keys()).length > 0);
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  await context.setOffline(true);
  await page.goto(`${page.url().split("?")[0]}?src=lessons/one.json`);
  await dialog(page, TITLE).waitFor();
  assert.match(await refusal(page), /there is no connection/);
  await button(dialog(page, TITLE), "Go on with my work").click();
  assert.equal(await exported(page), own);
});

test("?fresh passes over the kept work, and stores nothing until something is made", async (t) => {
  const { page } = await open(t);
  await build(page);
  await page.waitForTimeout(600);
  const own = await exported(page);
  const stored = () => page.evaluate(() => JSON.stringify([Object.entries({ ...localStorage }).sort(), Object.entries({ ...sessionStorage }).sort()]));
  const before = await stored();
  const address = page.url();
  await page.goto(`${address}?fresh`);
  await button(page, "Start an organization").waitFor();
  await page.waitForTimeout(800);
  assert.equal(await stored(), before);
  assert.match(page.url(), /\?fresh$/);
  // A reload without it opens what was open.
  await page.goto(address);
  await page.getByRole("treeitem", { name: /^Sandbox/ }).waitFor();
  assert.equal(await exported(page), own);
  // What is made on it is kept beside the rest.
  await page.goto(`${address}?fresh`);
  await button(page, "Start an organization").click();
  await page.waitForFunction(() => !location.search.includes("fresh"));
  await page.waitForTimeout(600);
  await button(page, "Scenarios").click();
  assert.ok((await dialog(page, "Scenarios").getByText(/Untitled/).count()) >= 2);
});
