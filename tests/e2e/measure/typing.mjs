// From a keystroke in the policy editor to the new verdict on the screen.
//
// A keystroke counts from its `keydown` event to a message that is posted in the next animation
// frame. Beside it stands the work alone: from the same event until the page can take the next
// event. Each keystroke changes the Sid of the deciding statement, which the sentence of the trace
// names, so whether the new verdict was on the page by then is looked up, not assumed.

import { importText, requestRows } from "../support/app.mjs";
import { editorContent } from "../support/editor.mjs";
import { editorLoaded } from "../support/page.mjs";
import { EXAMPLE, largeScenario } from "./scenarios.mjs";
import { rounded, summary, table } from "./table.mjs";

const KEYSTROKES = Number(process.env.KEYSTROKES ?? 200);

const SCENARIOS = [
  ["example 4", async (stage, page) => void (await page.goto(stage.url + EXAMPLE))],
  ["large, 100 requests", (stage, page) => openByImport(stage, page, largeScenario())],
  ["large, 100 over every account", (stage, page) => openByImport(stage, page, largeScenario({ everyAccount: true }))],
  ["large, policies by account", (stage, page) => openByImport(stage, page, largeScenario({ everyAccount: true, byAccount: true }))],
];

export async function measureTyping(stage) {
  const rows = [];
  const shares = [];
  for (const [name, openIt] of SCENARIOS.filter(([name]) => !stage.scenario || name.startsWith(stage.scenario))) {
    await stage.withPage(async (page) => {
      await openIt(stage, page);
      await editorLoaded(page);
      await caretIntoSid(page);
      for (const slower of stage.speeds) {
        await stage.throttle(page, slower);
        const { samples, shifted } = await type(page);
        const what = `${name}, ${stage.speed(slower)}`;
        rows.push({ what: `${what}: to the frame`, ...summary(samples.map((sample) => sample.frame)), "in time": inTime(samples, "inFrame"), shifted });
        rows.push({ what: `${what}: work alone`, ...summary(samples.map((sample) => sample.work)), "in time": inTime(samples, "afterWork"), shifted });
      }
      await stage.throttle(page, 1);
      shares.push({ what: name, ...(await spent(stage, page)) });
    });
  }
  table(`${KEYSTROKES} keystrokes in the policy editor (ms; shifted: layout shift, all in all)`, rows);
  table("What the page's thread does for a keystroke, traced (ms)", shares);
}

/** Opens a scenario by Import and says how long that took. */
async function openByImport(stage, page, text) {
  await page.goto(stage.url);
  await editorLoaded(page);
  const start = Date.now();
  await importText(page, text);
  await requestRows(page).nth(19).waitFor({ timeout: 180_000 });
  console.log(`Import of ${(text.length / 1e6).toFixed(1)} MB, pasting included: ${Date.now() - start} ms until the requests have their verdicts`);
}

/** Puts the caret at the end of the Sid of the first statement. */
export async function caretIntoSid(page) {
  await page.getByRole("tab", { name: /Deny S3/ }).click();
  await editorContent(page).getByText('"DenyS3"', { exact: true }).click();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
}

async function type(page) {
  await page.evaluate(() => {
    const main = document.querySelector("main");
    let sentence;
    const said = () => {
      if (!sentence?.isConnected) sentence = main.querySelector('section[aria-labelledby="trace-heading"] p:not([role])');
      return sentence?.textContent;
    };
    globalThis.samples = [];
    globalThis.shifted = 0;
    globalThis.onkey?.abort();
    globalThis.onkey = new AbortController();
    // Typing is no excuse here: shifts right after a key count as well.
    const shifts = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.shifted += entry.value;
    });
    shifts.observe({ type: "layout-shift" });
    globalThis.onkey.signal.addEventListener("abort", () => shifts.disconnect());
    const typed = () => {
      const start = performance.now();
      const before = said();
      const sample = {};
      const idle = new MessageChannel();
      idle.port1.onmessage = () => {
        sample.work = performance.now() - start;
        sample.afterWork = said() !== before;
      };
      idle.port2.postMessage(null);
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => {
          sample.frame = performance.now() - start;
          sample.inFrame = said() !== before;
          globalThis.samples.push(sample);
        };
        painted.port2.postMessage(null);
      });
    };
    document.addEventListener("keydown", typed, { capture: true, signal: globalThis.onkey.signal });
  });
  await press(page, KEYSTROKES, (count) => page.waitForFunction((count) => globalThis.samples.length > count, count, { polling: 20, timeout: 60_000 }));
  return page.evaluate(() => ({ samples: globalThis.samples, shifted: Number(globalThis.shifted.toFixed(4)) }));
}

/** Types a letter and takes it back, not in step with the frames. */
export async function press(page, count, settled = () => {}) {
  for (let at = 0; at < count; at += 1) {
    await page.keyboard.press(at % 2 ? "Backspace" : "x");
    await settled(at);
    await page.waitForTimeout(5 + ((at * 7) % 23));
  }
}

const KINDS = new Map([
  ...["EventDispatch", "FunctionCall", "EvaluateScript", "RunMicrotasks", "TimerFire", "FireAnimationFrame", "v8.callFunction"].map((name) => [name, "script"]),
  ...["UpdateLayoutTree", "RecalculateStyles"].map((name) => [name, "styles"]),
  ["Layout", "layout"],
  ...["PrePaint", "Paint", "Layerize", "Commit", "UpdateLayer", "UpdateLayerTree", "CompositeLayers"].map((name) => [name, "paint"]),
  ...["MinorGC", "MajorGC", "V8.GCScavenger", "V8.GCIncrementalMarking"].map((name) => [name, "garbage"]),
]);

/** Where the time of the page's thread goes while someone types: each moment counts for the innermost kind of work. */
async function spent(stage, page) {
  const count = Math.min(KEYSTROKES, 60);
  await stage.browser.startTracing(page, { categories: ["devtools.timeline", "disabled-by-default-devtools.timeline", "v8"] });
  await press(page, count, () => page.waitForTimeout(60));
  const { traceEvents } = JSON.parse((await stage.browser.stopTracing()).toString());
  const typed = traceEvents.filter((event) => event.name === "EventDispatch" && event.args?.data?.type === "keydown");
  const { pid, tid } = typed[0];
  const events = traceEvents.filter((event) => event.ph === "X" && event.pid === pid && event.tid === tid && event.dur > 0);
  events.sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const sums = { script: 0, styles: 0, layout: 0, paint: 0, garbage: 0, other: 0 };
  const open = [];
  const close = (before) => {
    while (open.length > 0 && open.at(-1).end <= before) {
      const { kind, own } = open.pop();
      sums[kind] += own;
    }
  };
  for (const event of events) {
    close(event.ts);
    const above = open.at(-1);
    if (above) above.own -= event.dur;
    open.push({ end: event.ts + event.dur, own: event.dur, kind: KINDS.get(event.name) ?? above?.kind ?? "other" });
  }
  close(Number.POSITIVE_INFINITY);
  const perKey = Object.entries(sums).map(([kind, time]) => [kind, rounded(time / 1_000 / count)]);
  return Object.fromEntries([...perKey, ["all", rounded(Object.values(sums).reduce((a, b) => a + b, 0) / 1_000 / count)]]);
}

/** How many of the samples had the new verdict on the page by then. */
function inTime(samples, field) {
  return `${samples.filter((sample) => sample[field]).length} of ${samples.length}`;
}
