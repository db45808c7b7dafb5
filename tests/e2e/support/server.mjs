// A plain static file server on loopback, as strict as the simplest host: it knows files and MIME
// types, and nothing else. It serves the folder below a sub-path, since the page must work there.

import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/**
 * Serves `folder` at `http://127.0.0.1:<free port><base>`.
 * @param {string} folder
 * @param {Record<string, string>} [extra] pages that a test adds, by file name
 * @param {string} [base] begins and ends with a slash
 * @returns {Promise<{url: string, origin: string, close: () => Promise<void>}>}
 */
export async function serveFolder(folder, extra = {}, base = "/some/path/") {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    const path = pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length)) : null;
    if (path !== null && Object.hasOwn(extra, path)) {
      response.writeHead(200, { "content-type": TYPES[extname(path)] }).end(extra[path]);
      return;
    }
    const found = path === null ? null : await find(folder, path);
    if (!found) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
      return;
    }
    const type = TYPES[extname(found)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(await readFile(found));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    url: origin + base,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** The file that a path below the folder means, or null. */
async function find(folder, path) {
  const target = normalize(join(folder, path));
  if (target !== folder && !target.startsWith(folder + sep)) return null;
  for (const candidate of [target, join(target, "index.html")]) {
    const isFile = await stat(candidate).then((found) => found.isFile(), () => false);
    if (isFile) return candidate;
  }
  return null;
}
