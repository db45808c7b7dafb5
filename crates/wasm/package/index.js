// For browsers and bundlers: the WebAssembly is fetched from beside this file before anything that
// imports it runs.

import load from "./engine.js";

export { Playground, decodeLink, encodeLink, evaluate, explain, lint, lintScenario } from "./engine.js";

await load();
