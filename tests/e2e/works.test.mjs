// The scenarios that this browser keeps, in one tab and in two.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { addRequest, build, button, dialog, eventually, exported, focused, hasFocus, importText, requestRows, tree, verdicts } from "./support/app.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

const title = (page) => page.getByRole("textbox", { name: "Title of the scenario" });
const kept = (page) => page.getByText("Kept in this browser", { exact: true });
/** The moment after which work is saved. */
const saved = (page) => page.waitForTimeout(600);

async function scenarios(page) {
  await button(page.getByRole("banner"), "Scenarios").click();
  return dialog(page, "Scenarios");
}

/** The titles in the list, in order. */
const titles = (list) => list.getByRole("listitem").locator("strong").allInnerTexts();

/** A small scenario with a title, and then another one. */
async function two(page) {
  await build(page);
  await title(page).fill("First");
  await saved(page);
  await button(await scenarios(page), "New scenario").click();
  await eventually(() => title(page).inputValue(), "");
  await title(page).fill("Second");
  await saved(page);
}

test("several scenarios are kept, and each opens as it was left", async (t) => {
  const { page } = await open(t);
  await two(page);
  const list = await scenarios(page);
  assert.deepEqual(await titles(list), ["Second", "First"]);
  await list.getByRole("button", { name: /^First.*3 accounts|^First.*2 accounts/ }).click();
  await eventually(() => tree(page), ["1 Root", "2 Management", "2 Workloads", "3 Dev", "2 Sandbox"]);
  assert.equal(await title(page).inputValue(), "First");
  await page.reload();
  await eventually(() => title(page).inputValue(), "First", "a reload opens what was open");
  await button(page, "Undo").waitFor();
});

test("opening another scenario can be undone", async (t) => {
  const { page } = await open(t);
  await two(page);
  const list = await scenarios(page);
  await list.getByRole("button", { name: /^First/ }).click();
  await eventually(() => title(page).inputValue(), "First");
  await button(page, "Undo: open First").click();
  await eventually(() => title(page).inputValue(), "Second");
  await title(page).fill("Second, changed");
  await saved(page);
  assert.deepEqual(await titles(await scenarios(page)), ["Second, changed", "First"], "and each is kept in its own place");
});

test("a scenario is renamed, copied, deleted, and put back, by keyboard", async (t) => {
  const { page } = await open(t);
  await two(page);
  const list = await scenarios(page);
  await button(list, "Rename First").focus();
  await page.keyboard.press("Enter");
  await eventually(() => hasFocus(list.getByRole("textbox", { name: "Title" })), true);
  await page.keyboard.type("Renamed");
  await page.keyboard.press("Enter");
  await eventually(() => titles(list), ["Renamed", "Second"]);
  await button(list, "Rename Second").click();
  await page.keyboard.type("Left alone");
  await page.keyboard.press("Escape");
  await eventually(() => titles(list), ["Renamed", "Second"]);
  await button(list, "Rename Second").click();
  await page.keyboard.type("Open one");
  await page.keyboard.press("Enter");
  await eventually(() => title(page).inputValue(), "Open one", "the title on the page follows");

  await button(list, "Duplicate Renamed").click();
  await eventually(async () => (await titles(list)).toSorted(), ["Open one", "Renamed", "Renamed (copy)"]);
  await button(list, "Delete Renamed").click();
  await list.getByText("Deleted: Renamed").waitFor();
  assert.deepEqual((await titles(list)).toSorted(), ["Open one", "Renamed (copy)"]);
  await button(list, "Undo: delete Renamed").click();
  await eventually(async () => (await titles(list)).toSorted(), ["Open one", "Renamed", "Renamed (copy)"]);
  assert.deepEqual(await accessibilityProblems(page), []);
});

test("the open scenario is deleted, and undo brings it back to stay", async (t) => {
  const { page } = await open(t);
  await two(page);
  await button(await scenarios(page), "Delete Second").click();
  await page.getByRole("status").getByText("Deleted Second.").waitFor();
  await saved(page);
  assert.deepEqual(await titles(await scenarios(page)), ["First"]);
  await page.keyboard.press("Escape");
  await button(page.getByRole("status"), "Undo").click();
  await eventually(() => title(page).inputValue(), "Second");
  await saved(page);
  assert.deepEqual(await titles(await scenarios(page)), ["Second", "First"]);
});

test("nothing is lost when a link or a file is opened over it", async (t) => {
  const { page } = await open(t);
  await build(page);
  await title(page).fill("Mine");
  const own = await exported(page);
  await importText(page, '{ "version": 1, "title": "Another" }');
  await eventually(() => title(page).inputValue(), "Another");
  await saved(page);
  await page.goto(`${page.url().split("#")[0]}#example/protect-the-trail`);
  await requestRows(page).first().waitFor();
  await title(page).fill("My trail");
  await saved(page);
  const list = await scenarios(page);
  assert.deepEqual(await titles(list), ["My trail", "Another", "Mine"]);
  await list.getByRole("button", { name: /^Mine/ }).click();
  await eventually(() => exported(page), own);
});

test("what an older version kept is all there", async (t) => {
  const file = (title) => JSON.stringify({ version: 1, title });
  const { page } = await open(t, {
    prepare: (page) =>
      page.addInitScript(
        ([work, earlier]) => {
          if (localStorage.getItem("seeded")) return;
          localStorage.setItem("seeded", "1");
          localStorage.setItem("guardrail:work", JSON.stringify(work));
          localStorage.setItem("guardrail:earlier", JSON.stringify(earlier));
          localStorage.setItem("guardrail:theme", '"dark"');
        },
        [file("The work"), [file("Earlier 1"), file("Earlier 2"), "{ not readable"]],
      ),
  });
  await eventually(() => title(page).inputValue(), "The work");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  const list = await scenarios(page);
  assert.deepEqual((await titles(list)).toSorted(), ["A text that can't be read as a scenario", "Earlier 1", "Earlier 2", "The work"]);
  await list.getByRole("button", { name: /^Earlier 2/ }).click();
  await eventually(() => title(page).inputValue(), "Earlier 2");
});

/** A second tab of the same browser, with the same scenario open. */
async function secondTab(page, context) {
  const other = await context.newPage();
  await other.goto(page.url());
  await eventually(() => title(other).inputValue(), await title(page).inputValue());
  return other;
}

async function sharedByTwo(t) {
  const { page, context } = await open(t);
  await build(page);
  await title(page).fill("Shared");
  await saved(page);
  return { page, context, other: await secondTab(page, context) };
}

test("two tabs with one scenario: the other one is told, and takes over what was made", async (t) => {
  const { page, other } = await sharedByTwo(t);
  await addRequest(page, "s3:GetObject");
  await saved(page);
  await other.getByRole("status").getByText(/Another tab has changed this scenario/).waitFor();
  assert.deepEqual(await accessibilityProblems(other), []);
  await button(other.getByRole("status"), "Show theirs").click();
  await eventually(() => verdicts(other), ["Allow"]);
  await title(other).fill("Shared, and changed by the second");
  await saved(other);
  await page.getByRole("status").getByText(/Another tab has changed this scenario/).waitFor();
});

test("two tabs that both change one scenario: neither is saved over, and both can be kept", async (t) => {
  const { page, other } = await sharedByTwo(t);
  await title(page).fill("By the first");
  await title(other).fill("By the second");
  await saved(other);
  const told = [page, other].map((tab) => tab.getByRole("status").getByText(/Another tab has changed this scenario/).count());
  assert.ok((await Promise.all(told)).some((count) => count > 0), "one of them is told");
  const behind = (await button(other.getByRole("status"), "Keep both").count()) ? other : page;
  await behind.getByRole("banner").getByText(/^Not kept: another tab/).waitFor();
  await button(behind.getByRole("status"), "Keep both").click();
  await kept(behind).waitFor();
  await saved(behind);
  assert.deepEqual((await titles(await scenarios(behind))).toSorted(), ["By the first", "By the second"]);
});

test("a tab that is closed before it was decided loses nothing", async (t) => {
  const { page, other } = await sharedByTwo(t);
  await title(page).fill("By the first");
  await saved(page);
  await other.getByRole("status").getByText(/Another tab has changed this scenario/).waitFor();
  await title(other).fill("By the second");
  await saved(other);
  await other.reload();
  await eventually(() => title(other).inputValue(), "By the second");
  assert.deepEqual((await titles(await scenarios(page))).toSorted(), ["By the first", "By the second"]);
});

test("a scenario that another tab deletes stays open here", async (t) => {
  const { page, other } = await sharedByTwo(t);
  await button(await scenarios(other), "Delete Shared").click();
  await page.getByRole("status").getByText(/Another tab has deleted this scenario/).waitFor();
  await title(page).fill("Shared again");
  await saved(page);
  assert.ok((await titles(await scenarios(page))).includes("Shared again"));
});

test("everything that is kept can be deleted, after it was asked for twice", async (t) => {
  const { page } = await open(t);
  await two(page);
  await button(page, "More").click();
  await page.getByRole("menuitem", { name: "Page settings" }).click();
  const settings = dialog(page, "Page settings");
  await settings.getByRole("combobox", { name: "Colours" }).selectOption("Dark");
  await settings.getByRole("checkbox", { name: /^High contrast/ }).check();
  assert.deepEqual(await accessibilityProblems(page), []);
  await button(settings, "Delete everything kept here…").click();
  await settings.getByRole("alert").getByText(/all 2 kept scenarios/).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.contrast), "more");
  await button(settings, "Delete everything").click();
  await page.getByRole("status").getByText(/keeps nothing of Guardrail/).waitFor();
  await saved(page);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("guardrail:work"))), []);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme ?? "system"), "system");
  assert.equal(await title(page).inputValue(), "Second", "what is on the page stays");
});

test("the focus stays in the list while it changes", async (t) => {
  const { page } = await open(t);
  await two(page);
  const list = await scenarios(page);
  await button(list, "Delete First").focus();
  await page.keyboard.press("Enter");
  await list.getByText("Deleted: First").waitFor();
  await page.keyboard.press("Tab");
  const inside = await page.evaluate(() => document.activeElement.closest("dialog") !== null);
  assert.ok(inside, `the focus is on ${await focused(page)}`);
});
