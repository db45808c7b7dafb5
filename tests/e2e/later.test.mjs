// The second half of the app: what the first look does not need is fetched after the first paint,
// and at once by whatever needs it sooner.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, dialog, eventually, requestRows, sentence } from "./support/app.mjs";
import { editorContent } from "./support/editor.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

/** Opens an example while the fetch of the second half never ends, and gathers how it is asked for. */
async function openWithoutIt(t) {
  const asked = [];
  const { page } = await open(t, {
    hash: "example/full-access-taken-away",
    prepare: (page) =>
      page.route(/-later\.wasm$/, (route) => {
        const how = route.request().resourceType();
        asked.push(how);
        return how === "xhr" ? route.continue() : undefined;
      }),
  });
  return { page, asked };
}

test("opening an example, typing and selecting need nothing of the second half", async (t) => {
  const { page, asked } = await openWithoutIt(t);
  await editorContent(page).click();
  await page.keyboard.type("x");
  await page.keyboard.press("Backspace");
  const before = await sentence(page);
  await requestRows(page).nth(1).getByRole("gridcell").nth(2).click();
  await eventually(async () => (await sentence(page)) !== before, true);
  assert.deepEqual(asked, ["fetch"]);
});

test("what needs the second half gets it on the spot", async (t) => {
  const { page, asked } = await openWithoutIt(t);
  await button(page, "Examples").click();
  await dialog(page, "Examples").waitFor();
  assert.deepEqual(asked, ["fetch", "xhr"]);
});

test("the second half comes by itself, once", async (t) => {
  const asked = [];
  const { page } = await open(t, {
    prepare: async (page) => void page.on("request", (request) => request.url().endsWith("-later.wasm") && asked.push(request.resourceType())),
  });
  await eventually(() => asked, ["fetch"]);
  await page.waitForLoadState("networkidle");
  await button(page, "Examples").click();
  await dialog(page, "Examples").waitFor();
  assert.deepEqual(asked, ["fetch"]);
});
