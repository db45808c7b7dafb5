// The lines that differ from the text as it was when the scenario was opened: a bar beside the line
// number, solid for a line that is new or other, a notch where lines were removed.

import { type Extension, type Range, RangeSet, StateEffect, StateField, type Text } from "@codemirror/state";
import { gutterLineClass, GutterMarker } from "@codemirror/view";

/** Lines that differ, from 1. Without lines of its own, some were removed before `line`. */
export interface ChangedLines {
  line: number;
  count: number;
}

class Bar extends GutterMarker {
  constructor(override readonly elementClass: string) {
    super();
  }

  override eq(other: Bar): boolean {
    return other.elementClass === this.elementClass;
  }
}

const other = new Bar("cm-changedLine");
const removed = new Bar("cm-removedLines");
const removedAtEnd = new Bar("cm-removedLines-end");

/** Replaces what is marked. */
export const setChanged = StateEffect.define<readonly ChangedLines[]>();

function mark(doc: Text, changed: readonly ChangedLines[]): RangeSet<GutterMarker> {
  const bars: Range<GutterMarker>[] = [];
  for (const { line, count } of changed) {
    if (count === 0) {
      const past = line > doc.lines;
      bars.push((past ? removedAtEnd : removed).range(doc.line(Math.min(Math.max(line, 1), doc.lines)).from));
    }
    const end = Math.min(line + count, doc.lines + 1);
    for (let at = Math.max(line, 1); at < end; at += 1) bars.push(other.range(doc.line(at).from));
  }
  return RangeSet.of(bars, true);
}

const field = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(bars, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setChanged)) return mark(transaction.newDoc, effect.value);
    }
    return bars.map(transaction.changes);
  },
  provide: (self) => gutterLineClass.from(self),
});

export const changed: Extension = field;
