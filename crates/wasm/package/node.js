// For Node.js: the WebAssembly is read from beside this file.

import { readFileSync } from "node:fs";
import { initSync } from "./engine.js";

export { Playground, decodeLink, encodeLink, evaluate, explain, lint, lintScenario } from "./engine.js";

initSync({ module: readFileSync(new URL("engine_bg.wasm", import.meta.url)) });
