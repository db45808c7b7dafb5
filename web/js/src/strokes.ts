// Which changes belong together for undo. The page keeps the one history, over everything that it
// holds; the editor only says where a new step begins.

import type { ChangeSet, Transaction } from "@codemirror/state";

/** How long a pause may be before the next letter begins a step of its own, in milliseconds. */
const PAUSE = 800;

export class Strokes {
  #number = 0;
  #last = { at: 0, kind: "", from: -1, to: -1 };

  /** The number of the step that a change belongs to. */
  next(transactions: readonly Transaction[], changes: ChangeSet, now: number): number {
    const kind = kindOf(transactions);
    let [from, to] = [Infinity, -1];
    changes.iterChangedRanges((_from, _to, start, end) => {
      from = Math.min(from, start);
      to = Math.max(to, end);
    });
    const { at, kind: before, from: lastFrom, to: lastTo } = this.#last;
    const adjacent = from <= lastTo + 1 && to >= lastFrom - 1;
    if (kind === "" || kind !== before || now - at > PAUSE || !adjacent) this.#number += 1;
    this.#last = { at: now, kind, from, to };
    return this.#number;
  }

  /** Whatever comes next is a new step. */
  end(): void {
    this.#last.kind = "";
  }
}

/** Typing and deleting letter by letter join what came before; everything else stands alone. */
function kindOf(transactions: readonly Transaction[]): string {
  for (const kind of ["input.type", "delete.backward", "delete.forward"]) {
    const all = transactions.filter((one) => one.docChanged);
    if (all.every((one) => one.isUserEvent(kind))) return kind;
  }
  return "";
}
