// Links that are no scenario: said clearly, kept as they came, and one's own work untouched.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addRequest, build, button, dialog, eventually, exported, fragment, importText, requestRows, shareLink } from "./support/app.mjs";
import { LESSON, linkOf } from "./support/embed.mjs";
import { editorLoaded, suite } from "./support/page.mjs";

const { open } = suite();
const TITLE = "This link can't be opened";

const altered = (link) => {
  const at = Math.floor(link.length * 0.7);
  return link.slice(0, at) + (link[at] === "A" ? "B" : "A") + link.slice(at + 1);
};
const BROKEN = {
  "is cut": [(link) => link.slice(0, link.length - 20), /cut|altered/],
  "was altered": [altered, /altered/],
  "is of an unknown codec": [(link) => link.replace("#g1:", "#g9:"), /g9/],
  "holds a character that none has": [(link) => `${link.slice(0, 30)}*${link.slice(30)}`, /\*/],
  "is no link at all": [() => "#hello", /begin/],
};

for (const [how, [spoil, said]] of Object.entries(BROKEN)) {
  test(`a link that ${how}`, async (t) => {
    const { page } = await open(t);
    await build(page);
    await addRequest(page, "s3:GetObject");
    const own = await exported(page);
    const broken = spoil(fragment(await shareLink(page)));
    await page.waitForTimeout(600);

    // In the page that is open, and as an address that is opened anew.
    for (const arrive of [
      () => page.evaluate((hash) => void (location.hash = hash), broken),
      () => page.reload(),
    ]) {
      await arrive();
      await dialog(page, TITLE).waitFor();
      assert.match(await dialog(page, TITLE).getByRole("paragraph").first().innerText(), said);
      const raw = await dialog(page, TITLE).getByRole("textbox", { name: "Its text as it came" }).inputValue();
      assert.equal(raw.replace(/^#/, ""), broken.replace(/^#/, ""), "the text of the link is kept");
      assert.equal(await page.evaluate(() => decodeURIComponent(location.hash)), broken, "the address is kept");
    }
    await page.keyboard.press("Escape");
    await requestRows(page).waitFor();
    assert.equal(await exported(page), own);
    await page.waitForTimeout(600);
    await page.goto(page.url().split("#")[0]);
    await editorLoaded(page);
    await requestRows(page).waitFor();
    assert.equal(await exported(page), own, "the work that is kept is the same");
  });
}

test("wherever a link is cut, the page says that it is", async (t) => {
  const { page } = await open(t, { hash: "#example/four-departments" });
  await requestRows(page).first().waitFor();
  const whole = fragment(await shareLink(page));
  for (const cut of [1, 2, 3, 4, 40, whole.length - 10]) {
    await page.evaluate((hash) => void (location.hash = hash), whole.slice(0, whole.length - cut));
    await dialog(page, TITLE).waitFor();
    const said = await dialog(page, TITLE).getByRole("paragraph").first().innerText();
    assert.match(said, /cut/, `cut by ${cut}`);
    await page.keyboard.press("Escape");
    await dialog(page, TITLE).waitFor({ state: "detached" });
  }
});

test("a link opens beside one's own work, and undo brings that back", async (t) => {
  const { page: sender } = await open(t, { hash: "#example/four-departments" });
  await requestRows(sender).first().waitFor();
  const sent = await exported(sender);
  const link = await shareLink(sender);
  assert.match(link, /\/some\/path\/#g1:[\w-]+$/);

  const { page } = await open(t);
  await build(page);
  const own = await exported(page);
  await page.waitForTimeout(600);
  await page.goto(link);
  await requestRows(page).first().waitFor();
  assert.equal(await exported(page), sent);
  await page.getByRole("button", { name: /^Undo: open/ }).click();
  await eventually(() => exported(page), own);
});

test("a second link in the same tab, and the way back and forth, lose nothing", async (t) => {
  const { page } = await open(t);
  await build(page);
  await addRequest(page, "s3:GetObject");
  const own = await exported(page);
  await page.waitForTimeout(600);
  const titled = (title) => linkOf({ ...LESSON, title });
  const shown = (name) => eventually(() => page.locator(".header-title input").inputValue(), name);
  for (const name of ["First", "Second"]) {
    await page.evaluate((hash) => void (location.hash = hash), titled(name));
    await shown(name);
  }
  await page.goBack();
  await shown("First");
  await page.goBack();
  await shown("");
  assert.equal(await exported(page), own);
  await page.goForward();
  await shown("First");
  // Another way leads away from what is made here, and back to it.
  await addRequest(page, "s3:PutObject");
  const made = await exported(page);
  await page.waitForTimeout(600);
  await page.goForward();
  await shown("Second");
  await page.goBack();
  await shown("First");
  assert.equal(await exported(page), made);
  await button(page, "Scenarios").click();
  for (const name of ["First", "Untitled"]) await dialog(page, "Scenarios").getByText(name).first().waitFor();
});

test("what programs do to a link is undone", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail" });
  await requestRows(page).first().waitFor();
  const whole = await shareLink(page);
  const sent = await exported(page);
  const hash = fragment(whole);
  for (const altered of [
    `${hash}).`,
    `${hash}%20and%20more`,
    encodeURIComponent(hash.slice(1)),
    `#${encodeURIComponent(encodeURIComponent(whole))}`,
    hash.replace("g1:", "G1:"),
    `#[the rule](${whole})`,
    hash.replace(/_/g, "%E2%80%8B_"),
  ]) {
    const { page: reader } = await open(t, { hash: altered.replace(/^#?/, "#") });
    await requestRows(reader).first().waitFor();
    assert.equal(await exported(reader), sent, altered);
  }
  // A mail in lines, pasted into Import.
  const { page: reader } = await open(t);
  await importText(reader, `Hello,\n> <${whole.match(/.{1,70}/g).join("\n> ")}>\nbye`);
  await requestRows(reader).first().waitFor();
  assert.equal(await exported(reader), sent);
  assert.equal(fragment(reader.url()), hash, "the address is the link as it was made");
});

test("the missing part of a link can be pasted", async (t) => {
  const { page: sender } = await open(t, { hash: "#example/region-guardrail" });
  await requestRows(sender).first().waitFor();
  const hash = fragment(await shareLink(sender));
  const sent = await exported(sender);
  const { page } = await open(t, { hash: hash.slice(0, 300) });
  const rest = dialog(page, TITLE).getByRole("textbox", { name: "The missing part, or the whole link" });
  await rest.fill(hash.slice(300, 400));
  await dialog(page, TITLE).getByText("Not yet:").waitFor();
  assert.equal(await button(dialog(page, TITLE), "Open it").count(), 0);
  await rest.fill(hash.slice(290));
  await dialog(page, TITLE).getByText("The link is whole now: “Region guardrail”, with 9 requests.").waitFor();
  await button(dialog(page, TITLE), "Open it").click();
  await requestRows(page).first().waitFor();
  assert.equal(await exported(page), sent);
  assert.equal(fragment(page.url()), hash);
});

test("a lesson that this version does not have keeps its name", async (t) => {
  const { page } = await open(t, { hash: "#lesson/levels-1" });
  assert.match(await dialog(page, TITLE).getByRole("paragraph").first().innerText(), /no lesson called “levels-1”/);
  assert.equal(await dialog(page, TITLE).getByRole("textbox").count(), 1, "nothing is missing that could be pasted");
  assert.equal(fragment(page.url()), "#lesson/levels-1");
  await button(dialog(page, TITLE), "Begin without it").click();
  await dialog(page, TITLE).waitFor({ state: "detached" });
});
