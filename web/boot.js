// Starts the page: the look before the first paint, then the app, then what can wait. It stands in a
// file of its own because the page's Content-Security-Policy allows no inline script.

const { js, wasm, later, editor, palette, worker, textsDe } = document.getElementById("boot").dataset;

/** What the page says before there are its texts, and where they can't be had. */
const SAID = {
  en: {
    noWebAssembly: "Guardrail needs WebAssembly",
    noWebAssemblyWhy: "This browser does not have it or has it switched off. Every browser since 2018 does; a stricter security mode can disable it.",
    notLoaded: "Guardrail could not be loaded",
    notLoadedWhy: "Reload the page. If that does not help, the host may lack one of its files. Your work in this browser is untouched.",
    partNotLoaded: "A part of Guardrail could not be loaded",
    partNotLoadedWhy: "Reload the page once the network is back. Your work in this browser is untouched.",
  },
  de: {
    noWebAssembly: "Guardrail braucht WebAssembly",
    noWebAssemblyWhy: "Dieser Browser hat es nicht oder hat es abgeschaltet. Jeder Browser seit 2018 hat es; ein strengerer Sicherheitsmodus kann es abschalten.",
    notLoaded: "Guardrail konnte nicht geladen werden",
    notLoadedWhy: "Die Seite neu laden. Hilft das nicht, fehlt dem Server vielleicht eine ihrer Dateien. Die Arbeit in diesem Browser ist unberührt.",
    partNotLoaded: "Ein Teil von Guardrail konnte nicht geladen werden",
    partNotLoadedWhy: "Die Seite neu laden, sobald das Netz wieder da ist. Die Arbeit in diesem Browser ist unberührt.",
  },
};

/** The language that the person has chosen or the address asks for, where there are texts in it. */
function wantedLanguage() {
  let chosen;
  try {
    chosen = /\blanguage-([a-z]+)/.exec(localStorage.getItem("guardrail:preferences") ?? "")?.[1];
  } catch {
    // Storage can be refused, as in a sandboxed frame.
  }
  const wanted = chosen ?? new URLSearchParams(location.search).get("lang");
  return Object.hasOwn(SAID, wanted ?? "") ? wanted : "en";
}

const language = wantedLanguage();
document.documentElement.lang = language;
const said = SAID[language];

/** Brings the texts of the language beside the app, so that nothing is drawn in another one first. */
async function fetchTexts() {
  if (language !== "de") return;
  // The app asks for them again, and says so if they can't be had.
  const response = await fetch(new URL(textsDe, document.baseURI)).catch(() => undefined);
  if (response?.ok) globalThis.guardrailTexts = await response.text().catch(() => undefined);
}

/** A look that the person has chosen stands before the first paint; without one the system's does. */
function applyLook() {
  try {
    const kept = (key) => localStorage.getItem(key)?.replaceAll('"', "") ?? "";
    const theme = kept("guardrail:theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
    if (kept("guardrail:preferences").split(" ").includes("contrast")) document.documentElement.dataset.contrast = "more";
  } catch {
    // Storage can be refused, as in a sandboxed frame.
  }
}

/** Says in the page why nothing else is there. */
function report(heading, detail) {
  const box = document.createElement("div");
  box.id = "boot-failure";
  box.setAttribute("role", "alert");
  for (const [name, text] of [["h1", heading], ["p", detail]]) {
    const part = document.createElement(name);
    part.textContent = text;
    box.append(part);
  }
  document.body.append(box);
}

/** Breaks off the fetch of the app's second half. */
const breakOff = new AbortController();

/** The second half, where it is at hand before the app begins. */
let atHand;

const compileLater = () => WebAssembly.compileStreaming(fetch(new URL(later, document.baseURI), { signal: breakOff.signal }));

/** Fetches the half of the app that the first look does not need. */
async function fetchLater(app) {
  if (!later || app.loaded.value) return;
  try {
    const module = atHand ?? (await compileLater());
    if (!app.loaded.value) addLater(app, module);
  } catch {
    // Whoever needs it asks for it again.
  }
}

/**
 * A page that the service worker brings has all its files at hand. Its second half is read before
 * the app begins: the request below, which stands still, does not go through the worker.
 */
async function readKept() {
  if (!later || !navigator.serviceWorker?.controller) return;
  atHand = await compileLater().catch(() => undefined);
}

function addLater(app, module) {
  new WebAssembly.Instance(module, { "": app });
  app.loaded.value = 1;
}

/** The app calls this where it needs its second half and cannot go on without it: the page stands still meanwhile. */
globalThis.guardrailLater = (app) => {
  if (atHand) return addLater(app, atHand);
  breakOff.abort();
  try {
    const request = new XMLHttpRequest();
    request.open("GET", new URL(later, document.baseURI), false);
    // One byte for each character: such a request has no other way to bytes.
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    addLater(app, new WebAssembly.Module(Uint8Array.from(request.responseText, (letter) => letter.charCodeAt(0))));
  } catch (error) {
    report(said.partNotLoaded, `${said.partNotLoadedWhy} (${error})`);
    throw error;
  }
};

/** The app works without the code of the editor and of the palette, so it waits for the first paint. */
function loadLater() {
  for (const src of [editor, palette]) {
    const script = document.createElement("script");
    script.type = "module";
    script.src = src;
    script.addEventListener("error", () => {
      console.warn(`${src} could not be loaded; the page works without it.`);
    });
    document.head.append(script);
  }
}

/**
 * Keeps the page for times without a network. A new version is told of and waits: only a person
 * loads it, since a page that reloads by itself takes away what one is doing.
 */
async function keepForLater() {
  if (!worker || window !== window.top || !navigator.serviceWorker) return;
  let wanted = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (wanted) location.reload();
  });
  try {
    const kept = await navigator.serviceWorker.register(worker, { updateViaCache: "none" });
    const tell = () => {
      // Without a version that is in charge already, this is the first one.
      if (kept.waiting && navigator.serviceWorker.controller) window.dispatchEvent(new Event("guardrail-version-ready"));
    };
    window.addEventListener("guardrail-version-wanted", () => {
      wanted = true;
      if (kept.waiting) kept.waiting.postMessage("take over");
      else location.reload();
    });
    kept.addEventListener("updatefound", () => {
      kept.installing?.addEventListener("statechange", tell);
    });
    tell();
    // A page that stays open for days learns of a new version when one comes back to it.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") kept.update().catch(() => {});
    });
  } catch {
    // Without it the page needs the network, as every other page does.
  }
}

async function start() {
  if (typeof WebAssembly !== "object") {
    report(said.noWebAssembly, said.noWebAssemblyWhy);
    return;
  }
  let exports;
  try {
    const [app] = await Promise.all([import(new URL(js, document.baseURI)), readKept(), fetchTexts()]);
    exports = await app.default({ module_or_path: new URL(wasm, document.baseURI) });
  } catch (error) {
    report(said.notLoaded, `${said.notLoadedWhy} (${error})`);
    throw error;
  }
  requestAnimationFrame(() => setTimeout(() => {
    fetchLater(exports);
    loadLater();
  }));
  const calm = window.requestIdleCallback ?? ((act) => setTimeout(act, 2000));
  calm(keepForLater, { timeout: 5000 });
}

applyLook();
start();
