// The page in the words of a person who uses it: what is where, what it says, what can be done.
// Everything is found by its role and its accessible name.

import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

/** How long the page may take until it says what a test waits for, in milliseconds. */
const PATIENCE = 5_000;

/** A part of the page: Organization, Requests, Trace or Policies. */
export const part = (page, name) => page.getByRole("region", { name, exact: true });

/** A button of the header, or one that is named exactly so elsewhere. */
export const button = (within, name) => within.getByRole("button", { name, exact: true });

/** The open dialog. */
export const dialog = (page, name) => page.getByRole("dialog", { name });

/** The node of the tree that has this name. */
export const node = (page, name) =>
  page.getByRole("tree", { name: "Organization" }).getByRole("treeitem", { name: startingWith(name) });

/** The rows of requests, without the row of headings. */
export const requestRows = (page) =>
  part(page, "Requests").getByRole("row").filter({ has: page.getByRole("button", { name: /^Actions for/ }) });

/** A cell of a row of requests, by the heading of its column. */
export async function cell(row, heading) {
  const headings = await part(row.page(), "Requests").getByRole("columnheader").allTextContents();
  const at = headings.findIndex((text) => text.replace(/[↑↓]/g, "").trim() === heading);
  assert.ok(at >= 0, `no column ${heading} among ${headings.join(", ")}`);
  return row.getByRole("gridcell").nth(at);
}

/** Opens a cell to be edited, by a double click, and gives its field. */
export async function editCell(row, heading) {
  await (await cell(row, heading)).dblclick();
  const field = row.getByRole("combobox", { name: heading });
  await field.waitFor();
  return field;
}

/** Types a text into a cell and leaves it. */
export async function typeInto(row, heading, text) {
  const field = await editCell(row, heading);
  await field.fill(text);
  await row.page().keyboard.press("Enter");
  await field.waitFor({ state: "detached" });
}

/** The tab of a policy. */
export const policyTab = (page, name) => page.getByRole("tab", { name: new RegExp(`^(not valid: )?${escaped(name)}\\b`) });

/** Waits until `read` gives `wanted`, and otherwise says what it gave last. */
export async function eventually(read, wanted, message) {
  const end = Date.now() + PATIENCE;
  let found = await read();
  while (!matches(found, wanted) && Date.now() < end) {
    await pause(20);
    found = await read();
  }
  if (wanted instanceof RegExp) assert.match(found, wanted, message);
  else assert.deepEqual(found, wanted, message);
}

/** What the rows of the table say: the verdict of each request, in order. */
export const verdicts = (page) => column(page, "Verdict");

/** The cells of one column of the requests, in order, as a person reads them. */
export async function column(page, heading) {
  const cells = [];
  for (const row of await requestRows(page).all()) {
    const found = await cell(row, heading);
    const field = found.getByRole("combobox");
    const text = (await field.count()) > 0 ? await field.inputValue() : await found.innerText();
    cells.push(text.replace(/^≠\s*/, "").replace(/, not met$/, "").replace(/\bwas .*$/s, "").replace(/\s+/g, " ").trim());
  }
  return cells;
}

/** The sentence that says the verdict of the selected request. */
export async function sentence(page) {
  const said = part(page, "Trace").getByRole("paragraph").first();
  return (await said.innerText()).replace(/\s+/g, " ").trim();
}

/** What is listed as wrong with the open policy. */
export async function findings(page) {
  const found = await page.getByRole("region", { name: "Findings" }).getByRole("button", { name: /^(Error|Warning) / }).allInnerTexts();
  return found.map((text) => text.replace(/\s+/g, " ").trim());
}

/** The names that the tree shows, each with its depth. */
export async function tree(page) {
  const nodes = await page.getByRole("tree").getByRole("treeitem").all();
  return Promise.all(
    nodes.map(async (item) => `${await item.getAttribute("aria-level")} ${(await item.getAttribute("aria-label")).split(",")[0]}`),
  );
}

/** Chooses a command of the menu of a node. */
export async function command(page, name, text) {
  await node(page, name).hover();
  await node(page, name).getByRole("button", { name: `Commands for ${name}` }).click();
  await page.getByRole("menuitem", { name: startingWith(text) }).click();
}

/** Chooses an entry of a menu that a button opens. */
export async function choose(page, opener, entry) {
  await opener.click();
  await page.getByRole("menuitem", { name: startingWith(entry) }).click();
}

/** Ticks a place in the list of what the open policy is attached to, or takes the tick away. */
export async function attachTo(page, place) {
  await button(page.getByRole("tabpanel"), "Attach to…").click();
  await page.getByRole("combobox", { name: "Attached to" }).fill(place);
  await page.getByRole("option", { name: startingWith(place) }).first().click();
  await page.keyboard.press("Escape");
}

/** Adds an OU or an account below a node, and types its name. */
export async function add(page, parent, what, name) {
  await command(page, parent, what);
  await page.getByRole("textbox", { name: "Name", exact: true }).waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await node(page, name).waitFor();
}

/** Adds a request and types what it does. The caller is the page's choice. */
export async function addRequest(page, action) {
  const before = await requestRows(page).count();
  await button(part(page, "Requests"), "Add").click();
  await eventually(() => requestRows(page).count(), before + 1);
  const field = requestRows(page).last().getByRole("combobox", { name: "Does" });
  await field.fill(action);
  await field.press("Enter");
}

/** A small organization, an account in one of two OUs: Dev below Workloads, and Sandbox. */
export async function build(page) {
  await button(page, "Start an organization").click();
  await page.getByRole("textbox", { name: "Name", exact: true }).waitFor();
  await page.keyboard.press("Enter");
  await add(page, "Root", "New OU", "Workloads");
  await add(page, "Root", "New OU", "Sandbox");
  await add(page, "Workloads", "New account", "Dev");
}

/** The scenario file, as Export shows it. */
export async function exported(page) {
  await headerCommand(page, "Export");
  const text = await dialog(page, "Export").getByRole("textbox", { name: "Text of the file" }).inputValue();
  await page.keyboard.press("Escape");
  await dialog(page, "Export").waitFor({ state: "detached" });
  return text;
}

/** Opens the text of a scenario file by Import. */
export async function importText(page, text) {
  await headerCommand(page, "Import");
  await dialog(page, "Import").getByRole("textbox", { name: "Text", exact: true }).fill(text);
  await button(dialog(page, "Import"), "Open the text").click();
}

/** The share link, read from its dialog. */
export async function shareLink(page) {
  await button(page, "Share").click();
  const link = await dialog(page, "Share").getByRole("textbox", { name: "Link" }).inputValue();
  await page.keyboard.press("Escape");
  await dialog(page, "Share").waitFor({ state: "detached" });
  return link;
}

/** The fragment of a link. */
export const fragment = (link) => link.slice(link.indexOf("#"));

/** A command of the header, which has its button where there is room and else stands in a menu. */
async function headerCommand(page, name) {
  const direct = button(page.getByRole("banner"), name);
  if (await direct.isVisible()) await direct.click();
  else await choose(page, button(page.getByRole("banner"), "Menu"), name);
}

/** Whether the focus is on the element or inside it, also in a shadow root. */
export const hasFocus = (locator) =>
  locator.evaluate((element) => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement && !element.contains(active)) active = active.shadowRoot.activeElement;
    return element.contains(active);
  });

/** The name of what has the focus, for messages. */
export const focused = (page) =>
  page.evaluate(() => {
    const active = document.activeElement;
    return `${active.localName} ${active.getAttribute("aria-label") ?? active.textContent.trim().slice(0, 60)}`;
  });

/** Presses a key until an element has the focus, as a person does who has only the keyboard. */
export async function reach(page, locator, key = "Tab") {
  for (let presses = 0; presses < 120; presses += 1) {
    if ((await locator.count()) === 1 && (await locator.evaluate(isActive))) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${key} does not lead to ${locator}, but to ${await focused(page)}`);
}

const isActive = (element) => element.getRootNode().activeElement === element;

function matches(found, wanted) {
  if (wanted instanceof RegExp) return wanted.test(found);
  try {
    assert.deepEqual(found, wanted);
    return true;
  } catch {
    return false;
  }
}

/** Names that begin with a text as a whole: further words say more about it. */
function startingWith(text) {
  return new RegExp(`^${escaped(text)}(?![\\w-])`);
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
