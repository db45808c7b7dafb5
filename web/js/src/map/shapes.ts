// The shapes of the verdicts, told apart without colour; the same as everywhere on the page.

import { svg } from "./dom";
import { ALLOW, DEPENDS, ERROR, EXPLICIT_DENY, IMPLICIT_DENY, NOT_ASKED, type Tone, TONES } from "./records";

/** How many units each shape is wide and high. */
const SIZE = 16;

type Part = [name: "path" | "circle", attributes: Record<string, string>];

const line = (d: string, width = "1.8"): Part => ["path", { d, class: "line", "stroke-width": width }];
const dot = (cx: string, cy: string): Part => ["circle", { cx, cy, r: ".95", class: "full" }];

const SHAPES: Record<Tone, Part[]> = {
  [ALLOW]: [["circle", { cx: "8", cy: "8", r: "7", class: "line", "stroke-width": "1.6" }], line("M4.8 8.3l2.2 2.2 4.3-4.8")],
  [EXPLICIT_DENY]: [
    ["path", { d: "M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z", class: "full" }],
    ["path", { d: "M5.4 5.4l5.2 5.2m0-5.2l-5.2 5.2", class: "cut", "stroke-width": "1.8" }],
  ],
  [IMPLICIT_DENY]: [
    ["circle", { cx: "8", cy: "8", r: "7", class: "line", "stroke-width": "1.6", "stroke-dasharray": "3 2" }],
    line("M4.8 8h6.4"),
  ],
  [DEPENDS]: [
    line("M8 .9L15.1 8 8 15.1.9 8z", "1.5"),
    line("M6.3 6.5c.1-1 .8-1.6 1.8-1.6s1.7.6 1.7 1.5c0 1.2-1.7 1.3-1.7 2.5", "1.4"),
    dot("8.1", "11"),
  ],
  [ERROR]: [line("M8 1.6l7 12.6H1z", "1.5"), line("M8 6v4", "1.7"), dot("8", "12")],
  [NOT_ASKED]: [line("M5 8h6", "1.5")],
};

/** A shape inside a drawing, with its upper left corner and its size. */
export function drawn(tone: Tone, x: number, y: number, size: number): SVGGElement {
  const scale = size / SIZE;
  const group = svg("g", { class: `shape ${className(tone)}`, transform: `translate(${x} ${y}) scale(${scale})` });
  group.append(...parts(tone));
  return group;
}

/** A shape that stands in a line of text. */
export function icon(tone: Tone): SVGSVGElement {
  const made = ICONS.get(tone) ?? svg("svg", { class: `shape icon ${className(tone)}`, viewBox: `0 0 ${SIZE} ${SIZE}`, "aria-hidden": "true" }, ...parts(tone));
  ICONS.set(tone, made);
  return made.cloneNode(true) as SVGSVGElement;
}

const ICONS = new Map<Tone, SVGSVGElement>();

export const className = (tone: Tone): string => `is-${TONES[tone] ?? "not-asked"}`;

const parts = (tone: Tone): SVGElement[] => (SHAPES[tone] ?? []).map(([name, attributes]) => svg(name, attributes));
