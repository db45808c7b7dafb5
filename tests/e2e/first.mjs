// What the first look at the page runs. Not a test: it helps to keep web/later.txt, the list of what
// the page fetches after the first paint.
//
//   trunk build --dist <folder> && node tests/e2e/first.mjs <folder>
//
// It opens the empty page, then an example, types into a policy and selects requests. Then it prints
// the paths of the list that were called all the same, and the modules that are not in the list and
// were not called, with the number of their functions.

import { readFileSync } from "node:fs";
import { requestRows } from "./support/app.mjs";
import { countCalls, takeCalls, tellingCopy } from "./support/calls.mjs";
import { editorContent } from "./support/editor.mjs";
import { DIST, editorLoaded, launch } from "./support/page.mjs";
import { serveFolder } from "./support/server.mjs";

const copy = tellingCopy(process.argv[2] ?? DIST);
const server = await serveFolder(copy.folder);
const browser = await launch();
const called = new Set();
const calledPaths = new Set();
try {
  for (const use of [look, work]) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await countCalls(page, copy);
    await use(page);
    for (const name of (await takeCalls(page, copy)).keys()) {
      called.add(name);
      for (const path of paths(name)) calledPaths.add(path);
    }
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
  copy.remove();
}

const list = readFileSync(new URL("../../web/later.txt", import.meta.url), "utf8");
const later = list.split("\n").filter((line) => line && !line.startsWith("#"));
console.log("In the list, and called:");
for (const name of [...called].sort()) {
  // What gives a value back names its type, and stays in the first half.
  if (name.startsWith("core::ptr::drop_in_place")) continue;
  const path = paths(name).find((path) => later.includes(path));
  if (path) console.log(`  ${path}    ${name}`);
}

const sizes = new Map();
for (const name of copy.names.values()) {
  const seen = new Set(paths(name));
  if (later.some((path) => seen.has(path))) continue;
  for (const path of seen) if (!calledPaths.has(path)) sizes.set(path, (sizes.get(path) ?? 0) + 1);
}
console.log("\nNot in the list, and not called:");
const inside = (path) => sizes.has(path.slice(0, path.lastIndexOf("::")));
const left = [...sizes].filter(([path, size]) => size > 4 && !inside(path));
for (const [path, size] of left.sort((a, b) => b[1] - a[1]).slice(0, 80)) console.log(`  ${String(size).padStart(4)} ${path}`);

async function look(page) {
  await page.goto(server.url);
  await editorLoaded(page);
}

async function work(page) {
  await page.goto(`${server.url}#example/full-access-taken-away`);
  await editorLoaded(page);
  await requestRows(page).nth(2).waitFor();
  await editorContent(page).click();
  await page.keyboard.type(" x");
  await page.keyboard.press("Backspace");
  for (const row of [1, 3]) await requestRows(page).nth(row).getByRole("gridcell").nth(2).click();
  await page.waitForTimeout(1_500);
}

/** Every path of our own crates in a name, and the modules above it. */
function paths(name) {
  const found = name.match(/\b(?:web|playground|evaluator|organization|policy|catalog|miniz_oxide|serde_json)(?:::[A-Za-z_][A-Za-z_0-9]*)+/g) ?? [];
  return found.flatMap((path) => {
    const parts = path.split("::");
    return parts.slice(1).map((_, at) => parts.slice(0, at + 2).join("::"));
  });
}
