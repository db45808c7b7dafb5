// Uses the page as a first visitor does (`support/first-uses.mjs`) and gathers what the app notes of
// what runs. `cargo xtask first` builds a page that notes, and calls this.
//
//   node tests/e2e/first.mjs <folder of the page> <place of the notes> <their number> <file for them>

import { writeFileSync } from "node:fs";
import { firstUses, leave, prepareUse } from "./support/first-uses.mjs";
import { editorLoaded, launch } from "./support/page.mjs";
import { serveFolder } from "./support/server.mjs";

const [folder, begin, count, file] = process.argv.slice(2);
const server = await serveFolder(folder);
const browser = await launch();
const notes = new Uint8Array(Number(count));
try {
  // Several times, also as on a slow machine: what runs depends a little on hashes, and on what comes when.
  for (const [use, slowed] of [1, 1, 3].flatMap((slowed) => firstUses.map((use) => [use, slowed]))) {
    const context = await browser.newContext({ viewport: use.viewport, colorScheme: use.theme });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowed });
    await prepareUse(page, server.url, use);
    await page.goto(server.url + use.hash);
    await editorLoaded(page);
    await use.run(page);
    await leave(page);
    const ran = await page.evaluate(
      ([begin, count]) => [...new Uint8Array(globalThis.guardrail.memory.buffer, begin, count).entries()].filter(([, ran]) => ran).map(([at]) => at),
      [Number(begin), notes.length],
    );
    const before = notes.reduce((sum, ran) => sum + ran, 0);
    for (const at of ran) notes[at] = 1;
    console.log(`${use.name}: ${ran.length} notes, ${notes.reduce((sum, ran) => sum + ran, 0) - before} new`);
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}
writeFileSync(file, notes);
