// How long embedded pages take until they can be used: one, and five on a page, from the navigation of
// the host to the message `ready` of the last of them and to the first verdicts.
//
//   node tests/e2e/embeds.mjs [runs]

import { HEARD, LESSON, SANDBOX, frameTag, hostPage, linkOf } from "./support/embed.mjs";
import { DIST, launch } from "./support/page.mjs";
import { serveFolder } from "./support/server.mjs";

const runs = Number(process.argv[2] ?? 7);
const hash = linkOf(LESSON);
const frames = (count, query) => Array.from({ length: count }, () => frameTag({ query, hash, sandbox: SANDBOX })).join("");
const PAGES = {
  "one, requests and trace": frames(1, "view=requests,trace"),
  "one, with a policy": frames(1, "view=requests,policy"),
  "five, requests and trace": frames(5, "view=requests,trace"),
  "five, with a policy": frames(5, "view=requests,policy"),
  "five posters, not started": frames(5, "start=click"),
};

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const server = await serveFolder(DIST, {
  "heard.js": `${HEARD}
    addEventListener("message", ({ data }) => {
      globalThis.times ??= { ready: [], result: [] };
      times[data?.kind]?.push(performance.now());
    });`,
  ...Object.fromEntries(Object.values(PAGES).map((body, at) => [`host-${at}.html`, hostPage(body)])),
});
const browser = await launch();
console.log(`${"page".padEnd(28)} ${"ready".padStart(8)} ${"verdicts".padStart(9)}  (ms, median of ${runs}; last frame of the page)`);
for (const [at, [name, body]] of Object.entries(PAGES).entries()) {
  const count = body.split("<iframe").length - 1;
  const measured = { ready: [], result: [] };
  for (let run = 0; run < runs; run += 1) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${server.url}host-${at}.html`, { waitUntil: name.includes("poster") ? "load" : "commit" });
    if (name.includes("poster")) {
      const loaded = await page.evaluate(() => performance.timing.loadEventEnd - performance.timing.navigationStart);
      measured.ready.push(loaded);
      measured.result.push(Number.NaN);
    } else {
      await page.waitForFunction((count) => globalThis.times?.result.length >= count, count);
      for (const kind of ["ready", "result"]) measured[kind].push(await page.evaluate(({ kind, count }) => times[kind][count - 1], { kind, count }));
    }
    await context.close();
  }
  console.log(`${name.padEnd(28)} ${median(measured.ready).toFixed(0).padStart(8)} ${median(measured.result).toFixed(0).padStart(9)}`);
}
await browser.close();
await server.close();
