// <guardrail-editor> by itself, under the release page's Content-Security-Policy.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { releasePage, suite } from "./support/page.mjs";
import { editorContent, editorText, replaceText } from "./support/editor.mjs";

const TEXT = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Deny",
      "Action": "s3:*"
    },
    { "Effect": "Allow", "Action": "ec2:*" }
  ]
}`;

/** A page with the stand-in alone; the tests load the editor's code when they want it. */
function bench() {
  const html = releasePage();
  const policy = /<meta http-equiv="Content-Security-Policy"[^>]*>/.exec(html)?.[0];
  const script = /data-editor="([^"]*)"/.exec(html)?.[1];
  assert.ok(policy && script, "the release page names no policy or no editor");
  return {
    "bench.html": `<!doctype html><html lang="en"><head>${policy}<meta charset="utf-8"><title>Bench</title>
<link rel="icon" href="favicon.svg"><link rel="stylesheet" href="bench.css"></head><body><main data-editor="${script}">
<button id="before">Before</button>
<guardrail-editor><textarea aria-label="Policy text"></textarea></guardrail-editor>
<button id="after">After</button></main></body></html>`,
    "bench.css": `:root{color-scheme:light dark}:root[data-theme=dark]{color-scheme:dark}
guardrail-editor{display:block;height:300px}`,
  };
}

const { open } = suite({ extra: bench });

/** Opens the bench, and gathers what the element says. */
async function openBench(t, options = {}) {
  const { page } = await open(t, { file: "bench.html", editor: false, ...options });
  await page.evaluate(() => {
    globalThis.heard = [];
    for (const name of ["guardrail-change", "guardrail-ready"]) {
      document.addEventListener(name, (event) => globalThis.heard.push([name, event.detail ?? null]));
    }
  });
  return page;
}

async function upgrade(page) {
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.type = "module";
    script.src = document.querySelector("main").dataset.editor;
    document.head.append(script);
  });
  await editorContent(page).waitFor();
}

const set = (page, properties) =>
  page.locator("guardrail-editor").evaluate((element, values) => void Object.assign(element, values), properties);
const heard = (page) => page.evaluate(() => globalThis.heard.splice(0));

/** The range of the first place where a text stands. */
const rangeOf = (part, text = TEXT) => ({ from: text.indexOf(part), to: text.indexOf(part) + part.length });

test("the editor takes over text, focus and selection from the text area", async (t) => {
  const page = await openBench(t);
  await page.getByLabel("Policy text").fill(TEXT);
  await page.locator("textarea").evaluate((area) => area.setSelectionRange(5, 12));
  await upgrade(page);
  assert.equal(await editorText(page), TEXT);
  assert.ok(await page.locator("textarea").isHidden());
  assert.deepEqual(await heard(page), [["guardrail-ready", null]]);
  await page.keyboard.insertText("Version2");
  assert.equal(await editorText(page), TEXT.replace("Version", "Version2"));
});

test("properties that were set before the code came are honoured", async (t) => {
  const page = await openBench(t);
  const { from, to } = rangeOf("s3:*");
  await set(page, {
    value: TEXT,
    label: "Region lock",
    marks: [{ from, to, severity: "error", message: "No such action", code: "ACT-1" }],
  });
  await upgrade(page);
  assert.equal(await editorText(page), TEXT);
  await page.getByRole("textbox", { name: "Region lock" }).waitFor();
  assert.equal(await page.locator(".cm-lintRange-error").innerText(), "s3:*");
});

test("typing is told, and what the page sets is not", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  await heard(page);
  await set(page, { value: TEXT });
  assert.deepEqual(await heard(page), []);
  await replaceText(page, page, "{}");
  assert.deepEqual(await heard(page), [["guardrail-change", "{}"]]);
  await page.keyboard.press("ControlOrMeta+z");
  assert.deepEqual(await heard(page), [["guardrail-change", TEXT]]);
});

test("another text leaves the caret where it was", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  await set(page, { value: TEXT, reveal: { from: TEXT.length, to: TEXT.length } });
  await editorContent(page).focus();
  await set(page, { value: TEXT.replace("2012-10-17", "2008-10-17") });
  await page.keyboard.insertText(" ");
  assert.equal(await editorText(page), `${TEXT.replace("2012-10-17", "2008-10-17")} `);
});

test("marks stand at UTF-16 offsets and say what is wrong", async (t) => {
  const text = '{ "Sid": "🛡️é", "Efect": 1 }';
  const page = await openBench(t);
  await upgrade(page);
  const { from, to } = rangeOf('"Efect"', text);
  // The marks are set first, as a page may that does not care for the order.
  await set(page, { marks: [{ from, to, severity: "warning", message: "Did you mean Effect?", code: "GRAM-3" }] });
  await set(page, { value: text, marks: [{ from, to, severity: "warning", message: "Did you mean Effect?", code: "GRAM-3" }] });
  const mark = page.locator(".cm-lintRange-warning");
  assert.equal(await mark.innerText(), '"Efect"');
  assert.equal(await page.locator(".cm-lint-marker-warning").count(), 1);
  await mark.hover();
  await page.getByText("Did you mean Effect?").waitFor();
  await page.getByText("GRAM-3").waitFor();
});

test("the keyboard reaches each mark and its message", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  const mark = (part) => ({ ...rangeOf(part), severity: "error", message: `about ${part}`, code: "x" });
  await set(page, { value: TEXT, marks: [mark("Deny"), mark("ec2")] });
  await editorContent(page).focus();
  await page.keyboard.press("F8");
  await page.getByText("about Deny").waitFor();
  await page.keyboard.press("F8");
  await page.getByText("about ec2").waitFor();
  await page.keyboard.insertText("s3");
  assert.equal(await editorText(page), TEXT.replace("ec2", "s3"));
});

test("marks are placed right where lines end in CR LF", async (t) => {
  const text = TEXT.replaceAll("\n", "\r\n");
  const page = await openBench(t);
  await upgrade(page);
  await set(page, { value: text, marks: [{ ...rangeOf('"ec2:*"', text), severity: "error", message: "x", code: "x" }] });
  assert.equal(await page.locator(".cm-lintRange-error").innerText(), '"ec2:*"');
  assert.equal(await editorText(page), text);
});

test("ranges outside the text break nothing", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  await set(page, {
    value: "{}",
    marks: [{ from: 90, to: 12, severity: "error", message: "Unexpected end", code: "JSON-1" }],
    deciding: [{ from: -4, to: 4000, effect: "deny" }],
    reveal: { from: 50, to: 60 },
  });
  assert.equal(await page.locator(".cm-lintPoint-error").count(), 1);
});

test("the statements that decided are marked, and not by colour alone", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  const deny = { from: TEXT.indexOf("    {\n") + 4, to: TEXT.indexOf("    },") + 5, effect: "deny" };
  const allow = { ...rangeOf('{ "Effect": "Allow", "Action": "ec2:*" }'), effect: "allow" };
  await set(page, { value: TEXT, deciding: [deny, allow] });
  assert.deepEqual(await page.locator(".cm-line.cm-deciding-deny").allInnerTexts(), TEXT.split("\n").slice(3, 7));
  assert.equal(await page.locator(".cm-line.cm-deciding-allow").count(), 1);
  assert.equal(await page.getByTitle("This statement denies the request").count(), 1);
  assert.equal(await page.getByTitle("This statement allows the request").count(), 1);
  const description = await editorContent(page).evaluate((content) =>
    content
      .getAttribute("aria-describedby")
      .split(" ")
      .map((id) => content.getRootNode().getElementById(id).textContent)
      .join(" "),
  );
  assert.match(description, /denies the request: lines 4 to 7\. This statement allows the request: line 8\./);
  await set(page, { deciding: [] });
  assert.equal(await page.locator(".cm-deciding").count(), 0);
});

test("a range is revealed: selected and scrolled to", async (t) => {
  const text = `[\n${"  1,\n".repeat(300)}  "last"\n]`;
  const page = await openBench(t);
  await upgrade(page);
  await set(page, { value: text, reveal: rangeOf('"last"', text) });
  await page.getByText('"last"').waitFor();
  await editorContent(page).focus();
  await page.keyboard.insertText("2");
  assert.equal(await editorText(page), text.replace('"last"', "2"));
});

test("the keyboard is not trapped", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  const focused = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.localName);
  await page.locator("#before").focus();
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "guardrail-editor");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "after");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused(), "before");
});

for (const theme of ["light", "dark"]) {
  test(`nothing in the editor is out of reach or too faint, ${theme}`, async (t) => {
    const page = await openBench(t, { theme });
    await upgrade(page);
    await set(page, {
      value: TEXT,
      label: "Region lock",
      marks: [{ ...rangeOf("s3:*"), severity: "error", message: "No such action", code: "ACT-1" }],
      deciding: [{ ...rangeOf('"Effect": "Deny"'), effect: "deny" }, { ...rangeOf('"ec2:*"'), effect: "allow" }],
    });
    await page.locator(".cm-deciding-allow").first().waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
  });
}

test("a text that is read-only cannot be changed", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  await set(page, { value: TEXT, readonly: true });
  await editorContent(page).click();
  await page.keyboard.type("x");
  assert.equal(await editorText(page), TEXT);
  assert.equal(await editorContent(page).getAttribute("aria-readonly"), "true");
  await set(page, { readonly: false });
  await page.keyboard.type("x");
  assert.notEqual(await editorText(page), TEXT);
});

test("the text outlives a move of the element in the page", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  await set(page, { value: TEXT });
  await page.evaluate(() => document.querySelector("main").append(document.querySelector("guardrail-editor")));
  await editorContent(page).waitFor();
  assert.equal(await editorText(page), TEXT);
  await set(page, { value: "[]" });
  assert.equal(await editorContent(page).innerText(), "[]");
});

test("long lines wrap on a narrow screen only", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  assert.equal(await page.locator(".cm-content.cm-lineWrapping").count(), 0);
  await page.setViewportSize({ width: 375, height: 700 });
  await page.locator(".cm-content.cm-lineWrapping").waitFor();
});

test("colours follow the page's theme without a reload", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  await set(page, { value: '"text"' });
  const colour = () => page.getByText('"text"').evaluate((element) => getComputedStyle(element).color);
  assert.equal(await colour(), "rgb(11, 90, 138)");
  await page.evaluate(() => void (document.documentElement.dataset.theme = "dark"));
  assert.equal(await colour(), "rgb(143, 202, 240)");
});
