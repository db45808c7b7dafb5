// Elements, made by calls: no text ever becomes markup.

const SVG = "http://www.w3.org/2000/svg";

type Value = string | number | boolean | null | undefined;

export interface Attributes {
  [name: string]: Value;
}

/** Sets attributes; what is false, null or undefined is left out. */
export function put<Of extends Element>(element: Of, attributes: Attributes): Of {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  return element;
}

export function html<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = put(document.createElement(name), attributes);
  element.append(...children);
  return element;
}

export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): SVGElementTagNameMap[Name] {
  const element = put(document.createElementNS(SVG, name), attributes);
  element.append(...children);
  return element;
}

/** A button with a word. */
export function button(word: string, label: string, pressed: () => void): HTMLButtonElement {
  const made = html("button", { type: "button", "aria-label": label === word ? null : label, title: label === word ? null : label }, word);
  made.addEventListener("click", pressed);
  return made;
}

/** Whether the page stands in another one, which may forbid it to save, to print and to copy. */
export const isEmbedded = (): boolean => document.getElementById("boot")?.hasAttribute("data-embed") ?? false;

/** Offers a file for saving. */
export function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = html("a", { href: address, download: name });
  link.click();
  // The address must outlive the click until the browser has begun to read.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
