// What the tests of the package share: the built package as a person has it who installed it, and
// the scenarios of the repository.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = fileURLToPath(new URL("../../..", import.meta.url));
/** The package that `cargo xtask npm` writes. */
export const PACKAGE = join(root, "target/npm");
assert.ok(existsSync(PACKAGE), "there is no package in target/npm/: run `cargo xtask npm` first");

/** A folder with the package among its installed ones; it is removed when the process ends. */
export function project() {
  const folder = mkdtempSync(join(tmpdir(), "guardrail-npm-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(PACKAGE, join(folder, "node_modules/guardrail-wasm"), "junction");
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }\n');
  return folder;
}

/** The package as `import … from "guardrail-wasm"` gives it in Node.js. */
export async function installed() {
  const entry = join(project(), "entry.js");
  writeFileSync(entry, 'export * from "guardrail-wasm";\n');
  return import(pathToFileURL(entry).href);
}

/** Every scenario of the tests and every example of the page: name, text, and the object in it. */
export const scenarios = ["tests/scenarios", "crates/playground/examples"].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => {
      const text = readFileSync(join(root, folder, name), "utf8");
      return { name: `${folder}/${name}`, text, scenario: JSON.parse(text) };
    }),
);

/** The example with this name. */
export const example = (name) => scenarios.find((file) => file.name.endsWith(`examples/${name}.json`));
