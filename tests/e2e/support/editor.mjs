// The policy editor as a person uses it: its content is inside an open shadow root, which
// Playwright's locators reach into.

import { readFileSync } from "node:fs";

/** The texts that the app hands to its scripts, for a page that has no app. */
export function scriptTexts() {
  const catalogue = readFileSync(new URL("../../../crates/texts/en.txt", import.meta.url), "utf8");
  const lines = catalogue.split("\n").map((line) => /^js\.(\S+) = ?(.*)$/.exec(line));
  return Object.fromEntries(lines.filter(Boolean).map(([, name, text]) => [name, text]));
}

/** The editable text of the editor; `within` narrows the search where there are several. */
export function editorContent(within) {
  return within.locator("guardrail-editor .cm-content");
}

/** The text that the editor holds. */
export function editorText(within) {
  return within.locator("guardrail-editor").evaluate((element) => element.value);
}

/**
 * Replaces the text by selecting all of it and inserting another, as pasting does: brackets are not
 * closed and lines are not indented by the editor.
 */
export async function replaceText(page, within, text) {
  await editorContent(within).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}
