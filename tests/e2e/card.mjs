// Draws the picture for those who show a card for a link, 1200 × 630, from the built page itself:
//
//   node tests/e2e/card.mjs

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { requestRows } from "./support/app.mjs";
import { DIST, editorLoaded, launch } from "./support/page.mjs";
import { serveFolder } from "./support/server.mjs";

const CARD = fileURLToPath(new URL("../../web/assets/card.png", import.meta.url));

const server = await serveFolder(DIST);
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1000, height: 525 }, deviceScaleFactor: 1.2 });
const page = await context.newPage();
await page.goto(`${server.url}?fresh#example/region-guardrail`);
await editorLoaded(page);
await requestRows(page).first().waitFor();
await page.waitForTimeout(500);
writeFileSync(CARD, await page.screenshot());
await browser.close();
await server.close();
