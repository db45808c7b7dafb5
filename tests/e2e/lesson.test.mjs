// Lessons: each kind of task is solved as a learner would, what is hidden cannot be found, and what
// was done stays.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import {
  add, build, button, choose, dialog, eventually, exported, fragment, hasFocus, node, part,
  policyTab, reach, requestRows, shareLink, verdicts,
} from "./support/app.mjs";
import { editorContent, editorText, replaceText } from "./support/editor.mjs";
import { suite } from "./support/page.mjs";

const HOST = `<!doctype html><html lang="en"><title>Host</title><link rel="icon" href="favicon.svg"><main>
<iframe src="index.html#lesson/what-inherits" title="Lesson" width="800" height="500"></iframe></main>
<script>window.told = []; addEventListener("message", (event) => window.told.push(event.data));</script></html>`;
const { open } = suite({ extra: () => ({ "host.html": HOST }) });
const FOLDER = new URL("../../crates/playground/lessons/", import.meta.url);
const IDS = readdirSync(FOLDER).filter((name) => name.endsWith(".json")).map((name) => name.replace(".json", ""));
const scenarioOf = (id) => JSON.parse(readFileSync(new URL(`${id}.json`, FOLDER), "utf8"));

const lesson = (page) => part(page, "Lesson");
const question = (page, name) => lesson(page).getByRole("group", { name, exact: true });
const status = (page) => lesson(page).getByRole("status");

async function openLesson(t, id, options = {}) {
  const opened = await open(t, { hash: `#lesson/${id}`, ...options });
  await lesson(opened.page).getByRole("heading", { level: 3 }).first().waitFor();
  return opened;
}

/** Answers one request of a prediction. */
async function predict(page, name, verdict, decider) {
  await question(page, name).getByRole("radio", { name: verdict, exact: true }).check();
  if (decider) await question(page, name).getByRole("combobox").selectOption({ label: decider });
}

/** The right answers of the first step of "what-inherits". */
async function predictWhatInherits(page) {
  await predict(page, "Play uses S3", "Deny", "the SCPs at Sandbox");
  await predict(page, "Play uses EC2", "Allow");
  await predict(page, "Trial uses EC2", "Deny", "the SCPs at Test");
  await predict(page, "Shop uses EC2", "Allow");
  await predict(page, "Shop leaves the organization", "Deny", "the SCPs at Root");
  await button(lesson(page), "Check").click();
}

/** Everything that somebody could read on the page, by eye or by ear, without the lesson's own text. */
const readable = (page) =>
  page.evaluate(() => {
    const parts = [...document.querySelectorAll("main > :not(.lesson), .pinned, .header, .notices")];
    const spoken = (element) =>
      [...element.querySelectorAll("*")].map((one) => `${one.getAttribute("aria-label") ?? ""} ${one.getAttribute("title") ?? ""}`);
    return parts.flatMap((one) => [one.textContent, ...spoken(one)]).join("\n");
  });

for (const id of IDS) {
  test(`the lesson ${id} opens by its address, with its goal and its first step`, async (t) => {
    const { page } = await openLesson(t, id, { editor: false });
    const { lesson: taught, title } = scenarioOf(id);
    assert.equal(await page.getByRole("textbox", { name: "Title of the scenario" }).inputValue(), title);
    await lesson(page).getByText(taught.goal.replaceAll("`", "")).waitFor();
    await lesson(page).getByRole("heading", { name: taught.steps[0].title }).waitFor();
    assert.equal(await lesson(page).getByRole("list", { name: "Steps of the lesson" }).getByRole("button").count(), taught.steps.length);
  });
}

test("a lesson that does not exist is named, and nothing is opened in its place", async (t) => {
  const { page } = await open(t, { hash: "#lesson/of-nothing" });
  await dialog(page, "This link can't be opened").getByText("of-nothing").first().waitFor();
});

test("a lesson that cannot be loaded is named, and one's own work stays", async (t) => {
  const { page } = await open(t, { expected: [/ERR_FAILED/, /request failed: .*two-doors\.json/] });
  await build(page);
  const own = await exported(page);
  await page.route("**/lessons/*.json", (route) => route.abort());
  await page.evaluate(() => (location.hash = "#lesson/two-doors"));
  await dialog(page, "This link can't be opened").getByText(/two-doors.* could not be loaded/).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await exported(page), own);
});

test("what is to be predicted is nowhere on the page before the try, also not for a copy of the request", async (t) => {
  const { page } = await openLesson(t, "what-inherits");
  await requestRows(page).first().waitFor();
  assert.deepEqual(await verdicts(page), ["hidden", "hidden", "Explicit deny", "hidden", "hidden", "hidden"]);
  await requestRows(page).first().click();
  await part(page, "Trace").getByText("The reasons are shown once you have answered.").waitFor();
  await choose(page, requestRows(page).first().getByRole("button", { name: /^Actions for/ }), "Duplicate");
  await eventually(async () => (await verdicts(page)).length, 7);
  await requestRows(page).first().click();
  const before = (await verdicts(page)).filter((verdict) => verdict !== "hidden");
  assert.deepEqual(before, ["Explicit deny"], "only the request that is not asked about");
  await requestRows(page).first().click();
  assert.doesNotMatch(await readable(page), /Allowed:|Denied:|stops here|decides/);
  await button(part(page, "Requests"), "Matrix").click();
  assert.doesNotMatch(await page.getByRole("main").innerText(), /Play uses S3/);
  await page.keyboard.press("Escape");

  await predictWhatInherits(page);
  await status(page).getByText("Right: you told every verdict.").waitFor();
  await eventually(async () => (await verdicts(page))[0], "Explicit deny");
});

test("a wrong prediction is told what is so and why, a right one is solved, and both survive a reload", async (t) => {
  const { page } = await openLesson(t, "what-inherits");
  assert.ok(await button(lesson(page), "Check").isDisabled(), "nothing is answered yet");
  await predict(page, "Play uses S3", "Allow");
  await predict(page, "Play uses EC2", "Allow");
  await predict(page, "Trial uses EC2", "Deny", "the SCPs at Trial");
  await predict(page, "Shop uses EC2", "Allow");
  await predict(page, "Shop leaves the organization", "Deny", "the SCPs at Root");
  await button(lesson(page), "Check").click();
  await status(page).getByText("Not yet: 3 of 5 are right.").waitFor();
  await question(page, "Play uses S3").getByText(/You said allow, and it is explicit deny/).waitFor();
  assert.doesNotMatch(await question(page, "Play uses S3").innerText(), /DenyS3/, "the next step asks for that");
  await question(page, "Trial uses EC2").getByText(/Yes, explicit deny, but it does not come from the SCPs at Trial/).waitFor();
  await question(page, "Trial uses EC2").getByText(/DenyEC2.*Test/).waitFor();
  await predict(page, "Play uses S3", "Deny", "the SCPs at Sandbox");
  await predict(page, "Trial uses EC2", "Deny", "the SCPs at Test");
  await button(lesson(page), "Check").click();
  await status(page).getByText("Right: you told every verdict.").waitFor();

  await button(lesson(page), "Next").click();
  await lesson(page).getByRole("heading", { name: /What decides/ }).waitFor();
  await page.reload();
  await lesson(page).getByRole("heading", { name: /What decides/ }).waitFor();
  await lesson(page).getByRole("button", { name: /^Step 1 of 3.*, done$/ }).click();
  await status(page).getByText("Right: you told every verdict.").waitFor();
  assert.ok(await question(page, "Play uses S3").getByRole("radio", { name: "Deny", exact: true }).isChecked());
});

test("what decides is picked, and what does not decide says why not", async (t) => {
  const { page } = await openLesson(t, "what-inherits");
  await predictWhatInherits(page);
  await button(lesson(page), "Next").click();
  await lesson(page).getByLabel(/Allow AllowS3/).first().check();
  await button(lesson(page), "Check").click();
  await lesson(page).getByText(/it does not decide this request/).waitFor();
  await lesson(page).getByText("One more thing decides.").waitFor();
  await lesson(page).getByLabel(/Allow AllowS3/).first().uncheck();
  await lesson(page).getByLabel(/Deny DenyS3/).first().check();
  await button(lesson(page), "Check").click();
  await status(page).getByText("Right: that is what decides.").waitFor();
});

test("a policy is mended as one types; a lazy way does not count and is named", async (t) => {
  const { page } = await openLesson(t, "two-doors");
  await button(lesson(page), "Skip").click();
  const goals = lesson(page).getByRole("list", { name: "What is to come out" });
  await goals.getByText(/Ana puts a file should come out as allow/).waitFor();
  await policyTab(page, "Ana's files").click();
  const editor = part(page, "Policies");
  const lazy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  await replaceText(page, editor, JSON.stringify(lazy));
  await status(page).getByText(/^Not yet/).waitFor();
  await lesson(page).getByText(/allows everything now/).waitFor();
  const mended = { Version: "2012-10-17", Statement: [{ Sid: "Own", Effect: "Allow", Action: "s3:PutObject", Resource: ["arn:aws:s3:::studio-files/*", "arn:aws:s3:::print-jobs/*"] }] };
  await replaceText(page, editor, JSON.stringify(mended));
  await status(page).getByText("Solved: every request comes out as it should.").waitFor();
  await lesson(page).getByText("Two Allows, one on each side.").waitFor();
  await page.waitForTimeout(600); // the moment after which work is saved
  await page.reload();
  await status(page).getByText("Solved: every request comes out as it should.").waitFor();
});

test("what a step leaves alone cannot be changed, and the page says what can", async (t) => {
  const { page } = await openLesson(t, "two-doors");
  await button(lesson(page), "Skip").click();
  await policyTab(page, "Print jobs").click();
  const editor = part(page, "Policies");
  const before = await editorText(editor);
  await editorContent(editor).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("x");
  assert.equal(await editorText(editor), before, "its text is only read here");
  const row = requestRows(page).first();
  await choose(page, row.getByRole("button", { name: /^Actions for/ }), "Delete");
  await page.getByText(/This step leaves the requests of the lesson alone\. You may change: the policy “Ana's files”\./).waitFor();
  assert.equal(await requestRows(page).count(), 6);
  await choose(page, row.getByRole("button", { name: /^Actions for/ }), "Duplicate");
  await eventually(() => requestRows(page).count(), 7, "requests of one's own can be added");
});

test("an organization is built as it is described", async (t) => {
  const { page } = await openLesson(t, "design-ous");
  await lesson(page).getByText(/The OU Workloads is not there/).waitFor();
  for (const [name, accounts] of [["Workloads", ["Shop", "Payroll"]], ["Sandbox", ["Play"]]]) {
    await add(page, "Root", "New OU", name);
    for (const account of accounts) {
      await node(page, account).hover();
      await node(page, account).getByRole("button", { name: `Commands for ${account}` }).click();
      await page.getByRole("menuitem", { name: /^Move to/ }).click();
      const moving = dialog(page, `Move ${account}`);
      await moving.getByRole("radio", { name, exact: true }).check();
      await button(moving, "Move").click();
    }
  }
  await status(page).getByText("Done: the organization is as described.").waitFor();
});

test("a whole lesson is solved by the keyboard alone", async (t) => {
  const { page } = await openLesson(t, "mfa");
  const press = (key) => page.keyboard.press(key);
  /** Chooses an answer of a question: its place among the radios. */
  const answer = async (name, at) => {
    await reach(page, question(page, name).getByRole("radio").first());
    await press("Space");
    for (let step = 0; step < at; step += 1) await press("ArrowDown");
  };
  await answer("Ana ends a server with her access keys", 1);
  await answer("Ana ends a server in a session with MFA", 0);
  await answer("Ana ends a server in a session without MFA", 1);
  await reach(page, button(lesson(page), "Check"));
  await press("Enter");
  await status(page).getByText("Not yet: 2 of 3 are right.").waitFor();
  const keys = question(page, "Ana ends a server with her access keys");
  await keys.getByText(/NoMfaNoEnd of Ask for MFA does not match: .*In this request it is absent/).waitFor();
  // A hint helps, and the answer is mended.
  await reach(page, lesson(page).getByRole("button", { name: /^Show a hint/ }));
  await press("Enter");
  await lesson(page).getByRole("list", { name: "Hints" }).getByText("Only temporary credentials carry the key.").waitFor();
  await reach(page, question(page, "Ana ends a server with her access keys").getByRole("radio", { checked: true }), "Shift+Tab");
  await press("ArrowUp");
  await reach(page, button(lesson(page), "Check"));
  await press("Enter");
  await status(page).getByText("Right: you told every verdict.").waitFor();
  // The button that was pressed is gone: what is said now has the focus, and leads on.
  const said = lesson(page).getByText("The access keys got through.");
  await eventually(() => hasFocus(said.locator("..")), true);
  await reach(page, button(lesson(page), "Next"));
  await press("Enter");
  await eventually(() => hasFocus(lesson(page).getByRole("heading", { name: "Close the gap" })), true);
  // The policy that may be changed is a key away, and its editor a few more.
  await reach(page, button(lesson(page), "Show “Ask for MFA”"));
  await press("Enter");
  const editor = editorContent(part(page, "Policies"));
  await reach(page, editor);
  await eventually(() => editorText(part(page, "Policies")), /NoMfaNoEnd/);
  await press("ControlOrMeta+Home");
  const lines = (await editorText(part(page, "Policies"))).split("\n");
  for (let line = lines.findIndex((text) => text.includes('"Bool"')); line > 0; line -= 1) await press("ArrowDown");
  await press("Home");
  for (let letter = 0; letter < '"Bool'.length; letter += 1) await press("ArrowRight");
  await page.keyboard.type("IfExists");
  await status(page).getByText("Solved: every request comes out as it should.").waitFor();
  await lesson(page).getByText("2 of 2 tasks solved, 1 at the first try.").waitFor();
  // And out of the editor again, to the next lesson.
  await press("Escape");
  const next = lesson(page).getByRole("link", { name: "Update the app" });
  await reach(page, next, "Shift+Tab");
  await press("Enter");
  await lesson(page).getByRole("heading", { name: "In the role and out of it" }).waitFor();
});

test("a step and a lesson can be begun again, and that can be undone", async (t) => {
  const { page } = await openLesson(t, "what-inherits");
  await predictWhatInherits(page);
  await status(page).getByText("Right: you told every verdict.").waitFor();
  await choose(page, button(lesson(page), "More of the lesson"), "Start the lesson over");
  await eventually(async () => (await verdicts(page))[0], "hidden");
  assert.equal(await question(page, "Play uses S3").getByRole("radio", { name: "Deny", exact: true }).isChecked(), false);
  await button(page.getByRole("banner"), "Undo: start the lesson over").click();
  await status(page).getByText("Right: you told every verdict.").waitFor();
  await eventually(async () => (await verdicts(page))[0], "Explicit deny");
});

test("what people think stands beside the truth, with the rule that contradicts", async (t) => {
  const { page } = await openLesson(t, "what-inherits");
  await predictWhatInherits(page);
  await choose(page, button(lesson(page), "More of the lesson"), "Show what people think");
  const thought = lesson(page).getByRole("region", { name: "What people think" });
  await thought.getByText("Play uses S3").waitFor();
  await thought.getByText(/In truth:/).first().waitFor();
  await thought.getByText(/Rule .*SCP-/).first().waitFor();
  await part(page, "Requests").getByText("not allow").first().waitFor();
  await requestRows(page).nth(3).click();
  await part(page, "Trace").getByText("How this is often misread").click();
  await part(page, "Trace").getByText(/In truth:/).first().waitFor();
});

test("the course lists its lessons with their time and how far one is, and opens them", async (t) => {
  const { page } = await openLesson(t, "what-inherits");
  await predictWhatInherits(page);
  await status(page).getByText("Right: you told every verdict.").waitFor();
  await choose(page, button(page, "More"), "Course");
  const links = dialog(page, "Course").getByRole("link");
  assert.equal(await links.count(), IDS.length);
  for (const id of IDS) {
    const { title, lesson: taught } = scenarioOf(id);
    await links.filter({ hasText: title }).filter({ hasText: `${taught.minutes} minutes` }).waitFor();
  }
  await links.filter({ hasText: "1 of 3 solved" }).waitFor();
  await links.filter({ hasText: scenarioOf("two-doors").title }).click();
  await lesson(page).getByText(scenarioOf("two-doors").lesson.steps[0].title).waitFor();
  assert.match(page.url(), /#lesson\/two-doors$/);
});

test("a lesson that was changed goes on where it was left when its address is opened again", async (t) => {
  const { page } = await openLesson(t, "two-doors");
  await button(lesson(page), "Skip").click();
  await policyTab(page, "Ana's files").click();
  await replaceText(page, part(page, "Policies"), '{ "Version": "2012-10-17", "Statement": [] }');
  await page.waitForTimeout(600); // the moment after which work is saved
  await choose(page, button(page, "More"), "New scenario");
  await lesson(page).waitFor({ state: "detached" });
  await page.evaluate(() => (location.hash = "#lesson/two-doors"));
  await lesson(page).getByText("Open Ana's own door").waitFor();
  await policyTab(page, "Ana's files").click();
  await eventually(() => editorText(part(page, "Policies")), /"Statement": \[\]/);
});

for (const [width, height] of [[1440, 900], [1024, 768], [800, 500], [375, 700], [320, 640]]) {
  for (const theme of ["light", "dark"]) {
    test(`the lesson fits ${width} × ${height} (${theme}) and everybody can use it there`, async (t) => {
      const { page } = await openLesson(t, "what-inherits", { viewport: { width, height }, theme });
      assert.ok(await lesson(page).isVisible());
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.equal(wide, 0, "nothing has to be scrolled sideways");
      const inner = await lesson(page).locator(".lesson-body").evaluate((body) => body.scrollWidth - body.clientWidth);
      assert.equal(inner, 0, "nor within the lesson");
      assert.deepEqual(await accessibilityProblems(page), []);
      await predictWhatInherits(page);
      await status(page).getByText("Right: you told every verdict.").waitFor();
      assert.deepEqual(await accessibilityProblems(page), []);
    });
  }
}

test("who frames the page is told the result", async (t) => {
  const { page } = await open(t, { file: "host.html", editor: false });
  const framed = page.frameLocator("iframe");
  const pane = framed.getByRole("region", { name: "Lesson", exact: true });
  await pane.getByRole("heading", { level: 3 }).first().waitFor();
  await eventually(() => page.evaluate(() => window.told.at(-1)?.tasksSolved), 0);
  await pane.getByRole("button", { name: "Skip", exact: true }).click();
  await pane.getByRole("checkbox", { name: /Deny DenyS3/ }).first().check();
  await pane.getByRole("button", { name: "Check" }).click();
  await eventually(() => page.evaluate(() => window.told.at(-1)?.tasksSolved), 1);
  const told = await page.evaluate(() => window.told.at(-1));
  assert.equal(told.type, "guardrail/1");
  assert.equal(told.kind, "lesson");
  assert.equal(told.lesson, "what-inherits");
  assert.equal(told.solved, false);
  assert.deepEqual(told.steps.find((step) => step.id === "explain"), { id: "explain", solved: true, tries: 1, hints: 0 });
});
