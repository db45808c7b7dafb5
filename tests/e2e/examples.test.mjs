// The built-in examples, and what becomes of one's own work beside them.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { addRequest, button, build, dialog, eventually, exported, part, requestRows, tree, verdicts } from "./support/app.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();
const FOLDER = new URL("../../crates/playground/examples/", import.meta.url);
const EXAMPLES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ id: name.replace(".json", ""), scenario: JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) }));

for (const { id, scenario } of EXAMPLES) {
  test(`the example ${id} opens by its address, and every request is as expected`, async (t) => {
    const { page } = await open(t, { hash: `#example/${id}` });
    await requestRows(page).first().waitFor();
    assert.equal(await page.getByRole("textbox", { name: "Title of the scenario" }).inputValue(), scenario.title);
    assert.equal(await requestRows(page).count(), scenario.requests.length);
    const expecting = scenario.requests.filter((request) => request.expect).length;
    assert.ok(expecting > 0);
    await part(page, "Requests").getByText(`${expecting} of ${expecting} as expected`).waitFor();
    assert.equal(await part(page, "Requests").getByText("not met").count(), 0);
    assert.deepEqual((await verdicts(page)).filter((verdict) => verdict === ""), [], "each request has a verdict");
  });
}

test("the page lists all examples, and opens the one that is chosen", async (t) => {
  const { page } = await open(t);
  await button(page, "Open an example").click();
  const links = dialog(page, "Examples").getByRole("link");
  assert.equal(await links.count(), EXAMPLES.length);
  for (const { scenario } of EXAMPLES) {
    const text = await links.filter({ hasText: scenario.title }).innerText();
    assert.ok(text.length > scenario.title.length + 40, `${scenario.title} is explained: ${text}`);
  }
  await links.filter({ hasText: "Protect the trail" }).click();
  await requestRows(page).first().waitFor();
  assert.equal(await dialog(page, "Examples").count(), 0);
  assert.match(page.url(), /#example\/protect-the-trail$/);
});

test("an example that does not exist is named, and nothing is opened in its place", async (t) => {
  const { page } = await open(t, { hash: "#example/of-nothing" });
  await dialog(page, "This link can't be opened").getByText("of-nothing").first().waitFor();
  await page.keyboard.press("Escape");
  await button(page, "Start an organization").waitFor();
});

test("an example that cannot be loaded is named, one's own work stays, and the next try opens it", async (t) => {
  const { page } = await open(t, { expected: [/ERR_FAILED/, /request failed: .*region-guardrail\.json/] });
  await build(page);
  const own = await exported(page);
  await page.route("**/examples/*.json", (route) => route.abort());
  await button(page, "Examples").click();
  await dialog(page, "Examples").getByRole("link", { name: /Region guardrail/ }).click();
  await dialog(page, "This link can't be opened").getByText(/region-guardrail.* could not be loaded/).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await exported(page), own);
  assert.equal(new URL(page.url()).hash, "");

  await page.unroute("**/examples/*.json");
  await button(page, "Examples").click();
  await dialog(page, "Examples").getByRole("link", { name: /Region guardrail/ }).click();
  await requestRows(page).first().waitFor();
  assert.match(page.url(), /#example\/region-guardrail$/);
});

test("an example opens beside one's own work, which is one press away", async (t) => {
  const { page } = await open(t);
  await build(page);
  await addRequest(page, "s3:GetObject");
  const own = await exported(page);
  await page.waitForTimeout(600); // the moment after which work is saved

  await button(page, "Examples").click();
  await dialog(page, "Examples").getByRole("link", { name: /Region guardrail/ }).click();
  await page.getByText("Kept once you change it").waitFor();
  assert.notEqual(await exported(page), own);
  await page.reload();
  await page.getByText("Kept once you change it").waitFor();

  await button(page, "Return to my work").click();
  await eventually(() => exported(page), own);
  assert.equal(new URL(page.url()).hash, "");
  await page.reload();
  await requestRows(page).waitFor();
  assert.equal(await exported(page), own);
});

test("changing an example makes it one's work, and the work before it is still there", async (t) => {
  const { page } = await open(t);
  await build(page);
  await page.getByRole("textbox", { name: "Title of the scenario" }).fill("My own");
  const own = await exported(page);
  await page.waitForTimeout(600);
  await page.goto(`${page.url().split("#")[0]}#example/protect-the-trail`);
  await requestRows(page).first().waitFor();
  await page.getByRole("textbox", { name: "Title of the scenario" }).fill("My trail");
  await page.waitForTimeout(600);
  assert.equal(new URL(page.url()).hash, "", "the address no longer says what is shown");
  await page.reload();
  await requestRows(page).first().waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Title of the scenario" }).inputValue(), "My trail");

  await button(page, "Scenarios").click();
  await dialog(page, "Scenarios").getByRole("button", { name: /^My own/ }).click();
  await eventually(() => exported(page), own);
  assert.deepEqual(await tree(page), ["1 Root", "2 Management", "2 Workloads", "3 Dev", "2 Sandbox"]);
});
