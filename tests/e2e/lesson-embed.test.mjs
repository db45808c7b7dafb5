// A lesson in the page of a course: it is what one sees first, it is solved there, and the page around
// it hears how far its reader is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { add, button, eventually, part, policyTab } from "./support/app.mjs";
import { replaceText } from "./support/editor.mjs";
import { EMBED, HEARD, SANDBOX, frameTag, hostPage, last, started } from "./support/embed.mjs";
import { suite } from "./support/page.mjs";

const framed = (more = {}) => hostPage(frameTag({ query: "view=lesson", hash: "#lesson/two-doors", sandbox: SANDBOX, ...more }));
const { open } = suite({
  extra: () => ({
    "heard.js": HEARD,
    "framed.html": framed(),
    "phone.html": framed({ width: 375, height: 700 }),
    "german.html": framed({ query: "view=lesson&lang=de", width: 375, height: 700 }),
    "element.html": hostPage(
      '<guardrail-playground id="one" title="Lesson" link="#lesson/two-doors" view="lesson"><p>A lesson.</p></guardrail-playground>',
      { head: '<script src="v1/embed.js" defer></script>' },
    ),
  }),
});

const lesson = (frame) => part(frame, "Lesson");
const MENDED = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Sid: "Own", Effect: "Allow", Action: "s3:PutObject", Resource: ["arn:aws:s3:::studio-files/*", "arn:aws:s3:::print-jobs/*"] }],
});

async function answer(frame, name, verdict, decider) {
  const asked = lesson(frame).getByRole("group", { name, exact: true });
  await asked.getByRole("radio", { name: verdict, exact: true }).check();
  if (decider) await asked.getByRole("combobox").selectOption({ label: decider });
}

/** Answers the first step: `ana` is what the learner says of Ana. */
async function predict(frame, ana) {
  await answer(frame, "Pat puts a file", "Allow");
  await answer(frame, "Ana puts a file", ...ana);
  await answer(frame, "Li reads the price list", "Deny", "a fixed rule, which no policy changes");
  await button(lesson(frame), "Check").click();
}

const steps = async (page, frame) => (await last(page, "lesson", frame))?.steps;

test("the host hears of each step that is solved in a sandbox, and of nothing else", async (t) => {
  const { page } = await open(t, { file: "framed.html", editor: false });
  const [frame] = await started(page);
  await lesson(frame).getByRole("heading", { name: "Three people, one bucket" }).waitFor();
  await eventually(async () => (await last(page, "lesson"))?.tasksSolved, 0);
  await predict(frame, ["Allow"]);
  await lesson(frame).getByRole("status").getByText("Not yet: 2 of 3 are right.").waitFor();
  await eventually(() => steps(page), [{ id: "guess", solved: false, tries: 1, hints: 0 }, { id: "mend", solved: false, tries: 0, hints: 0 }]);
  await predict(frame, ["Deny", "the identity policies"]);
  await eventually(() => steps(page), [{ id: "guess", solved: true, tries: 2, hints: 0 }, { id: "mend", solved: false, tries: 0, hints: 0 }]);
  assert.deepEqual(await last(page, "lesson"), {
    type: "guardrail/1",
    kind: "lesson",
    lesson: "two-doors",
    solved: false,
    tasksSolved: 1,
    tasks: 2,
    firstTries: 0,
    steps: await steps(page),
  });

  await button(lesson(frame), "Next").click();
  await button(lesson(frame), "Show “Ana's files”").click();
  await frame.waitForFunction(() => customElements.get("guardrail-editor"));
  await replaceText(page, frame, MENDED);
  await lesson(frame).getByRole("status").getByText("Solved: every request comes out as it should.").waitFor();
  await eventually(async () => (await last(page, "lesson")).solved, true);
  const { tasksSolved, firstTries } = await last(page, "lesson");
  assert.deepEqual({ tasksSolved, firstTries }, { tasksSolved: 2, firstTries: 1 });
  assert.equal(await page.evaluate(() => JSON.stringify(heard).includes("print-jobs")), false, "the scenario stays with the learner");
});

for (const [file, width] of [["phone.html", 375], ["german.html", 375], ["framed.html", 800]]) {
  test(`the lesson is what one sees first in a frame of ${width} pixels (${file}), and it fits`, async (t) => {
    const { page } = await open(t, { file, editor: false });
    const [frame] = await started(page);
    await frame.getByRole("heading", { name: "Three people, one bucket" }).waitFor();
    const { wide, tabs } = await frame.evaluate(() => ({
      wide: document.documentElement.scrollWidth - innerWidth,
      tabs: [...document.querySelectorAll(".tabbar button")].filter((tab) => tab.checkVisibility() && tab.scrollWidth > tab.clientWidth).map((tab) => tab.textContent),
    }));
    assert.equal(wide, 0, "nothing has to be scrolled sideways");
    assert.deepEqual(tabs, [], "the words of the tabs fit");
    assert.ok(await frame.locator(".lesson-step-title").evaluate((title) => title.getBoundingClientRect().bottom < innerHeight), "the question is in sight");
    assert.deepEqual(await accessibilityProblems(page), []);
  });
}

test("on a phone the step is solved, and the way goes to the policy and back", async (t) => {
  const { page } = await open(t, { file: "phone.html", editor: false });
  const [frame] = await started(page);
  await predict(frame, ["Deny", "the identity policies"]);
  await eventually(async () => (await last(page, "lesson"))?.tasksSolved, 1);
  await button(lesson(frame), "Next").click();
  await button(lesson(frame), "Show “Ana's files”").click();
  await policyTab(frame, "Ana's files").waitFor();
  await frame.waitForFunction(() => customElements.get("guardrail-editor"));
  await replaceText(page, frame, MENDED);
  await eventually(async () => (await last(page, "lesson")).solved, true);
  await button(frame, "Lesson").click();
  await lesson(frame).getByText("Two Allows, one on each side.").waitFor();
});

test("a step leads to the tree, and nothing is wrong before anything was done in it", async (t) => {
  const { page } = await open(t, { file: EMBED, query: "view=lesson", hash: "lesson/design-ous", editor: false, viewport: { width: 800, height: 500 } });
  const said = lesson(page).getByRole("status");
  await button(lesson(page), "Show the organization").click();
  await add(page, "Root", "New OU", "Workloads");
  await said.getByText(/^Not yet/).waitFor();
  await button(lesson(page), "Skip").click();
  await lesson(page).getByRole("heading", { name: "One guardrail" }).waitFor();
  assert.equal(await said.getByText(/^Not yet/).count(), 0);
  await add(page, "Root", "New OU", "Sandbox");
  await said.getByText(/^Not yet/).waitFor();
});

test("the custom element tells of it as an event", async (t) => {
  const { page } = await open(t, { file: "element.html", editor: false, prepare: (page) => page.addInitScript(() => {
    globalThis.told = [];
    document.addEventListener("guardrail-lesson", ({ detail }) => globalThis.told.push(detail));
  }) });
  await page.waitForFunction(() => document.querySelector("guardrail-playground")?.shadowRoot?.querySelector("slot").hidden);
  const frame = await (await page.locator("guardrail-playground iframe").elementHandle()).contentFrame();
  await eventually(() => page.evaluate(() => told.at(-1)?.lesson), "two-doors");
  const tall = () => page.locator("guardrail-playground iframe").evaluate((frame) => frame.clientHeight);
  await eventually(async () => (await tall()) > 440 && (await tall()) < 600, true, "it has a height of its own");
  await predict(frame, ["Deny", "the identity policies"]);
  await eventually(() => page.evaluate(() => told.at(-1)?.tasksSolved), 1);
  assert.equal(await page.evaluate(() => told.at(-1).firstTries), 1);
});
