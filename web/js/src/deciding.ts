// What statements did: those that decided the selected request, and for all requests which
// statements decided something and which no request has exercised.
//
// A deciding statement is marked four ways, so that colour is not the only sign: a bar and a tint
// on its lines, a shape with a title in the gutter of its first line, and a sentence for screen
// readers (`describe`). The use of a statement is a number, or a ring where there is none, in the
// same gutter, with a title and a sentence.

import { type Extension, type Range, RangeSet, StateEffect, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, gutter, gutterLineClass, GutterMarker } from "@codemirror/view";
import { said } from "./said";

export type Effect = "allow" | "deny";

/** A statement that decided, in positions of the document. */
export interface DecidingRange {
  from: number;
  to: number;
  effect: Effect;
}

/** How the requests use a statement, in positions of the document. */
export interface UseRange {
  from: number;
  to: number;
  /** How many requests it decides. */
  decides: number;
  /** How many others it matches. */
  matches: number;
}

const title = (effect: Effect): string => said(effect === "allow" ? "editor.allow" : "editor.deny");

const SHAPE: Record<Effect, { outline: string; sign: string }> = {
  allow: { outline: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z", sign: "M4.8 8.3l2.2 2.2 4.3-4.8" },
  deny: { outline: "M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z", sign: "M5.4 5.4l5.2 5.2m0-5.2l-5.2 5.2" },
};

const SVG = "http://www.w3.org/2000/svg";

/** The sign beside the first line. */
class Sign extends GutterMarker {
  constructor(readonly effect: Effect) {
    super();
  }

  override eq(other: Sign): boolean {
    return other.effect === this.effect;
  }

  override toDOM(): Node {
    const host = document.createElement("span");
    host.className = `cm-decidingSign cm-decidingSign-${this.effect}`;
    host.title = title(this.effect);
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 16 16");
    for (const part of ["outline", "sign"] as const) {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("class", part);
      path.setAttribute("d", SHAPE[this.effect][part]);
      svg.append(path);
    }
    host.append(svg);
    return host;
  }
}

/** How often a statement is used, beside its first line. */
class UseSign extends GutterMarker {
  constructor(
    readonly decides: number,
    readonly matches: number,
  ) {
    super();
  }

  override eq(other: UseSign): boolean {
    return other.decides === this.decides && other.matches === this.matches;
  }

  override toDOM(): Node {
    const host = document.createElement("span");
    const unused = this.decides + this.matches === 0;
    host.className = unused ? "cm-useSign cm-useSign-none" : "cm-useSign";
    host.title = useWords(this);
    if (this.decides > 0) host.textContent = this.decides > 99 ? "99" : String(this.decides);
    else if (!unused) host.textContent = "·";
    return host;
  }
}

function useWords({ decides, matches }: { decides: number; matches: number }): string {
  if (decides > 0) return said("editor.decides", { count: decides });
  if (matches > 0) return said("editor.matches", { count: matches });
  return said("editor.unused");
}

/** Puts a class on every gutter cell of a line. */
class LineClass extends GutterMarker {
  override readonly elementClass: string;

  constructor(effect: Effect) {
    super();
    this.elementClass = `cm-deciding cm-deciding-${effect}`;
  }

  override eq(other: LineClass): boolean {
    return other.elementClass === this.elementClass;
  }
}

interface Marked {
  lines: DecorationSet;
  cells: RangeSet<GutterMarker>;
  signs: RangeSet<GutterMarker>;
}

const EMPTY: Marked = { lines: Decoration.none, cells: RangeSet.empty, signs: RangeSet.empty };

const lineOf: Record<Effect, Decoration> = {
  allow: Decoration.line({ class: "cm-deciding cm-deciding-allow" }),
  deny: Decoration.line({ class: "cm-deciding cm-deciding-deny" }),
};
const cellOf: Record<Effect, LineClass> = { allow: new LineClass("allow"), deny: new LineClass("deny") };
const signOf: Record<Effect, Sign> = { allow: new Sign("allow"), deny: new Sign("deny") };

function mark(doc: Text, ranges: readonly DecidingRange[]): Marked {
  const effects = new Map<number, Effect>();
  const signs: Range<GutterMarker>[] = [];
  for (const { from, to, effect } of ranges) {
    const first = doc.lineAt(from);
    const last = doc.lineAt(to).number;
    signs.push(signOf[effect].range(first.from));
    for (let line = first.number; line <= last; line += 1) {
      // Where an Allow and a Deny share a line, the Deny is what decides.
      if (effects.get(line) !== "deny") effects.set(line, effect);
    }
  }
  const lines: Range<Decoration>[] = [];
  const cells: Range<GutterMarker>[] = [];
  for (const [line, effect] of effects) {
    const at = doc.line(line).from;
    lines.push(lineOf[effect].range(at));
    cells.push(cellOf[effect].range(at));
  }
  return {
    lines: Decoration.set(lines, true),
    cells: RangeSet.of(cells, true),
    signs: RangeSet.of(signs, true),
  };
}

/** Replaces what is marked as deciding. */
export const setDeciding = StateEffect.define<readonly DecidingRange[]>();

/** Replaces what is said of the use of statements. */
export const setUses = StateEffect.define<readonly UseRange[]>();

const field = StateField.define<Marked>({
  create: () => EMPTY,
  update(marked, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setDeciding)) return mark(transaction.newDoc, effect.value);
    }
    if (!transaction.docChanged) return marked;
    const { changes } = transaction;
    return {
      lines: marked.lines.map(changes),
      cells: marked.cells.map(changes),
      signs: marked.signs.map(changes),
    };
  },
  provide: (self) => [
    EditorView.decorations.from(self, (marked) => marked.lines),
    gutterLineClass.from(self, (marked) => marked.cells),
  ],
});

const uses = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(signs, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setUses)) continue;
      const { newDoc } = transaction;
      const placed = effect.value.map((use) => new UseSign(use.decides, use.matches).range(newDoc.lineAt(use.from).from));
      return RangeSet.of<GutterMarker>(placed, true);
    }
    return signs.map(transaction.changes);
  },
});

/** The marks and their gutter. The gutter keeps its width while nothing is marked, so that the text never moves. */
export const deciding: Extension = [
  field,
  uses,
  gutter({
    class: "cm-decidingGutter",
    markers: (view) => [view.state.field(field).signs, view.state.field(uses)],
  }),
];

/** The marks as a sentence. Empty while nothing is marked. */
export function describe(doc: Text, ranges: readonly DecidingRange[]): string {
  return ranges
    .map(({ from, to, effect }) => {
      const first = doc.lineAt(from).number;
      const last = doc.lineAt(to).number;
      const what = title(effect);
      return first === last ? said("editor.line", { what, first }) : said("editor.lines", { what, first, last });
    })
    .join(" ");
}

/** The use of the statements as sentences. */
export function describeUses(doc: Text, ranges: readonly UseRange[]): string {
  return ranges.map((use) => said("editor.usage", { line: doc.lineAt(use.from).number, usage: useWords(use) })).join(" ");
}
