// The scenario file: out of the page and into it again.

import assert from "node:assert/strict";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
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
  await dialog(other, "Import").getByLabel("Files", { exact: true }).setInputFiles(saved);
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
    const refusal = dialog(page, "Import").getByRole("status").getByText("This can't be opened.");
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
  await dialog(page, "Import").getByLabel("Files", { exact: true }).setInputFiles(file);
  await dialog(page, "Import").getByText(/line 3, column 21/i).waitFor();
  await writeFile(file, '{\n  "version": 1,\n  "title": "Mended"\n}');
  await dialog(page, "Import").getByLabel("Files", { exact: true }).setInputFiles(file);
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

const LOCK = JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "Lock", Effect: "Deny", Action: "ec2:*", Resource: "*" }] });

/** Drops files on an element, as a person drags them from another window. */
async function drop(page, selector, files) {
  const data = await page.evaluateHandle((files) => {
    const data = new DataTransfer();
    for (const { name, text } of files) data.items.add(new File([text], name, { type: "application/json" }));
    return data;
  }, files);
  await page.dispatchEvent(selector, "dragover", { dataTransfer: data });
  assert.equal(await page.evaluate(() => document.body.hasAttribute("data-drop")), true, "the page shows that it takes files");
  await page.dispatchEvent(selector, "drop", { dataTransfer: data });
  assert.equal(await page.evaluate(() => document.body.hasAttribute("data-drop")), false);
}

/** Pastes a text where no field has the focus. */
async function paste(page, text) {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("ControlOrMeta+v");
}

const policies = async (page) => (await page.getByRole("tab").allInnerTexts()).map((text) => text.replace(/\s+/g, " ").toLowerCase());

test("a scenario that is dropped anywhere opens", async (t) => {
  const { page } = await open(t);
  await drop(page, ".trace", [{ name: "scenario.json", text: '{ "version": 1, "title": "Dropped" }' }]);
  await eventually(() => page.getByRole("textbox", { name: "Title of the scenario" }).inputValue(), "Dropped");
});

test("policies that are dropped together are added in one step, each with its name and kind", async (t) => {
  const { page } = await open(t);
  await build(page);
  const described = JSON.stringify({
    Policy: { PolicySummary: { Name: "Region lock", Type: "SERVICE_CONTROL_POLICY" }, Content: LOCK },
  });
  const role = JSON.stringify({
    Role: { RoleName: "App", AssumeRolePolicyDocument: encodeURIComponent('{"Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}}') },
  });
  await drop(page, "main", [
    { name: "describe-policy.json", text: described },
    { name: "get-role.json", text: role },
    { name: "notes.txt", text: "nothing of that sort" },
  ]);
  const form = dialog(page, "Import");
  await form.getByRole("textbox", { name: "Name of policy 1" }).waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  assert.equal(await form.getByRole("textbox", { name: "Name of policy 1" }).inputValue(), "Region lock");
  assert.equal(await form.getByRole("combobox", { name: "Kind of Region lock" }).inputValue(), "scp");
  assert.equal(await form.getByRole("combobox", { name: "Kind of App trust policy" }).inputValue(), "trust");
  await form.getByText(/notes\.txt/).waitFor();
  await form.getByRole("combobox", { name: "Kind of Region lock" }).selectOption("identity");
  await button(form, "Add 2 policies").click();
  await eventually(() => policies(page), ["region lock identity", "app trust policy trust", "fullawsaccess aws"]);
  await button(page, "Undo: add 2 policies").click();
  await eventually(() => policies(page), ["fullawsaccess aws"]);
});

test("a policy that is pasted on the page is offered, other text is not", async (t) => {
  const { page } = await open(t);
  await build(page);
  await button(page, "Examples").focus();
  await paste(page, "a shopping list");
  await paste(page, LOCK);
  const form = dialog(page, "Import");
  await form.getByRole("textbox", { name: "Name of policy 1" }).fill("Pasted");
  await page.keyboard.press("Enter");
  await eventually(() => policies(page), ["pasted scp", "fullawsaccess aws"]);
});

test("a text that is pasted into a field stays there", async (t) => {
  const { page } = await open(t);
  await page.getByRole("textbox", { name: "Title of the scenario" }).click();
  await paste(page, '{"version":1,"title":"x"}');
  await eventually(() => page.getByRole("textbox", { name: "Title of the scenario" }).inputValue(), '{"version":1,"title":"x"}');
  assert.equal(await page.getByRole("dialog").count(), 0);
});

test("a link that is pasted opens, beside one's own work", async (t) => {
  const { page } = await open(t);
  await build(page);
  await button(page, "Examples").focus();
  await paste(page, "https://elsewhere.example/page/#example/protect-the-trail");
  await requestRows(page).first().waitFor();
  await button(page.getByRole("status"), "Return to my work").waitFor();
});

test("what the AWS CLI lists without documents is explained", async (t) => {
  const { page } = await open(t);
  await importText(page, JSON.stringify({ Policies: [{ Id: "p-1", Name: "Lock", Type: "SERVICE_CONTROL_POLICY" }] }));
  await dialog(page, "Import").getByRole("status").getByText(/describe-policy/).waitFor();
});

test("a policy is exported by itself, and comes back as it was", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail" });
  await requestRows(page).first().waitFor();
  await button(page, "Export").click();
  const form = dialog(page, "Export");
  await form.getByRole("combobox", { name: "What" }).selectOption({ label: "Policy: Region guardrail" });
  const text = form.getByRole("textbox", { name: "Text of the file" });
  await eventually(() => text.inputValue(), /"Sid": "DenyOtherRegions"/);
  const arrives = page.waitForEvent("download");
  await form.getByRole("link", { name: "Save as a file" }).click();
  assert.equal((await arrives).suggestedFilename(), "region-guardrail.json");
});

test("the report says every verdict with its reason, in a file and on paper", async (t) => {
  const { page } = await open(t, { hash: "#example/region-guardrail" });
  await requestRows(page).first().waitFor();
  const wanted = await verdicts(page);
  await button(page, "Export").click();
  const form = dialog(page, "Export");
  await form.getByRole("combobox", { name: "What" }).selectOption("Report");
  await eventually(() => form.getByRole("textbox", { name: "Text of the file" }).inputValue(), /^# Region guardrail\n/);
  assert.deepEqual(await accessibilityProblems(page), []);
  const report = await form.getByRole("textbox", { name: "Text of the file" }).inputValue();
  const table = report.split("\n").filter((line) => line.startsWith("| ")).slice(2);
  assert.deepEqual(table.map((line) => line.split("|").at(-2).replaceAll("*", "").trim()), wanted);
  assert.match(report, /\n(\*\*)?Denied\b/);
  await page.keyboard.press("Escape");

  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  const paper = page.locator("#report");
  await paper.getByRole("heading", { name: "Region guardrail", level: 1 }).waitFor();
  assert.equal(await paper.getByRole("row").count(), wanted.length + 1);
  assert.equal(await page.getByRole("banner").isVisible(), false, "the page itself is not printed");
  const { scrolled, room } = await page.evaluate(() => ({ scrolled: document.documentElement.scrollWidth, room: document.documentElement.clientWidth }));
  assert.ok(scrolled <= room, `${scrolled} px in ${room}`);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  await paper.waitFor({ state: "detached" });
});
