// The picture as a file: everything that a style sheet says of it is written into it, so that it
// looks the same wherever it is opened, and refers to nothing.

import { type Attributes, html, put, svg } from "./dom";
import { cut } from "./measure";
import { type Tone } from "./records";
import { className, drawn } from "./shapes";

/** What a reader must see: everything else follows from the elements. */
const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "font-family", "font-size", "font-weight", "text-decoration"];
const TEXT_ONLY = new Set(["font-family", "font-size", "font-weight", "text-decoration"]);
/** What is for the hand alone. */
const LEFT_OUT = ".items";
const CAPTION = 76;
const SIDE = 24;
/** The longest side of a PNG, and the number of its points that browsers draw for certain. */
const LONGEST = 8192;
const POINTS = 32_000_000;

export interface Caption {
  readonly title: string;
  readonly request: string;
  readonly tone: Tone | undefined;
  readonly verdict: string;
  /** The whole picture in words. */
  readonly description: string;
}

/** The text of a standalone SVG file. `host` is a place in the page where its style holds. */
export function svgFile(content: SVGGElement, width: number, height: number, caption: Caption, family: string, host: ShadowRoot): string {
  const wide = Math.max(width, 480);
  const high = height + CAPTION;
  const body = content.cloneNode(true) as SVGGElement;
  for (const left of body.querySelectorAll(LEFT_OUT)) left.remove();
  const picture = svg("svg", { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: "img", "aria-labelledby": "title", "aria-describedby": "desc" });
  picture.append(
    svg("title", { id: "title" }, caption.title),
    svg("desc", { id: "desc" }, caption.description),
    svg("rect", { class: "paper", width: wide, height: high }),
    head(caption, wide, family),
    put(body, { transform: `translate(0 ${CAPTION})` }),
  );
  // Files are for paper and slides: they are light, whatever the page is.
  const stage = html("div", { class: "stage", "aria-hidden": "true" }, picture);
  host.append(stage);
  resolve(picture);
  stage.remove();
  return new XMLSerializer().serializeToString(picture);
}

function head(caption: Caption, wide: number, family: string): SVGGElement {
  const room = wide - 2 * SIDE;
  const group = svg("g", {}, svg("text", { class: "headline", x: SIDE, y: 34 }, cut(caption.title, `600 16px ${family}`, room)));
  const { tone } = caption;
  if (tone === undefined) return group;
  const request = cut(caption.request, `13px ${family}`, room - 140);
  const line = svg("g", { class: className(tone) }, drawn(tone, SIDE, 46, 14), svg("text", { class: "verdict", x: SIDE + 20, y: 58 }, caption.verdict));
  group.append(line, svg("text", { class: "about", x: SIDE + 140, y: 58 }, request));
  return group;
}

/** Writes the style of every element into it. All are read first: they follow from one another. */
function resolve(picture: Element): void {
  const elements = [...picture.querySelectorAll("*")];
  const styles = elements.map(read);
  for (const [at, element] of elements.entries()) {
    put(element, { ...styles[at], class: null, "aria-hidden": null });
  }
}

/** What the style sheets say of an element, as attributes. */
function read(element: Element): Attributes {
  const isText = element.localName === "text";
  if (!isText && !(element instanceof SVGGeometryElement)) return {};
  const style = getComputedStyle(element);
  const said: Attributes = {};
  for (const name of KEPT) {
    if (TEXT_ONLY.has(name) && !isText) continue;
    const value = style.getPropertyValue(name);
    const isDefault = value === "" || (value === "none" && name !== "fill");
    if (!isDefault) said[name] = plain(name, value);
  }
  return said;
}

/** Lines have no decoration by default, and lengths no unit in files. */
function plain(name: string, value: string): string {
  if (name === "text-decoration") return value.includes("line-through") ? "line-through" : "none";
  if (name.startsWith("stroke-") || name === "font-size") return value.replaceAll("px", "");
  return value;
}

/** The SVG as points. */
export async function pngFile(text: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const { naturalWidth: wide, naturalHeight: high } = image;
    const scale = Math.min(2, LONGEST / Math.max(wide, high), Math.sqrt(POINTS / (wide * high)));
    const canvas = html("canvas", { width: Math.floor(wide * scale), height: Math.floor(high * scale) });
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no drawing surface");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => {
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png");
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** A file name from a title: letters and digits, joined by dashes. */
export function fileName(title: string, otherwise: string): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  return words?.join("-") ?? otherwise;
}
