// Counts how often the functions of the app are called while someone uses the page. For that the
// page's WebAssembly is rewritten in a copy: each function tells of itself when it is entered. The
// build must have its names, as one for development has: `trunk build --dist <folder>`.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const WASM_OPT = fileURLToPath(new URL("../../../web/js/node_modules/.bin/wasm-opt", import.meta.url));
/** What a browser and rustc's WebAssembly both have. */
const FEATURES = ["bulk-memory", "multivalue", "mutable-globals", "nontrapping-float-to-int", "reference-types", "sign-ext"];
const TELL = "log_execution";

/** A copy of a built page whose functions tell when they are entered. */
export function tellingCopy(dist) {
  const folder = mkdtempSync(join(tmpdir(), "guardrail-calls-"));
  cpSync(dist, folder, { recursive: true });
  const html = readFileSync(join(folder, "index.html"), "utf8");
  const [wasm, glue] = ["wasm", "js"].map((what) => join(folder, html.match(new RegExp(`data-${what}="([^"]*)"`))[1]));
  execFileSync(WASM_OPT, [wasm, ...FEATURES.map((name) => `--enable-${name}`), "--debuginfo", "--log-execution", "--output", wasm]);
  const script = readFileSync(glue, "utf8");
  const imports = /const import0 = \{\s*__proto__: null,/;
  writeFileSync(glue, script.replace(imports, (found) => `${found} ${TELL}: (at) => { globalThis.called[at] += 1; },`));
  const names = entries(readFileSync(wasm));
  return { folder, names, remove: () => rmSync(folder, { recursive: true }) };
}

/** Makes a page count; before it is opened. */
export async function countCalls(page, { names }) {
  const size = Math.max(...names.keys()) + 1_000_000;
  await page.addInitScript((length) => void (globalThis.called = new Uint32Array(length)), size);
}

/** What has been called since the last time, by name, and how often. */
export async function takeCalls(page, { names }) {
  const counts = await page.evaluate(() => {
    const found = [...globalThis.called.entries()].filter(([, count]) => count > 0);
    globalThis.called.fill(0);
    return found;
  });
  const calls = new Map();
  for (const [at, count] of counts) {
    const name = names.get(at);
    if (name !== undefined) calls.set(name, (calls.get(name) ?? 0) + count);
  }
  return calls;
}

/** The name of each function by the number that it tells when it is entered. */
function entries(bytes) {
  let at = 8;
  const unsigned = () => {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      shift += 7;
    } while (byte > 127);
    return value;
  };
  const text = () => {
    const length = unsigned();
    at += length;
    return bytes.toString("utf8", at - length, at);
  };
  const limits = () => {
    const flags = bytes[at++];
    unsigned();
    if (flags & 1) unsigned();
  };
  let imported = 0;
  let teller = -1;
  const bodies = [];
  const names = new Map();
  while (at < bytes.length) {
    const section = bytes[at++];
    const end = unsigned() + at;
    if (section === 2) {
      for (let left = unsigned(); left > 0; left -= 1) {
        text();
        const name = text();
        const kind = bytes[at++];
        if (kind === 0) {
          unsigned();
          if (name === TELL) teller = imported;
          imported += 1;
        } else if (kind === 3) at += 2;
        else {
          if (kind === 1) at += 1;
          limits();
        }
      }
    } else if (section === 10) {
      for (let left = unsigned(); left > 0; left -= 1) {
        const size = unsigned();
        bodies.push([at, at + size]);
        at += size;
      }
    } else if (section === 0 && text() === "name") {
      while (at < end) {
        const part = bytes[at++];
        const next = unsigned() + at;
        if (part === 1) {
          for (let left = unsigned(); left > 0; left -= 1) names.set(unsigned(), text());
        }
        at = next;
      }
    }
    at = end;
  }
  const found = new Map();
  bodies.forEach(([start, end], body) => {
    // The first call of the teller stands behind `i32.const` with the number.
    for (at = start; at < end; at += 1) {
      if (bytes[at] !== 0x41) continue;
      const before = at;
      at += 1;
      const number = unsigned();
      if (bytes[at] === 0x10) {
        at += 1;
        if (unsigned() === teller) {
          const name = names.get(imported + body) ?? "";
          found.set(number, name.replace(/::h[0-9a-f]{16}$/, "").replace(/\[[0-9a-f]{13,}\]/g, ""));
          return;
        }
      }
      at = before;
    }
  });
  return found;
}
