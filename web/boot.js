// Starts the page: the theme before the first paint, then the app, then the editor. It stands in a
// file of its own because the page's Content-Security-Policy allows no inline script.

const { js, wasm, editor } = document.getElementById("boot").dataset;

/** A theme that the person has chosen stands before the first paint; without one the system's does. */
function applyTheme() {
  try {
    const theme = localStorage.getItem("guardrail:theme")?.replaceAll('"', "");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
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

/** The app works without the editor's code, so that code waits for the first paint. */
function loadEditor() {
  const script = document.createElement("script");
  script.type = "module";
  script.src = editor;
  script.addEventListener("error", () => {
    console.warn("The policy editor could not be loaded; the plain text area stays.");
  });
  document.head.append(script);
}

async function start() {
  if (typeof WebAssembly !== "object") {
    report(
      "Guardrail needs WebAssembly",
      "This browser does not have it or has it switched off. Every browser since 2018 does; a stricter security mode can disable it.",
    );
    return;
  }
  try {
    const app = await import(new URL(js, document.baseURI));
    await app.default({ module_or_path: new URL(wasm, document.baseURI) });
  } catch (error) {
    report(
      "Guardrail could not be loaded",
      `Reload the page. If that does not help, the host may lack one of its files. Your work in this browser is untouched. (${error})`,
    );
    throw error;
  }
  requestAnimationFrame(() => setTimeout(loadEditor));
}

applyTheme();
start();
