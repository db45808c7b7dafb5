// Draws the picture for those who show a card for a link, 1200 × 630, from the built page itself:
//
//   node tests/e2e/card.mjs && mogrify +dither -colors 128 -define png:compression-level=9 web/assets/card.png

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
// The denied one says most; the description and what the mouse rests on only take room.
await requestRows(page).nth(1).click({ position: { x: 40, y: 12 } });
await page.getByText("About this scenario").click();
await page.mouse.move(0, 0);
await page.waitForTimeout(500);
writeFileSync(CARD, await page.screenshot());
await browser.close();
await server.close();
