// The policies pane as a person uses it: mending, formatting, use, changes, size, attaching from the
// policy's own side, changing its kind, finding one among many, and the plain text area.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import {
  attachTo, button, choose, dialog, eventually, exported, findings, hasFocus, importText, node, part, policyTab, reach, requestRows,
  sentence, typeInto,
} from "./support/app.mjs";
import { editorContent, editorText, replaceText } from "./support/editor.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

const GUARD = {
  Version: "2012-10-17",
  Statement: [
    { Sid: "NoBuckets", Effect: "Deny", Action: "s3:*", Resource: "*" },
    { Sid: "NoQueues", Effect: "Deny", Action: "sqs:*", Resource: "*" },
  ],
};

const request = (id, name, action) => ({ id, name, principal: { type: "role", id: "admin" }, action });

/** A guard at Workloads, which holds Dev; an admin there, and two requests. */
const scenario = (more = {}) => ({
  version: 1,
  organization: {
    managementAccountId: "111111111111",
    root: {
      id: "r-ab12", policies: ["FullAWSAccess"], children: [
        { type: "account", id: "111111111111", name: "Management", policies: ["FullAWSAccess"] },
        {
          type: "ou", id: "ou-ab12-11111111", name: "Workloads", policies: ["FullAWSAccess", "guard"],
          children: [{ type: "account", id: "222222222222", name: "Dev", policies: ["FullAWSAccess"] }],
        },
        { type: "ou", id: "ou-ab12-22222222", name: "Sandbox", policies: ["FullAWSAccess"], children: [] },
      ],
    },
  },
  policies: [{ id: "guard", name: "Guard", kind: "scp", document: GUARD }],
  principals: [{ id: "admin", type: "role", account: "222222222222", name: "Admin", policies: ["AdministratorAccess"] }],
  requests: [request("buckets", "List buckets", "s3:ListAllMyBuckets"), request("users", "List users", "iam:ListUsers")],
  ...more,
});

async function openScenario(t, { more, ...options } = {}) {
  const { page } = await open(t, options);
  await importText(page, JSON.stringify(scenario(more)));
  await page.getByRole("dialog").waitFor({ state: "detached" });
  if (options.viewport?.width < 640) await page.getByRole("button", { name: "Policies", exact: true }).last().click();
  await policyTab(page, "Guard").click();
  return page;
}

const pane = (page) => page.getByRole("tabpanel");
const about = (page, name) => pane(page).getByRole("group", { name: "About the policy" }).getByRole("button", { name: new RegExp(`^${name}`) });
const region = (page, name) => pane(page).getByRole("region", { name, exact: true });
const more = (page, name, text) => choose(page, button(page, `Actions for ${name}`), text);
const undo = (page) => button(page.getByRole("banner"), "Undo").or(page.getByRole("banner").getByRole("button", { name: /^Undo/ })).first();

/** The documents of the policies, by name, as the scenario holds them. */
async function texts(page) {
  const { policies } = JSON.parse(await exported(page));
  return Object.fromEntries(policies.map(({ name, document, source }) => [name, source ?? document]));
}

test("a mistake is mended by its button in the list, as one step that can be taken back", async (t) => {
  const page = await openScenario(t);
  const good = await editorText(page);
  const wrong = good.replace('"Action": "s3', '"action": "s3').replace('"Deny"', '"deny"');
  await replaceText(page, page, wrong);
  await eventually(async () => (await findings(page)).length, 2);
  assert.deepEqual(await accessibilityProblems(page, ".policies"), []);
  await region(page, "Findings").getByRole("button", { name: "Change to Deny, line 6" }).click();
  assert.equal(await editorText(page), good.replace('"Action": "s3', '"action": "s3'));
  await region(page, "Findings").getByRole("button", { name: "Change to Action, line 7" }).click();
  assert.equal(await editorText(page), good);
  await eventually(() => findings(page), []);
  await editorContent(page).click();
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await editorText(page), wrong);
});

test("a finding leads to its place, and the key for quick fixes mends it there", async (t) => {
  const page = await openScenario(t);
  const good = await editorText(page);
  await replaceText(page, page, good.replace('"s3:*",', '"s3:*"'));
  await region(page, "Findings").getByRole("button", { name: /comma is missing/ }).click();
  await eventually(() => hasFocus(page.locator("guardrail-editor")), true);
  await page.keyboard.press("ControlOrMeta+.");
  assert.equal(await editorText(page), good);
});

test("the editor and the page have one history", async (t) => {
  const page = await openScenario(t);
  const before = await editorText(page);
  await editorContent(page).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(" x");
  await attachTo(page, "Sandbox");
  await node(page, "Sandbox").getByRole("button", { name: "Guard", exact: true }).waitFor();
  await editorContent(page).click();
  await page.keyboard.press("ControlOrMeta+z");
  await node(page, "Sandbox").getByRole("button", { name: "Guard", exact: true }).waitFor({ state: "detached" });
  await page.getByText("Undone: attach Guard.").waitFor();
  assert.equal(await editorText(page), `${before} x`);
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal(await editorText(page), before);
  await undo(page).isEnabled();
  await page.keyboard.press("ControlOrMeta+Shift+Z");
  assert.equal(await editorText(page), `${before} x`);
});

test("a step back in another policy's text opens that policy and keeps the focus in the text", async (t) => {
  const page = await openScenario(t, { more: { policies: [{ id: "guard", name: "Guard", kind: "scp", document: GUARD }, { id: "other", name: "Other", kind: "scp", document: GUARD }] } });
  await editorContent(page).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(" ");
  await policyTab(page, "Other").click();
  await editorContent(page).click();
  await page.keyboard.press("ControlOrMeta+z");
  await eventually(() => policyTab(page, "Guard").getAttribute("aria-selected"), "true");
  await eventually(() => hasFocus(page.locator("guardrail-editor")), true);
});

test("the text is minified and formatted, by the menu, the button and the key", async (t) => {
  const page = await openScenario(t);
  const formatted = await editorText(page);
  await more(page, "Guard", "Minify");
  await eventually(() => editorText(page), JSON.stringify(GUARD));
  await button(pane(page), "Format").click();
  await eventually(() => editorText(page), formatted);
  await more(page, "Guard", "Minify");
  await editorContent(page).click();
  await page.keyboard.press("Shift+Alt+f");
  await eventually(() => editorText(page), formatted);
  assert.ok(await button(pane(page), "Format").isDisabled());
});

test("it is said which statements decide, and which no request exercises", async (t) => {
  const page = await openScenario(t);
  await page.getByTitle("Decides 1 request").or(page.getByTitle("This statement denies the request")).first().waitFor();
  await page.getByTitle("No request exercises this statement").waitFor();
  await about(page, "Use").click();
  const lines = async () => (await region(page, "Use").getByRole("listitem").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
  await eventually(lines, ["NoBuckets · line 4 decides List buckets", "NoQueues · line 10 no request exercises it"]);
  assert.deepEqual(await accessibilityProblems(page, ".policies"), []);
  await typeInto(requestRows(page).nth(1), "Does", "sqs:ListQueues");
  await eventually(lines, ["NoBuckets · line 4 decides List buckets", "NoQueues · line 10 decides List users"]);
  await region(page, "Use").getByRole("button", { name: "List users" }).click();
  await eventually(() => sentence(page), /NoQueues/);
  await region(page, "Use").getByRole("button", { name: /^NoBuckets/ }).click();
  await eventually(() => hasFocus(page.locator("guardrail-editor")), true);
});

test("what has changed since the scenario was opened is marked, listed and put back", async (t) => {
  const page = await openScenario(t);
  const before = await editorText(page);
  assert.equal(await page.locator(".cm-changedLine").count(), 0);
  await replaceText(page, page, before.replace('"Action": "s3:*"', '"Action": "iam:*"'));
  assert.equal(await page.locator(".cm-lineNumbers .cm-changedLine").innerText(), "7");
  await about(page, "Changes").click();
  const changes = region(page, "Changes");
  await changes.getByRole("button", { name: "Line 7: changed" }).waitFor();
  assert.deepEqual(
    (await changes.locator("del, ins").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim()),
    ['− "Action": "s3:*",', '+ "Action": "iam:*",'],
  );
  const verdicts = (await changes.getByRole("listitem").filter({ hasText: "→" }).allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
  assert.deepEqual(verdicts, ["List buckets Explicit deny → Allow", "List users Allow → Explicit deny"]);
  assert.deepEqual(await accessibilityProblems(page, ".policies"), []);
  await button(changes, "Put the whole text back").click();
  await eventually(() => editorText(page), before);
  await changes.getByText("The text is as it was when the scenario was opened.").waitFor();
  assert.equal(await changes.getByText("→").count(), 0);
});

test("the size is told as typed, minified, against the quota, with the slots where it is attached", async (t) => {
  const page = await openScenario(t);
  await about(page, "Size").click();
  const told = (await region(page, "Size").innerText()).replace(/\s+/g, " ");
  const typed = (await editorText(page)).length;
  assert.ok(told.includes(`As typed ${typed} Minified ${JSON.stringify(GUARD).length} Quota 10,240`), told);
  assert.match(told, /Slots used where it is attached Workloads 2 of 10/);
});

test("a policy is attached and detached from its own side, by mouse and by keyboard", async (t) => {
  const page = await openScenario(t);
  await button(pane(page), "Attach to…").click();
  const list = page.getByRole("listbox", { name: "Attached to" });
  assert.deepEqual(await list.getByRole("option", { selected: true }).allInnerTexts().then((all) => all.map((text) => text.split("\n")[0].trim())), ["Workloads"]);
  await page.getByRole("combobox", { name: "Attached to" }).fill("sand");
  assert.equal(await list.getByRole("option").count(), 1);
  await page.keyboard.press("Enter");
  await node(page, "Sandbox").getByRole("button", { name: "Guard", exact: true }).waitFor();
  await list.getByRole("option", { name: /^Workloads/ }).click();
  await node(page, "Workloads").getByRole("button", { name: "Guard", exact: true }).waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await eventually(() => hasFocus(button(pane(page), "Attach to…")), true);
  await pane(page).getByText("SCP, attached to Sandbox").waitFor();
});

test("changing the kind shows what it breaks before, and is one step", async (t) => {
  const page = await openScenario(t);
  await more(page, "Guard", "Change its kind…");
  const box = dialog(page, "Change the kind of Guard");
  assert.ok(await button(box, "Change").isDisabled());
  await box.getByRole("combobox", { name: "Kind" }).selectOption("Trust policy");
  await box.getByText("It is detached from:").waitFor();
  await box.getByText("Workloads", { exact: true }).waitFor();
  await box.getByText(/^New errors: \d/).waitFor();
  assert.deepEqual(await accessibilityProblems(page, "dialog"), []);
  await button(box, "Change").click();
  await box.waitFor({ state: "detached" });
  await pane(page).getByText("Trust policy, not used").waitFor();
  await page.keyboard.press("ControlOrMeta+z");
  await pane(page).getByText("SCP, attached to Workloads").waitFor();
});

test("a policy is duplicated, renamed and deleted, and comes back", async (t) => {
  const page = await openScenario(t);
  await more(page, "Guard", "Duplicate");
  await policyTab(page, "Guard copy").waitFor();
  await policyTab(page, "Guard copy").press("F2");
  await page.getByRole("textbox", { name: "Name of the policy" }).fill("Second guard");
  await page.keyboard.press("Enter");
  await policyTab(page, "Second guard").waitFor();
  await more(page, "Second guard", "Delete");
  await policyTab(page, "Second guard").waitFor({ state: "detached" });
  await button(page.getByRole("status").filter({ hasText: "Deleted Second guard." }), "Undo").click();
  await policyTab(page, "Second guard").waitFor();
  assert.deepEqual(Object.keys(await texts(page)), ["Guard", "Second guard"]);
});

test("one policy among thirty is found by typing a part of its name", async (t) => {
  const policies = Array.from({ length: 30 }, (_, at) => ({ id: `p${at}`, name: `Policy number ${at}`, kind: "scp", document: GUARD }));
  const page = await openScenario(t, { more: { policies: [{ id: "guard", name: "Guard", kind: "scp", document: GUARD }, ...policies] } });
  await button(page, "All policies").click();
  await page.getByRole("combobox", { name: "All policies" }).fill("number 27");
  assert.deepEqual(await accessibilityProblems(page, ".policies"), []);
  await page.keyboard.press("Enter");
  await eventually(() => policyTab(page, "Policy number 27").getAttribute("aria-selected"), "true");
  assert.ok(await policyTab(page, "Policy number 27").isVisible());
});

test("a policy is dragged from its tab to the tree", async (t) => {
  const page = await openScenario(t);
  await policyTab(page, "Guard").dragTo(node(page, "Sandbox"));
  await node(page, "Sandbox").getByRole("button", { name: "Guard", exact: true }).waitFor();
});

test("the plain text area is one setting away, does all that the editor does, and is remembered", async (t) => {
  const page = await openScenario(t);
  const good = await editorText(page);
  await more(page, "Guard", "Use a plain text area");
  const area = page.getByRole("textbox", { name: "Text of the policy Guard" });
  await eventually(() => area.evaluate((element) => element.localName), "textarea");
  assert.equal(await page.locator("guardrail-editor").count(), 0);
  assert.equal(await area.inputValue(), good);

  await area.fill(good.replace('"Deny"', '"deny"').replace('"Resource"', '"Resources"'));
  await eventually(async () => (await findings(page)).length, 2);
  assert.deepEqual(await accessibilityProblems(page, ".policies"), []);
  await region(page, "Findings").getByRole("button", { name: /Resources/ }).first().click();
  await eventually(() => hasFocus(area), true);
  assert.equal(await area.evaluate((element) => element.value.slice(element.selectionStart, element.selectionEnd)), '"Resources"');
  await page.keyboard.press("ControlOrMeta+.");
  await eventually(() => area.inputValue(), good.replace('"Deny"', '"deny"'));
  await region(page, "Findings").getByRole("button", { name: "Change to Deny, line 6" }).click();
  await eventually(() => area.inputValue(), good);
  await area.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await eventually(() => area.inputValue(), good.replace('"Deny"', '"deny"'));
  await page.keyboard.press("ControlOrMeta+Shift+Z");
  await eventually(() => area.inputValue(), good);
  await more(page, "Guard", "Minify");
  await eventually(() => area.inputValue(), JSON.stringify(GUARD));
  await area.press("Shift+Alt+f");
  await eventually(() => area.inputValue(), good);

  await page.reload();
  await policyTab(page, "Guard").click();
  await eventually(() => area.inputValue(), good);
  assert.equal(await page.locator("guardrail-editor").count(), 0);
  await more(page, "Guard", "Use the editor");
  await editorContent(page).waitFor();
  assert.equal(await editorText(page), good);
});

test("everything about a policy is reached by the keyboard", async (t) => {
  const page = await openScenario(t);
  await policyTab(page, "Guard").focus();
  await reach(page, button(pane(page), "Attach to…"));
  await page.keyboard.press("Enter");
  await page.getByRole("combobox", { name: "Attached to" }).waitFor();
  await page.keyboard.press("Escape");
  await reach(page, editorContent(page));
  await reach(page, about(page, "Changes"));
  await page.keyboard.press("Enter");
  await region(page, "Changes").waitFor();
  await reach(page, about(page, "Size"));
  await page.keyboard.press("Space");
  await region(page, "Size").waitFor();
});

for (const [theme, width] of [["light", 1440], ["dark", 1440], ["light", 1024], ["light", 375]]) {
  test(`nothing in the pane is out of reach or too faint, ${theme}, ${width} px`, async (t) => {
    const page = await openScenario(t, { theme, viewport: { width, height: width < 640 ? 812 : 900 } });
    for (const name of ["Findings", "Use", "Changes", "Size"]) {
      await about(page, name).click();
      await region(page, name).waitFor();
      assert.deepEqual(await accessibilityProblems(page, ".policies"), [], name);
    }
    await eventually(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
  });
}
