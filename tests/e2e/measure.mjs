// How fast the page is in Chromium. Not a test: run it by hand, on a machine that does nothing else.
//
//   cargo xtask build && cargo xtask npm && node tests/e2e/measure.mjs [folder of the page]
//
// ONLY=loading, evaluation, typing or renders measures that alone; SCENARIO="example 4" types in that
// one alone; KEYSTROKES sets their number. DEVELOPMENT names the folder of a build for development
// (`trunk build --dist <folder>`), without which renders are not counted.

import { cpus, loadavg } from "node:os";
import { measureEvaluation } from "./measure/evaluation.mjs";
import { measureLoading } from "./measure/loading.mjs";
import { measureRenders } from "./measure/renders.mjs";
import { measureTyping } from "./measure/typing.mjs";
import { DIST, launch } from "./support/page.mjs";
import { serveFolder } from "./support/server.mjs";

const { ONLY, SCENARIO, DEVELOPMENT } = process.env;
const server = await serveFolder(process.argv[2] ?? DIST);
const browser = await launch();

/** What the measurements share. */
const stage = {
  browser,
  url: server.url,
  scenario: SCENARIO,
  /** How many times slower than this machine the processor is. */
  speeds: [1, 4],
  speed: (slower) => (slower === 1 ? "full speed" : `throttled ${slower}×`),
  async withPage(use) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    try {
      return await use(await context.newPage());
    } finally {
      await context.close();
    }
  },
  async throttle(page, rate) {
    const session = await page.context().newCDPSession(page);
    // It holds as long as the session, which ends with the page.
    await session.send("Emulation.setCPUThrottlingRate", { rate });
  },
};

try {
  console.log(`Chromium ${browser.version()}, ${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}\n`);
  const wanted = (name) => !ONLY || ONLY === name;
  if (wanted("loading")) await measureLoading(stage);
  if (wanted("evaluation")) await measureEvaluation(stage);
  if (wanted("typing")) await measureTyping(stage);
  if (wanted("renders") && DEVELOPMENT) await measureRenders(stage, DEVELOPMENT);
} finally {
  await browser.close();
  await server.close();
}
