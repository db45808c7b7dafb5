// The policy editor as a person uses it: its content is inside an open shadow root, which
// Playwright's locators reach into.

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
