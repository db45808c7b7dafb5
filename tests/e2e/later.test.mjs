// The second half of the app: what the first look does not need is fetched after the first paint,
// and at once by whatever needs it sooner.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, dialog, eventually } from "./support/app.mjs";
import { firstUses, leave, prepareUse } from "./support/first-uses.mjs";
import { suite } from "./support/page.mjs";

const { open, url } = suite();

/** Opens the page for a use while the fetch of the second half never ends, and gathers how it is asked for. */
async function openWithoutIt(t, use) {
  const asked = [];
  const { page } = await open(t, {
    ...use,
    prepare: async (page) => {
      // What a service worker has kept is at hand.
      await page.addInitScript(() => Object.defineProperty(navigator, "serviceWorker", { value: undefined }));
      await prepareUse(page, url(), use);
      await page.route(/-later\.wasm$/, (route) => {
        const how = route.request().resourceType();
        asked.push(how);
        return how === "xhr" ? route.continue() : undefined;
      });
    },
  });
  return { page, asked };
}

for (const use of firstUses) {
  test(`${use.name}: nothing of the second half is needed`, async (t) => {
    const { page, asked } = await openWithoutIt(t, use);
    await use.run(page);
    await leave(page);
    assert.deepEqual(asked, ["fetch"]);
  });
}

test("what needs the second half gets it on the spot", async (t) => {
  const { page, asked } = await openWithoutIt(t, { hash: "#example/full-access-taken-away" });
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
