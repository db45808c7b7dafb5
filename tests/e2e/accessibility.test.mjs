// What axe finds: nothing, on wide and narrow screens, light and dark, with dialogs and menus open.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { build, button, choose, command, dialog, eventually, node, part, policyTab, requestRows, verdicts, typeInto } from "./support/app.mjs";
import { replaceText } from "./support/editor.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();
const EXAMPLES = ["four-departments", "region-guardrail", "protect-the-trail", "full-access-taken-away"];
const NARROW = { width: 375, height: 700 };

const sound = async (page, where) => assert.deepEqual(await accessibilityProblems(page), [], where);

/** Opens what is folded, and what is folded in that. */
async function unfold(within) {
  const closed = within.locator("details:not([open]) > summary");
  for (let folds = 0; folds < 8 && (await closed.count()) > 0; folds += 1) await closed.first().click();
}

for (const theme of ["light", "dark"]) {
  test(`the empty page, ${theme}`, async (t) => {
    const { page } = await open(t, { theme });
    await sound(page);
    await page.setViewportSize(NARROW);
    await sound(page, "narrow");
  });

  for (const id of EXAMPLES) {
    test(`the example ${id}, wide, ${theme}`, async (t) => {
      const { page } = await open(t, { theme, hash: `#example/${id}` });
      await requestRows(page).first().waitFor();
      // Each verdict has its own colours and its own trace.
      const seen = new Set();
      for (const [at, verdict] of (await verdicts(page)).entries()) {
        if (seen.has(verdict)) continue;
        seen.add(verdict);
        await requestRows(page).nth(at).click({ position: { x: 4, y: 4 } });
        await unfold(part(page, "Trace"));
        await sound(page, verdict);
      }
    });
  }

  test(`each part of the narrow page, ${theme}`, async (t) => {
    const { page } = await open(t, { theme, viewport: NARROW, hash: "#example/full-access-taken-away" });
    await requestRows(page).first().waitFor();
    for (const name of ["Organization", "Policies", "Requests", "Trace"]) {
      await button(page.getByRole("navigation", { name: "Parts of the page" }), name).click();
      await sound(page, name);
    }
  });

  test(`with a dialog or a menu open, ${theme}`, async (t) => {
    const { page } = await open(t, { theme, hash: "#example/protect-the-trail" });
    await requestRows(page).first().waitFor();
    for (const name of ["Examples", "Import", "Export", "Share"]) {
      await button(page, name).click();
      await dialog(page, name).waitFor();
      await sound(page, name);
      await page.keyboard.press("Escape");
      await dialog(page, name).waitFor({ state: "detached" });
    }
    await choose(page, button(page, "More"), "How this page works");
    await dialog(page, "How this page works").waitFor();
    await sound(page, "help");
    await page.keyboard.press("Escape");
    await command(page, "Shop", "Move to…");
    await dialog(page, "Move Shop").waitFor();
    await sound(page, "move");
    await page.keyboard.press("Escape");
    await node(page, "Shop").click();
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menu").waitFor();
    await sound(page, "menu");
  });

  test(`details of a node and of a request, and the line of a policy that AWS refuses, ${theme}`, async (t) => {
    const { page } = await open(t, { theme });
    await build(page);
    await command(page, "Dev", "Attach a new SCP");
    await part(page, "Requests").getByRole("button", { name: "Add" }).click();
    await choose(page, requestRows(page).getByRole("button", { name: /^Actions for/ }), "More details");
    await typeInto(requestRows(page), "Expected", "deny");
    await sound(page, "details");
    await replaceText(page, page, '{ "Version": "2012-10-17", "Statement": { "Effect": "Denny", "Action": "s3:*", "Resource": "*" } }');
    await eventually(() => verdicts(page), ["No verdict"]);
    await policyTab(page, "New SCP").waitFor();
    await page.getByText(/^Result from before the last edit\./).waitFor();
    await sound(page, "an old result");
  });
}

test("a link that can't be opened", async (t) => {
  const { page } = await open(t, { hash: "#g1:AAAA" });
  await dialog(page, "This link can't be opened").waitFor();
  await sound(page);
});
