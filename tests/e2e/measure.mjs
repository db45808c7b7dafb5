// How fast the page is in Chromium. Not a test: run it by hand, on a machine that does nothing else.
//
//   cargo xtask build && node tests/e2e/measure.mjs [folder of the page]
//
// A keystroke counts from its `beforeinput` event to a message that is posted in the next animation
// frame. Beside it stands the work alone: from the same event until the page can take the next
// event. Each keystroke changes the Sid of the deciding statement, which the sentence of the trace
// names, so whether the new verdict was on the page by then is looked up, not assumed.

import { cpus, loadavg } from "node:os";
import { importText, requestRows, verdicts } from "./support/app.mjs";
import { editorContent } from "./support/editor.mjs";
import { DIST, editorLoaded, launch } from "./support/page.mjs";
import { serveFolder } from "./support/server.mjs";

const KEYSTROKES = 200;
const LOADS = 7;
/** ONLY=example measures typing in example 4 alone. */
const ONLY = process.env.ONLY;
const SLOWER = 4;
const EXAMPLE = "#example/full-access-taken-away";

const server = await serveFolder(process.argv[2] ?? DIST);
const browser = await launch();
try {
  console.log(`Chromium ${browser.version()}, ${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}\n`);
  if (!ONLY) await measureLoading();
  await measureTyping();
} finally {
  await browser.close();
  await server.close();
}

async function measureLoading() {
  const rows = [];
  for (const slower of [1, SLOWER]) {
    const runs = [];
    for (let run = 0; run < LOADS; run += 1) runs.push(await load(slower));
    for (const what of ["first paint", "first verdict", "editor there"]) {
      rows.push({ what: `${what}, ${speed(slower)}`, ...summary(runs.map((times) => times[what])) });
    }
  }
  table("Opening example 4 in a new profile, over loopback (ms from navigation)", rows);
}

async function load(slower) {
  return withPage(async (page) => {
    await throttle(page, slower);
    await page.addInitScript(() => {
      globalThis.times = {};
      const look = () => {
        const text = document.querySelector("main")?.textContent ?? "";
        if (/\d+ of \d+ as expected/.test(text)) globalThis.times["first verdict"] = performance.now();
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
      customElements.whenDefined("guardrail-editor").then(() => void (globalThis.times["editor there"] = performance.now()));
    });
    await page.goto(server.url + EXAMPLE);
    await editorLoaded(page);
    await page.waitForFunction(() => globalThis.times["first verdict"] && globalThis.times["editor there"]);
    return page.evaluate(() => ({
      ...globalThis.times,
      "first paint": performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    }));
  });
}

async function measureTyping() {
  const large = largeScenario();
  const scenarios = [
    ["example 4", async (page) => void (await page.goto(server.url + EXAMPLE))],
    ["large, 20 requests", (page) => openByImport(page, large)],
    ["large, 19 requests and one over every account", (page) => openByImport(page, largeScenario({ everyAccount: true }))],
  ];
  const rows = [];
  const shares = [];
  for (const [name, openIt] of scenarios.filter(([name]) => !ONLY || name.startsWith(ONLY))) {
    await withPage(async (page) => {
      await openIt(page);
      await editorLoaded(page);
      await caretIntoSid(page);
      for (const slower of [1, SLOWER]) {
        await throttle(page, slower);
        const { samples, ...spent } = await type(page);
        const what = `${name}, ${speed(slower)}`;
        rows.push({ what: `${what}: to the frame`, ...summary(samples.map((sample) => sample.frame)), "in time": inTime(samples, "inFrame") });
        rows.push({ what: `${what}: work alone`, ...summary(samples.map((sample) => sample.work)), "in time": inTime(samples, "afterWork") });
        shares.push({ what, ...spent });
      }
    });
  }
  table(`${KEYSTROKES} keystrokes in the policy editor (ms)`, rows);
  table("What a keystroke is spent on, on average (ms)", shares);
}

/** Opens a scenario by Import and says how long that took. */
async function openByImport(page, text) {
  await page.goto(server.url);
  await editorLoaded(page);
  const start = Date.now();
  await importText(page, text);
  await requestRows(page).nth(19).waitFor({ timeout: 120_000 });
  const said = await verdicts(page);
  console.log(`Import of ${(text.length / 1e6).toFixed(1)} MB (pasting included): ${Date.now() - start} ms until ${said.length} requests have their verdicts`);
}

/** Puts the caret at the end of the Sid of the first statement. */
async function caretIntoSid(page) {
  await page.getByRole("tab", { name: /^Deny S3/ }).click();
  await editorContent(page).getByText('"DenyS3"', { exact: true }).click();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
}

async function type(page) {
  await page.evaluate(() => {
    const sentence = document.querySelector('section[aria-labelledby="trace-heading"] p:not([role])');
    const main = document.querySelector("main");
    globalThis.samples = [];
    globalThis.onkey?.abort();
    globalThis.onkey = new AbortController();
    const typed = (event) => {
      const start = performance.now();
      const before = said();
      const sample = { letter: event.data };
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
    const said = () => (sentence.isConnected ? sentence : main.querySelector("section.trace p:not([role])"))?.textContent;
    document.addEventListener("beforeinput", typed, { capture: true, signal: globalThis.onkey.signal });
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const before = await spent(session);
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  for (let at = 0; at < KEYSTROKES; at += 1) {
    await page.keyboard.press(letters[at % letters.length]);
    await page.waitForFunction((count) => globalThis.samples.length > count, at, { polling: 20, timeout: 60_000 });
    await page.waitForTimeout(5 + ((at * 7) % 23)); // not in step with the frames
  }
  const after = await spent(session);
  await session.detach();
  const perKey = Object.keys(after).map((what) => [what, Number(((after[what] - before[what]) / KEYSTROKES).toFixed(1))]);
  return { samples: await page.evaluate(() => globalThis.samples), ...Object.fromEntries(perKey) };
}

/** What the page's thread has done so far, in milliseconds, as Chromium counts it. */
async function spent(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name) => 1_000 * (metrics.find((metric) => metric.name === name)?.value ?? 0);
  return { all: of("TaskDuration"), script: of("ScriptDuration"), styles: of("RecalcStyleDuration"), layout: of("LayoutDuration") };
}

/** 10,000 accounts in 2,000 OUs on three levels, a region lock at the root, a Deny at 20 OUs, 20 requests. */
function largeScenario({ everyAccount = false } = {}) {
  let account = 200_000_000_000;
  let ou = 0;
  const unit = (name, policies, children) => ({ type: "ou", id: `ou-big1-${String((ou += 1)).padStart(8, "0")}`, name, policies: ["FullAWSAccess", ...policies], children });
  const accounts = (count) => Array.from({ length: count }, () => ({ type: "account", id: String((account += 1)), name: `Account ${account - 200_000_000_000}`, policies: ["FullAWSAccess"] }));
  let lowest = 0;
  const children = Array.from({ length: 20 }, (_, first) =>
    unit(`Division ${first + 1}`, ["deny-s3"], Array.from({ length: 9 }, (_, second) =>
      unit(`Department ${first + 1}.${second + 1}`, [], Array.from({ length: 10 }, (_, third) =>
        unit(`Team ${first + 1}.${second + 1}.${third + 1}`, [], accounts((lowest += 1) % 9 < 5 ? 6 : 5)))))));
  const statement = (sid, action, more = {}) => ({ Version: "2012-10-17", Statement: [{ Sid: sid, Effect: "Deny", Action: action, Resource: "*", ...more }] });
  const principals = Array.from({ length: 20 }, (_, at) => ({ id: `admin${at}`, type: "role", account: String(200_000_000_001 + at * 500), name: "Admin", policies: ["AdministratorAccess"] }));
  const requests = principals.map(({ id }, at) => ({ id: `r${at}`, principal: { type: "role", id }, action: at % 2 ? "ec2:RunInstances" : "s3:ListAllMyBuckets", resource: "*", region: at % 3 ? "eu-west-1" : "us-east-1" }));
  if (everyAccount) requests[19] = { ...requests[19], principal: { type: "everyAccount", role: "Admin", policies: ["AdministratorAccess"] } };
  return JSON.stringify({
    version: 1,
    title: "Large",
    organization: {
      managementAccountId: "111111111111",
      root: { id: "r-big1", policies: ["FullAWSAccess", "regions"], children: [{ type: "account", id: "111111111111", name: "Management", policies: ["FullAWSAccess"] }, ...children] },
    },
    policies: [
      { id: "deny-s3", name: "Deny S3", kind: "scp", document: statement("DenyS3", "s3:*") },
      { id: "regions", name: "Regions", kind: "scp", document: statement("Regions", "ec2:*", { Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } } }) },
    ],
    principals,
    requests,
  });
}

async function withPage(use) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    return await use(await context.newPage());
  } finally {
    await context.close();
  }
}

async function throttle(page, rate) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}

function speed(slower) {
  return slower === 1 ? "full speed" : `throttled ${slower}×`;
}

/** How many of the samples had the new verdict on the page by then. */
function inTime(samples, field) {
  return `${samples.filter((sample) => sample[field]).length} of ${samples.length}`;
}

function summary(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => Number(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)].toFixed(1));
  return { median: at(0.5), p95: at(0.95), max: at(1) };
}

function table(title, rows) {
  console.log(title);
  const columns = Object.keys(rows[0]);
  const width = Math.max(...rows.map((row) => row.what.length));
  const line = (cells) => cells.map((cell, at) => (at === 0 ? String(cell).padEnd(width) : String(cell).padStart(10))).join(" ");
  console.log(line(columns.map((column) => (column === "what" ? "" : column))));
  for (const row of rows) console.log(line(columns.map((column) => row[column])));
  console.log();
}
