// The first visit: from the empty page to a denied request that is understood, led by the first steps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { button, eventually, part, sentence, verdicts } from "./support/app.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();
const steps = (page) => page.getByRole("complementary", { name: "First steps" });
const next = (page) => steps(page).getByRole("listitem").and(page.locator("[aria-current=step]"));

for (const [size, viewport] of Object.entries({ wide: { width: 1440, height: 900 }, narrow: { width: 375, height: 700 } })) {
  test(`four presses lead from nothing to a denied request and its reason, ${size}`, async (t) => {
    const { page } = await open(t, { viewport });
    assert.equal(await next(page).innerText(), "Build an organization");
    assert.deepEqual(await accessibilityProblems(page), []);
    if (size === "narrow") await button(page.getByRole("navigation"), "Organization").click();
    await button(page, "Start an organization").click();
    await page.keyboard.press("Enter");
    await button(steps(page), "Add an account").click();
    await page.keyboard.press("Enter");
    await eventually(() => next(page).innerText(), "Ask whether an account may do something");
    await button(steps(page), "Add your first request").click();
    await eventually(() => next(page).innerText(), "Attach an SCP that denies it");
    await button(steps(page), "Attach one to Root").click();
    await eventually(() => next(page).innerText(), "Read why");
    await button(steps(page), "Show the reasons").click();
    await part(page, "Trace").waitFor();
    assert.match(await sentence(page), /^Denied\b.*My first SCP, attached to the root, denies ec2:DescribeInstances/i);
    assert.deepEqual(await accessibilityProblems(page), []);
    if (size === "wide") assert.deepEqual(await verdicts(page), ["Explicit deny"]);
    await button(page, "Undo: attach an SCP").waitFor();
  });
}

test("who passes the first steps over sees them once", async (t) => {
  const { page } = await open(t);
  await steps(page).waitFor();
  await page.waitForTimeout(100);
  await page.reload();
  await page.getByRole("main").waitFor();
  assert.equal(await steps(page).count(), 0);
});

test("who puts the first steps away has them out of the way", async (t) => {
  const { page } = await open(t);
  await button(steps(page), "Put the first steps away").click();
  await steps(page).waitFor({ state: "detached" });
  await button(page, "Start an organization").waitFor();
});

test("who comes by a link is not told how to begin", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail" });
  await part(page, "Requests").getByRole("row").first().waitFor();
  assert.equal(await steps(page).count(), 0);
  await page.getByRole("textbox", { name: "Title of the scenario" }).fill("Mine");
  await page.getByText("Kept in this browser", { exact: true }).waitFor();
  assert.equal(await steps(page).count(), 0);
});
