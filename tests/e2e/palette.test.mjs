// The palette and the keys of the whole page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { build, button, choose, dialog, eventually, focused, hasFocus, node, part, reach, requestRows, tree } from "./support/app.mjs";
import { editorContent } from "./support/editor.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();
const EXAMPLE = "#example/region-guardrail";

const palette = (page) => page.getByRole("dialog", { name: "Find a command or place" });
const field = (page) => palette(page).getByRole("combobox");
const options = (page) => palette(page).getByRole("option");

async function opened(page) {
  await page.waitForFunction(() => customElements.get("guardrail-palette"));
  await page.keyboard.press("ControlOrMeta+k");
  await eventually(() => hasFocus(field(page)), true);
}

/** The line that Enter would choose, as a screen reader is told. */
const active = (page) =>
  field(page).evaluate((element) => document.getElementById(element.getAttribute("aria-activedescendant"))?.textContent.trim());

for (const theme of ["light", "dark"]) {
  test(`a command is found by typing and done, ${theme}`, async (t) => {
    const { page } = await open(t, { theme });
    await opened(page);
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.keyboard.type("start org");
    await eventually(() => active(page), /^Start an organization/);
    assert.deepEqual(await accessibilityProblems(page), [], "while filtered");
    await page.keyboard.press("Enter");
    await palette(page).waitFor({ state: "detached" });
    await eventually(() => tree(page), ["1 Root", "2 Management"]);
  });
}

test("only what can be done is offered, with what would be undone", async (t) => {
  const { page } = await open(t);
  await opened(page);
  await page.keyboard.type("undo");
  await palette(page).getByRole("option", { name: "Nothing is called that." }).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await palette(page).waitFor({ state: "detached" });
  await build(page);
  await opened(page);
  await page.keyboard.type("undo");
  await eventually(() => active(page), /^Undo: add Dev/);
});

test("every kind of place is found, by name, by id, by a few of its letters", async (t) => {
  const { page } = await open(t, { hash: EXAMPLE });
  await requestRows(page).first().waitFor();
  const cases = [
    ["map", /^Map\s+Go to/],
    ["matrix", /^Matrix\s+Go to/],
    ["workloads", /^Workloads\s+OU/],
    ["3333", /^Data\s+Account 333333333333/],
    ["rgn grd", /^Region guardrail\s+SCP/],
    ["singapore data", /^Data lists tables in Singapore/],
    ["breakglass", /^BreakGlass\s+role, Shop/],
  ];
  for (const [typed, found] of cases) {
    await opened(page);
    await page.keyboard.type(typed);
    await eventually(() => active(page), found, typed);
    await page.keyboard.press("Escape");
    await palette(page).waitFor({ state: "detached" });
  }
});

test("a place opens and has the focus", async (t) => {
  const { page } = await open(t, { hash: EXAMPLE });
  await requestRows(page).first().waitFor();
  await opened(page);
  await page.keyboard.type("data");
  await page.keyboard.press("Enter");
  await eventually(() => hasFocus(node(page, "Data")), true, `the focus is on ${await focused(page)}`);
  await page.getByRole("region", { name: "Data" }).waitFor();

  await opened(page);
  await page.keyboard.type("region guardrail scp");
  await page.keyboard.press("Enter");
  await eventually(() => hasFocus(page.getByRole("tab", { selected: true })), true);
});

test("arrows move in the list, and the last is followed by the first", async (t) => {
  const { page } = await open(t);
  await opened(page);
  const first = await active(page);
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await active(page), first);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await active(page), (await options(page).last().textContent()).trim());
  await page.keyboard.press("ArrowDown");
  assert.equal(await active(page), first);
  assert.equal(await palette(page).getByRole("option", { selected: true }).count(), 1);
});

test("a press chooses a line, and one beside it closes the palette; the focus is where it was", async (t) => {
  const { page } = await open(t);
  await page.waitForFunction(() => customElements.get("guardrail-palette"));
  await button(page, "Examples").focus();
  await opened(page);
  await page.mouse.click(5, 890);
  await palette(page).waitFor({ state: "detached" });
  await eventually(() => hasFocus(button(page, "Examples")), true);
  await page.getByRole("button", { name: /^Find a command or place/ }).click();
  await options(page).filter({ hasText: "How this page works" }).click();
  await dialog(page, "How this page works").waitFor();
});

test("it opens from the editor and from a field", async (t) => {
  const { page } = await open(t, { hash: EXAMPLE });
  await editorContent(page).click();
  await opened(page);
  await page.keyboard.press("Escape");
  await page.getByRole("textbox", { name: "Title of the scenario" }).click();
  await opened(page);
});

test("the narrow page has it in its menu", async (t) => {
  const { page } = await open(t, { viewport: { width: 375, height: 700 } });
  await page.waitForFunction(() => customElements.get("guardrail-palette"));
  await choose(page, button(page.getByRole("banner"), "Menu"), "Find a command or place");
  await eventually(() => hasFocus(field(page)), true);
  const { width } = await palette(page).boundingBox();
  assert.ok(width <= 375);
  assert.deepEqual(await accessibilityProblems(page), []);
});

test("ten thousand accounts are searched while one types", async (t) => {
  const children = Array.from({ length: 10_000 }, (_, at) => ({ type: "account", id: String(100_000_000_000 + at), name: `Account ${at}` }));
  const scenario = JSON.stringify({ version: 1, organization: { root: { children } } });
  const { page } = await open(t);
  await button(page, "Import").click();
  await dialog(page, "Import").getByLabel("Files").setInputFiles({ name: "large.json", mimeType: "application/json", buffer: Buffer.from(scenario) });
  await page.getByRole("treeitem").first().waitFor();
  await opened(page);
  await page.keyboard.type("account 9876");
  await eventually(() => active(page), /^Account 9876\s/);
});

test("? opens the list of keys, not while one types, and can be switched off", async (t) => {
  const { page } = await open(t);
  await page.getByRole("textbox", { name: "Title of the scenario" }).click();
  await page.keyboard.type("why?");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await button(page, "Examples").focus();
  await page.keyboard.press("?");
  const help = dialog(page, "How this page works");
  await help.waitFor();
  for (const command of ["Undo", "Find a command or place", "Export"]) assert.equal(await help.getByRole("row").filter({ hasText: command }).count(), 1, command);
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.keyboard.press("Escape");
  await choose(page, button(page, "More"), "Page settings");
  await dialog(page, "Page settings").getByRole("checkbox", { name: /^Shortcuts of a single key/ }).uncheck();
  await page.keyboard.press("Escape");
  await button(page, "Examples").focus();
  await page.keyboard.press("?");
  await page.waitForTimeout(100);
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.keyboard.press("ControlOrMeta+k");
  await eventually(() => hasFocus(field(page)), true, "keys with Ctrl always work");
});

test("F6 goes from part to part, in both directions", async (t) => {
  const { page } = await open(t, { hash: EXAMPLE });
  await requestRows(page).first().waitFor();
  const parts = ["Organization", "Requests", "Trace", "Policies"];
  for (const name of [...parts, "Organization"]) {
    await page.keyboard.press("F6");
    await eventually(() => hasFocus(part(page, name)), true, `${name}: the focus is on ${await focused(page)}`);
  }
  await page.keyboard.press("Shift+F6");
  await eventually(() => hasFocus(part(page, "Policies")), true);
});

test("the keys of commands do what the commands do", async (t) => {
  const { page } = await open(t);
  await build(page);
  await reach(page, node(page, "Dev"));
  await page.keyboard.press("ControlOrMeta+s");
  await dialog(page, "Export").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+o");
  await dialog(page, "Scenarios").waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+z");
  await eventually(() => tree(page), ["1 Root", "2 Management", "2 Workloads", "2 Sandbox"]);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await eventually(() => tree(page), ["1 Root", "2 Management", "2 Workloads", "3 Dev", "2 Sandbox"]);
});
