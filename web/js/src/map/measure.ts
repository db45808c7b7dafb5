// How wide texts are, for a drawing that has no layout of its own.

const context = document.createElement("canvas").getContext("2d");
const WIDTHS = new Map<string, Map<string, number>>();

/** A font as a canvas names it. */
export type Font = string;

export function width(text: string, font: Font): number {
  if (!context) return text.length * 7;
  let known = WIDTHS.get(font);
  if (!known || known.size > 20_000) WIDTHS.set(font, (known = new Map()));
  let found = known.get(text);
  if (found === undefined) {
    context.font = font;
    known.set(text, (found = context.measureText(text).width));
  }
  return found;
}

/** The text, cut to a width where it is longer. */
export function cut(text: string, font: Font, room: number): string {
  if (width(text, font) <= room) return text;
  const letters = [...text];
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (width(`${letters.slice(0, middle).join("").trimEnd()}…`, font) <= room) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join("").trimEnd()}…`;
}
