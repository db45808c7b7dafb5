// The page in another language: chosen by keyboard, kept, complete, and back again.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { accessibilityProblems } from "./support/accessibility.mjs";
import { eventually, hasFocus, requestRows } from "./support/app.mjs";
import { suite } from "./support/page.mjs";

const { open } = suite();
const EXAMPLE = "#example/region-guardrail";
/** What stays as it was written: the words of the example, and names of elements of policies. */
const written = JSON.parse(readFileSync(new URL("../../crates/playground/examples/region-guardrail.json", import.meta.url), "utf8"));
const NAMES = new Set(["Root", "Management", "Resource", written.title, written.description]);

const catalogue = (language) =>
  new Map(
    readFileSync(new URL(`../../crates/texts/${language}.txt`, import.meta.url), "utf8")
      .split("\n")
      .filter((line) => line && !line.startsWith("#"))
      .map((line) => line.split(/ = (.*)/s).slice(0, 2)),
  );
const [ENGLISH, GERMAN] = ["en", "de"].map(catalogue);

/** What a text matches, its slots filled; undefined for one that is little more than slots. */
function pattern(text) {
  const SLOT = /\{[a-z_]+(?:\|[^|}]*\|[^|}]*)?\}/;
  const parts = text.split(SLOT);
  if (parts.join("").replaceAll(/[^\p{L}]/gu, "").length < 6) return parts.length > 1 ? undefined : text;
  const escaped = parts.map((part) => part.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return parts.length > 1 ? new RegExp(`^${escaped.join(".+")}$`, "su") : text;
}

const patterns = (texts) => [...texts].map(([, text]) => pattern(text)).filter((found) => found !== undefined);
const GERMANS = patterns(GERMAN);
const ENGLISH_ONLY = patterns([...ENGLISH].filter(([name, text]) => GERMAN.get(name) !== text));
const fits = (text) => (found) => (typeof found === "string" ? found.trim() === text : found.test(text));

/** Everything that is shown or read out, in shadow trees too. */
const shown = (page) =>
  page.evaluate(() => {
    const found = new Set();
    const walk = (root) => {
      for (const element of root.querySelectorAll("*")) {
        if (element.checkVisibility && !element.checkVisibility() && !element.closest(".visually-hidden")) continue;
        if (element.closest("script, style, textarea, code, pre, [lang=en], .cm-content, .cm-lintRange")) continue;
        for (const name of ["aria-label", "title", "placeholder"]) found.add(element.getAttribute(name) ?? "");
        for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) found.add(node.textContent);
        if (element.shadowRoot) walk(element.shadowRoot);
      }
    };
    walk(document);
    return [...found].map((text) => text.replaceAll(/\s+/g, " ").trim()).filter(Boolean);
  });

/** The English texts that are left on the page. */
async function leftOver(page) {
  const texts = await shown(page);
  return texts.filter((text) => !NAMES.has(text) && ENGLISH_ONLY.some(fits(text)) && !GERMANS.some(fits(text)));
}

const language = (page) => page.evaluate(() => document.documentElement.lang);
const german = async (page, where) => assert.deepEqual(await leftOver(page), [], `English is left: ${where}`);

/** Chooses a command of the palette by keyboard. */
async function command(page, words) {
  await page.waitForFunction(() => customElements.get("guardrail-palette"));
  await page.keyboard.press("ControlOrMeta+k");
  await page.locator("#palette-field").waitFor();
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await page.locator("#palette-field").waitFor({ state: "detached" });
}

async function inGerman(t, options) {
  const { page } = await open(t, { hash: EXAMPLE, ...options });
  await requestRows(page).first().waitFor();
  await command(page, "deutsch");
  await eventually(() => language(page), "de");
  return page;
}

test("the page becomes German by keyboard and stays so", async (t) => {
  const page = await inGerman(t);
  await page.getByRole("button", { name: "Teilen" }).waitFor();
  await page.getByRole("status").getByText("Sprache: Deutsch.").waitFor();
  await page.getByRole("heading", { name: "Organisation", exact: true }).waitFor();
  await page.getByRole("grid", { name: "Anfragen" }).getByRole("columnheader", { name: "Ergebnis" }).waitFor();
  await german(page, "main view");
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.reload();
  await page.getByRole("grid", { name: "Anfragen" }).getByRole("row").nth(1).waitFor();
  assert.equal(await language(page), "de");
  await page.getByRole("button", { name: "Teilen" }).waitFor();
  await german(page, "after a reload");
});

test("every dialog is German, the palette, the map and the matrix too", async (t) => {
  const page = await inGerman(t);
  for (const [words, name] of [
    ["szenarien", "Szenarien"],
    ["beispiele", "Beispiele"],
    ["importieren", "Importieren"],
    ["exportieren", "Exportieren"],
    ["teilen", "Teilen"],
    ["einstellungen", "Einstellungen"],
    ["seiteneinstellungen", "Seiteneinstellungen"],
    ["so funktioniert", "So funktioniert diese Seite"],
  ]) {
    await command(page, words);
    await page.getByRole("dialog", { name, exact: true }).waitFor();
    await german(page, name);
    assert.deepEqual(await accessibilityProblems(page), [], name);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  }
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Befehl oder Stelle suchen" }).waitFor();
  await german(page, "palette");
  await page.keyboard.press("Escape");
  for (const name of ["Karte", "Matrix"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await page.getByRole(name === "Karte" ? "tree" : "treegrid", { name: name === "Karte" ? "Karte" : "Ergebnisse nach Konto und Anfrage" }).waitFor();
    await german(page, name);
    await page.keyboard.press("Escape");
  }
});

test("what is done is told in German", async (t) => {
  const page = await inGerman(t);
  await page.getByRole("treeitem", { name: /^Workloads/ }).click();
  await page.keyboard.press("Delete");
  await page.getByRole("status").getByText(/gelöscht/).waitFor();
  await page.getByRole("button", { name: /^Rückgängig: .+ löschen$/ }).first().waitFor();
  await german(page, "after deleting");
});

for (const width of [375, 320]) {
  test(`nothing of the German page stands out at ${width} px`, async (t) => {
    const page = await inGerman(t, { viewport: { width, height: 700 } });
    const bar = page.getByRole("navigation", { name: "Teile der Seite" });
    for (const name of ["Organisation", "Richtlinien", "Anfragen", "Begründung"]) {
      await bar.getByRole("button", { name }).click();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name);
      const cut = await bar.getByRole("button").evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent));
      assert.deepEqual(cut, [], "words of the bar are cut off");
      await german(page, name);
    }
  });
}

test("back to English in the page settings, where the focus stays", async (t) => {
  const page = await inGerman(t);
  await command(page, "seiteneinstellungen");
  const choice = page.getByRole("combobox", { name: "Sprache" });
  await choice.selectOption("en");
  await eventually(() => language(page), "en");
  await page.getByRole("dialog", { name: "Page settings" }).waitFor();
  await eventually(() => hasFocus(page.getByRole("combobox", { name: "Language" })), true);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Share" }).waitFor();
  await page.reload();
  await requestRows(page).first().waitFor();
  assert.equal(await language(page), "en");
});

test("an address asks for German, and a choice goes before it", async (t) => {
  const { page } = await open(t, { query: "lang=de", hash: EXAMPLE });
  await page.getByRole("button", { name: "Teilen" }).waitFor();
  assert.equal(await language(page), "de");
  await command(page, "english");
  await eventually(() => language(page), "en");
  await page.reload();
  await page.getByRole("button", { name: "Share" }).waitFor();
  assert.equal(await language(page), "en");
});

test("where the texts can't be had the page stays English and says so", async (t) => {
  const { page } = await open(t, {
    expected: [/texts-de/, /Failed to load resource/],
    prepare: (page) => page.route(/texts-de/, (route) => route.fulfill({ status: 404, body: "" })),
  });
  await command(page, "deutsch");
  await page.getByRole("status").getByText(/^Deutsch could not be loaded/).waitFor();
  assert.equal(await language(page), "en");
  await page.getByRole("button", { name: "Share" }).waitFor();
});
