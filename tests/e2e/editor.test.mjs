// <guardrail-editor> by itself, under the release page's Content-Security-Policy.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { releasePage, suite } from "./support/page.mjs";
import { editorContent, editorText, replaceText, scriptTexts } from "./support/editor.mjs";

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
  const prepare = (page) => page.addInitScript((texts) => (globalThis.guardrailWords = texts), scriptTexts());
  const { page } = await open(t, { file: "bench.html", editor: false, prepare, ...options });
  await page.evaluate(() => {
    globalThis.heard = [];
    for (const name of ["guardrail-change", "guardrail-ready", "guardrail-undo", "guardrail-redo"]) {
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
});

test("undo is the page's: the editor asks for it, and shows where it changed the text", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  await set(page, { value: TEXT, reveal: rangeOf("2012-10-17") });
  await editorContent(page).focus();
  await page.keyboard.insertText("2008-10-17");
  await heard(page);
  await page.keyboard.press("ControlOrMeta+z");
  assert.deepEqual(await heard(page), [["guardrail-undo", null]]);
  await page.keyboard.press("ControlOrMeta+Shift+Z");
  assert.deepEqual(await heard(page), [["guardrail-redo", null]]);
  // The page answers with the text.
  await set(page, { reveal: { from: 0, to: 0 } });
  await page.keyboard.press("ControlOrMeta+z");
  await set(page, { value: TEXT });
  await page.keyboard.insertText("!");
  assert.equal(await editorText(page), TEXT.replace("2012", "2012!"));
});

test("letters typed on are one step, and what is done elsewhere or at once is another", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  await set(page, { value: TEXT, reveal: { from: TEXT.length, to: TEXT.length } });
  await editorContent(page).focus();
  const step = () => page.locator("guardrail-editor").evaluate((element) => element.stroke);
  await page.keyboard.type("ab");
  const first = await step();
  await page.keyboard.type("c");
  assert.equal(await step(), first);
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("d");
  const second = await step();
  assert.ok(second > first);
  await page.keyboard.press("Backspace");
  assert.ok((await step()) > second);
});

/** A mark with a mend. */
const mendable = (part, insert, text = TEXT) => ({
  ...rangeOf(part, text), severity: "error", message: `about ${part}`, code: "x", fix: { ...rangeOf(part, text), insert, label: `Change to \`${insert}\`` },
});

test("a mark offers its mend where the pointer rests on it, and by a key", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  await set(page, { value: TEXT, marks: [mendable("Deny", "Allow"), mendable("ec2", "s3")] });
  await page.locator(".cm-lintRange-error").first().hover();
  await page.getByRole("button", { name: "Change to Allow" }).click();
  const once = TEXT.replace("Deny", "Allow");
  assert.deepEqual((await heard(page)).at(-1), ["guardrail-change", once]);
  await set(page, { marks: [mendable("ec2", "s3", once)], reveal: { ...rangeOf('"Action": "ec2', once) } });
  await page.keyboard.press("ControlOrMeta+.");
  assert.equal(await editorText(page), once.replace("ec2", "s3"));
  await set(page, { marks: [], reveal: { from: 0, to: 0 } });
  await page.keyboard.press("ControlOrMeta+.");
  assert.equal(await editorText(page), once.replace("ec2", "s3"));
});

test("finding opens a panel that goes from match to match and closes with Escape", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  await set(page, { value: TEXT });
  await editorContent(page).click();
  await page.keyboard.press("ControlOrMeta+f");
  await page.getByRole("textbox", { name: "Find" }).fill("Action");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".cm-searchMatch").count(), 2);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.insertText("Actions");
  assert.match(await editorText(page), /"Action": "s3[^]*"Actions": "ec2/);
});

test("a part of the text can be folded away and opened again", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  await set(page, { value: TEXT });
  await page.locator("guardrail-editor").evaluate((element) => (element.command = "fold"));
  assert.equal(await page.locator(".cm-foldPlaceholder").count(), 1);
  await page.locator("guardrail-editor").evaluate((element) => (element.command = "unfold"));
  assert.equal(await page.locator(".cm-foldPlaceholder").count(), 0);
  await page.getByTitle("Fold", { exact: true }).first().click();
  assert.equal(await page.locator(".cm-foldPlaceholder").count(), 1);
});

test("the use of statements is a number or a ring with words, and said to screen readers", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  const at = (part) => ({ ...rangeOf(part) });
  await set(page, { value: TEXT, uses: [{ ...at("    {\n"), decides: 2, matches: 0 }, { ...at('{ "Effect": "Allow"'), decides: 0, matches: 0 }] });
  assert.equal(await page.getByTitle("Decides 2 requests").innerText(), "2");
  assert.equal(await page.getByTitle("No request exercises this statement").count(), 1);
  const said = await editorContent(page).evaluate((content) => {
    const root = content.getRootNode();
    return content.getAttribute("aria-describedby").split(" ").map((id) => root.getElementById(id).textContent).join(" ");
  });
  assert.match(said, /Line 4: Decides 2 requests\. Line 8: No request exercises this statement\./);
});

test("lines that changed are marked beside their numbers", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  await set(page, { value: TEXT, changed: [{ line: 2, count: 1 }, { line: 5, count: 0 }] });
  assert.equal(await page.locator(".cm-lineNumbers .cm-changedLine").innerText(), "2");
  assert.equal(await page.locator(".cm-lineNumbers .cm-removedLines").innerText(), "5");
});

/** What is offered to complete with, in order. */
const offered = (page) => page.locator(".cm-tooltip-autocomplete .cm-completionLabel").allInnerTexts();

test("names, words and actions are completed by their place and the kind of policy", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  const open = async (text, kind = "scp") => {
    const at = text.indexOf("|");
    await set(page, { value: text.replace("|", ""), kind, known: { actions: ["s3:ListAllMyBuckets"], resources: [] }, reveal: { from: at, to: at } });
    await editorContent(page).focus();
    await page.keyboard.press("Control+Space");
    await page.locator(".cm-tooltip-autocomplete").waitFor();
    const found = await offered(page);
    await page.keyboard.press("Escape");
    await page.locator(".cm-tooltip-autocomplete").waitFor({ state: "detached" });
    return found;
  };
  assert.deepEqual(await open('{ "|" }'), ["Version", "Statement"]);
  const elements = await open('{ "Statement": { "Effect": "Deny", "|" } }');
  assert.ok(!elements.includes("Effect") && elements.includes("NotAction") && !elements.includes("Principal"), elements.join());
  assert.ok((await open('{ "Statement": { "|" } }', "resource")).includes("Principal"));
  assert.deepEqual(await open('{ "Statement": [{ "Effect": "|" }] }'), ["Allow", "Deny"]);
  assert.equal((await open('{ "Statement": { "Action": ["ec2:RunIn|"] } }'))[0], "ec2:RunInstances");
  assert.ok((await open('{ "Statement": { "Action": "s3:ListAll|" } }')).includes("s3:ListAllMyBuckets"));
  assert.equal((await open('{ "Statement": { "Condition": { "StringNotEq|" } } }'))[0], "StringNotEquals");
  assert.equal((await open('{ "Statement": { "Condition": { "StringEquals": { "aws:Requested|" } } } }'))[0], "aws:RequestedRegion");
  assert.ok((await open('{ "Statement": { "Condition": { "StringEquals": { "aws:RequestedRegion": ["eu-|"] } } } }')).includes("eu-west-1"));
});

test("a chosen name brings what must follow it, and typing goes on there", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  const text = '{ "Statement": { "" } }';
  await set(page, { value: text, kind: "scp", reveal: { from: text.indexOf('""') + 1, to: text.indexOf('""') + 1 } });
  await editorContent(page).focus();
  await page.keyboard.type("Eff");
  await page.locator(".cm-tooltip-autocomplete li").getByText("Effect").click();
  await page.locator(".cm-tooltip-autocomplete li").getByText("Allow").waitFor();
  await page.keyboard.type("De");
  await page.locator(".cm-tooltip-autocomplete li").getByText("Allow").waitFor({ state: "detached" });
  await page.locator(".cm-tooltip-autocomplete li").getByText("Deny").click();
  assert.equal(await editorText(page), '{ "Statement": { "Effect": "Deny" } }');
});

test("a word says what it means where the pointer rests on it", async (t) => {
  const page = await openBench(t);
  await upgrade(page);
  await set(page, { value: '{ "Statement": { "NotAction": "ec2:RunInstances", "Condition": { "StringLikeIfExists": { "aws:SourceIp": "x" } } } }' });
  for (const [word, means] of [
    ["NotAction", "All calls but those listed."],
    ["ec2:RunInstances", "An action of Amazon EC2."],
    ["StringLikeIfExists", /fits one of these patterns.*also met where the key is absent/],
    ["aws:SourceIp", /public address/],
  ]) {
    await page.getByText(`"${word}"`, { exact: true }).hover();
    await page.locator(".cm-meaning").getByText(means).waitFor();
    await page.mouse.move(0, 0);
    await page.locator(".cm-meaning").waitFor({ state: "detached" });
  }
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
      uses: [{ ...rangeOf('"Version"'), decides: 0, matches: 0 }, { ...rangeOf('"Statement"'), decides: 3, matches: 0 }],
      changed: [{ line: 2, count: 1 }],
    });
    await page.locator(".cm-deciding-allow").first().waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await editorContent(page).click();
    await page.keyboard.press("ControlOrMeta+f");
    await page.getByRole("textbox", { name: "Find" }).pressSequentially("Action");
    await page.locator(".cm-searchMatch").first().waitFor();
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
