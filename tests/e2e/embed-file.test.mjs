// The page and a scenario as one HTML file, made in the page and opened from a disk.

import assert from "node:assert/strict";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { button, dialog, eventually, importText, requestRows } from "./support/app.mjs";
import { replaceText } from "./support/editor.mjs";
import { HEARD, LESSON, MENDED, SANDBOX, doesItsJob, hostPage, linkOf, verdictsShown } from "./support/embed.mjs";
import { suite } from "./support/page.mjs";

const { open, url } = suite({
  extra: () => ({
    "heard.js": HEARD,
    "course.html": hostPage(`<iframe src="lesson.html?view=requests,policy" title="Lesson" width="800" height="500" sandbox="${SANDBOX}"></iframe>`),
  }),
});
const ENGLISH = { export: "Export", what: "What", page: "Page with the scenario", save: "Save as a file" };
const GERMAN = { export: "Exportieren", what: "Was", page: "Seite mit dem Szenario", save: "Als Datei speichern" };
const TITLE = 'Servers</title><script>alert("x")</script> & more';

/** Saves the file as a person does, and gives its path. */
async function saved(page, words = ENGLISH) {
  await button(page, words.export).click();
  const exporting = dialog(page, words.export);
  await exporting.getByRole("combobox", { name: words.what }).selectOption(words.page);
  const arrival = page.waitForEvent("download");
  await exporting.getByRole("link", { name: words.save }).click();
  const download = await arrival;
  assert.match(download.suggestedFilename(), /\.html$/);
  const path = join(await mkdtemp(join(tmpdir(), "guardrail-")), download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

test("the file works from a disk, without a request", async (t) => {
  const { page, context } = await open(t, { expected: [/^request to file:/] });
  await importText(page, JSON.stringify({ ...LESSON, title: TITLE }));
  await requestRows(page).first().waitFor();
  const path = await saved(page);
  const html = await readFile(path, "utf8");
  assert.match(html, /Content-Security-Policy" content="default-src 'none'; script-src ('sha256-[^']+' )+'wasm-unsafe-eval'; style-src 'sha256-/);

  const asked = [];
  const alone = await context.newPage();
  alone.on("request", (request) => asked.push(request.url()));
  await context.setOffline(true);
  await alone.goto(`${pathToFileURL(path)}?view=requests,trace,policy`);
  await requestRows(alone).first().waitFor();
  assert.equal(await alone.getByRole("heading", { level: 1 }).innerText(), TITLE);
  await eventually(() => verdictsShown(alone), ["Explicit deny", "Allow"]);
  await alone.waitForFunction(() => customElements.get("guardrail-editor"));
  await replaceText(alone, alone, MENDED);
  await eventually(() => verdictsShown(alone), ["Allow", "Allow"]);
  assert.deepEqual(asked.filter((address) => !address.startsWith("file:")), [], "nothing is asked of anybody");
  assert.equal(asked.length, 1, asked.join(" "));
  // The link leads back to where the file was made.
  await alone.getByRole("link", { name: "Open full page" }).focus();
  assert.ok((await alone.getByRole("link", { name: "Open full page" }).getAttribute("href")).startsWith(`${url()}#g1:`));
});

test("a file that is made in German is German, without a network", async (t) => {
  const { page, context } = await open(t, { query: "lang=de", hash: linkOf(LESSON), expected: [/^request to file:/] });
  await eventually(() => verdictsShown(page), ["Explizit verweigert", "Erlaubt"]);
  const path = await saved(page, GERMAN);
  const html = await readFile(path, "utf8");
  assert.match(html, /^<!doctype html>\n<html lang="de">/);
  assert.match(html, /<noscript><p>Guardrail wertet Richtlinien in dieser Seite aus/);

  const asked = [];
  const alone = await context.newPage();
  alone.on("request", (request) => asked.push(request.url()));
  await context.setOffline(true);
  await alone.goto(`${pathToFileURL(path)}?view=requests,trace,policy`);
  for (const name of ["Anfragen", "Begründung"]) await alone.getByRole("region", { name, exact: true }).waitFor();
  await eventually(() => verdictsShown(alone), ["Explizit verweigert", "Erlaubt"]);
  assert.equal(await alone.evaluate(() => document.documentElement.lang), "de");
  assert.equal(await button(alone, "Rückgängig").count(), 1);
  await alone.waitForFunction(() => customElements.get("guardrail-editor"));
  await replaceText(alone, alone, MENDED);
  await eventually(() => verdictsShown(alone), ["Erlaubt", "Erlaubt"]);
  assert.equal(asked.length, 1, asked.join(" "));
  assert.equal(await button(alone, /^Rückgängig: /).count(), 1);

  // Its address still has the last word.
  await alone.goto(`${pathToFileURL(path)}?view=requests&lang=en`);
  await alone.getByRole("region", { name: "Requests", exact: true }).waitFor();
  await eventually(() => verdictsShown(alone), ["Explicit deny", "Allow"]);
  assert.equal(await alone.evaluate(() => document.documentElement.lang), "en");
});

test("the file in a frame does its job, and its host hears of it", async (t) => {
  const { page } = await open(t, { hash: linkOf(LESSON) });
  await requestRows(page).first().waitFor();
  const html = await readFile(await saved(page), "utf8");
  const { page: host } = await open(t, {
    file: "course.html",
    editor: false,
    prepare: (page) => page.route("**/lesson.html*", (route) => route.fulfill({ body: html, contentType: "text/html" })),
  });
  await host.waitForFunction(() => heard.some(({ data }) => data?.kind === "ready"));
  const frame = host.frames().find((one) => one.url().includes("lesson.html"));
  assert.equal(await frame.evaluate(() => self.origin), "null");
  await doesItsJob(host, frame);
});

test("a file that is made in English carries no other language", async (t) => {
  const { page } = await open(t, { hash: linkOf(LESSON) });
  await requestRows(page).first().waitFor();
  const html = await readFile(await saved(page), "utf8");
  assert.match(html, /^<!doctype html>\n<html lang="en">/);
  assert.ok(!html.includes("Die Teile der Datei konnten nicht geladen werden"));
});

test("without a network the page says that the file cannot be made", async (t) => {
  const { page, context } = await open(t, { hash: "#example/region-guardrail", expected: [/files\.json/, /ERR_INTERNET_DISCONNECTED/] });
  await requestRows(page).first().waitFor();
  await context.setOffline(true);
  await button(page, "Export").click();
  await dialog(page, "Export").getByRole("combobox", { name: "What" }).selectOption(ENGLISH.page);
  await dialog(page, "Export").getByText("The parts of the file could not be loaded.").waitFor();
  assert.equal(await dialog(page, "Export").getByRole("link", { name: "Save as a file" }).count(), 0);
});
