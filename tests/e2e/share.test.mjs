// Sharing: the link in its forms, what its length means, the QR code, masking, and what differs
// when a link is opened by a later version.

import assert from "node:assert/strict";
import { test } from "node:test";
import { button, dialog, exported, fragment, part, requestRows, shareLink } from "./support/app.mjs";
import { SANDBOX } from "./support/embed.mjs";
import { linkOf } from "./support/link.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();
const share = (page) => dialog(page, "Share");
const field = (page) => share(page).getByRole("textbox", { name: "Link" });

async function shared(t, example, options = {}) {
  const opened = await open(t, { hash: `#example/${example}`, ...options });
  await requestRows(opened.page).first().waitFor();
  await button(opened.page, "Share").click();
  return opened;
}

test("the share dialog says how long the link is, and which programs would cut it", async (t) => {
  const { page } = await shared(t, "full-access-taken-away");
  const link = await field(page).inputValue();
  await share(page).getByText(`${link.length.toLocaleString("en-US")} characters.`).waitFor();
  const said = await share(page).getByRole("listitem").filter({ hasText: "Discord" }).innerText();
  assert.match(said, link.length > 2_000 ? /Too long for one message/ : /Fits into one message/);
  for (const program of ["Slack", "Mail", "QR code"]) {
    assert.equal(await share(page).getByRole("listitem").filter({ hasText: `${program}:` }).count(), 1);
  }
  await share(page).getByText("Nothing leaves this machine").waitFor();
});

test("the link is copied in four forms", async (t) => {
  const { page } = await shared(t, "region-guardrail");
  const link = await field(page).inputValue();
  const copied = async (name) => {
    await button(share(page), name).click();
    await share(page).getByText("Copied.").waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(await field(page).inputValue(), text, "what is copied is shown");
    return text;
  };
  assert.equal(await copied("Copy link"), link);
  assert.equal(await copied("Copy as Markdown"), `[Region guardrail](${link})`);
  assert.equal(await copied("Copy as HTML"), `<a href="${link}">Region guardrail</a>`);
  await share(page).getByRole("combobox", { name: "What the iframe shows" }).selectOption("the matrix of accounts");
  await share(page).getByRole("combobox", { name: "What readers can change" }).selectOption("nothing");
  const frame = await copied("Copy as iframe");
  assert.equal(
    frame,
    `<iframe src="${link.replace("#", "v1/embed/?view=matrix&amp;edit=none#")}" title="Region guardrail" width="100%" height="480" sandbox="${SANDBOX}" loading="lazy"></iframe>`,
  );
});

test("where copying is refused the text is selected", async (t) => {
  const { page } = await shared(t, "region-guardrail", {
    prepare: (page) => page.addInitScript(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
    }),
  });
  await button(share(page), "Copy as Markdown").click();
  await share(page).getByText("The text is selected").waitFor();
  const selected = await page.evaluate(() => {
    const { value, selectionStart, selectionEnd } = document.activeElement;
    return value.slice(selectionStart, selectionEnd);
  });
  assert.match(selected, /^\[Region guardrail\]\(http.*\)$/);
});

test("the QR code is drawn, or says why it is not", async (t) => {
  const { page } = await shared(t, "region-guardrail");
  await button(share(page), "QR code").click();
  const code = share(page).getByRole("img", { name: "QR code with the link to Region guardrail" });
  const box = await code.boundingBox();
  assert.ok(box.width > 200 && Math.abs(box.width - box.height) < 1, JSON.stringify(box));
  const { page: large } = await open(t);
  const file = JSON.stringify({ version: 1, title: "Long", description: Array.from({ length: 3_000 }, (_, at) => (at * 7_919 % 9_973).toString(36)).join(" ") });
  await large.evaluate((hash) => void (location.hash = hash), linkOf(file));
  await large.waitForFunction(() => document.title.startsWith("Long"));
  await button(large, "Share").click();
  await button(share(large), "QR code").click();
  await share(large).getByText(/a QR code holds 2,953 at most/).waitFor();
  assert.equal(await share(large).getByRole("img").count(), 0);
});

test("masked, a link says nothing of the accounts, and the verdicts are the same", async (t) => {
  const { page } = await shared(t, "region-guardrail");
  await share(page).getByRole("checkbox", { name: /^Mask account ids and names/ }).check();
  await share(page).getByText(/ids and \d+ names are made up in the link/).waitFor();
  const link = await field(page).inputValue();
  const verdicts = (page) => requestRows(page).evaluateAll((rows) => rows.map((row) => row.innerText.match(/Allow|Explicit deny|Implicit deny|Depends/)[0]));
  const { page: reader } = await open(t, { hash: fragment(link) });
  await requestRows(reader).first().waitFor();
  await page.keyboard.press("Escape");
  assert.deepEqual(await verdicts(reader), await verdicts(page));
  const ids = (text) => [...text.matchAll(/\b\d{12}\b/g)].map(([id]) => id);
  const before = new Set(ids(await exported(page)));
  const after = ids(await exported(reader));
  assert.ok(before.size > 1 && after.length > 1);
  assert.deepEqual(after.filter((id) => before.has(id)), []);
});

test("a verdict that is another one than when a link was made is shown with its reason", async (t) => {
  const { page: sender } = await open(t, { hash: "#example/region-guardrail" });
  await requestRows(sender).first().waitFor();
  const file = JSON.parse(await exported(sender));
  file.recorded = { engine: "0.0.1", verdicts: { [file.requests[0].id]: "allow", "shop-virginia": "allow" } };
  const { page } = await open(t, { hash: linkOf(JSON.stringify(file)) });
  const box = page.getByRole("complementary", { name: "Since this was shared" });
  await box.getByText(/other than when this was shared, with version 0\.0\.1\. This is version \d/).waitFor();
  const line = box.getByRole("listitem").filter({ hasText: "Explicit deny" }).first();
  assert.match(await line.innerText(), /Allow\s+then,\s+Explicit deny\s+now/);
  assert.match(await line.innerText(), /Region guardrail|DenyOther|denies/i, "the reason stands beside it");
  assert.match(await page.getByRole("status").filter({ hasText: "other than when this was shared" }).innerText(), /verdict/);
  await line.getByRole("button").click();
  await part(page, "Trace").getByText(/^Denied: statement DenyOtherRegions .* because aws:RequestedRegion is us-east-1/).waitFor();
  await button(box, "Dismiss").click();
  await box.waitFor({ state: "detached" });
  assert.equal(JSON.parse(await exported(page)).recorded, undefined, "it belongs to the link");
});

test("a link that was just made tells of no difference", async (t) => {
  const { page: sender } = await open(t, { hash: "#example/four-departments" });
  await requestRows(sender).first().waitFor();
  const link = await shareLink(sender);
  const { page } = await open(t, { hash: fragment(link) });
  await requestRows(page).first().waitFor();
  assert.equal(await page.getByRole("complementary", { name: "Since this was shared" }).count(), 0);
});
