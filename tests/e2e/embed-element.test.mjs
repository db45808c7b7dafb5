// <guardrail-playground>: its content until it is there, its attributes, its methods, and a page that
// takes it out and puts it in again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { button, eventually } from "./support/app.mjs";
import { EMBED, HEARD, LESSON, MENDED, hostPage, linkOf, verdictsShown } from "./support/embed.mjs";
import { suite } from "./support/page.mjs";

const hash = linkOf(LESSON);
const SCRIPT = '<script src="v1/embed.js" defer></script>';
const page = (body) => hostPage(body, { head: SCRIPT });
const lesson = `<guardrail-playground id="one" title="Lesson" link="${hash}" view="requests,policy"><p>Read this without script.</p></guardrail-playground>`;

const { open } = suite({
  extra: () => ({
    "heard.js": HEARD,
    "lesson.json": JSON.stringify({ ...LESSON, title: "From a file" }),
    "one.html": page(`<section id="a">${lesson}</section><section id="b"></section>`),
    "late.html": hostPage(lesson, { head: '<script src="nothing.js" defer></script>' }).replace("nothing.js", "heard.js"),
    "ways.html": page(`
      <guardrail-playground title="A" src="lesson.json" view="requests"></guardrail-playground>
      <guardrail-playground view="requests"><h2>Inline</h2><script type="application/json">${JSON.stringify({ ...LESSON, title: "Inline" })}</script></guardrail-playground>
      <guardrail-playground title="C" example="mfa-or-nothing" view="requests" height="300"></guardrail-playground>
      <guardrail-playground title="D" link="https://elsewhere.example/x/${hash}" view="requests" theme="dark"></guardrail-playground>`),
    "focus.html": page(`
      <guardrail-playground title="A" view="requests" focus="read"><script type="application/json">${JSON.stringify(LESSON)}</script></guardrail-playground>
      <guardrail-playground title="B" src="lesson.json" view="requests" focus="read"></guardrail-playground>
      <guardrail-playground title="C" id="late" link="${hash}" view="requests"></guardrail-playground>
      <script>document.getElementById("late").focus = "read";</script>`),
    "refused.html": page('<guardrail-playground title="A" src="https://elsewhere.example/lesson.json" view="requests"></guardrail-playground><guardrail-playground title="B" src="not-there.json" view="requests"></guardrail-playground>'),
  }),
});

/** The frames of the elements of a page, in order, once all show what they show. */
async function frames(page, count = 1) {
  await page.waitForFunction((count) => [...document.querySelectorAll("guardrail-playground")].filter((one) => one.shadowRoot?.querySelector("slot").hidden).length === count, count);
  const handles = await page.locator("guardrail-playground iframe").elementHandles();
  return Promise.all(handles.map((handle) => handle.contentFrame()));
}

const title = (frame) => frame.getByRole("heading", { level: 1 }).innerText();

async function mend(page, frame) {
  await frame.waitForFunction(() => customElements.get("guardrail-editor"));
  await frame.locator("guardrail-editor .cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(MENDED);
  await eventually(() => verdictsShown(frame), ["Allow", "Allow"]);
}

test("without its script its content is what one reads", async (t) => {
  const { page } = await open(t, { file: "late.html", editor: false });
  assert.ok(await page.getByText("Read this without script.").isVisible());
  assert.equal(await page.locator("iframe").count(), 0);
});

test("each way to name a scenario", async (t) => {
  const { page } = await open(t, { file: "ways.html", editor: false });
  for (const element of await page.locator("guardrail-playground").all()) await element.scrollIntoViewIfNeeded();
  const shown = await frames(page, 4);
  for (const [at, wanted] of ["From a file", "Inline", "MFA or nothing", LESSON.title].entries()) await eventually(() => title(shown[at]), wanted);
  assert.deepEqual(await page.locator("guardrail-playground iframe").evaluateAll((all) => all.map((frame) => frame.title)), ["A", "Inline", "C", "D"]);
  assert.deepEqual(await page.locator("guardrail-playground iframe").nth(2).evaluate((frame) => frame.style.height), "300px");
  assert.equal(await shown[3].evaluate(() => document.documentElement.dataset.theme), "dark");
  assert.deepEqual(await accessibilityProblems(page), []);
});

test("a file of another site is refused, and one that is not there is told of", async (t) => {
  const { page } = await open(t, { file: "refused.html", editor: false, expected: [/not-there\.json/, /404/] });
  await page.evaluate(() => {
    globalThis.told = [];
    document.addEventListener("guardrail-error", ({ detail }) => told.push(detail));
  });
  await frames(page, 2);
  const told = await page.evaluate(() => told.map(({ code, text }) => `${code}: ${text}`).sort());
  assert.equal(told.length, 2, told.join("\n"));
  assert.match(told.join("\n"), /load: src is https:\/\/elsewhere\.example\/lesson\.json: expected a path of http:/);
  assert.match(told.join("\n"), /not-there\.json could not be loaded: 404/);
});

test("its methods answer, and a wrong one says what is wrong", async (t) => {
  const { page } = await open(t, { file: "one.html", editor: false });
  const [frame] = await frames(page);
  const element = page.locator("guardrail-playground");
  assert.equal((await element.evaluate((one) => one.getState())).title, LESSON.title);
  assert.match(await element.evaluate((one) => one.getLink()), /#g1:/);
  await element.evaluate((one) => one.setTheme("dark"));
  await eventually(() => frame.evaluate(() => document.documentElement.dataset.theme), "dark");
  await element.evaluate((one) => one.load({ ...{}, version: 1, title: "Given" }));
  await eventually(() => title(frame), "Given");
  const refused = await element.evaluate((one) => one.load("g1:AAAA").then(() => null, ({ code, message }) => [code, message]));
  assert.equal(refused[0], "scenario");
  assert.match(refused[1], /no scenario/);
  assert.equal(await title(frame), "Given");
  await element.evaluate((one) => one.setAttribute("theme", "light"));
  await eventually(() => frame.evaluate(() => document.documentElement.dataset.theme), "light");
});

test("what a reader has made survives a move, and a page that is put together anew", async (t) => {
  const { page } = await open(t, { file: "one.html", editor: false });
  await mend(page, (await frames(page))[0]);
  await eventually(() => page.locator("guardrail-playground").evaluate((one) => one.getState().then((state) => JSON.stringify(state).includes("rds:*"))), true);
  await page.waitForTimeout(200);
  const move = (to) => page.evaluate((to) => document.querySelector(to).append(document.querySelector("guardrail-playground")), to);
  for (const to of ["#b", "#a", "#b"]) {
    await move(to);
    await eventually(async () => verdictsShown((await frames(page))[0]), ["Allow", "Allow"]);
    await page.waitForTimeout(200);
  }
  // Another page, and back: the element is another one then.
  await page.evaluate((html) => {
    const main = document.querySelector("main");
    main.replaceChildren("Another page");
    history.pushState(null, "", "other.html");
    history.pushState(null, "", "one.html");
    main.innerHTML = html;
  }, lesson);
  await eventually(async () => verdictsShown((await frames(page))[0]), ["Allow", "Allow"]);
  // Another scenario begins as it is.
  await page.evaluate((link) => document.querySelector("guardrail-playground").setAttribute("link", link), linkOf({ ...LESSON, title: "Another" }));
  await eventually(async () => title((await frames(page))[0]), "Another");
  await eventually(async () => verdictsShown((await frames(page))[0]), ["Explicit deny", "Allow"]);
});

test("a reader who comes back can start over, and that is kept as well", async (t) => {
  const { page } = await open(t, { file: "one.html", editor: false });
  await mend(page, (await frames(page))[0]);
  await page.waitForTimeout(400);
  const again = () =>
    page.evaluate((html) => {
      document.querySelector("main").replaceChildren();
      document.querySelector("main").innerHTML = html;
    }, lesson);
  await again();
  await eventually(async () => verdictsShown((await frames(page))[0]), ["Allow", "Allow"]);
  await button((await frames(page))[0], "Start over").click();
  await eventually(async () => verdictsShown((await frames(page))[0]), ["Explicit deny", "Allow"]);
  await page.waitForTimeout(400);
  await again();
  await eventually(async () => verdictsShown((await frames(page))[0]), ["Explicit deny", "Allow"]);
  assert.equal(await button((await frames(page))[0], "Start over").getAttribute("aria-disabled"), "true");
});

test("an element that is changed while it is out of the page comes back as what it names then", async (t) => {
  const { page } = await open(t, { file: "one.html", editor: false });
  await mend(page, (await frames(page))[0]);
  await page.waitForTimeout(400);
  await page.evaluate((link) => {
    const element = document.querySelector("guardrail-playground");
    element.remove();
    element.setAttribute("link", link);
    document.querySelector("#b").append(element);
  }, linkOf({ ...LESSON, title: "Another" }));
  await eventually(async () => title((await frames(page))[0]), "Another");
  await eventually(async () => verdictsShown((await frames(page))[0]), ["Explicit deny", "Allow"]);
});

test("the request that comes first is the one that is named, however the scenario comes", async (t) => {
  const { page } = await open(t, { file: "focus.html", editor: false });
  for (const element of await page.locator("guardrail-playground").all()) await element.scrollIntoViewIfNeeded();
  const selected = (frame) => frame.locator(".requests [role=row][aria-selected=true]").innerText();
  for (const frame of await frames(page, 3)) await eventually(() => selected(frame), /iam:ListUsers/);
  // React sets a property where there is one, perhaps before the script is there.
  assert.equal(await page.locator("#late").getAttribute("focus"), "read");
  await page.locator("#late").evaluate((one) => (one.focus = "start"));
  await eventually(async () => selected((await frames(page, 3))[2]), /ec2:RunInstances/);
  assert.equal(await page.evaluate(() => typeof document.querySelector("#late").focus), "function");
});

test("what names another scenario shows another one, and another view keeps what a reader has made", async (t) => {
  const { page } = await open(t, { file: "one.html", editor: false });
  const element = page.locator("guardrail-playground");
  const set = (name, value) => element.evaluate((one, [name, value]) => one.setAttribute(name, value), [name, value]);
  await mend(page, (await frames(page))[0]);
  await eventually(() => element.evaluate((one) => one.getState().then((state) => JSON.stringify(state).includes("rds:*"))), true);
  await page.waitForTimeout(200);
  await set("view", "requests");
  await eventually(async () => verdictsShown((await frames(page))[0]), ["Allow", "Allow"]);
  await eventually(async () => (await frames(page))[0].locator(".policies").count(), 0);
  await element.evaluate((one) => one.removeAttribute("link"));
  await set("example", "mfa-or-nothing");
  await eventually(async () => title((await frames(page))[0]), "MFA or nothing");
  await set("example", "protect-the-trail");
  await eventually(async () => title((await frames(page))[0]), "Protect the trail");
});

test("a file that comes too late takes the place of nothing", async (t) => {
  const { page } = await open(t, { file: "one.html", editor: false });
  await frames(page);
  const element = page.locator("guardrail-playground");
  let answer;
  await page.route("**/lesson.json", (route) => new Promise((done) => (answer = () => done(route.fallback()))));
  await element.evaluate((one) => {
    one.removeAttribute("link");
    one.setAttribute("src", "lesson.json");
  });
  await eventually(() => typeof answer, "function");
  await element.evaluate((one) => {
    one.removeAttribute("src");
    one.setAttribute("example", "mfa-or-nothing");
  });
  await eventually(async () => title((await frames(page))[0]), "MFA or nothing");
  await answer();
  await page.waitForTimeout(500);
  assert.equal(await title((await frames(page))[0]), "MFA or nothing");
});

test("on a page whose address stays, another scenario is not taken for the one before", async (t) => {
  const { page } = await open(t, { file: "one.html", editor: false });
  const inline = (scenario) => `<guardrail-playground id="one" view="requests,policy"><script type="application/json">${JSON.stringify(scenario)}</script></guardrail-playground>`;
  const show = (html) => page.evaluate((html) => void (document.querySelector("main").innerHTML = html), html);
  await show(inline(LESSON));
  await eventually(async () => verdictsShown((await frames(page))[0]), ["Explicit deny", "Allow"]);
  await mend(page, (await frames(page))[0]);
  await page.waitForTimeout(400);
  await show(inline({ ...LESSON, title: "The next task" }));
  await eventually(async () => title((await frames(page))[0]), "The next task");
  await eventually(async () => verdictsShown((await frames(page))[0]), ["Explicit deny", "Allow"]);
  await show(inline(LESSON));
  await eventually(async () => verdictsShown((await frames(page))[0]), ["Allow", "Allow"]);
});

test("it is as high as its content", async (t) => {
  const { page } = await open(t, { file: "one.html", editor: false });
  const [frame] = await frames(page);
  const height = () => page.locator("guardrail-playground iframe").evaluate((one) => one.getBoundingClientRect().height);
  const content = () => frame.evaluate(() => Math.ceil(document.querySelector(".embed").getBoundingClientRect().height));
  await eventually(async () => (await height()) === (await content()), true);
  await page.setViewportSize({ width: 375, height: 700 });
  await eventually(async () => (await height()) === (await content()), true);
  assert.ok((await page.frames()).some((one) => one.url().includes(EMBED)));
});
