// The first uses of the page: what has to work at once, without the second half of the app. They are
// what `cargo xtask first` notes, and what `later.test.mjs` holds the page to.

import { readdirSync, readFileSync } from "node:fs";
import { button, cell, part, requestRows } from "./app.mjs";
import { editorContent } from "./editor.mjs";
import { editorLoaded } from "./page.mjs";

/** @typedef {import("playwright-core").Page} Page */

const examples = readdirSync(new URL("../../../crates/playground/examples/", import.meta.url))
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.replace(".json", ""));
const LINK = readFileSync(new URL("../../../crates/playground/tests/golden/first-release.link", import.meta.url), "utf8").trim();
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 375, height: 700 };

/** A policy as one types it, with what the editor knows of SCPs, and what it has to complain of. */
const POLICIES = [
  `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Regions",
      "Effect": "Deny",
      "NotAction": ["iam:*", "sts:*", "s3:GetObject"],
      "Resource": "*",
      "Condition": {
        "StringNotEquals": { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] },
        "ArnNotLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin\${aws:username}" },
        "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" },
        "NumericLessThan": { "s3:max-keys": "10" },
        "DateGreaterThan": { "aws:CurrentTime": "2024-01-01T00:00:00Z" },
        "IpAddress": { "aws:SourceIp": "203.0.113.0/24" },
        "ForAnyValue:StringLike": { "aws:TagKeys": ["a*"] },
        "Null": { "aws:SourceVpce": "true" }
      }
    }
  ]
}`,
  '{ "Version": "2012-10-17", "Statement": { "Efect": "Deny", "Action": "s3:Get Object", "Action": ["nothing:*"], "Resource": "arn:aws", "Condition": { "StringEqual": { "aws:x": 1 } }, } // a remark',
  '{ "Version": "2008-10-17", "Statement": [ { "Effect": "allow", "Principal": "*", "NotAction": [], "Resource": true },, "x" ] } }',
  '[ "\\u00e4\\q", -1.5e3, tru',
  "",
];

/**
 * Each use: what it is called, how large the page is and how it looks, the fragment that it is opened
 * with, and what is done then. A use that says `before` is done in a page that a person has used.
 * @type {{name: string, viewport: {width: number, height: number}, theme: "light" | "dark", hash: string, before?: (page: Page) => Promise<void>, run: (page: Page) => Promise<void>}[]}
 */
export const firstUses = [
  { name: "the empty page", viewport: WIDE, theme: "light", hash: "", run: lookAtNothing },
  { name: "the empty page, narrow and dark", viewport: NARROW, theme: "dark", hash: "", run: lookAtParts },
  ...examples.map((id) => ({ name: `the example ${id}`, viewport: WIDE, theme: "light", hash: `#example/${id}`, run: read })),
  { name: "an example, narrow and dark", viewport: NARROW, theme: "dark", hash: "#example/region-guardrail", run: readNarrow },
  { name: "typing", viewport: WIDE, theme: "light", hash: "#example/full-access-taken-away", run: type },
  { name: "typing into a text area", viewport: WIDE, theme: "dark", hash: "#example/region-guardrail", before: preferTextArea, run: typePlainly },
  { name: "a link", viewport: WIDE, theme: "light", hash: `#${LINK}`, run: read },
  { name: "kept work", viewport: WIDE, theme: "light", hash: "", before: keepWork, run: read },
];

/** What a use begins with: a page in a profile of its own that a person may have used before. */
export async function prepareUse(page, url, { before }) {
  if (!before) return;
  await page.goto(url);
  await editorLoaded(page);
  await before(page);
  await page.goto("about:blank");
}

/** What a page hears when one goes to another tab, or away: whatever is not saved yet is saved then. */
export async function leave(page) {
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
    for (const name of ["beforeunload", "pagehide"]) window.dispatchEvent(new Event(name));
  });
}

async function settle(page) {
  await page.waitForTimeout(700); // work is saved, and what would change a verdict is looked for, in a calm moment
}

async function lookAtNothing(page) {
  await button(page, "Start an organization").waitFor();
  await settle(page);
}

async function lookAtParts(page) {
  await lookAtNothing(page);
  for (const name of ["Policies", "Requests", "Trace", "Organization"]) await button(parts(page), name).click();
}

/** Every request and its reasons, the tree, every policy. */
async function read(page) {
  await requestRows(page).first().waitFor();
  await settle(page);
  await selectAll(page);
  await walkTheTree(page);
  for (const tab of await page.getByRole("tab").all()) await tab.click();
  await settle(page);
}

async function readNarrow(page) {
  await page.getByRole("navigation", { name: "Parts of the page" }).waitFor();
  for (const name of ["Organization", "Requests", "Trace", "Policies"]) await button(parts(page), name).click();
  await button(parts(page), "Requests").click();
  for (const row of [1, 2, 0]) await (await cell(requestRows(page).nth(row), "Verdict")).click();
  await button(parts(page), "Trace").click();
  await settle(page);
}

const parts = (page) => page.getByRole("navigation", { name: "Parts of the page" });

async function selectAll(page) {
  const rows = await requestRows(page).count();
  for (let at = 0; at < rows; at += 1) {
    const row = requestRows(page).nth(at);
    await row.getByRole("button").last().focus();
    await row.click({ position: { x: 2, y: 10 } });
  }
  for (const key of ["Home", "ArrowDown", "ArrowDown", "ArrowUp", "End"]) await page.keyboard.press(key);
}

async function walkTheTree(page) {
  const first = page.getByRole("tree").getByRole("treeitem").first();
  await first.focus();
  for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowRight", "End", "ArrowUp", "Home", "r"]) {
    await page.keyboard.press(key);
  }
}

async function type(page) {
  await requestRows(page).nth(2).waitFor();
  await editorContent(page).click();
  for (const policy of POLICIES) {
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(policy);
    await page.keyboard.type(' "x');
    await page.keyboard.press("Backspace");
  }
  await page.keyboard.type('{ "Statement": { "Effect": "Deny" ');
  await settle(page);
  for (const key of ["ControlOrMeta+z", "ControlOrMeta+z", "ControlOrMeta+Shift+z"]) await page.keyboard.press(key);
  await settle(page);
  await selectAll(page);
  await editorContent(page).click();
  await page.keyboard.type("y");
}

async function typePlainly(page) {
  await requestRows(page).first().waitFor();
  const field = page.getByRole("textbox", { name: /^Text of the policy/ });
  for (const policy of POLICIES) await field.fill(policy);
  await settle(page);
  await field.pressSequentially('{ "Version');
}

/** From the next time on that the page is opened. */
function preferTextArea(page) {
  return page.addInitScript(() => {
    if (location.protocol === "http:") localStorage.setItem("guardrail:preferences", JSON.stringify("plain-editor hint-seen"));
  });
}

/** Leaves work in the browser. */
async function keepWork(page) {
  await page.evaluate(() => void (location.hash = "#example/full-access-taken-away"));
  await requestRows(page).nth(2).waitFor();
  await page.getByRole("textbox", { name: "Title of the scenario" }).fill("Kept");
  await settle(page);
}
