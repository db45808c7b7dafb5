// The types of the package against what the package really takes and gives.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PACKAGE, installed, project, root, scenarios } from "./support.mjs";

const { evaluate, lintScenario } = await installed();
const TYPESCRIPT = join(root, "web/js/node_modules/typescript/bin/tsc");

/** What the compiler says about a program that uses the package, line by line. */
function complaints(source) {
  const folder = project();
  writeFileSync(join(folder, "program.ts"), source);
  const options = {
    strict: true,
    noEmit: true,
    target: "es2022",
    module: "nodenext",
    lib: ["es2022", "dom"],
    types: [],
    skipLibCheck: false,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: ["program.ts"] }));
  const { stdout, stderr, error } = spawnSync(process.execPath, [TYPESCRIPT, "--pretty", "false"], {
    cwd: folder,
    encoding: "utf8",
  });
  assert.equal(error, undefined);
  return (stdout + stderr).split("\n").filter((line) => line !== "");
}

/** The value with one of each form that the elements of a list have: few lines for the compiler. */
function condensed(value) {
  if (Array.isArray(value)) {
    const forms = new Map();
    for (const element of value.map(condensed)) {
      const form = JSON.stringify(element, formOnly);
      if (!forms.has(form)) forms.set(form, element);
    }
    return [...forms.values()];
  }
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, condensed(inner)]));
  }
  return value;
}

/** Fields that hold one of a few words: each of the words is a form of its own. */
const WORDS = new Set(["verdict", "outcome", "truth", "effect", "policyType", "state", "style", "severity", "kind"]);

function formOnly(name, value) {
  return value === null || typeof value === "object" || WORDS.has(name) ? value : typeof value;
}

const PRELUDE = 'import * as guardrail from "guardrail-wasm";\n';
const satisfies = (value, type) => `void (${JSON.stringify(value, null, 1)} satisfies guardrail.${type});\n`;

test("every scenario has the type of a scenario", () => {
  const known = scenarios.filter(({ text }) => !lintScenario(text).warnings.some(({ kind }) => kind.startsWith("unknown")));
  assert.ok(known.length > 60, `only ${known.length} scenarios are without words of another version`);
  const source = known.map(({ name, scenario }) => `// ${name}\n${satisfies(scenario, "Scenario")}`);
  assert.deepEqual(complaints(PRELUDE + source.join("")), []);
});

test("every result has its type, and no field that the types do not know", () => {
  const results = scenarios.map(({ text }) => evaluate(text, { explain: true }));
  const lints = [...scenarios.map(({ text }) => text), "{", '{ "version": 1, "titel": "?", "requests": [{ "id": "r", "principal": "u", "action": "s3:GetObject" }] }'];
  const source = [
    ...condensed(results).map((result) => satisfies(result, "Analysis")),
    ...condensed(lints.map(lintScenario)).map((result) => satisfies(result, "ScenarioLint")),
  ];
  assert.deepEqual(complaints(PRELUDE + source.join("")), []);
});

test("every field of the wire form is in the types", () => {
  const source = readFileSync(join(root, "crates/playground/src/wire/mod.rs"), "utf8");
  const fields = [...source.matchAll(/^ +(?:pub )?([a-z_]+): [^=\n]*,$/gm)].map(([, name]) => camelCase(name));
  assert.ok(fields.length > 100, `only ${fields.length} fields were found`);
  assert.deepEqual(missing(fields), []);
});

test("every stable name of a reason is in the types", () => {
  const source = readFileSync(join(root, "crates/playground/src/words/codes.rs"), "utf8");
  const names = [...source.matchAll(/=> \(?"([A-Za-z]+)"/g)].map(([, name]) => name);
  assert.ok(names.length > 70, `only ${names.length} names were found`);
  const types = declarations();
  assert.deepEqual(
    names.filter((name) => !types.includes(`"${name}"`)),
    [],
  );
});

test("every field of the scenario file is in the types", () => {
  const schema = JSON.parse(readFileSync(join(root, "crates/organization/schema/scenario-1.schema.json"), "utf8"));
  const fields = new Set();
  const words = new Set();
  (function walk(node) {
    if (node === null || typeof node !== "object") return;
    for (const name of Object.keys(node.properties ?? {})) fields.add(name);
    for (const word of [node.const, ...(node.enum ?? [])]) if (typeof word === "string") words.add(word);
    Object.values(node).forEach(walk);
  })(schema);
  assert.ok(fields.size > 60 && words.size > 30);
  assert.deepEqual(missing([...fields]), []);
  const types = declarations();
  const otherPolicyTypes = /_POLICY(_EC2)?$/;
  const unknown = [...words].filter((word) => !types.includes(`"${word}"`) && !otherPolicyTypes.test(word));
  assert.deepEqual(unknown, []);
});

test("the compiler helps whoever uses the package", () => {
  const program = `
    import { Playground, decodeLink, encodeLink, evaluate, explain, lint, type LinkError, type Scenario } from "guardrail-wasm";
    import { init } from "guardrail-wasm/manual";
    const scenario: Scenario = decodeLink("g1:");
    const link: string = encodeLink(scenario);
    for (const { id, verdict, rows } of evaluate(scenario, { explain: true }).requests) {
      const word: "allow" | "explicitDeny" | "implicitDeny" | "depends" | "error" | undefined = verdict;
      console.log(id, word, rows.map(({ account, trace }) => [account, trace?.sentence.text]));
    }
    for (const unknown of explain(link, "r").depends?.on ?? []) {
      console.log(unknown.kind === "key" ? unknown.key : unknown.resource);
    }
    const handle = new Playground(scenario);
    const id: string | undefined = handle.apply({ type: "addOu", parent: "r-ab12", name: "Lab" });
    await init(new Uint8Array());
    console.log(id, lint("{}", "scp").diagnostics.map(({ place }) => place.line));
    try { decodeLink(link) } catch (error) { console.log((error as LinkError).line) }
  `;
  assert.deepEqual(complaints(program), []);
  const wrong = [
    'guardrail.lint("{}", "scps")',
    'guardrail.evaluate({ version: 2 })',
    'guardrail.evaluate({ version: 1, titel: "?" })',
    'guardrail.evaluate("", { explian: true })',
    'new guardrail.Playground("").apply({ type: "addOu", parent: "r" })',
    'guardrail.explain("", "r").resources[0].verdict',
  ];
  const found = complaints(PRELUDE + wrong.map((line) => `${line};\n`).join(""));
  const lines = new Set(found.map((line) => /^program\.ts\((\d+),/.exec(line)).filter(Boolean).map(([, line]) => Number(line)));
  assert.deepEqual([...lines], wrong.map((_, at) => at + 2));
});

function declarations() {
  return readFileSync(join(PACKAGE, "guardrail.d.ts"), "utf8");
}

/** The names that no declaration has as a field. */
function missing(names) {
  const declared = new Set([...declarations().matchAll(/(?<=[\s{;(])([A-Za-z]+)\??:/g)].map(([, name]) => name));
  return names.filter((name) => !declared.has(name));
}

function camelCase(name) {
  return name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
}
