// Every snippet of docs/embedding.md, and of docs/teaching.md for pages around a lesson, run as it
// stands there, in a page as its place makes it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { eventually } from "./support/app.mjs";
import { EMBED, HEARD, hostPage } from "./support/embed.mjs";
import { require, suite } from "./support/page.mjs";

const read = (name) => readFileSync(fileURLToPath(new URL(`../../docs/${name}`, import.meta.url)), "utf8");
const text = read("embedding.md") + read("teaching.md");
/** What Canvas keeps of a frame (its editor's list of allowed attributes). */
const CANVAS = ["src", "width", "height", "name", "align", "frameborder", "scrolling", "sandbox", "allowfullscreen", "title", "style", "class", "id"];

/** The snippets: the heading they stand under, their language, their text. */
function snippets() {
  const found = [];
  let heading = "";
  for (const [, title, language, code] of text.matchAll(/^#+ (.*)$|^```(\w+)\n([\s\S]*?)^```$/gm)) {
    if (title) heading = title;
    else found.push({ heading, language, code });
  }
  return found;
}

/** A frame with the attributes that a sanitizer leaves. */
const sanitized = (html, kept) =>
  html.replace(/<script[\s\S]*?<\/script>|\s+([a-z-]+)(="[^"]*")/g, (whole, name) => (name && kept.includes(name) ? whole : ""));

/** What Python-Markdown makes of HTML: what a block that it knows is around stays, and lines are paragraphs. */
const fromMarkdown = (html) => (/^<(div|section|figure|p|iframe)\b/.test(html) ? html : html.split("\n").filter(Boolean).map((line) => `<p>${line}</p>`).join("\n"));

/** The scripts that a site adds to its pages, as its settings name them. */
async function configured({ language, code }) {
  if (language === "yaml") return [...code.matchAll(/^extra_javascript:\n((?: {2}- .*\n)+)/gm)].flatMap(([, list]) => list.match(/\S+\.js/g)).map((src) => `<script src="${src}"></script>`);
  const { default: settings } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return settings.scripts.map(({ src, defer }) => `<script src="${src}"${defer ? " defer" : ""}></script>`);
}

/** What a React site makes of a snippet. */
function fromJsx(code) {
  const { code: script } = require("esbuild").transformSync(`globalThis.shown = () => ${code.trim().replace(/;$/, "")};`, { loader: "jsx", jsxFactory: "make" });
  return `<div id="here"></div><script>
    function make(name, attributes, ...children) {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes ?? {})) element.setAttribute(key, value);
      element.append(...children);
      return element;
    }
    ${script}
    addEventListener("DOMContentLoaded", () => document.getElementById("here").append(shown()));
  </script>`;
}

const HEADS = new Map();
for (const snippet of snippets()) {
  if (["yaml", "js"].includes(snippet.language)) HEADS.set(snippet.heading, (await configured(snippet)).join("").replaceAll("https://HOST/", ""));
}

const RUN = snippets()
  .filter(({ language }) => ["html", "jsx"].includes(language))
  .map(({ heading, language, code }, at) => {
    let body = code.replaceAll("https://HOST/", "");
    if (heading === "Canvas") body = sanitized(body, CANVAS);
    if (heading === "MkDocs") body = fromMarkdown(body);
    if (heading === "A slide deck") body = body.replace("data-src=", "src=");
    if (language === "jsx") body = fromJsx(body);
    return { name: `snippet ${at + 1}, ${heading}`, file: `snippet-${at + 1}.html`, html: hostPage(body, { head: HEADS.get(heading) }), code };
  });

const { open } = suite({ extra: () => ({ "heard.js": HEARD, ...Object.fromEntries(RUN.map(({ file, html }) => [file, html])) }) });

for (const { name, file, code } of RUN) {
  test(name, async (t) => {
    const { page } = await open(t, { file, editor: false });
    await page.locator("iframe").scrollIntoViewIfNeeded();
    await page.waitForFunction(() => heard.some(({ data }) => data?.kind === "result" && data.requests.length > 0));
    const frame = page.frames().find((one) => one.url().includes(EMBED));
    if (code.includes("view=lesson")) {
      await frame.getByRole("region", { name: "Lesson", exact: true }).waitFor();
      await eventually(() => page.locator("#done").innerText(), /^0 of \d tasks solved\.$/);
    } else {
      // The verdicts are where the view shows them.
      await frame.getByText(/explicit deny|allow/i).filter({ visible: true }).first().waitFor();
    }
    if (code.includes("<guardrail-playground")) {
      // What stood in its place has gone, and was part of the element.
      await eventually(() => page.locator("guardrail-playground p").count(), 1);
      await eventually(() => page.locator("guardrail-playground p").isVisible(), false);
    }
    assert.equal(await page.evaluate(() => heard.some(({ data }) => data?.kind === "error")), false);
    if (code.includes('id="solved"')) {
      await frame.waitForFunction(() => customElements.get("guardrail-editor"));
      await frame.locator("guardrail-editor .cm-content").click();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.insertText(JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "rds:*", Resource: "*" }] }));
      await eventually(() => page.locator("#solved").innerText(), "Solved.");
    }
    if (code.includes("frame.height = data.height")) {
      const wanted = await frame.evaluate(() => Math.ceil(document.querySelector(".embed").getBoundingClientRect().height));
      await eventually(() => page.locator("iframe").evaluate((frame) => Number(frame.height)), wanted);
    }
    if (code.includes("showTrace")) await eventually(() => frame.locator(".requests [role=row][aria-selected=true]").innerText(), /us-east-1/);
  });
}

test("every place that is named has its snippet", () => {
  const places = new Set(RUN.map(({ name }) => name.split(", ")[1]));
  for (const place of ["In five minutes", "The custom element", "MkDocs", "Docusaurus", "Moodle", "Canvas", "A slide deck", "Height", "Messages", "Reading the result"]) assert.ok(places.has(place), place);
});
