// What axe finds on a page, by the rules of WCAG 2.2 A and AA.

import { readFile } from "node:fs/promises";
import { require } from "./page.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * One line for each problem: the rule, the elements, and what is wrong. Empty when all is well.
 * @param {import("playwright-core").Page} page
 * @param {string} [within] a selector: only what is inside it is looked at
 */
export async function accessibilityProblems(page, within) {
  const source = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  // Evaluated from outside the page, so that the page's own policy need not allow it.
  await page.evaluate(source);
  const { violations } = await page.evaluate(
    ({ values, within }) => globalThis.axe.run(within ?? document, { runOnly: { type: "tag", values } }),
    { values: RULES, within },
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.flat().join(" ")}: ${failureSummary?.replace(/\s+/g, " ")}`),
  );
}
