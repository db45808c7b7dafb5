// What the address of the embedded page asks for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { button, eventually, requestRows } from "./support/app.mjs";
import { EMBED, HEARD, LESSON, MENDED, SANDBOX, ask, frameTag, hostPage, last, linkOf, started, verdictsHeard, verdictsShown } from "./support/embed.mjs";
import { suite } from "./support/page.mjs";

const hash = linkOf(LESSON);
const hosts = {
  "none.html": { query: "view=requests,trace,policy,tree&edit=none" },
  "requests.html": { query: "view=requests,policy,tree&edit=requests" },
  "policies.html": { query: "view=requests,policy,tree&edit=policies" },
  "after.html": { query: "view=requests,trace,policy&reveal=afterTry" },
  "never.html": { query: "view=requests,trace,tree&reveal=never" },
  "own.html": { query: "view=requests,trace&resize=own" },
  "canvas.html": { query: "view=requests,trace&resize=canvas" },
  "resizer.html": { query: "view=requests,trace&resize=iframe-resizer" },
  "fixed.html": { query: "view=requests,trace" },
  "click.html": { query: "view=requests,trace&start=click&title=Who%20stops%20the%20server%3F" },
  "german.html": { query: "view=requests,trace&lang=de" },
  "lazy.html": { query: "view=requests,trace&start=lazy" },
};

const { open } = suite({
  extra: () => ({
    "heard.js": HEARD,
    ...Object.fromEntries(
      Object.entries(hosts).map(([name, options]) => [
        name,
        hostPage(`${name === "lazy.html" ? `${"<p>Read this first.</p>".repeat(200)}` : ""}${frameTag({ ...options, hash, sandbox: SANDBOX })}`),
      ]),
    ),
  }),
});

const VIEWS = { tree: "Organization", map: "Map", requests: "Requests", matrix: "Matrix", trace: "Trace", policy: "Policies" };
const alone = (t, query, options = {}) => open(t, { file: EMBED, query, hash, editor: false, ...options });
/** The rows of requests, also where nothing can be done with them. */
const rows = (within) => within.locator(".requests [data-request]");
const shown = async (page) => {
  const names = await page.locator(".embed-panes section.pane").evaluateAll((panes) => panes.filter((pane) => pane.checkVisibility()).map((pane) => pane.getAttribute("aria-labelledby") ?? ""));
  return names.length;
};

for (const [view, name] of Object.entries(VIEWS)) {
  test(`the view ${view}`, async (t) => {
    const { page } = await alone(t, `view=${view}`, { viewport: { width: 800, height: 500 } });
    await page.getByRole("region", { name, exact: true }).waitFor();
    assert.equal(await shown(page), 1);
    const scripts = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name.split("/").pop().split("-")[0]));
    await page.waitForLoadState("networkidle");
    assert.equal(scripts.includes("map") || (await page.locator("script[src*=map-]").count()) > 0, ["map", "matrix"].includes(view));
    assert.equal((await page.locator("script[src*=editor-]").count()) > 0, view === "policy");
    // A frame may be forbidden to save, to print and to copy.
    assert.equal(await page.getByRole("button", { name: /Save|Print|CSV/ }).count(), 0);
    for (const [width, height] of [[800, 500], [375, 640], [320, 500]]) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(100);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(wide, 0, `nothing is wider than ${width}`);
      assert.deepEqual(await accessibilityProblems(page), [], `${view} at ${width}`);
    }
  });
}

test("several views, and all of them, wide, narrow and dark", async (t) => {
  for (const [query, count] of [["view=requests,trace", 2], ["view=policy,requests", 2], ["view=all", 4], ["", 4]]) {
    const { page } = await alone(t, `${query}&theme=dark`, { viewport: { width: 800, height: 500 } });
    await requestRows(page).first().waitFor();
    assert.equal(await shown(page), count, query);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    for (const [width, height] of [[800, 500], [375, 640], [320, 500]]) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(100);
      assert.equal(await shown(page), width < 640 ? 1 : count);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0, `${query} at ${width}`);
      assert.deepEqual(await accessibilityProblems(page), [], `${query} at ${width}`);
    }
    const tabs = page.getByRole("navigation", { name: "Parts of the page" }).getByRole("button");
    for (const tab of await tabs.all()) {
      await tab.click();
      await page.getByRole("region", { name: await tab.innerText(), exact: true }).waitFor();
    }
  }
});

test("what is not known is passed over with a note in the console", async (t) => {
  const notes = [];
  const { page } = await alone(t, "view=quiz&edit=some&constructor=1&theme=<b>&lang=xx&start=clicked&focus=nobody&hide=all&reveal=maybe&resize=yes", {
    prepare: async (page) => void page.on("console", (message) => message.type() === "info" && notes.push(message.text())),
  });
  await requestRows(page).first().waitFor();
  assert.equal(await shown(page), 4);
  assert.equal(notes.length, 10, notes.join("\n"));
  assert.ok(notes.some((note) => /`view` is `quiz`: expected all/.test(note)));
  assert.ok(notes.some((note) => /`constructor` is not known/.test(note)));
  assert.ok(notes.some((note) => /`start` is `clicked`: expected now, lazy or click/.test(note)));
  assert.ok(notes.some((note) => /`focus` is `nobody`: expected the id of a request/.test(note)));
});

test("everything is said in German where that is asked for, in a sandbox, too", async (t) => {
  const { page } = await open(t, { file: "german.html", editor: false });
  const [frame] = await started(page);
  await frame.getByRole("region", { name: "Anfragen", exact: true }).waitFor();
  await eventually(() => frame.evaluate(() => document.documentElement.lang), "de");
  await eventually(() => verdictsShown(frame), ["Explizit verweigert", "Erlaubt"]);
});

test("where the German texts are missing the page stays in English and says so in the console", async (t) => {
  const notes = [];
  const { page } = await alone(t, "view=requests&lang=de", {
    expected: [/ERR_FAILED/],
    prepare: async (page) => {
      await page.route(/texts-de/, (route) => route.abort());
      page.on("console", (message) => message.type() === "info" && notes.push(message.text()));
    },
  });
  await page.getByRole("region", { name: "Requests", exact: true }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  assert.match(notes.join("\n"), /The texts in Deutsch could not be loaded/);
});

test("with edit=none nothing is changed, whatever is pressed", async (t) => {
  const { page } = await open(t, { file: "none.html", editor: false });
  const [frame] = await started(page);
  const before = (await ask(page, "getState")).state;
  await frame.waitForFunction(() => customElements.get("guardrail-editor"));
  for (const name of ["Undo", "Start over"]) assert.equal(await button(frame, name).count(), 0);
  assert.equal(await frame.getByRole("region", { name: "Requests" }).getByRole("button", { name: "Add" }).count(), 0);
  await frame.locator("guardrail-editor .cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("{}");
  const does = rows(frame).first().getByRole("gridcell").nth(1);
  await does.dblclick();
  await page.keyboard.type("s3:*");
  await page.keyboard.press("Enter");
  await rows(frame).first().getByRole("gridcell").nth(1).click();
  for (const key of ["Delete", "Insert", "Control+d", "Control+x", "Control+z"]) await page.keyboard.press(key);
  await frame.getByRole("treeitem", { name: /^Shop/ }).click();
  for (const key of ["Delete", "Insert", "F2", "Enter", "Control+x", "Alt+ArrowUp"]) await page.keyboard.press(key);
  await page.keyboard.press("ControlOrMeta+k");
  await page.waitForTimeout(200);
  assert.deepEqual((await ask(page, "getState")).state, before);
  assert.deepEqual(await verdictsShown(frame), ["Explicit deny", "Allow"]);
  assert.equal(await last(page, "change"), undefined);
  // What it cannot do is said, and it can be unlocked by the host.
  assert.equal((await ask(page, "lock", { edit: "all" })).kind, "done");
  await button(frame, "Undo").waitFor();
});

test("with edit=policies the texts of policies alone change, with edit=requests the requests", async (t) => {
  for (const [file, text, requests] of [["policies.html", true, false], ["requests.html", false, true]]) {
    const { page } = await open(t, { file, editor: false });
    const [frame] = await started(page);
    await frame.waitForFunction(() => customElements.get("guardrail-editor"));
    const given = (await ask(page, "getState")).state;
    await frame.getByRole("treeitem", { name: /^Shop/ }).click();
    await page.keyboard.press("Delete");
    await frame.locator("guardrail-editor .cm-content").click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(MENDED);
    await rows(frame).last().getByRole("gridcell").nth(1).click();
    await page.keyboard.press("Delete");
    await page.waitForTimeout(200);
    const { state } = await ask(page, "getState");
    assert.equal(JSON.stringify(state.policies) !== JSON.stringify(given.policies), text, file);
    assert.equal(state.requests.length, requests ? 1 : 2, file);
    assert.deepEqual(state.organization, given.organization, file);
  }
});

test("verdicts are shown once the reader has tried", async (t) => {
  const { page } = await open(t, { file: "after.html", editor: false });
  const [frame] = await started(page);
  await eventually(() => verdictsHeard(page), { start: "explicitDeny", read: "allow" }, "the host may grade");
  assert.equal(await frame.getByText("Explicit deny").filter({ visible: true }).count(), 0);
  await button(frame, "Show the verdicts").click();
  await eventually(() => verdictsShown(frame), ["Explicit deny", "Allow"]);
  await frame.getByRole("region", { name: "Trace" }).getByText(/denies/).first().waitFor();
});

test("verdicts are never shown where that is asked for", async (t) => {
  const { page } = await open(t, { file: "never.html", editor: false });
  const [frame] = await started(page);
  await eventually(() => verdictsHeard(page), { start: "explicitDeny", read: "allow" });
  for (const text of ["Explicit deny", "denies", "Allow"]) {
    assert.equal(await frame.getByText(text).filter({ visible: true }).count(), 0, text);
  }
  assert.doesNotMatch(await frame.getByRole("treeitem", { name: /^Shop/ }).getAttribute("aria-label"), /blocks/);
});

test("the host is told the height where it asks for it, in the form that it understands", async (t) => {
  for (const file of ["own.html", "canvas.html", "resizer.html"]) {
    const answers = () => {
      if (window !== window.top) return;
      addEventListener("message", ({ data, source }) => {
        // As iframe-resizer answers a frame that is ready.
        if (data === "[iFrameResizerChild]Ready") source.postMessage("[iFrameSizer]lesson:8:false:false:32:true:true:null:bodyOffset:null:null:0:false:parent:scroll:true", "*");
      });
    };
    const { page } = await open(t, { file, editor: false, prepare: (page) => page.addInitScript(answers) });
    const [frame] = await started(page);
    const content = await frame.evaluate(() => Math.ceil(document.querySelector(".embed").getBoundingClientRect().height));
    await eventually(async () => (await last(page, "resize"))?.height, content, file);
    const foreign = () => page.evaluate(() => heard.map(({ data }) => (data?.subject ? JSON.stringify(data) : data)).filter((data) => typeof data === "string"));
    if (file === "canvas.html") await eventually(async () => (await foreign()).at(-1), JSON.stringify({ subject: "lti.frameResize", height: content }));
    if (file === "resizer.html") await eventually(async () => (await foreign()).some((said) => said.startsWith(`[iFrameSizer]lesson:${content}:`)), true);
    if (file === "own.html") assert.deepEqual(await foreign(), []);
    // A host that does as it is told needs no scrolling inside, and it ends there.
    await page.evaluate((height) => (document.querySelector("iframe").height = height), content);
    await page.waitForTimeout(200);
    assert.equal((await last(page, "resize")).height, content);
    assert.ok(await frame.evaluate(() => document.documentElement.scrollHeight <= innerHeight));
  }
  const { page } = await open(t, { file: "fixed.html", editor: false });
  const [frame] = await started(page);
  await eventually(() => verdictsHeard(page), { start: "explicitDeny", read: "allow" });
  assert.equal(await last(page, "resize"), undefined);
  assert.ok(await frame.evaluate(() => document.documentElement.scrollHeight <= innerHeight), "it fills its frame and scrolls inside");
});

test("a poster costs little until it is pressed", async (t) => {
  const asked = [];
  const sizes = [];
  const { page } = await open(t, {
    file: "click.html",
    editor: false,
    prepare: async (page) => {
      page.on("request", (request) => asked.push(new URL(request.url()).pathname.split("/").pop()));
      page.on("response", (response) => response.url().includes(EMBED) && sizes.push(response.body().then((body) => body.length)));
    },
  });
  const poster = page.frameLocator("iframe");
  await poster.getByRole("heading", { name: "Who stops the server?" }).waitFor();
  await page.waitForLoadState("networkidle");
  assert.equal(asked.filter((name) => /^(app|embed|editor|map)-/.test(name)).length, 0, asked.join(" "));
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  assert.ok(sizes.length >= 3 && bytes < 20_000, `${sizes.length} files with ${bytes} bytes, not compressed`);
  assert.deepEqual(await accessibilityProblems(page), []);
  await poster.getByRole("button", { name: "Start" }).focus();
  await page.keyboard.press("Enter");
  const [frame] = await started(page);
  await eventually(() => verdictsShown(frame), ["Explicit deny", "Allow"]);
  await eventually(() => frame.evaluate(() => document.activeElement.tagName), "H1", "the keyboard goes on where the page begins");
});

test("a lazy page starts when it comes into sight", async (t) => {
  const { page } = await open(t, { file: "lazy.html", editor: false });
  await page.waitForTimeout(500);
  assert.equal(await page.evaluate(() => heard.length), 0);
  await page.locator("iframe").scrollIntoViewIfNeeded();
  const [frame] = await started(page);
  await eventually(() => verdictsShown(frame), ["Explicit deny", "Allow"]);
});

test("a built-in example, and the request whose reasons come first", async (t) => {
  const { page } = await open(t, { file: EMBED, query: "view=requests,trace&example=region-guardrail&focus=shop-virginia&hide=undo,link", editor: false });
  await eventually(() => page.getByRole("heading", { level: 1 }).innerText(), "Region guardrail");
  await eventually(() => page.locator(".requests [role=row][aria-selected=true]").innerText(), /us-east-1/);
  assert.equal(await page.getByRole("link").count(), 0);
  assert.equal(await button(page, "Undo").count(), 0);
  await page.evaluate(() => void (location.hash = "#example/mfa-or-nothing"));
  await eventually(() => page.getByRole("heading", { level: 1 }).innerText(), "MFA or nothing");
});

test("a lesson is learned there, and offers nothing that only the full page has", async (t) => {
  const { page } = await open(t, { file: EMBED, query: "view=lesson", hash: "#lesson/what-inherits", editor: false });
  const lesson = page.getByRole("region", { name: "Lesson", exact: true });
  await lesson.waitFor();
  await button(lesson, "More of the lesson").click();
  const offered = await page.getByRole("menuitem").allInnerTexts();
  assert.ok(offered.includes("Start the lesson over"), offered.join(" "));
  for (const name of ["Course", "Edit this lesson"]) assert.ok(!offered.includes(name), offered.join(" "));
  await page.keyboard.press("Escape");
  while (await button(lesson, "Skip").count()) await button(lesson, "Skip").click();
  assert.equal(await button(lesson, "Course").count(), 0);
  assert.equal(await button(lesson, "Back").count(), 1);
});

test("where there is room for one part, a lesson begins with what it says", async (t) => {
  const { page } = await open(t, { file: EMBED, query: "view=lesson", hash: "#lesson/what-inherits", editor: false, viewport: { width: 375, height: 640 } });
  await page.getByRole("region", { name: "Lesson", exact: true }).waitFor();
  await page.evaluate(() => void (location.hash = "#lesson/two-doors"));
  await eventually(() => page.getByRole("heading", { level: 1 }).innerText(), /door/i);
  assert.ok(await page.getByRole("region", { name: "Lesson", exact: true }).isVisible());
});

test("where nothing is asked for there is nothing to start over", async (t) => {
  const { page } = await open(t, { file: EMBED, query: "view=all", editor: false });
  assert.equal(await button(page, "Start over").getAttribute("aria-disabled"), "true");
  await button(page, "Start an organization").waitFor();
  assert.equal(await button(page, "Open an example").count(), 0, "a frame has no gallery");
  await button(page, "Start an organization").click();
  await eventually(() => button(page, "Start over").getAttribute("aria-disabled"), null);
});

test("an example or a lesson whose address was escaped on its way opens all the same", async (t) => {
  for (const [fragment, title] of [["#example%2Fregion-guardrail", "Region guardrail"], ["#example/mfa-or-nothing.", "MFA or nothing"]]) {
    const { page } = await open(t, { file: EMBED, query: "view=requests", hash: fragment, editor: false });
    await eventually(() => page.getByRole("heading", { level: 1 }).innerText(), title);
    assert.ok(await verdictsShown(page).then((verdicts) => verdicts.length > 5), fragment);
  }
});

test("an example that cannot be loaded is told of, and one that comes late does not replace what the host has given", async (t) => {
  const { page } = await open(t, { file: "fixed.html", editor: false, expected: [/ERR_FAILED/] });
  const [frame] = await started(page);
  const go = (fragment) => page.locator("iframe").evaluate((one, fragment) => void (one.src = one.src.split("#")[0] + fragment), fragment);
  let release;
  await page.route("**/examples/mfa-or-nothing.js", (route) => new Promise((done) => (release = () => done(route.fallback()))));
  await go("#example/mfa-or-nothing");
  await eventually(() => typeof release, "function");
  assert.equal((await ask(page, "load", { state: { ...LESSON, title: "Given since" } })).kind, "done");
  await eventually(() => frame.getByRole("heading", { level: 1 }).innerText(), "Given since");
  await release();
  await frame.waitForFunction(() => globalThis.guardrailScenarios?.["examples/mfa-or-nothing"]);
  await page.waitForTimeout(200);
  assert.equal(await frame.getByRole("heading", { level: 1 }).innerText(), "Given since");

  await page.route("**/examples/protect-the-trail.js", (route) => route.abort());
  await go("#example/protect-the-trail");
  await eventually(async () => (await last(page, "error"))?.code, "link");
  await frame.getByRole("dialog", { name: "This link can't be opened" }).waitFor();
  assert.equal(await frame.getByRole("heading", { level: 1 }).innerText(), "Given since");
});

test("a link that is no scenario is said to be none, to the reader and to the host", async (t) => {
  const { page } = await open(t, { file: EMBED, query: "view=requests", hash: hash.slice(0, -30), editor: false });
  await page.getByRole("dialog", { name: "This link can't be opened" }).waitFor();
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});
