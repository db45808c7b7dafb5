// The page on a server of its own, on which a test publishes another version of it.

import { cp, mkdtemp, readFile, readdir, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DIST } from "./page.mjs";
import { serveFolder } from "./server.mjs";

/** A copy of the page on a server of its own, which a test may stop and change. */
export async function host(t, browser, extra = {}) {
  const folder = await mkdtemp(join(tmpdir(), "guardrail-"));
  await cp(DIST, folder, { recursive: true });
  const server = await serveFolder(folder, extra);
  const context = await browser.newContext();
  t.after(async () => {
    await context.close();
    await server.close();
  });
  return { folder, server, context };
}

/** Waits until the worker has the files. */
export const ready = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

/** Has the browser look for another version, as it does by itself after a while. */
export const update = (page) => page.evaluate(() => navigator.serviceWorker.getRegistration().then((kept) => kept.update()));

/** What the page says of itself: by this the two versions differ to the eye of a test. */
export const described = (page) => page.evaluate(() => document.querySelector("meta[name=description]").content);

/** The hash in the name of a file. */
const HASH = /-[0-9a-f]{16}(?=[.-])/;

/** The names of all files below a folder, relative to it. */
const files = async (folder) => (await readdir(folder, { recursive: true })).filter((name) => /\.[a-z]+$/.test(name));

/**
 * Publishes another version: each file whose name has a hash gets another name, and another content
 * where that changes nothing; those of the version before are gone. The worker has another version
 * and another list of files, and the description of the page begins with "New: ".
 */
export async function publish(folder) {
  const names = await files(folder);
  const renamed = new Map();
  for (const name of names.filter((name) => HASH.test(name))) {
    const next = name.replace(HASH, (hash) => `-${[...hash.slice(1)].reverse().join("")}`);
    await rename(join(folder, name), join(folder, next));
    if (/\.(js|css)$/.test(next)) await writeFile(join(folder, next), `${await readFile(join(folder, next), "utf8")}\n/* of tomorrow */\n`);
    renamed.set(name.split("/").at(-1), next.split("/").at(-1));
  }
  for (const name of names.filter((name) => !HASH.test(name) && /\.(html|js|json)$/.test(name))) {
    let text = await readFile(join(folder, name), "utf8");
    for (const [before, after] of renamed) text = text.replaceAll(before, after);
    if (name === "sw.js") text = text.replace(/const VERSION = "[^"]*"/, 'const VERSION = "of-tomorrow"');
    if (name === "index.html") text = text.replace('content="A policy playground', 'content="New: a policy playground');
    await writeFile(join(folder, name), text);
  }
  return renamed;
}
