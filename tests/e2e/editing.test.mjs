// Edits: undone and done again, and what stays while a text is not valid.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  add, addRequest, attachTo, build, button, choose, command, dialog, eventually, exported, findings, node, part, policyTab, requestRows,
  sentence, verdicts, typeInto,
} from "./support/app.mjs";
import { editorContent, editorText, replaceText } from "./support/editor.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

const DENY = `{
  "Version": "2012-10-17",
  "Statement": {
    "Sid": "Keys",
    "Effect": "Deny",
    "Action": "kms:*",
    "Resource": "*"
  }
}`;

/** Dev below Workloads, an SCP there that denies kms:*, and a request that it denies. */
async function denied(page) {
  await build(page);
  await command(page, "Workloads", "Attach a new SCP");
  await replaceText(page, page, DENY);
  await addRequest(page, "kms:ListKeys");
  await eventually(() => verdicts(page), ["Explicit deny"]);
}

test("every kind of edit is undone and done again", async (t) => {
  const { page } = await open(t);
  const edits = [
    ["start the organization", () => button(page, "Start an organization").click()],
    ["add an OU", () => choose(page, button(page, "Add to the organization"), "New OU")],
    ["rename New OU", async () => {
      await command(page, "New OU", "Rename");
      await page.getByRole("textbox", { name: "Name", exact: true }).fill("Work");
      await page.keyboard.press("Enter");
    }],
    ["add an account", () => command(page, "Work", "New account")],
    ["add a policy", () => command(page, "Work", "Attach a new SCP")],
    ["edit New SCP", () => replaceText(page, page, DENY)],
    ["add a request", () => part(page, "Requests").getByRole("button", { name: "Add" }).click()],
    ["edit the request", () => typeInto(requestRows(page), "Does", "kms:ListKeys")],
    ["detach New SCP", () => command(page, "Work", "Detach New SCP")],
    ["attach New SCP", () => attachTo(page, "Root")],
    ["move New account", async () => {
      await command(page, "New account", "Move to…");
      await dialog(page, "Move New account").getByRole("radio", { name: "Root" }).check();
      await button(dialog(page, "Move New account"), "Move").click();
    }],
    ["copy the request", () => choose(page, requestRows(page).getByRole("button", { name: /^Actions for/ }), "Duplicate")],
    ["delete New account", () => command(page, "New account", "Delete")],
    ["edit the title", () => page.getByRole("textbox", { name: "Title of the scenario" }).fill("All of it")],
  ];
  const files = [await exported(page)];
  for (const [label, act] of edits) {
    await act();
    await button(page, `Undo: ${label}`).waitFor();
    // A new node waits for its name, and keeps the one it has.
    const name = page.getByRole("textbox", { name: "Name", exact: true });
    if ((await name.count()) === 1) await name.press("Enter");
    files.push(await exported(page));
    assert.notEqual(files.at(-1), files.at(-2), label);
  }
  for (let at = edits.length - 1; at >= 0; at -= 1) {
    await button(page, `Undo: ${edits[at][0]}`).click();
    await eventually(() => exported(page), files[at], `undo: ${edits[at][0]}`);
  }
  assert.equal(await button(page, "Undo").getAttribute("aria-disabled"), "true");
  for (const [at, [label]] of edits.entries()) {
    await button(page, `Redo: ${label}`).click();
    await eventually(() => exported(page), files[at + 1], `redo: ${label}`);
  }
  assert.equal(await button(page, "Redo").getAttribute("aria-disabled"), "true");
});

test("the keys for undo work in the page, and in the editor they are the editor's", async (t) => {
  const { page } = await open(t);
  await denied(page);
  await editorContent(page).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("  ");
  await page.keyboard.press("ControlOrMeta+z");
  assert.equal((await editorText(page)).trimEnd(), DENY);
  await eventually(() => requestRows(page).count(), 1);

  await node(page, "Sandbox").click();
  await page.keyboard.press("Delete");
  await eventually(() => node(page, "Sandbox").count(), 0);
  await page.keyboard.press("ControlOrMeta+z");
  await eventually(() => node(page, "Sandbox").count(), 1);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await eventually(() => node(page, "Sandbox").count(), 0);
  await page.getByRole("status").getByText("Done again: delete Sandbox.").waitFor();
});

test("undo of a text brings it back into the editor, with its marks and verdicts", async (t) => {
  const { page } = await open(t);
  await denied(page);
  await page.waitForTimeout(1_500); // typing after a pause is a step of its own
  await replaceText(page, page, DENY.replace("Deny", "Denny"));
  await eventually(async () => (await findings(page)).join("\n"), /^Error 5:15 · .*Denny/m);
  await button(page, "Undo: edit New SCP").click();
  await eventually(() => editorText(page), DENY);
  await eventually(() => findings(page), []);
  await eventually(() => verdicts(page), ["Explicit deny"]);
});

test("every letter is weighed: the verdict follows the text as it is typed", async (t) => {
  const { page } = await open(t);
  await denied(page);
  await editorContent(page).getByText('"kms:*"', { exact: true }).click();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft"); // between * and the quote
  await page.keyboard.press("Backspace");
  await page.keyboard.type("L");
  await eventually(() => verdicts(page), ["Allow"]);
  await page.keyboard.type("*");
  await eventually(() => verdicts(page), ["Explicit deny"]);
  assert.match(await sentence(page), /statement Keys of SCP New SCP, attached to OU Workloads/);
});

test("while a policy is not valid the last good result stays, marked as old", async (t) => {
  const { page } = await open(t);
  await denied(page);
  const good = await sentence(page);
  const trace = part(page, "Trace");
  const look = () => trace.getByRole("paragraph").first().evaluate((element) => {
    let [opacity, filters] = [1, ""];
    for (let at = element; at; at = at.parentElement) {
      opacity *= Number(getComputedStyle(at).opacity);
      filters += getComputedStyle(at).filter.replace("none", "");
    }
    return { opacity, filters };
  });
  const fresh = await look();

  await replaceText(page, page, DENY.replace('"Deny"', '"Denny"'));
  const note = trace.getByText(/^Result from before the last edit\./);
  await note.waitFor();
  assert.equal(await sentence(page), good, "the sentence stays");
  assert.match(await note.innerText(), /New SCP is not valid: 5:15/);
  assert.notDeepEqual(await look(), fresh, "it looks old");
  await eventually(() => verdicts(page), ["No verdict"]);

  await note.getByRole("button").click(); // selects the place in the editor
  await editorContent(page).focus();
  await page.keyboard.insertText('"Deny"');
  await eventually(() => verdicts(page), ["Explicit deny"]);
  assert.equal(await note.count(), 0);
  assert.deepEqual(await look(), fresh);
});

test("nothing jumps when a text becomes invalid and valid again", async (t) => {
  const { page } = await open(t);
  await denied(page);
  const places = async () => ({
    table: await requestRows(page).boundingBox(),
    sentence: await part(page, "Trace").getByRole("paragraph").first().boundingBox(),
    editor: await page.locator("guardrail-editor").boundingBox(),
    tree: await node(page, "Dev").boundingBox(),
  });
  const before = await places();
  await replaceText(page, page, DENY.replace('"Deny"', '"Denny"'));
  await eventually(() => verdicts(page), ["No verdict"]);
  assert.deepEqual(await places(), before);
});

test("an account that is dragged to another OU gets the verdict of its new place", async (t) => {
  const { page } = await open(t);
  await denied(page);
  await node(page, "Dev").getByText("Dev", { exact: true }).dragTo(node(page, "Sandbox"));
  await eventually(() => verdicts(page), ["Allow"]);
  await button(page, "Undo: move Dev").click();
  await eventually(() => verdicts(page), ["Explicit deny"]);
});

test("an edit that AWS would refuse changes nothing and says why", async (t) => {
  const { page } = await open(t);
  await build(page);
  await add(page, "Sandbox", "New account", "Toy");
  const before = await exported(page);
  await command(page, "Management", "Delete");
  await page.getByRole("status").getByText(/management account/i).waitFor();
  assert.equal(await exported(page), before);
});

test("an OU is deleted with the accounts in it, which is said, and undo brings all of it back", async (t) => {
  const { page } = await open(t);
  await build(page);
  const before = await exported(page);
  await command(page, "Workloads", "Delete");
  await page.getByRole("status").getByText("Deleted Workloads and 1 below. AWS itself deletes only empty OUs.").waitFor();
  await eventually(() => node(page, "Dev").count(), 0);
  await button(page.getByRole("status"), "Undo").click();
  await node(page, "Dev").waitFor();
  assert.equal(await exported(page), before);
});

test("a well-known policy can be looked at and not changed", async (t) => {
  const { page } = await open(t);
  await build(page);
  await policyTab(page, "FullAWSAccess").click();
  const before = await editorText(page);
  await editorContent(page).click();
  await page.keyboard.type("x");
  assert.equal(await editorText(page), before);
});
