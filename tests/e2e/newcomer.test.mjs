// The main job, as somebody does it who has never seen the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  add, attachTo, button, choose, column, command, dialog, eventually, exported, findings, focused, fragment, hasFocus, node, part,
  policyTab, reach, requestRows, sentence, shareLink, tree, verdicts,
} from "./support/app.mjs";
import { editorContent, editorText } from "./support/editor.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

/** An SCP as one types it, closing brackets left to the editor. `Acton` is the mistake. */
const TYPED = [
  "{",
  '"Version": "2012-10-17",',
  '"Statement": [',
  "{",
  '"Sid": "DenyBuckets",',
  '"Effect": "Deny",',
  '"Acton": "s3:*",',
  '"Resource": "*"',
];
const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "DenyBuckets",
      "Effect": "Deny",
      "Action": "s3:*",
      "Resource": "*"
    }
  ]
}`;
const DENIED =
  /^Denied: statement DenyBuckets of SCP New SCP, attached to OU Workloads, denies s3:ListAllMyBuckets\b.*\bDev is below that OU\./;

/** Types the policy in place of what the editor holds, which has the focus. */
async function typePolicy(page) {
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  for (const [at, line] of TYPED.entries()) {
    if (at > 0) await page.keyboard.press("Enter");
    await page.keyboard.type(line);
  }
  assert.equal(await editorText(page), POLICY.replace("Action", "Acton"));
}

/** What a person sees of a scenario: the tree, the policies, the requests and what is said about them. */
async function seen(page) {
  return {
    tree: await tree(page),
    policies: await page.getByRole("tab").allInnerTexts(),
    who: await column(page, "Who"),
    verdicts: await verdicts(page),
    sentence: await sentence(page),
  };
}

/** Opens a link in a new profile and finds everything as it was. */
async function sameElsewhere(t, page, link) {
  const { page: other } = await open(t, { hash: fragment(link) });
  await requestRows(other).first().waitFor();
  const [here, there] = [await seen(page), await seen(other)];
  assert.deepEqual(there, here);
  assert.equal(await exported(other), await exported(page));
}

test("from the empty page to a shared verdict", async (t) => {
  const { page } = await open(t);

  await button(page, "Start an organization").click();
  await page.keyboard.press("Enter"); // the management account keeps its name
  await add(page, "Root", "New OU", "Workloads");
  await add(page, "Workloads", "New account", "Dev");
  assert.deepEqual(await tree(page), ["1 Root", "2 Management", "2 Workloads", "3 Dev"]);

  await choose(page, page.getByRole("button", { name: "New policy" }).first(), "New SCP");
  await editorContent(page).click();
  await typePolicy(page);
  await eventually(() => page.locator(".cm-lintRange-error").first().innerText(), '"Acton"');
  await eventually(async () => (await findings(page)).join("\n"), /^Error 7:7 · .*Acton/m);
  await policyTab(page, "New SCP").and(page.getByRole("tab", { name: /^not valid/ })).waitFor();

  await editorContent(page).getByText('"Acton"', { exact: true }).dblclick();
  await page.keyboard.type("Action");
  assert.equal(await editorText(page), POLICY);
  await eventually(() => findings(page), []);
  assert.equal(await page.locator(".cm-lintRange-error").count(), 0);

  await attachTo(page, "Workloads");
  await node(page, "Workloads").getByRole("button", { name: "New SCP", exact: true }).waitFor();

  await part(page, "Requests").getByRole("button", { name: "Add" }).click();
  await requestRows(page).waitFor();
  assert.ok(await hasFocus(requestRows(page).getByRole("combobox", { name: "Does" })), "the action waits to be typed");
  await page.keyboard.type("s3:ListAllMyBuckets");
  await eventually(() => verdicts(page), ["Explicit deny"]);
  assert.match(await sentence(page), DENIED);
  await node(page, "Workloads").and(page.getByRole("treeitem", { name: /blocks: explicit deny/ })).waitFor();
  assert.equal(await page.getByTitle("This statement denies the request").count(), 1);

  await add(page, "Root", "New OU", "Sandbox");
  await command(page, "Dev", "Move to…");
  await dialog(page, "Move Dev").getByRole("radio", { name: "Sandbox" }).check();
  await button(dialog(page, "Move Dev"), "Move").click();
  await eventually(() => verdicts(page), ["Allow"]);
  assert.match(await sentence(page), /^Allowed:/);
  assert.deepEqual(await tree(page), ["1 Root", "2 Management", "2 Workloads", "2 Sandbox", "3 Dev"]);

  await button(page, "Undo: move Dev").click();
  await eventually(() => verdicts(page), ["Explicit deny"]);
  assert.match(await sentence(page), DENIED);

  await button(page, "Share").click();
  const link = await dialog(page, "Share").getByRole("textbox", { name: "Link" }).inputValue();
  await button(dialog(page, "Share"), "Copy link").click();
  await dialog(page, "Share").getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  await page.keyboard.press("Escape");

  await sameElsewhere(t, page, link);
});

test("the same without a mouse", async (t) => {
  const { page } = await open(t);
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Opens the menu of the node that has the focus and chooses the command that begins so. */
  const menu = async (entry) => {
    await press("Shift+F10");
    const item = page.getByRole("menuitem", { name: new RegExp(`^${entry}`) });
    await item.waitFor();
    await reach(page, item, "ArrowDown");
    await press("Enter");
  };
  const named = async (name) => {
    await page.getByRole("textbox", { name: "Name", exact: true }).waitFor();
    await page.keyboard.type(name);
    await press("Enter");
    await eventually(() => hasFocus(node(page, name)), true, `the focus is on ${name} after it was named`);
  };

  await reach(page, button(page, "Start an organization"));
  await press("Enter");
  await named("Management");
  await press("Home");
  await menu("New OU");
  await named("Workloads");
  await menu("New account");
  await named("Dev");
  await press("Home");
  await menu("New OU");
  await named("Sandbox");

  await reach(page, page.getByRole("button", { name: "New policy" }));
  await press("Enter");
  await page.getByRole("menuitem", { name: /^New SCP/ }).waitFor();
  await press("Enter");
  await policyTab(page, "New SCP").waitFor();
  await reach(page, editorContent(page));
  await typePolicy(page);
  await eventually(async () => (await findings(page)).join("\n"), /^Error 7:7 · .*Acton/m);
  await press("F8"); // to the mark, which is the quoted name
  await press("ArrowLeft", "ArrowRight", "Shift+ControlOrMeta+ArrowRight");
  await page.keyboard.insertText("Action");
  assert.equal(await editorText(page), POLICY);
  await eventually(() => findings(page), []);

  await reach(page, node(page, "Sandbox"), "Shift+Tab");
  await press("Home", "ArrowDown", "ArrowDown");
  assert.ok(await hasFocus(node(page, "Workloads")));
  await menu("Attach New SCP");
  await node(page, "Workloads").getByRole("button", { name: "New SCP", exact: true }).waitFor();

  await press("ArrowDown");
  assert.ok(await hasFocus(node(page, "Dev")));
  await menu("New request from here");
  await requestRows(page).waitFor();
  await eventually(() => hasFocus(requestRows(page).getByRole("combobox", { name: "Does" })), true);
  await page.keyboard.type("s3:ListAllMyBuckets");
  await eventually(() => verdicts(page), ["Explicit deny"]);
  assert.match(await sentence(page), DENIED);

  await reach(page, node(page, "Dev"), "Shift+Tab");
  await menu("Move to");
  await dialog(page, "Move Dev").waitFor();
  const sandbox = dialog(page, "Move Dev").getByRole("radio", { name: "Sandbox" });
  for (let tries = 0; tries < 10 && !(await sandbox.isChecked()); tries += 1) await press(tries === 0 ? "Space" : "ArrowDown");
  assert.ok(await sandbox.isChecked(), "the keys lead to Sandbox");
  await press("Enter");
  await eventually(() => verdicts(page), ["Allow"]);
  await eventually(() => focused(page), /^div Dev,/, "the focus is where it was");
  await press("ControlOrMeta+z");
  await eventually(() => verdicts(page), ["Explicit deny"]);

  await sameElsewhere(t, page, await shareLink(page));
});
