// Mends for what is wrong: offered with each mark, and by a key for the place of the cursor.

import { type Diagnostic, forEachDiagnostic } from "@codemirror/lint";
import { EditorView, type KeyBinding } from "@codemirror/view";
import { said } from "./said";

/** A mend, in positions of the document. */
export interface Fix {
  label: string;
  from: number;
  to: number;
  insert: string;
}

/** The mends of the diagnostics, which carry nothing else of their own. */
const fixOf = new WeakMap<object, Fix>();

/** A diagnostic that offers its mend. */
export function withFix(diagnostic: Diagnostic, fix: Fix): Diagnostic {
  const action = {
    name: fix.label.replaceAll("`", ""),
    apply: (view: EditorView, from: number) => apply(view, { ...fix, from: fix.from + from - diagnostic.from, to: fix.to + from - diagnostic.from }),
  };
  fixOf.set(action, fix);
  return { ...diagnostic, actions: [action] };
}

function apply(view: EditorView, { label, from, to, insert }: Fix): void {
  if (view.state.readOnly || from < 0 || to > view.state.doc.length) return;
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: "input.fix",
    scrollIntoView: true,
  });
  view.focus();
  view.dispatch({ effects: EditorView.announce.of(said("editor.mended", { label: label.replaceAll("`", "") })) });
}

/** Mends what is wrong at the cursor, or else in its line. */
function mendHere(view: EditorView): boolean {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  let best: { distance: number; run: () => void } | undefined;
  forEachDiagnostic(view.state, (diagnostic, from, to) => {
    const [action] = diagnostic.actions ?? [];
    if (!action || !fixOf.has(action) || from > line.to || to < line.from) return;
    const distance = head < from ? from - head : Math.max(head - to, 0);
    if (best && best.distance <= distance) return;
    best = { distance, run: () => action.apply(view, from, to) };
  });
  if (best) best.run();
  else view.dispatch({ effects: EditorView.announce.of(said("editor.no-fix")) });
  return true;
}

export const fixKeymap: readonly KeyBinding[] = [{ key: "Mod-.", run: mendHere, preventDefault: true }];
