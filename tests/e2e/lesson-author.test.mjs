// A lesson is made in the page: everything that its file can say has a field, and what is wrong is
// said beside it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { button, choose, eventually, exported, fragment, hasFocus, part, policyTab, reach, requestRows, shareLink, verdicts } from "./support/app.mjs";
import { editorText, replaceText } from "./support/editor.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

const lesson = (page) => part(page, "Lesson");
const status = (page) => lesson(page).getByRole("status");

/** The form for a lesson of an example, with a task of this kind. */
async function author(t, kind, { example = "region-guardrail", ...options } = {}) {
  const { page } = await open(t, { hash: `#example/${example}`, ...options });
  await requestRows(page).first().waitFor();
  const more = button(page, "More");
  await choose(page, (await more.isVisible()) ? more : button(page, "Menu"), "Make a lesson of this scenario");
  if (kind) await lesson(page).getByLabel("Task").selectOption({ label: kind });
  return page;
}

const written = async (page) => JSON.parse(await exported(page)).lesson;

test("a teacher makes a lesson without JSON, shares it as a link, and it is solved from the link", async (t) => {
  const page = await author(t);
  const form = lesson(page);
  await form.getByLabel("Title", { exact: true }).fill("Frankfurt, too");
  await form.getByLabel(/^Goal/).fill("Add a Region to a guardrail.");
  await form.getByLabel("Minutes").fill("5");
  await form.getByLabel("Title of the step").fill("What comes out?");
  await form.getByLabel("Text", { exact: true }).fill("Look at **the guardrail** and say what comes out.");
  await form.getByLabel("Task").selectOption({ label: "Predict verdicts" });
  const requests = form.getByRole("group", { name: "Requests to predict" }).getByRole("checkbox");
  await requests.first().check();
  await form.getByRole("region", { name: "What the learner reads" }).getByText("Look at the guardrail").waitFor();
  await button(form, "Add a hint").click();
  await form.getByLabel("Hint 1").fill("Mind the Region.");
  await button(page.getByRole("banner"), "Undo: edit the lesson").click();
  await eventually(() => form.getByLabel("Hint 1").inputValue(), "");
  await form.getByLabel("Hint 1").fill("Mind the Region.");
  const link = await shareLink(page);
  await page.keyboard.press("Escape");

  const { page: learner } = await open(t, { hash: fragment(link) });
  await lesson(learner).getByRole("heading", { name: "Frankfurt, too" }).waitFor();
  assert.equal((await verdicts(learner))[0], "hidden");
  const first = lesson(learner).getByRole("group").filter({ has: learner.getByRole("radio") }).first();
  await first.getByRole("radio", { name: "Allow", exact: true }).check();
  await button(lesson(learner), "Check").click();
  if (await status(learner).getByText(/^Not yet/).count()) {
    await first.getByRole("radio", { name: "Deny", exact: true }).check();
    await button(lesson(learner), "Check").click();
  }
  await status(learner).getByText("Right: you told every verdict.").waitFor();
});

test("a lesson is made to be mended, and its author is told what is missing beside the step", async (t) => {
  const page = await author(t, "Mend until all comes out right");
  const form = lesson(page);
  const step = form.getByRole("region", { name: "This step" });
  await step.getByText(/^Error:/).first().waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
});

test("limits, rules and a name are written in the form, and the learner is held to them", async (t) => {
  const page = await author(t, "Mend until all comes out right");
  const form = lesson(page);
  await form.getByLabel("Id (short name in its address)").fill("more-regions");
  await form.getByText("Rules that the requests show").click();
  await form.getByLabel("Shop starts a server in Virginia").first().fill("SCP-5, STR-1");
  await form.getByLabel("the policy “Region guardrail”").check();
  await form.getByRole("listitem").filter({ hasText: "Shop starts a server in Virginia" }).getByRole("combobox").selectOption({ label: "allow" });
  await form.getByRole("listitem").filter({ hasText: "Data, Region not stated" }).getByRole("combobox").selectOption({ label: "depends" });
  const limits = form.getByRole("group", { name: "Region guardrail", exact: true });
  await limits.getByLabel("Most statements").fill("2");
  await limits.getByLabel("Most characters, without white space").fill("600");
  await limits.getByLabel("The statement “DenyOtherRegions” stays as it is").check();
  await form.getByText("Hide until the task was tried").click();
  await form.getByLabel("the result of “Break-glass role in Virginia”").check();
  assert.deepEqual(await accessibilityProblems(page), []);

  const made = await written(page);
  assert.equal(made.id, "more-regions");
  assert.deepEqual(made.cases, { "shop-virginia": { rule: ["SCP-5", "STR-1"] } });
  const { edit, hide, task } = made.steps[0];
  assert.deepEqual(edit, [{ policy: "region-guardrail" }]);
  assert.deepEqual(hide, [{ request: "glass" }]);
  assert.deepEqual(task.expect, { "shop-virginia": "allow", "no-region": "depends" });
  assert.deepEqual(task.limits, {
    statements: { "region-guardrail": 2 },
    characters: { "region-guardrail": 600 },
    keepStatements: { "region-guardrail": ["DenyOtherRegions"] },
  });

  const { page: learner } = await open(t, { hash: fragment(await shareLink(page)) });
  await policyTab(learner, "Region guardrail").click();
  const text = await editorText(part(learner, "Policies"));
  await replaceText(learner, part(learner, "Policies"), text.replace('"eu-west-1"', '"eu-west-1", "us-east-1"'));
  await button(lesson(learner), "Check").click();
  await status(learner).getByText(/^Not yet/).waitFor();
  await lesson(learner).getByText("Region guardrail must keep its statement DenyOtherRegions as the lesson gave it.").waitFor();
});

test("what cannot be read is said beside its field, stays as it was typed, and is not written", async (t) => {
  const page = await author(t, "Mend until all comes out right");
  const form = lesson(page);
  const minutes = form.getByLabel("Minutes");
  await minutes.fill("7");
  await minutes.fill("7 or 8");
  await form.getByText("Expected a whole number from 1, or nothing.").waitFor();
  assert.equal(await minutes.getAttribute("aria-invalid"), "true");
  assert.equal(await minutes.inputValue(), "7 or 8");
  await form.getByLabel("Id (short name in its address)").fill("two words");
  await form.getByText("Expected letters, digits, hyphens and underscores.").waitFor();
  await form.getByText("Rules that the requests show").click();
  const rules = form.getByLabel("Shop starts a server in Ireland").first();
  await rules.fill("rule two");
  await form.getByText("Expected ids such as SCP-2, with commas between them.").waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  const { minutes: kept, id, cases } = await written(page);
  assert.deepEqual({ kept, id, cases }, { kept: 7, id: undefined, cases: undefined });
  await minutes.fill("9");
  await rules.fill("SCP-5, ");
  assert.equal(await minutes.getAttribute("aria-invalid"), null);
  assert.equal(await rules.inputValue(), "SCP-5, ", "a comma can be typed");
  assert.deepEqual((await written(page)).cases, { "shop-ireland": { rule: ["SCP-5"] } });
  await button(page.getByRole("banner"), "Undo: edit the lesson").click();
  await eventually(() => rules.inputValue(), "");
  await button(page.getByRole("banner"), "Undo: edit the lesson").click();
  await eventually(() => minutes.inputValue(), "7");
});

test("what is to decide, and what is to come out of single accounts, is written in the form and held against the learner", async (t) => {
  const page = await author(t, "Mend until all comes out right", { example: "protect-the-trail" });
  const form = lesson(page);
  const expected = (name) => form.getByRole("listitem").filter({ has: page.getByRole("combobox", { name, exact: true }) });
  await form.getByLabel("Topic, as in the list of lessons").selectOption({ label: "Guardrails" });
  await form.getByLabel("the policy “Protect the trail”").check();
  const stop = expected("Shop stops the trail");
  await stop.getByRole("combobox").selectOption({ label: "explicit deny" });
  // By the keyboard: opened, added, chosen.
  await reach(page, stop.locator("summary"));
  await page.keyboard.press("Enter");
  await reach(page, button(stop, "Add what decides"));
  await page.keyboard.press("Enter");
  const first = stop.getByRole("group", { name: "Part 1 of what decides" });
  await eventually(() => hasFocus(first.getByLabel("Policy")), true, "the new part has the focus");
  await page.keyboard.type("Protect");
  await first.getByLabel("Statement").selectOption({ label: "KeepTheTrail" });
  await first.getByLabel("Where").selectOption({ label: "Root" });
  const everywhere = expected("An auditor stops trails everywhere");
  await everywhere.getByText("What else is expected").click();
  await everywhere.getByLabel("In Log archive").selectOption({ label: "allow" });
  await everywhere.getByLabel("In Shop").selectOption({ label: "explicit deny" });
  await everywhere.getByLabel("In Data").selectOption({ label: "explicit deny" });
  await everywhere.getByLabel("In Data").selectOption({ label: "as above" });
  assert.equal(await everywhere.getByLabel("In Management").count(), 0, "no SCP reaches it, and it has no row");
  assert.deepEqual(await accessibilityProblems(page), []);
  const made = await written(page);
  assert.equal(made.topic, "guardrails");
  assert.deepEqual(made.steps[0].task.expect, {
    "shop-stop": { verdict: "explicitDeny", by: [{ policy: "protect-trail", sid: "KeepTheTrail", node: "r-t4a1" }] },
    everywhere: { accounts: { 222222222222: "allow", 333333333333: "explicitDeny" } },
  });

  const { page: learner } = await open(t, { hash: fragment(await shareLink(page)) });
  await policyTab(learner, "Protect the trail").click();
  const text = JSON.parse(await editorText(part(learner, "Policies")));
  const [statement] = text.Statement;
  const except = { StringNotEquals: { "aws:PrincipalAccount": "222222222222" } };
  const mended = (sid) => JSON.stringify({ ...text, Statement: [{ ...statement, Sid: sid, Condition: { ...statement.Condition, ...except } }] });
  await replaceText(learner, part(learner, "Policies"), mended("Another"));
  await lesson(learner).getByText(/Shop stops the trail: .*expected by protect-trail, KeepTheTrail/).waitFor();
  await replaceText(learner, part(learner, "Policies"), mended("KeepTheTrail"));
  await status(learner).getByText("Solved: every request comes out as it should.").waitFor();
});

test("the keys that a verdict turns on are written in the form, and what is no key is refused", async (t) => {
  const page = await author(t, "Mend until all comes out right");
  const open = lesson(page).getByRole("listitem").filter({ hasText: "Data, Region not stated" });
  await open.getByRole("combobox").selectOption({ label: "depends" });
  await open.getByText("What else is expected").click();
  const keys = open.getByLabel(/^Keys that it turns on/);
  await keys.fill("Region");
  await open.getByText("Expected names such as aws:SourceIp, or owner, with commas between them.").waitFor();
  assert.equal(await keys.getAttribute("aria-invalid"), "true");
  await keys.fill("aws:RequestedRegion, ");
  assert.equal(await keys.inputValue(), "aws:RequestedRegion, ", "a comma can be typed");
  const expect = async () => (await written(page)).steps[0].task.expect;
  assert.deepEqual(await expect(), { "no-region": { verdict: "depends", dependsOn: ["aws:RequestedRegion"] } });
  await button(page.getByRole("banner"), "Undo: edit the lesson").click();
  await eventually(() => keys.inputValue(), "");
  assert.deepEqual(await expect(), { "no-region": "depends" });
});

test("an organization is described by the keyboard: OUs, accounts, what is attached and what is not", async (t) => {
  const page = await author(t, "Build an organization");
  const form = lesson(page);
  const described = form.getByRole("group", { name: "What the organization is to have" });
  const entry = (number) => described.getByRole("group", { name: `Part ${number} of what is to be there` });
  const add = async (name) => {
    await reach(page, button(described, name));
    await page.keyboard.press("Enter");
  };
  await add("Add an OU");
  await eventually(() => hasFocus(entry(1).getByLabel("OU called")), true, "the new part has the focus");
  await described.getByRole("status").getByText("1 part").waitFor();
  await page.keyboard.type("Sandbox");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await eventually(() => entry(1).getByRole("combobox", { name: "Where" }).inputValue(), "below");
  await reach(page, entry(1).getByLabel("Research"));
  await page.keyboard.press("Space");
  await add("Add an account");
  await eventually(() => hasFocus(entry(2).getByLabel("Account")), true);
  await page.keyboard.type("Shop");
  await reach(page, entry(2).getByLabel("Which OU (name, or root)"));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Sandbox");
  await add("Add an attachment");
  await eventually(() => hasFocus(entry(3).getByLabel("SCP or RCP")), true);
  await page.keyboard.type("Region");
  await add("Add what must not be attached");
  await eventually(() => hasFocus(entry(4).getByLabel("SCP or RCP")), true);
  await page.keyboard.type("Region");
  await reach(page, entry(4).getByLabel("Not attached to (name, or root)"));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Workloads");
  await add("Add an OU");
  await described.getByRole("status").getByText("5 parts").waitFor();
  await reach(page, button(described, "Remove part 5"));
  await page.keyboard.press("Enter");
  await described.getByRole("status").getByText("4 parts").waitFor();
  await eventually(() => hasFocus(described), true, "the focus stays in the list");
  assert.deepEqual(await accessibilityProblems(page), []);
  assert.deepEqual((await written(page)).steps[0].task.structure, [
    { ou: "Sandbox", below: "root", holds: ["444444444444"] },
    { account: "222222222222", within: "Sandbox" },
    { attached: "region-guardrail", to: "root" },
    { detached: "region-guardrail", to: "Workloads" },
  ]);
});

for (const [width, height] of [[1440, 900], [800, 500], [375, 700]]) {
  test(`the form fits ${width} × ${height}`, async (t) => {
    const page = await author(t, "Build an organization", { viewport: { width, height }, editor: false });
    const form = lesson(page);
    await button(form, "Add an OU").click();
    await button(form, "Add what must not be attached").click();
    await form.getByLabel("the policy “Region guardrail”").check();
    const expected = form.getByRole("listitem").filter({ hasText: "Shop starts a server in Virginia" });
    await expected.getByRole("combobox").selectOption({ label: "explicit deny" });
    await expected.getByText("What else is expected").click();
    await button(expected, "Add what decides").click();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
    const inner = await form.locator(".lesson-body").evaluate((body) => body.scrollWidth - body.clientWidth);
    assert.equal(inner, 0, "nothing has to be scrolled sideways");
    assert.deepEqual(await accessibilityProblems(page), []);
  });
}
