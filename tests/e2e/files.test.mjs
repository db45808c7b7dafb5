// The scenario file: out of the page and into it again.

import assert from "node:assert/strict";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { addRequest, build, button, dialog, eventually, exported, importText, part, requestRows, tree, verdicts } from "./support/app.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();

test("what is saved as a file opens as the same scenario in another browser", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail" });
  await requestRows(page).first().waitFor();
  await button(page, "Export").click();
  const arrives = page.waitForEvent("download");
  await dialog(page, "Export").getByRole("link", { name: "Save as a file" }).click();
  const download = await arrives;
  assert.equal(download.suggestedFilename(), "region-guardrail.guardrail.json");
  const saved = await download.path();
  const text = await dialog(page, "Export").getByRole("textbox", { name: "Text of the file" }).inputValue();
  assert.equal(await readFile(saved, "utf8"), text);
  await page.keyboard.press("Escape");

  const { page: other } = await open(t);
  await button(other, "Import").click();
  await dialog(other, "Import").getByLabel("Scenario file", { exact: true }).setInputFiles(saved);
  await requestRows(other).first().waitFor();
  assert.deepEqual(await verdicts(other), await verdicts(page));
  assert.equal(await exported(other), text);
});

test("the text of a file can be copied and pasted", async (t) => {
  const { page } = await open(t);
  await build(page);
  await addRequest(page, "s3:GetObject");
  const text = await exported(page);
  await button(page, "Export").click();
  await button(dialog(page, "Export"), "Copy text").click();
  await dialog(page, "Export").getByText("Copied.").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, text);

  const { page: other } = await open(t);
  await importText(other, copied);
  await requestRows(other).waitFor();
  assert.equal(await exported(other), text);
});

const BROKEN = {
  "is not JSON": ['{\n  "version": 1,\n  "title": "x"\n  "requests": []\n}', /line 4, column 3/i],
  "is of an unknown version": ['{\n  "version": 99\n}', /version/i],
  "has a request of the wrong shape": ['{\n  "version": 1,\n  "requests": [\n    { "id": "r1", "action": 7 }\n  ]\n}', /requests\[0\]|requests\/0|requests\.0|line 4/i],
  "has two policies of one id": [
    '{ "version": 1, "policies": [{"id":"a","kind":"scp","document":{}},{"id":"a","kind":"scp","document":{}}] }',
    /`?a`?/,
  ],
  "is empty": ["", /./],
};

for (const [how, [text, said]] of Object.entries(BROKEN)) {
  test(`a file that ${how} is refused, with the place`, async (t) => {
    const { page } = await open(t);
    await build(page);
    const own = await exported(page);
    await importText(page, text);
    const refusal = dialog(page, "Import").getByRole("status").getByText("This is not a scenario file that can be read.");
    await refusal.waitFor();
    assert.match(await dialog(page, "Import").getByRole("status").innerText(), said);
    await page.keyboard.press("Escape");
    assert.equal(await exported(page), own);
  });
}

test("a broken file that is chosen says where it is broken, and can be chosen again when it is mended", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "guardrail-"));
  const file = join(folder, "scenario.json");
  const { page } = await open(t);
  await button(page, "Import").click();
  await writeFile(file, '{\n  "version": 1,\n  "title": "Mended" oops\n}');
  await dialog(page, "Import").getByLabel("Scenario file", { exact: true }).setInputFiles(file);
  await dialog(page, "Import").getByText(/line 3, column 21/i).waitFor();
  await writeFile(file, '{\n  "version": 1,\n  "title": "Mended"\n}');
  await dialog(page, "Import").getByLabel("Scenario file", { exact: true }).setInputFiles(file);
  await eventually(() => page.getByRole("textbox", { name: "Title of the scenario" }).inputValue(), "Mended");
});

test("a member that nobody knows is reported and kept", async (t) => {
  const { page } = await open(t);
  await importText(page, '{ "version": 1, "titel": "Region lock" }');
  await dialog(page, "Import").getByText(/titel/).waitFor();
  await button(dialog(page, "Import"), "Open it").click();
  assert.equal(JSON.parse(await exported(page)).titel, "Region lock");
});

test("importing over one's work can be undone", async (t) => {
  const { page } = await open(t);
  await build(page);
  const own = await exported(page);
  await importText(page, '{ "version": 1, "title": "Another" }');
  await eventually(() => tree(page), []);
  await button(page.getByRole("status"), "Undo").click();
  await eventually(() => exported(page), own);
  await part(page, "Organization").getByRole("tree").waitFor();
});
