export * from "./guardrail.js";

/**
 * Loads the WebAssembly, once; nothing else works before.
 * @param source where it is, or what it is; the file beside this one unless given
 */
export function init(
  source?: string | URL | Request | Response | Promise<Response> | BufferSource | WebAssembly.Module,
): Promise<void>;
