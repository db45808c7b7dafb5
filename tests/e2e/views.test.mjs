// Every view as those need it who see little, use no mouse, or choose their own colours; and that
// nothing moves while one types.

import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { button, choose, eventually, node, part, requestRows } from "./support/app.mjs";
import { editorContent } from "./support/editor.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();
const EXAMPLE = "#example/protect-the-trail";
const PARTS = ["Organization", "Policies", "Requests", "Trace"];

/** What can be opened over the page, each with the way there. */
const OVER = {
  Scenarios: (page) => button(page, "Scenarios").click(),
  Settings: (page) => choose(page, button(page, "More"), "Settings"),
  "Page settings": (page) => choose(page, button(page, "More"), "Page settings"),
  "Find a command or place": (page) => page.keyboard.press("ControlOrMeta+k"),
};

async function opened(t, options) {
  const found = await open(t, { hash: EXAMPLE, ...options });
  await requestRows(found.page).first().waitFor();
  return found.page;
}

for (const theme of ["light", "dark"]) {
  test(`dialogs and sheets hold what WCAG asks, ${theme}`, async (t) => {
    const page = await opened(t, { theme });
    for (const [name, go] of Object.entries(OVER)) {
      await go(page);
      await page.getByRole("dialog").waitFor();
      assert.deepEqual(await accessibilityProblems(page), [], name);
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    await node(page, "Root").click();
    assert.deepEqual(await accessibilityProblems(page), [], "details of the root");
  });

  test(`more contrast, and colours of one's own, take nothing away, ${theme}`, async (t) => {
    const page = await opened(t, { theme });
    await choose(page, button(page, "More"), "Page settings");
    await page.getByRole("checkbox", { name: /contrast/i }).check();
    await page.keyboard.press("Escape");
    assert.deepEqual(await accessibilityProblems(page), [], "high contrast");
    await page.emulateMedia({ forcedColors: "active", colorScheme: theme });
    assert.deepEqual(await accessibilityProblems(page), [], "forced colours");
    // A verdict is a word and a shape as well, and the shape is drawn in these colours too.
    const shapes = await requestRows(page).locator("svg").evaluateAll((all) =>
      all.filter((shape) => shape.checkVisibility()).map((shape) => getComputedStyle(shape).color),
    );
    assert.ok(shapes.length >= (await requestRows(page).count()), "each verdict has its shape");
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.ok(shapes.every((colour) => colour !== ground), "a shape can be seen");
  });
}

test("at 200 % nothing is cut off or has to be scrolled sideways", async (t) => {
  // 1280 × 800 at twice the size leaves 640 × 400.
  const page = await opened(t, { viewport: { width: 640, height: 400 } });
  const bar = page.getByRole("navigation", { name: "Parts of the page" });
  const parts = (await bar.isVisible()) ? PARTS : [null];
  for (const name of parts) {
    if (name) await button(bar, name).click();
    const { scrolled, room } = await page.evaluate(() => ({
      scrolled: document.documentElement.scrollWidth,
      room: document.documentElement.clientWidth,
    }));
    assert.ok(scrolled <= room, `${name}: ${scrolled} px in ${room}`);
    assert.deepEqual(await accessibilityProblems(page), [], name ?? "the page");
  }
});

for (const [width, height] of [[1440, 900], [1024, 768], [375, 700]]) {
  test(`what has the focus is never hidden, ${width} px`, async (t) => {
    const page = await opened(t, { viewport: { width, height } });
    const hidden = [];
    let seen = 0;
    for (let presses = 0; presses < 90; presses += 1) {
      await page.keyboard.press("Tab");
      const found = await page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        if (!active || active === document.body) return null;
        const { left, top, right, bottom } = active.getBoundingClientRect();
        const name = `${active.localName} ${active.getAttribute("aria-label") ?? active.textContent.trim().slice(0, 40)}`;
        // A point of it inside the window is enough: the criterion asks that it is not all hidden.
        const across = [0.1, 0.5, 0.9].map((part) => left + (right - left) * part);
        const down = [0.1, 0.5, 0.9].map((part) => top + (bottom - top) * part);
        const is = (at) => at && (active.contains(at) || at.contains(active) || active.getRootNode().host === at || at.shadowRoot?.contains(active));
        const seen = across.some((x) => down.some((y) => is(document.elementFromPoint(x, y))));
        return { name, seen };
      });
      if (!found) continue;
      seen += 1;
      if (!found.seen) hidden.push(found.name);
    }
    assert.ok(seen > 20, `only ${seen} stops`);
    assert.deepEqual(hidden, []);
  });
}

test("nothing moves by itself while one types, whatever the text is in between", async (t) => {
  const page = await opened(t);
  await page.evaluate(() => {
    globalThis.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        // What follows a press within half a second does not count for the usual measure. It does
        // here, but for what is inside the editor, where text moves what stands behind it.
        const moved = entry.sources.map(({ node }) => `${node?.nodeName ?? "inside the editor"} ${node?.className ?? ""}`);
        globalThis.shifts.push({ value: entry.value, moved });
      }
    }).observe({ type: "layout-shift", buffered: false });
  });
  const content = editorContent(page);
  await content.click();
  await page.keyboard.press("ControlOrMeta+End");
  for (const text of [" ", "x", "y"]) {
    await page.keyboard.type(text);
    await page.waitForTimeout(100);
  }
  await page.getByText(/^Result from before the last edit\./).waitFor();
  for (let at = 0; at < 3; at += 1) {
    await page.keyboard.press("Backspace");
    await page.waitForTimeout(100);
  }
  await eventually(() => part(page, "Policies").getByText("Nothing to report.").isVisible(), true);
  const shifts = await page.evaluate(() => globalThis.shifts);
  // The panes, what stands in them and the reasons keep their places. Names of tabs and what is folded
  // away below may give way to a mark or to a longer word.
  const places = /^(MAIN|SECTION|HEADER|ARTICLE|P|UL|OL|TABLE) /;
  assert.deepEqual(shifts.filter(({ moved }) => moved.some((name) => places.test(name))), []);
});
