// The service worker: the page works offline once it was opened. It keeps the files of one version
// and answers from them; a new version is fetched beside it and waits until it is asked for, or
// until no page of the old one is open. What lies below `v1/` is not its business.

/** The version, and its files; the build writes them here. */
const VERSION = "";
const FILES = [];

const PREFIX = "guardrail-";
const NAME = PREFIX + VERSION;
const SCOPE = new URL("./", self.location.href).href;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(NAME).then((cache) =>
      // A name that holds a hash may come from the browser's own cache, any other must be new.
      cache.addAll(FILES.map((file) => new Request(file, { cache: /-[0-9a-f]{12,}/.test(file) ? "default" : "reload" }))),
    ),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)))),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  const path = request.url.slice(SCOPE.length).split(/[?#]/)[0];
  if (path.startsWith("v1/")) return;
  const name = path === "index.html" ? "" : path;
  if (!FILES.includes(`./${name}`)) return;
  event.respondWith(
    caches
      .open(NAME)
      .then((cache) => cache.match(`./${name}`, { ignoreVary: true }))
      .then((kept) => kept ?? fetch(request)),
  );
});
