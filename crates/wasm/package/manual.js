// For where the WebAssembly comes from somewhere else, or must not be loaded at once: nothing works
// before `init` has.

import load from "./engine.js";

export { Playground, decodeLink, encodeLink, evaluate, explain, lint, lintScenario } from "./engine.js";

let loading;

export function init(source) {
  loading ??= load(source === undefined ? undefined : { module_or_path: source }).then(
    () => undefined,
    (error) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
