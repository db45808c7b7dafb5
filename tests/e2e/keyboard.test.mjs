// Without a mouse: every pane can be reached, used and left.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addRequest, build, button, cell, command, dialog, eventually, focused, hasFocus, node, part, reach, requestRows, tree, verdicts } from "./support/app.mjs";
import { editorContent } from "./support/editor.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};
const at = (page) => page.evaluate(() => document.activeElement.getAttribute("aria-label")?.split(",")[0]);

test("the tree is moved in with arrows, Home, End and first letters", async (t) => {
  const { page } = await open(t);
  await build(page);
  await reach(page, node(page, "Dev"), "Tab");
  const steps = [
    ["Home", "Root"], ["ArrowDown", "Management"], ["ArrowDown", "Workloads"], ["ArrowRight", "Dev"], ["ArrowLeft", "Workloads"],
    ["End", "Sandbox"], ["ArrowUp", "Dev"], ["r", "Root"], ["s", "Sandbox"], ["w", "Workloads"],
  ];
  for (const [key, name] of steps) {
    await press(page, key);
    assert.equal(await at(page), name, `after ${key}`);
  }
  await press(page, "ArrowLeft");
  assert.equal(await node(page, "Workloads").getAttribute("aria-expanded"), "false");
  assert.deepEqual(await tree(page), ["1 Root", "2 Management", "2 Workloads", "2 Sandbox"]);
  await press(page, "ArrowRight");
  assert.deepEqual(await tree(page), ["1 Root", "2 Management", "2 Workloads", "3 Dev", "2 Sandbox"]);
  await press(page, "Space");
  await page.getByRole("region", { name: "Workloads" }).waitFor();
});

test("the tree is one stop of the Tab key", async (t) => {
  const { page } = await open(t);
  await build(page);
  await reach(page, node(page, "Dev"));
  const stops = new Set();
  for (let presses = 0; presses < 6 && (await hasFocus(page.getByRole("tree"))); presses += 1) {
    stops.add(await focused(page));
    await press(page, "Tab");
  }
  assert.ok(stops.size <= 2, [...stops].join("; "));
});

test("an OU is added, renamed, and deleted", async (t) => {
  const { page } = await open(t);
  await build(page);
  await reach(page, node(page, "Dev"));
  await press(page, "Home", "Shift+F10");
  await page.getByRole("menuitem", { name: "New OU" }).waitFor();
  await press(page, "Enter");
  await page.getByRole("textbox", { name: "Name", exact: true }).waitFor();
  await page.keyboard.type("Audit");
  await press(page, "Enter");
  await eventually(() => at(page), "Audit");
  await press(page, "F2");
  await page.keyboard.type("Security");
  await press(page, "Escape");
  await eventually(() => at(page), "Audit");
  await press(page, "F2");
  await page.keyboard.type("Security");
  await press(page, "Enter");
  await eventually(() => at(page), "Security");
  await press(page, "Delete");
  await eventually(() => tree(page), ["1 Root", "2 Management", "2 Workloads", "3 Dev", "2 Sandbox"]);
  assert.ok(await hasFocus(page.getByRole("tree")), `the focus stays in the tree, not on ${await focused(page)}`);
});

test("an SCP is attached and detached", async (t) => {
  const { page } = await open(t);
  await build(page);
  await addRequest(page, "organizations:LeaveOrganization");
  await eventually(() => verdicts(page), ["Allow"]);
  await reach(page, node(page, "Dev"), "Shift+Tab");
  const choose = async (name) => {
    await press(page, "Shift+F10");
    await page.getByRole("menuitem", { name }).waitFor();
    await reach(page, page.getByRole("menuitem", { name }), "ArrowDown");
    await press(page, "Enter");
    await page.getByRole("menu").waitFor({ state: "detached" });
  };
  await choose("Attach a new SCP");
  await eventually(() => verdicts(page), ["Explicit deny"]);
  await reach(page, node(page, "Dev"), "Shift+Tab");
  await choose("Detach New SCP");
  await eventually(() => verdicts(page), ["Allow"]);
  assert.ok(await hasFocus(node(page, "Dev")));
  await choose("Attach New SCP");
  await eventually(() => verdicts(page), ["Explicit deny"]);
});

test("Tab leaves the editor in both directions", async (t) => {
  const { page } = await open(t);
  await build(page);
  await command(page, "Workloads", "Attach a new SCP");
  await reach(page, editorContent(page));
  await press(page, "Tab");
  assert.ok(!(await hasFocus(editorContent(page))), "Tab stays in the editor");
  await press(page, "Shift+Tab");
  assert.ok(await hasFocus(editorContent(page)), "Shift+Tab leads back");
  await press(page, "Shift+Tab");
  assert.ok(!(await hasFocus(editorContent(page))), "Shift+Tab stays in the editor");
});

test("Escape and then Tab leaves the editor, as people know it from others", async (t) => {
  const { page } = await open(t);
  await build(page);
  await command(page, "Workloads", "Attach a new SCP");
  await reach(page, editorContent(page));
  await page.keyboard.type(" ");
  await press(page, "Escape", "Tab");
  assert.ok(!(await hasFocus(editorContent(page))));
});

test("a menu gives the focus back, and its letters lead to its commands", async (t) => {
  const { page } = await open(t);
  await build(page);
  await reach(page, node(page, "Dev"));
  await press(page, "Shift+F10");
  await page.getByRole("menu", { name: "Commands for Dev" }).waitFor();
  await press(page, "m");
  assert.match(await focused(page), /button Move to…/);
  await press(page, "Escape");
  await eventually(() => at(page), "Dev");
});

for (const [name, opener] of [["Share", "Share"], ["Import", "Import"], ["Export", "Export"], ["Examples", "Examples"]]) {
  test(`the dialog ${name} holds the focus and gives it back`, async (t) => {
    const { page } = await open(t);
    await build(page);
    await reach(page, button(page, opener), "Shift+Tab");
    await press(page, "Enter");
    await dialog(page, name).waitFor();
    for (let presses = 0; presses < 12; presses += 1) {
      await press(page, "Tab");
      const inside = await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog") !== null);
      assert.ok(inside, `the focus left the dialog for ${await focused(page)}`);
    }
    await press(page, "Escape");
    await dialog(page, name).waitFor({ state: "detached" });
    await eventually(() => hasFocus(button(page, opener)), true);
  });
}

test("requests are moved in with arrows and deleted, and the trace follows", async (t) => {
  const { page } = await open(t, { hash: "#example/protect-the-trail" });
  await requestRows(page).first().waitFor();
  const rows = await requestRows(page).count();
  await reach(page, await cell(requestRows(page).first(), "Does"));
  const said = () => part(page, "Trace").getByRole("paragraph").first().innerText();
  const first = await said();
  await press(page, "ArrowDown", "ArrowDown", "ArrowDown");
  await eventually(() => hasFocus(requestRows(page).nth(3)), true);
  assert.notEqual(await said(), first);
  await press(page, "Delete");
  await eventually(() => requestRows(page).count(), rows - 1);
});
