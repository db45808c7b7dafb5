// <guardrail-editor>: the policy text, as a custom element around CodeMirror.
//
// The page sets properties and listens to events; the element knows JSON and the words of the policy
// language, and nothing of what a policy decides.
// Until it is defined, its child <textarea> is what a person sees and types into. The shadow root
// has no slot, so the text area disappears when the element takes over text, focus and selection.
//
// Properties
//   value     the text. Setting another one replaces it, keeps the selection where it can, and
//             fires no event.
//   marks     [{from, to, severity: "error" | "warning", message, code, fix?: {label, from, to, insert}}]
//   deciding  [{from, to, effect: "allow" | "deny"}], the statements that decided
//   uses      [{from, to, decides, matches}], how the requests use each statement
//   changed   [{line, count}], the lines that differ from the text as it was opened
//   kind      the kind of the policy, "scp" for one; null if it is not known
//   known     {actions, resources} that the scenario mentions, for completion
//   readonly  whether the text can be changed
//   label     the accessible name
//   reveal    {from, to}: selects the range and scrolls to it
//   command   "find", "fold" or "unfold": does it, at once
//   stroke    the number of the step that the last change belongs to; to be read
// All offsets are UTF-16 code units of `value`. What is set within one task is applied together at
// its end, the text first, so the order of the assignments does not matter.
//
// Events
//   guardrail-ready   the editor has taken over from the text area
//   guardrail-change  a person has changed the text; `detail` is the new one
//   guardrail-undo    the last step is to be taken back: the page keeps the history
//   guardrail-redo    it is to be done again

import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, codeFolding, foldAll, foldGutter, foldKeymap, indentOnInput, unfoldAll } from "@codemirror/language";
import { type Diagnostic, diagnosticCount, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type Extension, type TransactionSpec } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers, tooltips } from "@codemirror/view";
import { changed, type ChangedLines, setChanged } from "./changed";
import { about, completion, type Known } from "./complete";
import { deciding, type DecidingRange, describe, describeUses, setDeciding, setUses, type UseRange } from "./deciding";
import { type Fix, fixKeymap, withFix } from "./fixes";
import { hovers } from "./hover";
import { normalized, positionsOf, replacement, type ToPosition } from "./positions";
import { said } from "./said";
import { Strokes } from "./strokes";
import { theme } from "./theme";
import { typingOverSelection } from "./typing";
import type { Kind } from "./words/language";
import { phrases } from "./words/told";

interface TextRange {
  from: number;
  to: number;
}

interface Selection {
  anchor: number;
  head: number;
}

interface Mark extends TextRange {
  severity: "error" | "warning";
  message: string;
  code?: string;
  fix?: Fix;
}

interface Properties {
  value: string;
  marks: readonly Mark[];
  deciding: readonly DecidingRange[];
  uses: readonly UseRange[];
  changed: readonly ChangedLines[];
  kind: Kind | null;
  known: Known;
  readonly: boolean;
  label: string;
  reveal: TextRange | null;
}

const NAMES = ["value", "marks", "deciding", "uses", "changed", "kind", "known", "readonly", "label", "reveal", "command"] as const;
const COMMANDS: Record<string, (view: EditorView) => unknown> = { find: openSearchPanel, fold: foldAll, unfold: unfoldAll };
const NARROW = "(max-width: 640px)";

/** Marks a change that the page made, about which the page need not be told. */
const fromPage = Annotation.define<boolean>();

class GuardrailEditor extends HTMLElement {
  #current: Properties = {
    value: "",
    marks: [],
    deciding: [],
    uses: [],
    changed: [],
    kind: null,
    known: { actions: [], resources: [] },
    readonly: false,
    label: said("editor.label"),
    reveal: null,
  };
  /** What has been set and not been applied. */
  #pending = new Set<keyof Properties>();
  #toPosition: ToPosition = positionsOf("");
  #view: EditorView | undefined;
  /** What the view held when the element was last taken out of the page. */
  #state: EditorState | undefined;
  #hint = hidden("hint", said("editor.hint"));
  #evidence = hidden("evidence", "");
  #usage = hidden("usage", "");
  #access = new Compartment();
  #naming = new Compartment();
  #wrapping = new Compartment();
  #about = new Compartment();
  #strokes = new Strokes();
  #stroke = 0;
  /** Whether the next text is what an undo brings, so that the caret goes there. */
  #undoing = false;
  #narrow = matchMedia(NARROW);

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      ":host{display:block}:host([hidden]){display:none}" +
        ".hidden{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}",
    );
    root.adoptedStyleSheets = [sheet];
    root.append(this.#hint, this.#evidence, this.#usage);
  }

  connectedCallback(): void {
    const first = this.#state === undefined;
    const standIn = first ? this.querySelector("textarea") : null;
    const selection = standIn && document.activeElement === standIn ? selectionOf(standIn) : null;
    this.#adoptEarlyProperties(standIn?.value);
    this.#open();
    this.#apply();
    if (selection) this.#takeFocus(selection);
    this.#narrow.addEventListener("change", this.#rewrap);
    if (first) queueMicrotask(() => this.#emit("guardrail-ready"));
  }

  disconnectedCallback(): void {
    this.#narrow.removeEventListener("change", this.#rewrap);
    this.#state = this.#view?.state;
    this.#view?.destroy();
    this.#view = undefined;
  }

  override focus(): void {
    this.#view?.focus();
  }

  get value(): string {
    return this.#current.value;
  }
  set value(value: string) {
    this.#set("value", String(value ?? ""));
  }

  get marks(): readonly Mark[] {
    return this.#current.marks;
  }
  set marks(marks: readonly Mark[]) {
    this.#set("marks", marks ?? []);
  }

  get deciding(): readonly DecidingRange[] {
    return this.#current.deciding;
  }
  set deciding(ranges: readonly DecidingRange[]) {
    this.#set("deciding", ranges ?? []);
  }

  get uses(): readonly UseRange[] {
    return this.#current.uses;
  }
  set uses(ranges: readonly UseRange[]) {
    this.#set("uses", ranges ?? []);
  }

  get changed(): readonly ChangedLines[] {
    return this.#current.changed;
  }
  set changed(lines: readonly ChangedLines[]) {
    this.#set("changed", lines ?? []);
  }

  get kind(): Kind | null {
    return this.#current.kind;
  }
  set kind(kind: Kind | null) {
    this.#set("kind", kind ?? null);
  }

  get known(): Known {
    return this.#current.known;
  }
  set known(known: Known) {
    this.#set("known", { actions: known?.actions ?? [], resources: known?.resources ?? [] });
  }

  get stroke(): number {
    return this.#stroke;
  }

  set command(name: string) {
    const view = this.#view;
    if (!view) return;
    view.focus();
    COMMANDS[name]?.(view);
  }

  get readonly(): boolean {
    return this.#current.readonly;
  }
  set readonly(readonly: boolean) {
    this.#set("readonly", Boolean(readonly));
  }

  get label(): string {
    return this.#current.label;
  }
  set label(label: string) {
    this.#set("label", String(label ?? ""));
  }

  get reveal(): TextRange | null {
    return this.#current.reveal;
  }
  set reveal(range: TextRange | null) {
    this.#set("reveal", range ?? null);
  }

  #set<Name extends keyof Properties>(name: Name, value: Properties[Name]): void {
    this.#current[name] = value;
    if (this.#pending.size === 0) queueMicrotask(() => this.#apply());
    this.#pending.add(name);
  }

  /** Takes over what was set on the element before this class was known, and hides the setters. */
  #adoptEarlyProperties(fallback: string | undefined): void {
    const early = this as unknown as Record<string, unknown>;
    let valueGiven = this.#pending.has("value");
    for (const name of NAMES) {
      if (!Object.hasOwn(this, name)) continue;
      const value = early[name];
      delete early[name];
      early[name] = value;
      valueGiven ||= name === "value";
    }
    if (!valueGiven && fallback !== undefined) this.value = fallback;
  }

  #open(): void {
    const root = this.shadowRoot;
    if (!root || this.#view) return;
    this.#state ??= EditorState.create({ extensions: this.#extensions() });
    this.#view = new EditorView({ state: this.#state, root });
    root.append(this.#view.dom);
    this.#rewrap();
  }

  #takeFocus({ anchor, head }: Selection): void {
    const view = this.#view;
    if (!view) return;
    const end = view.state.doc.length;
    view.dispatch({ selection: { anchor: Math.min(anchor, end), head: Math.min(head, end) } });
    view.focus();
  }

  #extensions(): Extension {
    return [
      deciding,
      lineNumbers(),
      lintGutter(),
      changed,
      codeFolding({ placeholderText: "…" }),
      foldGutter({ markerDOM: foldSign }),
      highlightSpecialChars(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      typingOverSelection,
      json(),
      completion,
      hovers,
      search({ top: true }),
      EditorState.phrases.of(phrases()),
      // In a narrow pane a tooltip stays inside it.
      tooltips({ tooltipSpace: () => ({ ...sides(this), top: 0, bottom: innerHeight }) }),
      theme,
      EditorState.tabSize.of(2),
      // Tab is left to the browser, so that the keyboard can leave the editor.
      keymap.of([
        ...fixKeymap,
        ...closeBracketsKeymap,
        ...searchKeymap.filter(({ key }) => key !== "Mod-Shift-l" && key !== "Mod-d"),
        ...foldKeymap,
        ...completionKeymap,
        { key: "Mod-z", run: () => this.#ask("guardrail-undo"), preventDefault: true },
        { key: "Mod-y", mac: "Mod-Shift-z", run: () => this.#ask("guardrail-redo"), preventDefault: true },
        { linux: "Ctrl-Shift-z", win: "Ctrl-Shift-z", run: () => this.#ask("guardrail-redo"), preventDefault: true },
        ...defaultKeymap,
        ...lintKeymap,
      ]),
      // Undo from a menu or a gesture.
      EditorView.domEventHandlers({
        beforeinput: (event) => {
          const name = { historyUndo: "guardrail-undo", historyRedo: "guardrail-redo" }[event.inputType];
          if (!name) return false;
          event.preventDefault();
          return this.#ask(name);
        },
      }),
      this.#about.of([]),
      this.#access.of([]),
      this.#naming.of([]),
      this.#wrapping.of([]),
      EditorView.contentAttributes.of({
        "aria-describedby": `${this.#hint.id} ${this.#evidence.id} ${this.#usage.id}`,
        // An editable text takes the focus anyway; this says so to tools that only look at the attribute.
        tabindex: "0",
      }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged || update.transactions.some((one) => one.annotation(fromPage))) return;
        this.#current.value = update.state.doc.toString();
        this.#toPosition = positionsOf(this.#current.value);
        this.#stroke = this.#strokes.next(update.transactions, update.changes, performance.now());
        this.#emit("guardrail-change", this.#current.value);
      }),
    ];
  }

  /** Brings the view up to date with what has been set. */
  #apply(): void {
    const view = this.#view;
    if (!view) return;
    const pending = new Set(this.#pending);
    this.#pending.clear();
    const { value, marks, deciding: ranges, uses, changed: lines, kind, known, readonly, label, reveal } = this.#current;
    if (pending.has("value")) this.#replaceText(view, value);
    // One transaction for all the rest: each one costs the view an update.
    const specs: TransactionSpec[] = [];
    if (pending.has("readonly")) {
      specs.push({
        effects: this.#access.reconfigure([
          EditorState.readOnly.of(readonly),
          EditorView.contentAttributes.of({ "aria-readonly": String(readonly) }),
        ]),
      });
    }
    if (pending.has("kind") || pending.has("known")) {
      specs.push({ effects: this.#about.reconfigure(about.of({ kind, known })) });
    }
    if (pending.has("uses")) {
      const placed = uses.map((use) => ({ ...use, ...this.#place(use) }));
      specs.push({ effects: setUses.of(placed) });
      this.#usage.textContent = describeUses(view.state.doc, placed);
    }
    if (pending.has("changed")) specs.push({ effects: setChanged.of(lines) });
    if (pending.has("label")) {
      specs.push({ effects: this.#naming.reconfigure(EditorView.contentAttributes.of({ "aria-label": label })) });
    }
    if (pending.has("marks") && (marks.length > 0 || diagnosticCount(view.state) > 0)) {
      specs.push(setDiagnostics(view.state, marks.map((mark) => this.#diagnostic(mark))));
    }
    if (pending.has("deciding")) {
      const placed = ranges.map((range) => ({ ...this.#place(range), effect: range.effect }));
      specs.push({ effects: setDeciding.of(placed) });
      this.#evidence.textContent = describe(view.state.doc, placed);
    }
    if (pending.has("reveal") && reveal) {
      const { from, to } = this.#place(reveal);
      specs.push({
        selection: { anchor: from, head: to },
        effects: EditorView.scrollIntoView(from, { y: "center" }),
      });
    }
    if (specs.length > 0) view.dispatch(...specs);
  }

  #replaceText(view: EditorView, value: string): void {
    this.#toPosition = positionsOf(value);
    const old = view.state.doc.toString();
    const next = normalized(value);
    this.#strokes.end();
    const undoing = this.#undoing;
    this.#undoing = false;
    if (old === next) return;
    const changes = replacement(old, next);
    view.dispatch({ changes, annotations: fromPage.of(true) });
    if (undoing) {
      const anchor = changes.from + changes.insert.length;
      view.dispatch({ selection: { anchor }, scrollIntoView: true });
    }
  }

  #ask(name: string): boolean {
    this.#undoing = true;
    this.#emit(name);
    return true;
  }

  #place({ from, to }: TextRange): TextRange {
    const start = this.#toPosition(from);
    return { from: start, to: Math.max(start, this.#toPosition(to)) };
  }

  #diagnostic(mark: Mark): Diagnostic {
    const diagnostic: Diagnostic = {
      ...this.#place(mark),
      severity: mark.severity === "warning" ? "warning" : "error",
      message: String(mark.message).replaceAll("`", ""),
      renderMessage: () => worded(String(mark.message)),
      ...(mark.code ? { source: String(mark.code) } : {}),
    };
    const { fix } = mark;
    return fix ? withFix(diagnostic, { ...fix, ...this.#place(fix) }) : diagnostic;
  }

  #rewrap = (): void => {
    this.#view?.dispatch({
      effects: this.#wrapping.reconfigure(this.#narrow.matches ? EditorView.lineWrapping : []),
    });
  };

  #emit(name: string, detail?: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** A message in which what stands in backticks is code. */
function worded(message: string): HTMLElement {
  const words = document.createElement("span");
  message.split("`").forEach((piece, at) => {
    const part = document.createElement(at % 2 === 0 ? "span" : "code");
    part.textContent = piece;
    words.append(part);
  });
  return words;
}

/** The sign that folds a part of the text away, or opens it again. */
function foldSign(open: boolean): HTMLElement {
  const sign = document.createElement("span");
  sign.className = open ? "cm-fold" : "cm-fold cm-fold-closed";
  sign.title = said(open ? "editor.fold" : "editor.unfold");
  return sign;
}

function sides(element: HTMLElement): { left: number; right: number } {
  const { left, right } = element.getBoundingClientRect();
  return { left, right };
}

/** A text for screen readers only. */
function hidden(id: string, text: string): HTMLElement {
  const element = document.createElement("span");
  element.id = id;
  element.className = "hidden";
  element.textContent = text;
  return element;
}

function selectionOf(area: HTMLTextAreaElement): Selection {
  const { selectionStart, selectionEnd, selectionDirection } = area;
  return selectionDirection === "backward"
    ? { anchor: selectionEnd, head: selectionStart }
    : { anchor: selectionStart, head: selectionEnd };
}

customElements.define("guardrail-editor", GuardrailEditor);
