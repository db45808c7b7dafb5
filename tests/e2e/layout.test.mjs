// Light and dark, wide and narrow.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, choose, eventually, part, requestRows } from "./support/app.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();
const EXAMPLE = "#example/full-access-taken-away";
const PARTS = ["Organization", "Policies", "Requests", "Trace"];

const background = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const isDark = async (page) => (await background(page)).match(/\d+/g).slice(0, 3).every((part) => Number(part) < 80);

test("the page follows the system, and a choice of colours stays after a reload", async (t) => {
  const { page } = await open(t, { theme: "dark" });
  assert.ok(await isDark(page), await background(page));
  await choose(page, button(page, "More"), "Light");
  await eventually(() => isDark(page), false);
  await page.reload();
  await page.getByRole("main").waitFor();
  assert.ok(!(await isDark(page)));
  await choose(page, button(page, "More"), "As the system");
  await eventually(() => isDark(page), true);
  await page.emulateMedia({ colorScheme: "light" });
  await eventually(() => isDark(page), false);
});

test("a narrow screen shows one part at a time, and the verdict always", async (t) => {
  const { page } = await open(t, { hash: EXAMPLE, viewport: { width: 375, height: 700 } });
  await requestRows(page).first().waitFor();
  const bar = page.getByRole("navigation", { name: "Parts of the page" });
  for (const name of PARTS) {
    await button(bar, name).click();
    await part(page, name).waitFor();
    for (const other of PARTS) assert.equal(await part(page, other).isVisible(), other === name, `${other} while ${name} is chosen`);
    assert.equal(await button(bar, name).getAttribute("aria-current"), "true");
    await page.getByRole("button", { name: /^Explicit deny\s+1 Build reads S3/ }).waitFor();
  }
});

test("the pinned verdict leads to its reasons", async (t) => {
  const { page } = await open(t, { hash: EXAMPLE, viewport: { width: 375, height: 700 } });
  await requestRows(page).first().waitFor();
  await page.getByRole("button", { name: /^Explicit deny/ }).first().click();
  await part(page, "Trace").getByText(/^Denied:/).first().waitFor();
});

for (const width of [320, 375, 640, 800, 1024, 1440]) {
  test(`nothing has to be scrolled sideways at ${width} px`, async (t) => {
    const { page } = await open(t, { hash: EXAMPLE, viewport: { width, height: 800 } });
    await requestRows(page).first().waitFor();
    const bar = page.getByRole("navigation", { name: "Parts of the page" });
    const parts = (await bar.isVisible()) ? PARTS : [null];
    for (const name of parts) {
      if (name) await button(bar, name).click();
      const { scrolled, room } = await page.evaluate(() => ({
        scrolled: document.documentElement.scrollWidth,
        room: document.documentElement.clientWidth,
      }));
      assert.ok(scrolled <= room, `${name}: ${scrolled} px in ${room}`);
    }
  });
}

test("on a wide screen all parts are there at once", async (t) => {
  const { page } = await open(t, { hash: EXAMPLE });
  for (const name of PARTS) assert.ok(await part(page, name).isVisible(), name);
  assert.ok(!(await page.getByRole("navigation", { name: "Parts of the page" }).isVisible()));
});

test("on a touch screen everything to press is large enough", async (t) => {
  const { page } = await open(t, { hash: EXAMPLE, viewport: { width: 375, height: 700 } });
  await requestRows(page).first().waitFor();
  const bar = page.getByRole("navigation", { name: "Parts of the page" });
  for (const name of PARTS) {
    await button(bar, name).click();
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, a[href], input, select, summary")]
        .map((element) => [element, element.getBoundingClientRect()])
        .filter(([element, { width, height }]) => width > 1 && height > 0 && (width < 23.5 || height < 23.5) && element.checkVisibility())
        .map(([element, { width, height }]) => `${element.className || element.localName} ${Math.round(width)}×${Math.round(height)}`),
    );
    assert.deepEqual([...new Set(small)], [], name);
  }
});
