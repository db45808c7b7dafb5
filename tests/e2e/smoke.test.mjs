// The release page opens from a sub-path of a plain file server, and keeps to its own policy.

import assert from "node:assert/strict";
import { test } from "node:test";
import { suite } from "./support/page.mjs";

const { open } = suite();

test("the page opens from a sub-path without a complaint", async (t) => {
  const { page } = await open(t);
  await page.getByRole("main").waitFor();
  assert.equal(await page.locator("#boot-failure").count(), 0);
  assert.match(await page.title(), /Guardrail/);
});

test("the page carries its policy, and the policy is in force", async (t) => {
  const { page, complaints } = await open(t, { expected: [/content.security.policy/i, /elsewhere\.example/] });
  const refused = await page.evaluate(() =>
    fetch("https://elsewhere.example/").then(
      () => false,
      () => true,
    ),
  );
  assert.ok(refused, "a request to another host went through");
  await page.waitForTimeout(50);
  assert.ok(
    complaints.some((text) => text.startsWith("content security policy: connect-src refused https://elsewhere.example")),
    complaints.join("\n"),
  );
});

test("the editor's code comes after the page can be used", async (t) => {
  const order = [];
  const { page } = await open(t, {
    prepare: async (page) => {
      page.on("request", (request) => order.push(new URL(request.url()).pathname.split("/").pop()));
    },
  });
  await page.getByRole("main").waitFor();
  const wasm = order.findIndex((name) => name.endsWith(".wasm"));
  const editor = order.findIndex((name) => name.startsWith("editor-"));
  assert.ok(wasm >= 0 && editor > wasm, order.join(", "));
});

test("a page whose program cannot be loaded says so", async (t) => {
  const { page } = await open(t, {
    editor: false,
    expected: [/\.wasm/, /Failed to load resource/, /exception/],
    prepare: (page) => page.route("**/*.wasm", (route) => route.fulfill({ status: 404, body: "" })),
  });
  await page.getByRole("alert").getByText("Guardrail could not be loaded").waitFor();
});

test("a theme that was chosen is there before the program", async (t) => {
  const { page } = await open(t, {
    prepare: (page) => page.addInitScript(() => localStorage.setItem("guardrail:theme", '"dark"')),
  });
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
});
