// What the editor explains, in the language that is spoken.

import { language } from "../said";
import { MEANINGS, PHRASES } from "./de";

const OWN_PHRASES = {
  next: "Next",
  previous: "Previous",
  all: "All",
  "match case": "Match case",
  regexp: "Pattern",
  "by word": "Whole words",
  replace: "Replace",
  "replace all": "Replace all",
};

/** The phrases of CodeMirror. */
export const phrases = (): Record<string, string> => (language() === "de" ? PHRASES : OWN_PHRASES);

/** An English explanation in the language that is spoken; English where that has none. */
export function told(english: string): string;
export function told(english: string | undefined): string | undefined;
export function told(english: string | undefined): string | undefined {
  return english !== undefined && language() === "de" ? (MEANINGS[english] ?? english) : english;
}
