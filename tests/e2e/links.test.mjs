// Links that are no scenario: said clearly, kept as they came, and one's own work untouched.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addRequest, build, button, dialog, eventually, exported, fragment, requestRows, shareLink } from "./support/app.mjs";
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
      const raw = await dialog(page, TITLE).getByRole("textbox").inputValue();
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

test("the share dialog says how long the link is, and which programs would cut it", async (t) => {
  const { page } = await open(t, { hash: "#example/full-access-taken-away" });
  await requestRows(page).first().waitFor();
  await button(page, "Share").click();
  const link = await dialog(page, "Share").getByRole("textbox", { name: "Link" }).inputValue();
  const length = link.length.toLocaleString("en-US");
  const remark = await dialog(page, "Share").getByText(`${length} characters.`).innerText();
  assert.match(remark, link.length > 2_000 ? /Too long for one message in Discord/ : /Fits into one message in Discord/);
});
