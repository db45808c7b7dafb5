// Messages that nobody should send: each is answered with an error that says what is wrong, or, where
// it is not addressed to the page or not from its host, not at all. The scenario stays, and no script
// runs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "./support/app.mjs";
import { HEARD, LESSON, SANDBOX, ask, frameTag, hostPage, linkOf, started, verdictsHeard, verdictsShown } from "./support/embed.mjs";
import { suite } from "./support/page.mjs";

const hash = linkOf(LESSON);
const TYPE = "guardrail/1";

const { open } = suite({
  extra: () => ({
    "heard.js": HEARD,
    "host.html": hostPage(frameTag({ query: "view=requests,trace", hash, sandbox: SANDBOX })),
    "stranger.html": hostPage(frameTag({ query: "view=requests,trace", hash, sandbox: SANDBOX }) + '<iframe src="speaker.html" title="A stranger"></iframe>'),
    "speaker.html": hostPage(""),
  }),
});

const SCRIPT = "<img src=x onerror=\"parent.postMessage('pwned','*')\"><script>parent.postMessage('pwned','*')</script>";
const whole = JSON.stringify(LESSON);
const scenario = (change) => {
  const copy = structuredClone(LESSON);
  change(copy);
  return copy;
};
const deep = (depth) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const load = (state) => ({ type: TYPE, kind: "load", state });
const message = (fields) => ({ type: TYPE, ...fields });

/** Each with the code of its error and what the error says. */
const HOSTILE = [
  // The frame of the message.
  ...["guardrail/2", "guardrail/", "guardrail/1.1", "guardrail/constructor", "guardrail/__proto__", `guardrail/${"9".repeat(10_000)}`].map((type) => [{ type, kind: "getState" }, "version", /`type`.*expected `guardrail\/1`/]),
  ...[undefined, null, 1, true, [], {}, ["load"], Number.MAX_VALUE].map((kind) => [message({ kind }), "kind", /`kind` is .*expected one of/]),
  ...["", "LOAD", "load ", "toString", "constructor", "__proto__", "hasOwnProperty", SCRIPT, "\ud800", "x".repeat(1_000_000)].map((kind) => [message({ kind }), "kind", /`kind` is .*expected one of/]),
  // Words that are not among those that there are.
  ...[undefined, null, 1, {}, ["dark"], true].map((theme) => [message({ kind: "setTheme", theme }), "field", /`theme` is .*expected `auto`/]),
  ...["", "DARK", "constructor", "__proto__", SCRIPT, "dark\u0000", "\ud800", "x".repeat(1_000_000)].map((theme) => [message({ kind: "setTheme", theme }), "field", /`theme` is .*expected `auto`/]),
  ...[undefined, null, 0, {}, [], "everything", "valueOf", SCRIPT].map((edit) => [message({ kind: "lock", edit }), "field", /`edit` is .*expected `none`/]),
  ...[undefined, null, 7, {}, ["start"]].map((request) => [message({ kind: "showTrace", request }), "field", /`request` is .*expected the id/]),
  ...["", "nobody", "__proto__", "constructor", SCRIPT].map((request) => [message({ kind: "showTrace", request }), "request", /`request` is .*expected the id/]),
  [message({ kind: "showTrace", request: "x".repeat(100_000) }), "field", /`request` is a text of 100000 characters/],
  ...[null, 3, {}].map((account) => [message({ kind: "showTrace", request: "start", account }), "field", /`account` is .*expected/]),
  ...["222222222223", "__proto__", SCRIPT].map((account) => [message({ kind: "showTrace", request: "start", account }), "request", /`account`/]),
  // No scenario at all.
  ...[undefined, null, 12, true, [], [LESSON]].map((state) => [load(state), "field", /`state` is .*expected a link/]),
  ...[null, 1, "yes", "true", {}, []].map((made) => [{ ...load(LESSON), made }, "field", /`made` is .*expected true, false or nothing/]),
  // Links.
  ...["", "#", "hello", "#hello", "g1:", "g1:AAAA", "g9:AAAA", "__proto__:AAAA", "g1:****", SCRIPT, "javascript:parent.postMessage('pwned','*')", "#example/region-guardrail", "#lesson/two-doors", "https://a.example/#example/region-guardrail", "https://a.example/", "https://a.example/v1/embed/?open=page#", "g1:\ud800"].map((state) => [load(state), "scenario", /`state` holds no scenario/]),
  ...[10, hash.length - 1, hash.length - 20, Math.floor(hash.length / 2)].map((cut) => [load(hash.slice(0, cut)), "scenario", /no scenario/]),
  ...[8, 30, 90, 200].map((at) => [load(hash.slice(0, at) + (hash[at] === "A" ? "B" : "A") + hash.slice(at + 1)), "scenario", /no scenario/]),
  [load(`g1:${"A".repeat(3_000_000)}`), "scenario", /at most/],
  [load(`${hash} ${linkOf({ ...LESSON, title: "Another" })}`), "scenario", /2/],
  [load(linkOf(" ".repeat(9_000_000))), "scenario", /unpack to more than/],
  [load(linkOf(deep(100_000))), "scenario", /no scenario/],
  [load(linkOf("[]")), "scenario", /no scenario/],
  [load(linkOf("null")), "scenario", /no scenario/],
  // Texts.
  ...["{", "{}", "{\"version\":1", "{\"version\":2}", "{\"version\":\"1\"}", "{\"version\":1e999}", whole.slice(0, -1), `${whole}x`, `{"x":${deep(5_000)}}`, `{"x":"\ud800"}`].map((state) => [load(state), "scenario", /no scenario/]),
  [load(`{${" ".repeat(9_000_000)}}`), "scenario", /no scenario/],
  // Objects.
  ...[{}, { version: 0 }, { version: -1 }, { version: 1.5 }, { version: Number.NaN }, { __proto__: null, version: "1" }].map((state) => [load(state), "scenario", /no scenario/]),
  [load(scenario((it) => (it.requests = {}))), "scenario", /requests/],
  [load(scenario((it) => (it.requests = [null]))), "scenario", /requests/],
  [load(scenario((it) => (it.policies[0].document = 5))), "scenario", /no scenario|document/],
  [load(scenario((it) => (it.policies[0].kind = ["scp"]))), "scenario", /kind/],
  [load(scenario((it) => (it.version = "__proto__"))), "scenario", /no scenario/],
  [load(scenario((it) => (it.requests[0].action = 7))), "scenario", /action/],
  [load(scenario((it) => (it.settings = { asOf: [] }))), "scenario", /no scenario|asOf/],
  [load(scenario((it) => (it.title = "x".repeat(9_000_000)))), "scenario", /no scenario/],
];

/** Sends a message as it is, and gives what is answered to its id, or what an `id` of its own brings. */
const send = (page, data, id) =>
  page.evaluate(
    ({ data, id }) =>
      new Promise((done) => {
        const from = heard.length;
        document.querySelector("iframe").contentWindow.postMessage({ ...data, id }, "*");
        const end = Date.now() + 8_000;
        const look = () => {
          const answer = heard.slice(from).find((one) => one.data?.kind === "error" || one.data?.id === id);
          if (answer || Date.now() > end) done(answer?.data ?? null);
          else setTimeout(look, 5);
        };
        look();
      }),
    { data, id },
  );

/** That the scenario is the one that was given, no script has run, and the page still works. */
async function unharmed(page, frame) {
  assert.deepEqual(await verdictsShown(frame), ["Explicit deny", "Allow"]);
  assert.equal(await frame.getByRole("heading", { level: 1 }).innerText(), LESSON.title);
  assert.equal(await page.evaluate(() => heard.some(({ data }) => data === "pwned")), false, "no script has run");
  const { state } = await ask(page, "getState");
  assert.deepEqual([state.title, state.policies[0].id, state.requests.length], [LESSON.title, "no-servers", 2]);
}

test(`${HOSTILE.length} messages that are wrong are each answered with what is wrong`, async (t) => {
  const { page } = await open(t, { file: "host.html", editor: false });
  const [frame] = await started(page);
  await eventually(() => verdictsHeard(page), { start: "explicitDeny", read: "allow" });
  for (const [at, [data, code, says]] of HOSTILE.entries()) {
    const answer = await send(page, data, at);
    const named = `message ${at}: ${JSON.stringify(data).slice(0, 120)}`;
    assert.equal(answer?.kind, "error", named);
    assert.deepEqual([answer.type, answer.id, answer.code], [TYPE, at, code], `${named}: ${answer.text}`);
    assert.match(answer.text, says, named);
    assert.ok(answer.text.length < 400, named);
  }
  await unharmed(page, frame);
});

test("what JSON cannot say, and what is no id, is answered too", async (t) => {
  const { page } = await open(t, { file: "host.html", editor: false });
  const [frame] = await started(page);
  await eventually(() => verdictsHeard(page), { start: "explicitDeny", read: "allow" });
  // These are made where they are sent from: a test cannot hand them over.
  const answers = await page.evaluate(async () => {
    const circle = { version: 1 };
    circle.extra = circle;
    let nested = {};
    for (let depth = 0; depth < 2_000; depth += 1) nested = { nested };
    const states = { circle, nested, big: { version: 1n }, map: new Map([["version", 1]]), date: new Date(0), bytes: new Uint8Array(1e6), error: new Error("x"), pattern: /x/ };
    const ids = [Number.NaN, Number.POSITIVE_INFINITY, null, {}, [], true, "x".repeat(1_000), 1n];
    const target = document.querySelector("iframe").contentWindow;
    const answered = (data) =>
      new Promise((done) => {
        addEventListener("message", function hear({ data }) {
          if (!["error", "done", "state"].includes(data.kind)) return;
          removeEventListener("message", hear);
          done(data);
        });
        target.postMessage({ type: "guardrail/1", ...data }, "*");
      });
    const found = [];
    for (const [name, state] of Object.entries(states)) found.push([name, await answered({ kind: "load", state })]);
    for (const id of ids) found.push([`id ${String(id).slice(0, 20)}`, await answered({ kind: "getState", id })]);
    return found;
  });
  for (const [name, answer] of answers) {
    assert.equal(answer.kind, "error", name);
    assert.match(answer.code, name.startsWith("id") ? /field/ : /scenario|field/, name);
    assert.equal(answer.id, undefined, name);
  }
  assert.equal(answers.length, 16);
  await unharmed(page, frame);
});

test("what is not addressed to the page is not answered", async (t) => {
  const { page } = await open(t, { file: "host.html", editor: false });
  const [frame] = await started(page);
  await eventually(() => verdictsHeard(page), { start: "explicitDeny", read: "allow" });
  const before = await page.evaluate(() => heard.length);
  await page.evaluate(() => {
    const target = document.querySelector("iframe").contentWindow;
    for (const data of [undefined, null, "", "hello", "guardrail/1", 1, true, [], ["guardrail/1"], {}, { kind: "getState" }, { type: null }, { type: 1 }, { type: ["guardrail/1"] }, { type: {} }, { type: "" }, { type: "scp-playground/1" }, { type: "Guardrail/1" }, new ArrayBuffer(8), new Map([["type", "guardrail/1"]])]) {
      target.postMessage(data, "*");
    }
  });
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => heard.length), before);
  await unharmed(page, frame);
});

test("a host that sends back what it hears comes to an end", async (t) => {
  const { page } = await open(t, { file: "host.html", editor: false });
  const [frame] = await started(page);
  await eventually(() => verdictsHeard(page), { start: "explicitDeny", read: "allow" });
  await page.waitForTimeout(200);
  await page.evaluate(() => {
    addEventListener("message", ({ data, source }) => source?.postMessage(data, "*"));
    document.querySelector("iframe").contentWindow.postMessage({ type: "guardrail/1", kind: "ready", id: 1 }, "*");
  });
  await eventually(() => page.evaluate(() => heard.filter(({ data }) => data.kind === "error").length), 1);
  await page.waitForTimeout(400);
  assert.equal(await page.evaluate(() => heard.filter(({ data }) => data.kind === "error").length), 1);
  await unharmed(page, frame);
});

test("a stranger is not heard", async (t) => {
  const { page } = await open(t, { file: "stranger.html", editor: false });
  const [frame] = await started(page);
  await eventually(() => verdictsHeard(page), { start: "explicitDeny", read: "allow" });
  const stranger = page.frames().find((one) => one.url().endsWith("speaker.html"));
  const messages = [{ kind: "getState" }, { kind: "getLink" }, { kind: "load", state: { ...LESSON, title: "Taken over" } }, { kind: "lock", edit: "none" }, { kind: "setTheme", theme: "dark" }, { kind: "nothing" }];
  await stranger.evaluate((messages) => {
    const target = parent.frames[0];
    for (const [id, message] of messages.entries()) target.postMessage({ type: "guardrail/1", id, ...message }, "*");
  }, messages);
  // The frame itself says something, too: it is not its own host.
  await frame.evaluate(() => postMessage({ type: "guardrail/1", kind: "lock", edit: "none" }, "*"));
  await page.waitForTimeout(300);
  assert.deepEqual(await stranger.evaluate(() => heard), [], "nothing is told to a stranger");
  assert.equal(await frame.locator(".embed").getAttribute("data-edit"), "all");
  await unharmed(page, frame);
});

test("script in every text of a scenario is text", async (t) => {
  const { page } = await open(t, { file: "host.html", editor: false });
  const [frame] = await started(page);
  const poisoned = scenario((it) => {
    it.title = SCRIPT;
    it.description = SCRIPT;
    it.organization.root.children[1].name = SCRIPT;
    it.policies[0].name = SCRIPT;
    it.policies[0].document = SCRIPT;
    it.principals[0].name = SCRIPT;
    for (const request of it.requests) Object.assign(request, { name: SCRIPT, region: SCRIPT, resource: SCRIPT });
  });
  const answer = await send(page, load(poisoned), 1);
  assert.match(answer.kind, /done|error/);
  await page.waitForTimeout(300);
  assert.equal(await frame.locator("img, .embed script").count(), 0);
  assert.equal(await page.evaluate(() => heard.some(({ data }) => data === "pwned")), false);
});
