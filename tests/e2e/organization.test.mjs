// Building and changing an organization, as a person does it: by mouse, by keys, by touch.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import {
  add, addRequest, build, button, choose, command, dialog, eventually, exported, focused, hasFocus, importText, node, part, policyTab,
  reach, requestRows, tree, verdicts,
} from "./support/app.mjs";
import { editorContent, replaceText } from "./support/editor.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

const organization = (page) => part(page, "Organization");
const nameField = (page) => page.getByRole("textbox", { name: "Name", exact: true });
const title = (page, name) => node(page, name).getByText(name, { exact: true });
const status = (page, text) => page.getByRole("status").getByText(text).waitFor();
const picker = (page) => page.getByRole("combobox", { name: /^Policies for/ });
const options = (page) => page.getByRole("option");
const details = (page, name) => page.getByRole("region", { name, exact: true });
const file = async (page) => JSON.parse(await exported(page));
const axe = async (page, where) => assert.deepEqual(await accessibilityProblems(page), [], where);

/** Presses keys one after the other. */
const press = async (page, ...keys) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Types the name that a new node waits for. */
async function named(page, name, key = "Enter") {
  await eventually(() => hasFocus(nameField(page)), true, `the name of ${name} waits to be typed`);
  await page.keyboard.type(name);
  await press(page, key);
}

/** What is attached to a node, as its row names it. */
const attached = async (page, name) =>
  (await node(page, name).getByRole("button", { name: /^Detach/ }).all().then((all) => Promise.all(all.map((one) => one.getAttribute("aria-label")))))
    .map((label) => label.replace(/^Detach (.*) from .*$/, "$1"));

/** The names that are selected. */
const selected = async (page) => {
  const rows = await page.getByRole("treeitem", { selected: true }).all();
  return Promise.all(rows.map(async (row) => (await row.getAttribute("aria-label")).split(",")[0]));
};

/** An organization of 4 OUs on 3 levels and 8 accounts, as `tree` says it. */
const REALISTIC = [
  "1 Root", "2 Management", "2 Security", "3 Log archive", "3 Audit", "2 Workloads", "3 Prod", "4 Shop", "4 Billing", "4 Search",
  "3 Test", "4 Shop test", "4 Billing test",
];
const POLICIES = ["Region lock", "Protect the trail", "No root user", "No IAM users", "Approved services", "No public buckets"];

/** What the six SCPs are attached to in the end. */
async function sixAttached(page) {
  await eventually(() => attached(page, "Root"), ["FullAWSAccess", "No root user"]);
  await eventually(() => attached(page, "Security"), ["FullAWSAccess", "Protect the trail"]);
  await eventually(() => attached(page, "Workloads"), ["FullAWSAccess", "Region lock", "No IAM users", "No public buckets"]);
  await eventually(() => attached(page, "Test"), ["FullAWSAccess", "Approved services"]);
}

test("a realistic organization is built by mouse", async (t) => {
  const { page } = await open(t);
  await button(page, "Start an organization").click();
  await press(page, "Enter"); // names are typed, everything else is pressed
  const more = (what) => nameField(page).locator("xpath=..").getByRole("button", { name: what, exact: true });

  await command(page, "Root", "New OU");
  await page.keyboard.type("Security");
  await more("Account in it").click();
  await page.keyboard.type("Log archive");
  await more("Account").click();
  await named(page, "Audit");
  await command(page, "Root", "New OU");
  await page.keyboard.type("Workloads");
  await press(page, "Enter");
  await command(page, "Workloads", "New OU");
  await page.keyboard.type("Prod");
  await more("OU").click();
  await page.keyboard.type("Test");
  await more("Account in it").click();
  await page.keyboard.type("Shop test");
  await more("Account").click();
  await named(page, "Billing test");
  await command(page, "Prod", "New account");
  for (const name of ["Shop", "Billing"]) {
    await page.keyboard.type(name);
    await more("Account").click();
  }
  await named(page, "Search");
  await eventually(() => tree(page), REALISTIC);

  const pick = async (where, ...names) => {
    await command(page, where, "Attach or detach…");
    for (const name of names) {
      await page.keyboard.type(name);
      await page.getByRole("option", { name: `New SCP ${name}` }).click();
    }
    await title(page, "Audit").click(); // a press elsewhere closes the list
    await picker(page).waitFor({ state: "detached" });
  };
  await pick("Root", "No root user");
  await pick("Security", "Protect the trail");
  await pick("Workloads", "Region lock", "No IAM users", "No public buckets");
  await pick("Test", "Approved services");
  await sixAttached(page);
  await axe(page, "built by mouse");
});

test("a realistic organization is built by keyboard", async (t) => {
  const { page } = await open(t);
  await reach(page, button(page, "Start an organization"));
  await press(page, "Enter");
  await named(page, "Management");
  await press(page, "Home", "Shift+Insert");
  await named(page, "Security");
  await press(page, "Insert");
  await named(page, "Log archive", "ControlOrMeta+Enter");
  await named(page, "Audit");
  await eventually(() => hasFocus(node(page, "Audit")), true);
  await press(page, "ArrowLeft", "ControlOrMeta+Enter"); // another OU like Security
  await named(page, "Workloads");
  await press(page, "Shift+Insert");
  await named(page, "Prod", "ControlOrMeta+Enter");
  await named(page, "Test");
  await press(page, "Insert");
  await named(page, "Shop test", "ControlOrMeta+Enter");
  await named(page, "Billing test");
  await page.keyboard.type("prod"); // goes to the name that is typed
  await press(page, "Insert");
  await named(page, "Shop", "ControlOrMeta+Enter");
  await named(page, "Billing", "ControlOrMeta+Enter");
  await named(page, "Search");
  await eventually(() => tree(page), REALISTIC);

  const pick = async (where, ...names) => {
    await page.keyboard.type(where);
    await eventually(() => hasFocus(node(page, where)), true, where);
    await press(page, "Shift+F10");
    await page.getByRole("menu").waitFor();
    await reach(page, page.getByRole("menuitem", { name: "Attach or detach…" }), "a");
    await press(page, "Enter");
    await eventually(() => hasFocus(picker(page)), true);
    for (const name of names) {
      await page.keyboard.type(name);
      await press(page, "Enter");
    }
    await press(page, "Escape");
    await eventually(() => hasFocus(node(page, where)), true, "the focus comes back");
  };
  await pick("Root", POLICIES[2]);
  await pick("Security", POLICIES[1]);
  await pick("Workloads", POLICIES[0], POLICIES[3], POLICIES[5]);
  await pick("Test", POLICIES[4]);
  await sixAttached(page);
});

test("the name that follows an addition is part of it, and Escape takes the addition back", async (t) => {
  const { page } = await open(t);
  await build(page);
  await press(page, "Insert");
  await named(page, "Staging");
  await button(page, "Undo: add Staging").waitFor();
  await press(page, "ControlOrMeta+Enter");
  await eventually(() => hasFocus(nameField(page)), true);
  await press(page, "Escape");
  await eventually(() => tree(page), ["1 Root", "2 Management", "2 Workloads", "3 Dev", "3 Staging", "2 Sandbox"]);
  assert.ok(await hasFocus(page.getByRole("tree")), `the focus stays in the tree, not on ${await focused(page)}`);
  await button(page, "Undo: add Staging").click();
  await eventually(() => tree(page), ["1 Root", "2 Management", "2 Workloads", "3 Dev", "2 Sandbox"]);
  await button(page, "Redo: add Staging").click();
  await node(page, "Staging").waitFor();
});

test("Enter renames, and a whole beginning leads to a name", async (t) => {
  const { page } = await open(t);
  await button(page, "AWS’s recommended OUs").click();
  await eventually(() => hasFocus(node(page, "Root")), true, "the tree has the focus");
  await page.keyboard.type("shop t");
  await eventually(() => hasFocus(node(page, "Shop test")), true);
  await press(page, "Enter");
  await named(page, "Shop QA");
  await eventually(() => hasFocus(node(page, "Shop QA")), true);
  await press(page, "Home", "Enter"); // the root has no name to change
  await details(page, "Root").waitFor();
});

test("a starter shape is there in one press, once, and can be taken back", async (t) => {
  const { page } = await open(t);
  await axe(page, "the empty page");
  await button(page, "AWS’s recommended OUs").click();
  const recommended = await tree(page);
  for (const name of ["2 Security", "2 Infrastructure", "2 Workloads", "2 Sandbox", "3 Log archive", "3 Audit", "3 Prod", "4 Shop production"]) {
    assert.ok(recommended.includes(name), `${name} in ${recommended}`);
  }
  await command(page, "Root", "Add the OUs that AWS recommends");
  await status(page, "All of these OUs and accounts are there already.");
  await command(page, "Root", "Add departments");
  await node(page, "Payroll").waitFor();
  await button(page.getByRole("status"), "Undo").click();
  await eventually(() => tree(page), recommended);
  await button(page, "Undo: add the recommended OUs").click();
  await button(page, "Departments").click();
  await node(page, "Payroll").waitFor();
  await axe(page, "departments");
});

test("nodes are cut and pasted, and go up and down among their siblings", async (t) => {
  const { page } = await open(t);
  await build(page);
  await reach(page, node(page, "Dev"));
  await press(page, "ControlOrMeta+x");
  await status(page, /^Dev cut/);
  assert.match(await node(page, "Dev").getAttribute("aria-label"), /, cut/);
  await press(page, "Escape");
  assert.doesNotMatch(await node(page, "Dev").getAttribute("aria-label"), /, cut/);
  await press(page, "ControlOrMeta+x", "ArrowDown", "ControlOrMeta+v");
  const moved = ["1 Root", "2 Management", "2 Workloads", "2 Sandbox", "3 Dev"];
  await eventually(() => tree(page), moved);
  await press(page, "Alt+ArrowUp");
  await eventually(() => tree(page), ["1 Root", "2 Management", "2 Sandbox", "3 Dev", "2 Workloads"]);
  assert.ok(await hasFocus(node(page, "Sandbox")), `the focus goes with it, and is on ${await focused(page)}`);
  await press(page, "Alt+ArrowDown");
  await eventually(() => tree(page), moved);
});

/** Holds a node, or a policy, over a row, without letting go. */
async function hold(page, from, to, { part: at = 0.5 } = {}) {
  const source = await from.boundingBox();
  const target = await to.boundingBox();
  await page.mouse.move(source.x + Math.min(30, source.width / 2), source.y + Math.min(12, source.height / 2));
  await page.mouse.down();
  await page.mouse.move(target.x + 40, target.y + target.height * at, { steps: 6 });
  await page.mouse.move(target.x + 42, target.y + target.height * at, { steps: 2 });
}
const hint = (page) => organization(page).locator(".drag-hint");

test("while a node is dragged it is said where it would land", async (t) => {
  const { page } = await open(t);
  await build(page);
  await hold(page, title(page, "Dev"), node(page, "Sandbox"));
  await eventually(() => hint(page).innerText(), "Move Dev into Sandbox.");
  await page.mouse.up();
  await eventually(() => tree(page), ["1 Root", "2 Management", "2 Workloads", "2 Sandbox", "3 Dev"]);
  await hold(page, title(page, "Sandbox"), node(page, "Workloads"), { part: 0.1 });
  await eventually(() => hint(page).innerText(), "Move Sandbox before Workloads.");
  await page.mouse.up();
  await eventually(() => tree(page), ["1 Root", "2 Management", "2 Sandbox", "3 Dev", "2 Workloads"]);
  await button(page, "Undo: move Sandbox").waitFor();
});

test("what AWS refuses is refused while one still drags, with the reason", async (t) => {
  const { page } = await open(t);
  await build(page);
  for (const [parent, name] of [["Workloads", "L2"], ["L2", "L3"], ["L3", "L4"], ["L4", "L5"]]) await add(page, parent, "New OU", name);
  const before = await exported(page);
  const refused = async (from, to, reason) => {
    await hold(page, from, to);
    await eventually(() => hint(page).innerText(), reason);
    await page.mouse.up();
    assert.equal(await hint(page).isVisible(), false, "the reason goes when one lets go");
    assert.equal(await exported(page), before);
  };
  await refused(title(page, "Sandbox"), node(page, "L5"), /6 levels below the root: AWS allows 5/);
  await refused(title(page, "Workloads"), node(page, "L3"), /“Workloads” cannot be moved into itself/);
  await refused(title(page, "Dev"), node(page, "Workloads"), "Dev is in Workloads now.");
});

test("a policy is dragged to a node, and refused where the quota is used up", async (t) => {
  const { page } = await open(t);
  await build(page);
  await command(page, "Workloads", "Attach a new SCP");
  const chip = node(page, "Workloads").getByRole("button", { name: "New SCP", exact: true });
  await hold(page, chip, node(page, "Sandbox"));
  await eventually(() => hint(page).innerText(), "Attach New SCP to Sandbox.");
  await page.mouse.up();
  await eventually(() => attached(page, "Sandbox"), ["FullAWSAccess", "New SCP"]);

  await command(page, "Workloads", "Attach or detach…");
  const most = 10;
  for (let count = 2; count < most; count += 1) {
    await page.keyboard.type(`Policy ${count}`);
    await press(page, "Enter");
    await eventually(async () => (await attached(page, "Workloads")).length, count + 1);
  }
  await press(page, "Escape");
  await add(page, "Root", "New OU", "Other");
  await command(page, "Other", "Attach a new SCP");
  await hold(page, node(page, "Other").getByRole("button", { name: "New SCP 2", exact: true }), node(page, "Workloads"));
  await eventually(() => hint(page).innerText(), /“Workloads” has \d+ SCPs: AWS allows no more\.$/);
  await page.mouse.up();
  assert.ok(!(await attached(page, "Workloads")).includes("New SCP 2"));
});

test("the list of policies filters as one types, and says why something can't be", async (t) => {
  const { page } = await open(t);
  await build(page);
  await reach(page, node(page, "Dev"));
  await press(page, "Space"); // opens what is known of it
  await button(details(page, "Dev"), "Attach an SCP").click();
  await page.keyboard.type("Region lock");
  await eventually(() => options(page).allInnerTexts(), ["New SCP Region lock"]);
  await press(page, "Enter");
  await eventually(() => attached(page, "Dev"), ["FullAWSAccess", "Region lock"]);
  await page.keyboard.type("reg");
  await eventually(async () => (await options(page).allInnerTexts()).map((text) => text.split("\n")[0]), ["Region lock", "New SCP reg"]);
  assert.equal(await page.getByRole("option", { name: "Region lock" }).getAttribute("aria-selected"), "true");
  await axe(page, "the list of policies");
  await press(page, "Enter"); // takes it back
  await eventually(() => attached(page, "Dev"), ["FullAWSAccess"]);
  await page.keyboard.type("full");
  await page.getByRole("option", { name: /FullAWSAccess.*is the last SCP of “Dev”/ }).waitFor();
  await press(page, "Enter");
  await status(page, /is the last SCP of “Dev”/);
  await eventually(() => attached(page, "Dev"), ["FullAWSAccess"]);
  await press(page, "Escape");
  await picker(page).waitFor({ state: "detached" });
});

test("several nodes are selected and changed in one step", async (t) => {
  const { page } = await open(t);
  await button(page, "AWS’s recommended OUs").click();
  await title(page, "Log archive").click();
  await title(page, "Network").click({ modifiers: ["ControlOrMeta"] });
  assert.deepEqual(await selected(page), ["Log archive", "Network"]);
  await title(page, "Infrastructure").click();
  await title(page, "Shared services").click({ modifiers: ["Shift"] });
  assert.deepEqual(await selected(page), ["Infrastructure", "Network", "Shared services"]);
  await details(page, "3 selected").getByText("1 OU, 2 accounts").waitFor();
  await axe(page, "several selected");

  await button(details(page, "3 selected"), "Attach or detach").click();
  await page.keyboard.type("Region lock");
  await press(page, "Enter", "Escape");
  for (const name of ["Infrastructure", "Network", "Shared services"]) {
    await eventually(() => attached(page, name), ["FullAWSAccess", "Region lock"]);
  }
  await title(page, "Sandbox").click({ modifiers: ["ControlOrMeta"] });
  await details(page, "4 selected").getByText("on 3 of 4").waitFor();
  await button(details(page, "4 selected"), "Detach Region lock from 3 nodes").click();
  await eventually(() => attached(page, "Network"), ["FullAWSAccess"]);
  await button(page, "Undo: detach Region lock (3 nodes)").click();
  await eventually(() => attached(page, "Network"), ["FullAWSAccess", "Region lock"]);

  await title(page, "Network").click();
  await title(page, "Shared services").click({ modifiers: ["ControlOrMeta"] });
  await button(details(page, "2 selected"), "Move to…").click();
  await dialog(page, "Move 2 nodes").getByRole("radio", { name: "Sandbox", exact: true }).check();
  await button(dialog(page, "Move 2 nodes"), "Move").click();
  await eventually(async () => (await tree(page)).slice(-4), ["3 Dev sandbox", "3 Data sandbox", "3 Network", "3 Shared services"]);
  await title(page, "Dev sandbox").click();
  await title(page, "Shared services").click({ modifiers: ["Shift"] });
  await press(page, "Delete");
  await status(page, "Deleted 4 OUs and accounts.");
  await eventually(async () => (await tree(page)).at(-1), "2 Sandbox");
  await button(page.getByRole("status"), "Undo").click();
  await eventually(async () => (await tree(page)).at(-1), "3 Shared services");
});

test("several nodes are selected without a mouse", async (t) => {
  const { page } = await open(t);
  await button(page, "AWS’s recommended OUs").click();
  const all = await tree(page);
  await page.keyboard.type("log");
  await eventually(() => hasFocus(node(page, "Log archive")), true);
  await press(page, "Shift+ArrowDown");
  await eventually(() => selected(page), ["Log archive", "Audit"]);
  await press(page, "Shift+ArrowDown", "Shift+ArrowUp");
  await eventually(() => selected(page), ["Log archive", "Audit"]);
  await press(page, "ControlOrMeta+x");
  await page.keyboard.type("sandbox");
  await eventually(() => hasFocus(node(page, "Sandbox")), true);
  await press(page, "ControlOrMeta+v");
  await eventually(async () => (await tree(page)).slice(-2), ["3 Log archive", "3 Audit"]);
  await button(page, "Undo: move 2 OUs and accounts").waitFor();
  await press(page, "ControlOrMeta+z");
  await eventually(() => tree(page), all);
  await reach(page, page.getByRole("treeitem").nth(2), "ArrowUp");
  await press(page, "ControlOrMeta+a");
  await eventually(async () => (await selected(page)).length, all.length - 1, "everything but the root");
  await press(page, "Escape");
  await eventually(async () => (await selected(page)).length, 1);
});

test("the level that blocks, those that allow, and those that are not asked can be told apart", async (t) => {
  const { page } = await open(t);
  await build(page);
  await command(page, "Workloads", "Attach a new SCP");
  await title(page, "Dev").click();
  await addRequest(page, "organizations:LeaveOrganization");
  await eventually(() => verdicts(page), ["Explicit deny"]);
  /** The word at the end of a row, which the styles draw, and whether the row stands back. */
  const part = (name) => node(page, name).evaluate((row) => {
    const word = row.querySelector(".node-word");
    const drawn = word === null ? "" : getComputedStyle(word, "::after").content.replaceAll('"', "");
    const ink = (element) => getComputedStyle(element).color;
    return drawn || (ink(row.querySelector(".node-name")) === ink(row) ? "ink" : "muted");
  });
  assert.equal(await part("Root"), "allows");
  assert.equal(await part("Workloads"), "denies");
  assert.equal(await part("Dev"), "allows");
  assert.equal(await part("Sandbox"), "muted");
  assert.equal(await part("Management"), "muted");
  await node(page, "Workloads").and(page.getByRole("treeitem", { name: /blocks: explicit deny/ })).waitFor();
  await axe(page, "with a verdict");
  const place = await node(page, "Sandbox").boundingBox();
  await node(page, "Workloads").press("ArrowLeft");
  assert.equal(await part("Workloads"), "denies");
  await node(page, "Root").press("ArrowLeft");
  assert.equal(await part("Root"), "denies below");
  await node(page, "Root").press("ArrowRight");
  await node(page, "Workloads").press("ArrowRight");
  await title(page, "Management").click();
  await addRequest(page, "organizations:LeaveOrganization");
  await eventually(() => verdicts(page), ["Explicit deny", "Allow"]);
  assert.equal(await part("Management"), "exempt");
  assert.equal(await part("Workloads"), "muted");
  await page.getByRole("button", { name: "Close the details" }).click();
  assert.deepEqual(await node(page, "Sandbox").boundingBox(), place, "no row moves when another request is selected");
});

test("by touch everything is in the menu", async (t) => {
  const { page } = await open(t, { viewport: { width: 375, height: 812 } });
  await page.getByRole("button", { name: "Organization", exact: true }).click();
  await button(page, "AWS’s recommended OUs").click();
  const choose2 = async (name, entry) => {
    await node(page, name).getByRole("button", { name: `Commands for ${name}` }).click();
    await page.getByRole("menuitem", { name: entry }).click();
  };
  await title(page, "Network").click();
  await choose2("Audit", /^Select as well/);
  assert.deepEqual(await selected(page), ["Audit", "Network"]);
  await node(page, "Audit").getByRole("button", { name: /^Commands for/ }).click();
  await page.getByRole("menuitem", { name: /^Cut/ }).click();
  await choose2("Sandbox", /^Paste here/);
  await eventually(async () => (await tree(page)).slice(-2), ["3 Audit", "3 Network"]);
  await axe(page, "narrow");
});

/** Many accounts in 100 OUs. */
function large(accounts) {
  return Array.from({ length: 100 }, (_, at) => ({
    type: "ou",
    name: `Unit ${at}`,
    children: Array.from({ length: accounts / 100 }, (_, under) => ({
      type: "account",
      id: String(100_000_000_000 + at * 1_000 + under),
      name: `Account ${at}-${under}`,
    })),
  }));
}

test("10,000 accounts scroll and filter", async (t) => {
  const { page } = await open(t);
  await build(page);
  const scenario = await file(page);
  scenario.organization.root.children.push(...large(10_000));
  await importText(page, JSON.stringify(scenario));
  await node(page, "Unit 99").waitFor({ state: "attached" });
  const rows = () => page.getByRole("treeitem").count();

  for (const unit of [5, 4, 3]) {
    await node(page, `Unit ${unit}`).press("ArrowRight");
    await node(page, `Account ${unit}-0`).waitFor();
  }
  assert.ok((await rows()) < 200, "only what is in sight is drawn");
  await press(page, "End");
  await eventually(() => focused(page), /^div Unit 99,/);
  assert.ok(await node(page, "Unit 99").isVisible());
  await press(page, "Home");
  await eventually(() => focused(page), /^div Root,/);
  await page.getByRole("tree").hover();
  await page.mouse.wheel(0, 9_000);
  await eventually(async () => (await page.getByRole("treeitem").allInnerTexts()).some((text) => text.includes("Account 4-")), true);
  await axe(page, "a long tree");

  const filter = page.getByRole("searchbox", { name: "Filter by name, id or policy" });
  await press(page, "ControlOrMeta+f");
  await eventually(() => hasFocus(filter), true, "the key for finding leads to the filter");
  await page.keyboard.type("account 42-7");
  await organization(page).getByText("11 of 10105").waitFor();
  const found = await tree(page);
  assert.deepEqual(found.slice(0, 3), ["1 Root", "2 Unit 42", "3 Account 42-7"], "with what is above");
  assert.equal(found.length, 13);
  await press(page, "ArrowDown");
  await eventually(() => focused(page), /^div Account 42-7,/);
  await press(page, "Delete");
  await status(page, "Deleted Account 42-7.");
  await filter.fill("nothing has this name");
  await organization(page).getByText(/^No OU, account or attached policy/).waitFor();
  await axe(page, "nothing found");
  await filter.press("Escape");
  await node(page, "Root").waitFor();
});

test("a policy of the editor's side is dragged to the tree", async (t) => {
  const { page } = await open(t);
  await build(page);
  await command(page, "Workloads", "Attach a new SCP");
  const tab = policyTab(page, "New SCP");
  if ((await tab.getAttribute("draggable")) !== "true") {
    // The tab itself is made by another part of the page: a drag that carries the same stands in.
    await tab.evaluate((element) => {
      element.draggable = true;
      element.addEventListener("dragstart", (event) => event.dataTransfer.setData("application/x-guardrail-policy", "new-scp"));
    });
  }
  await hold(page, tab, node(page, "Dev"));
  await eventually(() => hint(page).innerText(), "Attach New SCP to Dev.");
  await page.mouse.up();
  await eventually(() => attached(page, "Dev"), ["FullAWSAccess", "New SCP"]);
});
