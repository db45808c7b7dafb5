// The page without a network, and a new version of it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { build, button, dialog, eventually, exported, requestRows, tree } from "./support/app.mjs";
import { launch } from "./support/page.mjs";
import { described, host as hostOf, publish, ready, update } from "./support/versions.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** The page on a server of its own, opened. */
async function host(t, extra = {}, start = "") {
  const hosted = await hostOf(t, browser, extra);
  const page = await hosted.context.newPage();
  await page.goto(hosted.server.url + start);
  return { ...hosted, page };
}

test("the page opens without a network once it was opened with one, examples and editor too", async (t) => {
  const { server, page } = await host(t);
  await build(page);
  const own = await exported(page);
  await page.waitForTimeout(600);
  await ready(page);
  await server.close();
  await page.reload();
  await page.getByRole("treeitem").first().waitFor();
  await eventually(() => tree(page), ["1 Root", "2 Management", "2 Workloads", "3 Dev", "2 Sandbox"]);
  assert.equal(await exported(page), own);
  await page.waitForFunction(() => customElements.get("guardrail-editor") && customElements.get("guardrail-palette"));
  await button(page, "Examples").click();
  await dialog(page, "Examples").getByRole("link", { name: /Region guardrail/ }).click();
  await requestRows(page).first().waitFor();
});

test("what lies below v1/ and what is no file of the page is left alone", async (t) => {
  const { server, page } = await host(t);
  await ready(page);
  await page.reload();
  await page.getByRole("main").waitFor();
  await server.close();
  for (const path of ["v1/", "v1/embed/", "v1/index.html", "of-nothing.json"]) {
    const answered = await page.evaluate((path) => fetch(path).then(() => true, () => false), path);
    assert.equal(answered, false, path);
  }
  const kept = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await (await caches.open(names[0])).keys();
    return { names, paths: requests.map((request) => new URL(request.url).pathname) };
  });
  assert.equal(kept.names.length, 1);
  assert.ok(kept.paths.every((path) => !path.includes("/v1/")), kept.paths.join(" "));
});

test("a new version is told of, waits until it is wanted, and takes no work with it", async (t) => {
  const { folder, page } = await host(t);
  await ready(page);
  await page.reload();
  await build(page);
  const own = await exported(page);
  await publish(folder);
  await update(page);
  const told = page.getByRole("status").getByText("A new version of Guardrail is ready.");
  await told.waitFor();
  await page.waitForTimeout(300);
  assert.match(await described(page), /^A policy playground/, "nothing is loaded by itself");
  const title = page.getByRole("textbox", { name: "Title of the scenario" });
  assert.equal(await title.inputValue(), "");

  await button(page.getByRole("status"), "Reload").click();
  await eventually(() => described(page).catch(() => ""), /^New: a policy playground/);
  await eventually(() => tree(page), ["1 Root", "2 Management", "2 Workloads", "3 Dev", "2 Sandbox"]);
  assert.equal(await exported(page), own);
  const names = await page.evaluate(() => caches.keys());
  assert.deepEqual(names, ["guardrail-of-tomorrow"], "the old files are gone");
});

test("a new version that is put off comes with the next visit", async (t) => {
  const { folder, server, context, page } = await host(t);
  await ready(page);
  await page.reload();
  await page.getByRole("main").waitFor();
  await publish(folder);
  await update(page);
  await page.getByRole("status").getByText("A new version of Guardrail is ready.").waitFor();
  await button(page.getByRole("status"), "Dismiss").click();
  await page.close();
  await eventually(
    async () => {
      const next = await context.newPage();
      await next.goto(server.url);
      const found = await described(next);
      await next.close();
      return found;
    },
    /^New: a policy playground/,
  );
});

test("a page in a frame keeps nothing for itself", async (t) => {
  const { page, server } = await host(t, { "framed.html": '<!doctype html><title>Course</title><iframe src="./" title="Guardrail" width="800" height="600"></iframe>' }, "framed.html");
  const frame = page.frames().find((one) => one.url() === server.url);
  await page.frameLocator("iframe").getByRole("main").waitFor();
  await frame.waitForFunction(() => customElements.get("guardrail-palette"));
  // What the page does when it has nothing else to do is done after this.
  await frame.evaluate(() => new Promise((done) => requestIdleCallback(() => setTimeout(done, 300))));
  assert.equal(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then((all) => all.length)), 0);
});
