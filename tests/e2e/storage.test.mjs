// The work is kept in this browser, where that is possible.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addRequest, build, button, column, eventually, exported, requestRows, tree, verdicts } from "./support/app.mjs";
import { editorContent } from "./support/editor.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

test("the work survives a reload", async (t) => {
  const { page } = await open(t);
  await page.getByText("Kept in this browser", { exact: true }).waitFor();
  await build(page);
  await addRequest(page, "s3:GetObject");
  await page.getByRole("textbox", { name: "Title of the scenario" }).fill("Kept");
  const before = { file: await exported(page), tree: await tree(page), does: await column(page, "Does"), verdicts: await verdicts(page) };
  await page.waitForTimeout(600);
  await page.reload();
  await requestRows(page).waitFor();
  const after = { file: await exported(page), tree: await tree(page), does: await column(page, "Does"), verdicts: await verdicts(page) };
  assert.deepEqual(after, before);
});

test("a reload in the middle of typing loses nothing", async (t) => {
  const { page } = await open(t);
  await build(page);
  await page.getByRole("textbox", { name: "Title of the scenario" }).fill("The last word");
  await page.reload();
  await page.getByRole("treeitem").first().waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Title of the scenario" }).inputValue(), "The last word");
});

test("a text that is not valid is kept as typed", async (t) => {
  const { page } = await open(t);
  await page.getByRole("button", { name: "New policy" }).first().click();
  await page.getByRole("menuitem", { name: /^New SCP/ }).click();
  await editorContent(page).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText('{ "Version": oops,\n\t"Statement": [');
  await page.waitForTimeout(600);
  await page.reload();
  await editorContent(page).waitFor();
  await eventually(() => page.locator("guardrail-editor").evaluate((element) => element.value), '{ "Version": oops,\n\t"Statement": [');
});

const REFUSALS = {
  "is refused": () => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("The operation is insecure.", "SecurityError");
      },
    });
  },
  "is full": () => {
    Storage.prototype.setItem = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
  },
};

for (const [how, refuse] of Object.entries(REFUSALS)) {
  test(`where storage ${how}, everything else works and the page says so`, async (t) => {
    const { page } = await open(t, { prepare: (page) => page.addInitScript(refuse) });
    await build(page);
    await addRequest(page, "s3:GetObject");
    await eventually(() => verdicts(page), ["Allow"]);
    await page.getByRole("banner").getByText(/^Not kept: .*Export or share to keep it\.$/).waitFor();
    await button(page, "More").click();
    await page.getByRole("menuitem", { name: "Dark" }).click();
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    assert.match(await exported(page), /s3:GetObject/);
  });
}

test("a work that cannot be read is named and not thrown away", async (t) => {
  const { page } = await open(t, {
    prepare: (page) => page.addInitScript(() => localStorage.setItem("guardrail:work", JSON.stringify('{"version": 1, "titel'))),
  });
  await page.getByRole("status").getByText(/can't be read/).first().waitFor();
  await build(page);
  await page.waitForTimeout(600);
  const kept = await page.evaluate(() => Object.values(localStorage).join("\n"));
  assert.match(kept, /titel/);
});

for (const [how, refuse] of Object.entries(REFUSALS)) {
  test(`where storage ${how}, the list of scenarios says so and no way leads into nothing`, async (t) => {
    const { page } = await open(t, { prepare: (page) => page.addInitScript(refuse) });
    await build(page);
    await addRequest(page, "s3:GetObject");
    const own = await exported(page);
    await button(page, "Scenarios").click();
    await page.getByRole("dialog", { name: "Scenarios" }).getByText(/Nothing is kept now/).waitFor();
    await button(page.getByRole("dialog"), "New scenario").click();
    await page.getByRole("status").getByText("What was here is not kept in this browser.").waitFor();
    await button(page.getByRole("status"), "Undo").click();
    await eventually(() => exported(page), own);
  });
}
