// The package in Chromium: as it is, under a strict Content-Security-Policy, and bundled.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, require, watch } from "../../../tests/e2e/support/page.mjs";
import { serveFolder } from "../../../tests/e2e/support/server.mjs";
import { PACKAGE, example, project, scenarios } from "./support.mjs";

const { scenario } = example("region-guardrail");
const CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; base-uri 'none'";

/** A page that runs one module. */
const page = (script) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${CSP}"><title>Test</title><script type="module" src="${script}"></script></html>`;

/** A module that hands the package to the test, or the error that kept it from loading. */
const HAND_OVER = `globalThis.guardrail = guardrail;`;

let browser;

before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Opens a page among these files, waits for the package, and fails on whatever the page complains about. */
async function open(t, folder, files) {
  const server = await serveFolder(folder, files);
  const context = await browser.newContext();
  const complaints = await watch(context, server.origin);
  t.after(async () => {
    await context.close();
    await server.close();
    assert.deepEqual(complaints, []);
  });
  const opened = await context.newPage();
  await opened.goto(`${server.url}index.html`);
  await opened.waitForFunction(() => globalThis.guardrail !== undefined).catch((error) => {
    throw new Error(complaints.join("\n"), { cause: error });
  });
  return opened;
}

const verdicts = (opened, scenario) =>
  opened.evaluate((scenario) => globalThis.guardrail.evaluate(scenario).requests.map(({ verdict }) => verdict), scenario);

const WANTED = ["allow", "explicitDeny", "allow", "allow", "explicitDeny", "allow", "explicitDeny", "allow", "depends"];

test("a page imports the package as it is", async (t) => {
  const opened = await open(t, PACKAGE, {
    "index.html": page("./main.js"),
    "main.js": `import * as guardrail from "./index.js";\n${HAND_OVER}`,
  });
  assert.deepEqual(await verdicts(opened, scenario), WANTED);
  assert.deepEqual(await verdicts(opened, JSON.stringify(scenario)), WANTED);
  const error = await opened.evaluate(() => {
    try {
      return globalThis.guardrail.evaluate("{");
    } catch ({ name, message, line, column }) {
      return { name, message, line, column };
    }
  });
  assert.deepEqual([error.name, error.line, error.column], ["ScenarioError", 1, 2]);
});

test("Chromium and Node.js agree on every scenario", async (t) => {
  const opened = await open(t, PACKAGE, {
    "index.html": page("./main.js"),
    "main.js": `import * as guardrail from "./index.js";\n${HAND_OVER}`,
  });
  const { evaluate } = await import(join(PACKAGE, "node.js"));
  for (const { name, text } of scenarios) {
    const inPage = await opened.evaluate((text) => globalThis.guardrail.evaluate(text, { explain: true }), text);
    assert.deepEqual(inPage, evaluate(text, { explain: true }), name);
  }
});

test("a handle is edited in a page", async (t) => {
  const opened = await open(t, PACKAGE, {
    "index.html": page("./main.js"),
    "main.js": `import * as guardrail from "./index.js";\n${HAND_OVER}`,
  });
  const [before, edited] = await opened.evaluate((scenario) => {
    const handle = new globalThis.guardrail.Playground(scenario);
    const verdict = () => handle.explain("shop-virginia").verdict;
    const before = verdict();
    const allow = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
    handle.setPolicyText(scenario.policies[0].id, allow);
    const edited = verdict();
    handle.dispose();
    return [before, edited];
  }, scenario);
  assert.deepEqual([before, edited], ["explicitDeny", "allow"]);
});

test("a page says itself when and from where the WebAssembly comes", async (t) => {
  const opened = await open(t, PACKAGE, {
    "index.html": page("./main.js"),
    "main.js": `
      import * as guardrail from "./manual.js";
      try { guardrail.lint("{}", "scp"); } catch (error) { globalThis.early = error instanceof Error; }
      try { await guardrail.init(new Uint8Array(3)); } catch (error) { globalThis.failed = error.name; }
      await Promise.all([guardrail.init("./engine_bg.wasm"), guardrail.init()]);
      ${HAND_OVER}`,
  });
  assert.deepEqual(await verdicts(opened, scenario), WANTED);
  assert.equal(await opened.evaluate(() => globalThis.failed), "CompileError");
  assert.equal(await opened.evaluate(() => globalThis.early), true);
});

test("a bundler takes the package, with the WebAssembly inside", async (t) => {
  const folder = project();
  mkdirSync(join(folder, "dist"));
  writeFileSync(
    join(folder, "main.js"),
    `import * as guardrail from "guardrail-wasm/manual";
     import wasm from "guardrail-wasm/guardrail.wasm";
     await guardrail.init(wasm);
     ${HAND_OVER}`,
  );
  await require("esbuild").build({
    absWorkingDir: folder,
    entryPoints: ["main.js"],
    outfile: "dist/bundle.js",
    bundle: true,
    format: "esm",
    target: "es2022",
    loader: { ".wasm": "binary" },
    logLevel: "error",
  });
  const opened = await open(t, join(folder, "dist"), {
    "index.html": page("./bundle.js"),
  });
  assert.deepEqual(await verdicts(opened, scenario), WANTED);
});
