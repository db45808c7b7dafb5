// The page's texts for what is written here. The app hands them over, in the language that is
// spoken, before any element is made; an element that is there then is made anew in another one.

declare global {
  /** The texts of the catalogue whose names begin with `js.`, by the rest of their names. */
  var guardrailWords: Readonly<Record<string, string>> | undefined;
}

const SLOT = /\{([a-z_]+)(?:\|([^|}]*)\|([^|}]*))?\}/g;

/** The language that is spoken: "en", "de". */
export const language = (): string => document.documentElement.lang || "en";

export const number = (count: number): string => count.toLocaleString(language());

/** The text of a name, its slots filled; a number chooses between two words. */
export function said(name: string, slots: Readonly<Record<string, string | number>> = {}): string {
  return (globalThis.guardrailWords?.[name] ?? name).replace(SLOT, (whole, slot: string, one?: string, other?: string) => {
    const value = slots[slot];
    if (value === undefined) return whole;
    if (one !== undefined) return value === 1 ? one : (other ?? "");
    return typeof value === "number" ? number(value) : value;
  });
}

/** A text as it stands within a sentence. */
export const within = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
