// Offsets into the text as it was given (UTF-16 code units) and positions in the editor's document
// differ where a line ends in CR LF, which the editor counts as one.

/** Translates an offset into a text to a position in the editor's document. */
export type ToPosition = (offset: number) => number;

/** How the editor keeps a text: every line ends in LF. */
export function normalized(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** The translation for one text. Offsets past the end are moved to the end. */
export function positionsOf(text: string): ToPosition {
  const pairs = Array.from(text.matchAll(/\r\n/g), (match) => match.index);
  const length = text.length - pairs.length;
  return (offset) => {
    const whole = Number.isFinite(offset) ? Math.trunc(offset) : 0;
    const position = pairs.length === 0 ? whole : whole - before(pairs, whole);
    return Math.min(Math.max(position, 0), length);
  };
}

/** How many of the ascending numbers are below the limit. */
function before(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The one replacement that turns a text into another, as small as a common start and end allow. */
export function replacement(old: string, next: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(old.length, next.length);
  let start = 0;
  while (start < shorter && old.charCodeAt(start) === next.charCodeAt(start)) start += 1;
  let end = 0;
  while (
    end < shorter - start &&
    old.charCodeAt(old.length - 1 - end) === next.charCodeAt(next.length - 1 - end)
  ) {
    end += 1;
  }
  return { from: start, to: old.length - end, insert: next.slice(start, next.length - end) };
}
