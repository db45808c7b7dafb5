// The end of the embed's script, behind wasm-bindgen's code and the packed WebAssembly.
const letters = atob(packed);
const bytes = new Uint8Array(letters.length);
// `Uint8Array.from` would take twenty times as long.
for (let at = 0; at < bytes.length; at += 1) bytes[at] = letters.charCodeAt(at);
const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
const answer = new Response(unpacked, { headers: { "content-type": "application/wasm" } });
globalThis.guardrailStarted = wasm_bindgen({ module_or_path: answer });
