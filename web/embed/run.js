// The end of the embed's script, behind wasm-bindgen's code and the packed WebAssembly.
const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
const answer = new Response(unpacked, { headers: { "content-type": "application/wasm" } });
globalThis.guardrailStarted = wasm_bindgen({ module_or_path: answer });
