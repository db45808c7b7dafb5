// Starts the embedded page: at once, when it comes into sight, or when it is asked to. Until then
// this file, its style sheet and the page are all that is loaded. Classic scripts alone are used: a
// sandboxed frame may load those from a host that knows nothing of it.

(() => {
  const boot = document.getElementById("boot");
  const { page, app, styles, scenarios, textsDe } = boot.dataset;
  const query = new URLSearchParams(location.search);

  // Opened by itself and not kept in a sandbox, an address that is meant for the full page goes there.
  if (query.get("open") === "page" && window === window.top && self.origin !== "null") {
    location.replace(new URL(page, location.href) + location.hash);
    return;
  }

  const theme = query.get("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;

  // A file that is dropped here must not take the place of the page.
  for (const name of ["dragover", "drop"]) {
    addEventListener(name, (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
  }

  // A page that is one file has everything in it.
  if (!app) return;

  /** What the page says before there are its texts. */
  const SAID = {
    en: {
      notLoaded: "Guardrail could not be loaded",
      tooOld: "This browser is too old for it, or has WebAssembly switched off.",
      reload: "Reload the page. If that does not help, its host may lack a file.",
      title: "A policy scenario for AWS Organizations",
      about: "See for each request whether AWS would allow it, and why. It runs in this page alone: nothing is sent anywhere.",
      start: "Start",
      starting: "Starting…",
    },
    de: {
      notLoaded: "Guardrail konnte nicht geladen werden",
      tooOld: "Dieser Browser ist zu alt dafür, oder WebAssembly ist abgeschaltet.",
      reload: "Die Seite neu laden. Hilft das nicht, fehlt dem Server vielleicht eine Datei.",
      title: "Ein Szenario mit Richtlinien für AWS Organizations",
      about: "Zeigt für jede Anfrage, ob AWS sie erlauben würde, und warum. Alles läuft allein in dieser Seite: Nichts wird irgendwohin gesendet.",
      start: "Starten",
      starting: "Wird gestartet…",
    },
  };
  const language = query.get("lang") === "de" ? "de" : "en";
  document.documentElement.lang = language;
  const said = SAID[language];

  /** An element with a text. */
  function element(name, text, className = "") {
    const made = document.createElement(name);
    made.textContent = text;
    made.className = className;
    return made;
  }

  /** Says in the page, and to the host, why nothing else is there. */
  function fail(text) {
    const box = element("div", "", "poster");
    box.setAttribute("role", "alert");
    box.append(element("h1", said.notLoaded), element("p", text));
    document.body.replaceChildren(box);
    if (window !== window.parent) parent.postMessage({ type: "guardrail/1", kind: "error", code: "start", text }, "*");
  }

  function load(name, address) {
    return new Promise((loaded, failed) => {
      const added = document.createElement(name);
      if (name === "link") Object.assign(added, { rel: "stylesheet", href: address });
      else added.src = address;
      added.addEventListener("load", loaded);
      added.addEventListener("error", () => failed(address));
      document.head.append(added);
    });
  }

  /** The example or lesson that the page is to open, if it is to open one. */
  function scenario() {
    const example = query.get("example");
    const named = location.hash.length > 1 ? location.hash.slice(1) : example && `example/${example}`;
    const [, kind, id] = named?.match(/^(example|lesson)\/([a-z0-9-]+)$/) ?? [];
    return id && load("script", `${scenarios}${kind}s/${id}.js`).catch(() => {});
  }

  /** The texts of the page. Where they can't be had the app says so, in English. */
  function texts() {
    return language === "de" && textsDe && load("script", textsDe).catch(() => {});
  }

  async function start() {
    if (typeof WebAssembly !== "object" || typeof DecompressionStream !== "function") {
      fail(said.tooOld);
      return;
    }
    try {
      await Promise.all([load("link", styles), scenario(), texts()]);
      await load("script", app);
      await globalThis.guardrailStarted;
    } catch (error) {
      fail(`${said.reload} (${error})`);
    }
  }

  const wanted = query.get("start");
  if (wanted === "click") {
    const poster = element("main", "", "poster");
    const button = element("button", said.start);
    button.type = "button";
    button.addEventListener("click", () => {
      if (button.ariaDisabled) return;
      button.ariaDisabled = "true";
      button.textContent = said.starting;
      start().then(() => {
        // What was pressed is gone: a reader goes on where its page begins.
        const heading = document.querySelector("h1");
        if (document.activeElement !== document.body || !heading) return;
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
      });
    });
    const title = query.get("title") || said.title;
    poster.append(
      element("h1", title),
      element("p", said.about),
      button,
    );
    document.body.replaceChildren(poster);
  } else if (wanted === "lazy" && window.IntersectionObserver) {
    const observer = new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      observer.disconnect();
      start();
    });
    observer.observe(document.documentElement);
  } else {
    start();
  }
})();
