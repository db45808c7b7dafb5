// The first load: what is transferred until the page can be used, and when that is.

import { brotliCompressSync, gzipSync } from "node:zlib";
import { editorLoaded } from "../support/page.mjs";
import { EXAMPLE } from "./scenarios.mjs";
import { summary, table } from "./table.mjs";

const LOADS = 7;
const MOMENTS = ["first paint", "first verdict", "second half there", "editor there"];

export async function measureLoading(stage) {
  const rows = [];
  for (const slower of stage.speeds) {
    const runs = [];
    for (let run = 0; run < LOADS; run += 1) runs.push(await load(stage, slower));
    for (const what of MOMENTS) rows.push({ what: `${what}, ${stage.speed(slower)}`, ...summary(runs.map((times) => times[what])) });
  }
  await weigh(stage);
  table("Opening example 4 in a new profile, over loopback (ms from navigation)", rows);
}

/** What had arrived when the first verdict stood on the page, and what came after it. */
async function weigh(stage) {
  await stage.withPage(async (page) => {
    const sizes = [];
    page.on("response", async (response) => {
      const body = await response.body().catch(() => Buffer.alloc(0));
      sizes.push({ name: new URL(response.url()).pathname, gzip: gzipSync(body, { level: 9 }).length, brotli: brotliCompressSync(body).length });
    });
    await page.goto(stage.url + EXAMPLE);
    await editorLoaded(page);
    await page.waitForLoadState("networkidle");
    const later = (name) => /\/(editor|map|palette|sw)[-.]|-later\.wasm$|favicon/.test(name);
    const sum = (rows, what) => rows.reduce((total, row) => total + row[what], 0);
    const row = (what, rows) => ({ what, files: rows.length, gzip: sum(rows, "gzip"), brotli: sum(rows, "brotli") });
    table("What is transferred (bytes)", [
      row("until the page can be used", sizes.filter(({ name }) => !later(name))),
      row("after the first paint", sizes.filter(({ name }) => later(name))),
    ]);
  });
}

async function load(stage, slower) {
  return stage.withPage(async (page) => {
    await stage.throttle(page, slower);
    await page.addInitScript(() => {
      globalThis.times = {};
      const note = (what) => void (globalThis.times[what] = performance.now());
      const look = () => {
        const text = document.querySelector("main")?.textContent ?? "";
        if (/\d+ of \d+ as expected/.test(text)) note("first verdict");
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
      customElements.whenDefined("guardrail-editor").then(() => note("editor there"));
    });
    await page.goto(stage.url + EXAMPLE);
    await editorLoaded(page);
    const later = /-later\.wasm$/;
    await page.waitForFunction(() => globalThis.times["first verdict"] && globalThis.times["editor there"]);
    await page.waitForLoadState("networkidle");
    return page.evaluate(
      (pattern) => ({
        ...globalThis.times,
        "first paint": performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
        "second half there": performance.getEntriesByType("resource").find(({ name }) => new RegExp(pattern).test(name))?.responseEnd ?? Number.NaN,
      }),
      later.source,
    );
  });
}
