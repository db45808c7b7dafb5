// The embedded page in the pages of others: hosts, frames, what a host hears, and the job that every
// embed has to do.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { eventually } from "./app.mjs";
import { replaceText } from "./editor.mjs";

const VOCABULARY = readFileSync(
  fileURLToPath(new URL("../../../crates/playground/src/link/vocabulary.txt", import.meta.url)),
);
/** What a frame in a course page may do: it has no origin of its own, and with it no storage. */
export const SANDBOX = "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox";
export const EMBED = "v1/embed/";

const FULL_ACCESS = ["FullAWSAccess"];
const statement = (more) => ({ Version: "2012-10-17", Statement: [{ Sid: "NoServers", Effect: "Deny", Action: "ec2:*", Resource: "*", ...more }] });

/** A small scenario: an SCP denies EC2 in one account, and two requests ask. */
export const LESSON = {
  version: 1,
  title: "No servers in Shop",
  organization: {
    id: "o-lesson1234",
    partition: "aws",
    featureSet: "ALL",
    enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"],
    managementAccountId: "111111111111",
    root: {
      id: "r-l3ss",
      policies: FULL_ACCESS,
      children: [
        { type: "account", id: "111111111111", name: "Management", policies: FULL_ACCESS },
        { type: "account", id: "222222222222", name: "Shop", policies: [...FULL_ACCESS, "no-servers"] },
      ],
    },
  },
  policies: [{ id: "no-servers", name: "No servers", kind: "scp", document: statement({}) }],
  principals: [{ id: "shop-admin", type: "role", account: "222222222222", name: "Admin", policies: ["AdministratorAccess"] }],
  requests: [
    { id: "start", name: "Start a server", principal: { type: "role", id: "shop-admin", session: "ana" }, action: "ec2:RunInstances", resource: "*", expect: { verdict: "allow" } },
    { id: "read", name: "List the users", principal: { type: "role", id: "shop-admin", session: "ana" }, action: "iam:ListUsers", resource: "*" },
  ],
};

/** The text of the policy with which servers may be started. */
export const MENDED = JSON.stringify(statement({ Action: "rds:*" }));

/** CRC-32 (ISO 3309), bit by bit. */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** The fragment of the link to a scenario, as the codec `g1` has it. */
export function linkOf(scenario) {
  const text = Buffer.from(typeof scenario === "string" ? scenario : JSON.stringify(scenario));
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(text));
  const packed = deflateRawSync(text, { level: 9, dictionary: VOCABULARY });
  return `#g1:${Buffer.concat([sum.subarray(0, 3), packed]).toString("base64url")}`;
}

/** A page that writes down what its frames tell; scripts of its own are in `heard.js`. */
export const hostPage = (body, { head = "" } = {}) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="favicon.svg"><title>A course</title>${head}<script src="heard.js"></script></head>
<body><main><h1>A course</h1>${body}</main></body></html>`;

/** Writes down each message with the number of the frame that it came from. */
export const HEARD = `globalThis.heard = [];
addEventListener("message", (event) => {
  const frames = [...document.querySelectorAll("iframe")];
  heard.push({ data: event.data, origin: event.origin, frame: frames.findIndex((frame) => frame.contentWindow === event.source) });
});
globalThis.answers = (kind, fields, at = 0) => new Promise((done) => {
  const id = Math.random();
  addEventListener("message", function hear({ data }) {
    if (data?.id !== id) return;
    removeEventListener("message", hear);
    done(data);
  });
  document.querySelectorAll("iframe")[at].contentWindow.postMessage({ type: "guardrail/1", kind, id, ...fields }, "*");
});
`;

/** The HTML of a frame. */
export const frameTag = ({ query = "", hash = "", sandbox, title = "Lesson", height = 500, width = 800 } = {}) =>
  `<iframe src="${EMBED}${query ? `?${query}` : ""}${hash}" title="${title}" width="${width}" height="${height}"${sandbox === undefined ? "" : ` sandbox="${sandbox}"`}></iframe>`;

/** The frames of a page that show an embed, once all of them have started. */
export async function started(page, count = 1) {
  await page.waitForFunction((count) => heard.filter(({ data }) => data?.kind === "ready").length >= count, count);
  const frames = page.frames().filter((frame) => frame.url().includes(EMBED));
  assert.equal(frames.length, count);
  return frames;
}

/** What the host last heard of a kind from a frame. */
export const last = (page, kind, frame = 0) =>
  page.evaluate(({ kind, frame }) => heard.filter((one) => one.frame === frame && one.data?.kind === kind).at(-1)?.data, { kind, frame });

/** The verdicts of which the host last heard. */
export async function verdictsHeard(page, frame = 0) {
  const told = await last(page, "result", frame);
  return Object.fromEntries((told?.requests ?? []).map(({ id, verdict }) => [id, verdict]));
}

/** The verdicts that a frame shows. */
export const verdictsShown = (frame) => frame.locator(".c-verdict .badge").allInnerTexts();

/** Asks a frame, from its host. */
export const ask = (page, kind, fields = {}, at = 0) => page.evaluate(({ kind, fields, at }) => answers(kind, fields, at), { kind, fields, at });

/** The job of every embed: a policy is edited, the verdict changes, and the host hears of it. */
export async function doesItsJob(page, frame, at = 0) {
  await eventually(() => verdictsHeard(page, at), { start: "explicitDeny", read: "allow" });
  await eventually(() => verdictsShown(frame), ["Explicit deny", "Allow"]);
  await frame.waitForFunction(() => customElements.get("guardrail-editor"));
  await replaceText(page, frame, MENDED);
  await eventually(() => verdictsShown(frame), ["Allow", "Allow"]);
  await eventually(() => verdictsHeard(page, at), { start: "allow", read: "allow" });
  await eventually(async () => (await last(page, "change", at))?.dirty, true);
  const { passed, failed, total } = await last(page, "assert", at);
  assert.deepEqual({ passed, failed, total }, { passed: 1, failed: 0, total: 1 });
}
