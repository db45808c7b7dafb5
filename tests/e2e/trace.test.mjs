// The trace as an explanation: from the sentence to the place in the tree and in the text, what a
// switch would change before it is pressed, what would change the verdict, what AWS would say.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { button, command, eventually, hasFocus, importText, part, reach, requestRows, sentence, verdicts } from "./support/app.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

const trace = (page) => part(page, "Trace");
const fold = (page, name) => trace(page).locator("summary", { hasText: name });
const panel = (page, name) => trace(page).getByRole("group", { name, exact: true });
const strip = (page, name) => trace(page).getByRole("list", { name: "Policy types" }).getByRole("button", { name }).first();

/** Selects the request that stands at a position, as a person does who comes by keyboard. */
async function select(page, at) {
  const row = requestRows(page).nth(at);
  await row.getByRole("button").last().focus();
  await row.click({ position: { x: 2, y: 10 } });
}

/** The part of the text that the editor was asked to select and scroll to. */
const revealed = (page) =>
  part(page, "Policies").locator("guardrail-editor").evaluate(({ value, reveal }) => (reveal ? value.slice(reveal.from, reveal.to) : ""));

/** What a row of ways says: what to do, what it does to others, the verdict. */
async function ways(page) {
  const rows = trace(page).getByRole("listitem").filter({ has: page.getByRole("button", { name: /^Apply: / }) });
  const texts = await rows.allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, " ").trim());
}

test("the sentence says who denies, where and why, in the form of one statement", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail" });
  await select(page, 1);
  assert.equal(
    await sentence(page),
    "Denied: statement DenyOtherRegions of SCP Region guardrail, attached to OU Workloads, denies ec2:RunInstances because aws:RequestedRegion is us-east-1, and Shop is below that OU.",
  );
});

test("names in the sentence lead to the tree and to the text", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail" });
  await select(page, 1);
  const said = trace(page).getByRole("paragraph").first();
  await button(said, "Workloads").click();
  const selected = page.getByRole("tree").getByRole("treeitem", { selected: true });
  await eventually(async () => (await selected.first().getAttribute("aria-label"))?.split(",")[0], "Workloads");
  await page.getByRole("tab", { name: /^FullAWSAccess/ }).click();
  await button(said, "DenyOtherRegions").click();
  await eventually(async () => (await page.getByRole("tab", { selected: true }).first().innerText()).includes("Region guardrail"), true);
  await page.getByRole("tab", { name: /^FullAWSAccess/ }).click();
  await button(said, "Region guardrail").click();
  await eventually(async () => (await page.getByRole("tab", { selected: true }).first().innerText()).includes("Region guardrail"), true);
});

test("the part of a node leads to its place in the reasons, by the menu and by the mouse", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail" });
  await select(page, 1);
  await command(page, "Root", "Show its part in the reasons");
  await eventually(() => hasFocus(trace(page).locator(".tier", { hasText: "Root" })), true);
  const part = page.getByRole("treeitem", { name: /^Workloads/ }).locator(".node-part");
  await part.click();
  await eventually(() => hasFocus(trace(page).locator(".tier", { hasText: "Workloads" })), true);
});

test("a level opens to its policies, statements and elements, and leads to the tree and the text", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail" });
  await select(page, 1);
  await strip(page, /^Workloads: /).click();
  const scp = panel(page, "SCP");
  await scp.getByText("denies it").waitFor();
  // The statement that denies is open at the level that was asked for.
  await scp.getByRole("button", { name: "StringNotEquals" }).waitFor();
  await button(scp, "Workloads").click();
  const selected = page.getByRole("tree").getByRole("treeitem", { selected: true });
  await eventually(async () => (await selected.first().getAttribute("aria-label"))?.split(",")[0], "Workloads");
  await scp.getByRole("button", { name: /^StringNotEquals/ }).click();
  await eventually(() => revealed(page), /aws:RequestedRegion/);
  assert.deepEqual(await accessibilityProblems(page), []);
});

test("what differs is marked, and variables are filled in", async (t) => {
  const { page } = await open(t);
  await importText(page, JSON.stringify(HOMES));
  await eventually(() => verdicts(page), ["Implicit deny"]);
  assert.match(await sentence(page), /^Denied: no identity policy of user alice in Solo allows s3:GetObject\. Statement Own of homes allows it only on arn:aws:s3:::homes\/\$\{aws:username\}\/\*\.$/);
  await strip(page, /^Identity/).click();
  const identity = panel(page, "Identity");
  await identity.getByText("arn:aws:s3:::homes/alice/*", { exact: true }).waitFor();
  const marks = await identity.locator("mark").allInnerTexts();
  assert.deepEqual(marks, ["alice", "bob"]);
});

test("what a switch would change is counted before it is pressed, by pointer and by keyboard", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail" });
  await select(page, 1);
  const before = await verdicts(page);
  const off = strip(page, "Switch off SCPs");
  await strip(page, /^SCP/).hover();
  await off.hover();
  await trace(page).getByText("Switch off SCPs: 4 of 9 verdicts would change: 4 more allowed").waitFor();
  assert.deepEqual(await verdicts(page), before, "nothing has changed yet");
  await page.mouse.move(5, 5);
  await eventually(() => trace(page).getByText(/verdicts? would change/).count(), 0);
  await off.focus();
  await trace(page).getByText(/^Switch off SCPs: 4 of 9/).waitFor();
  await page.keyboard.press("Enter");
  const after = await verdicts(page);
  const changed = after.filter((verdict, at) => verdict !== before[at]).length;
  assert.equal(changed, 4, "as many as were counted");
  // One attachment in place.
  await button(trace(page), "Switch everything on").click();
  await strip(page, /^Workloads: /).click();
  await panel(page, "SCP").getByRole("button", { name: "Switch off Region guardrail at Workloads" }).focus();
  await trace(page).getByText(/^Switch off Region guardrail at Workloads: 4 of 9 verdicts would change/).waitFor();
});

test("what would change the verdict was tried, says what else changes, and is one step", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail" });
  await select(page, 1);
  await fold(page, "What would change this verdict").click();
  await trace(page).getByText("Each was tried").waitFor();
  const found = await ways(page);
  assert.match(found[0], /^Call region eu-central-1 Changes no other verdict\. Allow Apply$/);
  assert.match(found.at(-1), /^Detach SCP Region guardrail from OU Workloads Would also allow 3 other requests\. Allow Apply$/);
  assert.deepEqual(await accessibilityProblems(page), []);

  const before = await verdicts(page);
  await button(trace(page), "Apply: detach SCP Region guardrail from OU Workloads").click();
  const changed = async () => (await verdicts(page)).filter((verdict, at) => verdict !== before[at]).length;
  await eventually(changed, 4, "this one and three others");
  assert.match(await sentence(page), /^Allowed: /);
  assert.ok(await hasFocus(trace(page).getByRole("paragraph").first()), "the focus is on the new sentence");
  await page.keyboard.press("Control+z");
  await eventually(() => verdicts(page), before);
});

test("the fold and its changes are reached and applied by keyboard alone", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail" });
  await select(page, 1);
  await trace(page).getByRole("paragraph").first().focus();
  await reach(page, fold(page, "What would change this verdict"));
  await page.keyboard.press("Enter");
  await trace(page).getByText("Each was tried").waitFor();
  await reach(page, button(trace(page), "Apply: call region eu-west-1"));
  await page.keyboard.press("Enter");
  await eventually(async () => (await verdicts(page))[1], "Allow");
});

test("a verdict that depends shows its cases side by side, and a case is set in one step", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail" });
  await select(page, 8);
  const table = trace(page).getByRole("table", { name: "The verdict in each case" });
  const rows = await table.getByRole("row").allInnerTexts();
  assert.deepEqual(
    rows.map((row) => row.replace(/\s+/g, " ").trim()),
    ["aws:RequestedRegion Verdict Set", "eu-central-1 Allow Set", "eu-west-1 Allow Set", "anything else Explicit deny"],
  );
  await button(table, "Set in the request: aws:RequestedRegion is eu-west-1").click();
  await eventually(async () => (await verdicts(page))[8], "Allow");
  await page.keyboard.press("Control+z");
  await eventually(async () => (await verdicts(page))[8], "Depends");
});

/** Its verdict depends on two tags, each with letters of either case: 25 cases. */
const MANY_CASES = {
  version: 1,
  settings: { unstatedKeys: "unknown" },
  policies: [
    {
      id: "teams", name: "teams", kind: "identity",
      document: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow", Action: "sqs:SendMessage", Resource: "*",
            Condition: {
              StringEquals: { "example:Team": ["Blue", "Green"] },
              StringEqualsIgnoreCase: { "example:Stage": ["live", "test"] },
              StringNotEquals: { "example:Stage": "Live" },
            },
          },
          { Effect: "Deny", Action: "sqs:*", Resource: "*", Condition: { StringEqualsIgnoreCase: { "example:Team": "green" } } },
        ],
      },
    },
  ],
  principals: [{ id: "sender", type: "user", account: "222222222222", name: "sender", policies: ["teams"] }],
  requests: [
    { id: "send", principal: { type: "user", id: "sender" }, action: "sqs:SendMessage", resource: "arn:aws:sqs:eu-west-1:222222222222:queue" },
  ],
};

test("many cases are grouped by verdict, the rarest first, and a key opens the rest", async (t) => {
  const { page } = await open(t);
  await importText(page, JSON.stringify(MANY_CASES));
  await requestRows(page).first().waitFor();
  const tables = trace(page).getByRole("table", { name: / in \d+ cases?$/ });
  const captions = async () => (await tables.locator("caption").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
  await eventually(captions, ["Allow in 2 cases", "Explicit deny in 10 cases", "Implicit deny in 13 cases"]);
  const rows = async (table) => (await table.getByRole("row").count()) - 1;
  assert.deepEqual(await Promise.all([0, 1, 2].map((at) => rows(tables.nth(at)))), [2, 3, 3]);
  assert.deepEqual(await accessibilityProblems(page), []);

  await trace(page).getByRole("paragraph").first().focus();
  await reach(page, fold(page, "Show 7 more cases"));
  await page.keyboard.press("Enter");
  const others = trace(page).getByRole("table", { name: "Further cases with the verdict explicit deny" });
  await others.waitFor();
  assert.equal(await rows(others), 7);
  assert.deepEqual(await accessibilityProblems(page), []);
  await button(tables.first(), "Set in the request: example:Stage is test and example:Team is Blue").click();
  await eventually(() => verdicts(page), ["Allow"]);
});

test("the message of AWS is there to compare, and is copied", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail" });
  await select(page, 1);
  await fold(page, "The message that AWS would show").click();
  await button(trace(page), "Copy the message").click();
  await trace(page).getByText("Copied", { exact: true }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(
    copied,
    "User: arn:aws:sts::222222222222:assumed-role/Admin/ana is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:us-east-1:222222222222:instance/i-0123456789abcdef0 with an explicit deny in a service control policy",
  );
  // What is allowed has none.
  await select(page, 0);
  assert.equal(await fold(page, "The message that AWS would show").count(), 0);
});

test("all of it fits a phone, and long ARNs break", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail", viewport: { width: 375, height: 812 }, editor: false });
  await page.locator(".pinned").click();
  for (const name of ["Why not", "What would change this verdict", "Context keys"]) await fold(page, name).first().click();
  await strip(page, /^SCP/).click();
  await trace(page).getByText("Each was tried").waitFor();
  const wide = await page.evaluate(() => {
    const limit = document.documentElement.clientWidth;
    const all = [...document.querySelectorAll("section.trace .trace-body *")];
    return all.filter((it) => it.getBoundingClientRect().right > limit + 1).map((it) => `${it.localName}.${it.className}`);
  });
  assert.deepEqual(wide, []);
  assert.deepEqual(await accessibilityProblems(page), []);
});

/** Alice asks for a file of Bob's. */
const HOMES = {
  version: 1,
  title: "Homes",
  externalAccounts: [{ id: "222222222222", name: "Solo" }],
  policies: [
    {
      id: "homes",
      name: "homes",
      kind: "identity",
      document: {
        Version: "2012-10-17",
        Statement: [{ Sid: "Own", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::homes/${aws:username}/*" }],
      },
    },
  ],
  principals: [{ id: "alice", type: "user", account: "222222222222", name: "alice", policies: ["homes"] }],
  requests: [
    { id: "r1", name: "Bob's file", principal: "alice", action: "s3:GetObject", resource: "arn:aws:s3:::homes/bob/notes.txt", resourceAccount: "222222222222" },
  ],
};
