// <guardrail-editor>: the policy text, as a custom element around CodeMirror.
//
// The page sets properties and listens to events; the element knows JSON and nothing of policies.
// Until it is defined, its child <textarea> is what a person sees and types into. The shadow root
// has no slot, so the text area disappears when the element takes over text, focus and selection.
//
// Properties
//   value     the text. Setting another one replaces it, keeps the selection where it can, and
//             fires no event.
//   marks     [{from, to, severity: "error" | "warning", message, code}]
//   deciding  [{from, to, effect: "allow" | "deny"}], the statements that decided
//   readonly  whether the text can be changed
//   label     the accessible name
//   reveal    {from, to}: selects the range and scrolls to it
// All offsets are UTF-16 code units of `value`. What is set within one task is applied together at
// its end, the text first, so the order of the assignments does not matter.
//
// Events
//   guardrail-ready   the editor has taken over from the text area
//   guardrail-change  a person has changed the text; `detail` is the new one

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { type Diagnostic, diagnosticCount, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { Annotation, Compartment, EditorState, type Extension, Transaction, type TransactionSpec } from "@codemirror/state";
import { drawSelection, EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { deciding, type DecidingRange, describe, setDeciding } from "./deciding";
import { normalized, positionsOf, replacement, type ToPosition } from "./positions";
import { theme } from "./theme";
import { typingOverSelection } from "./typing";

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
}

interface Properties {
  value: string;
  marks: readonly Mark[];
  deciding: readonly DecidingRange[];
  readonly: boolean;
  label: string;
  reveal: TextRange | null;
}

const NAMES = ["value", "marks", "deciding", "readonly", "label", "reveal"] as const;
const HINT =
  "Tab moves on to the next control. F8 moves to the next mark. Control or Command with ] indents the line, with [ outdents it.";
const NARROW = "(max-width: 640px)";

/** Marks a change that the page made, about which the page need not be told. */
const fromPage = Annotation.define<boolean>();

class GuardrailEditor extends HTMLElement {
  #current: Properties = { value: "", marks: [], deciding: [], readonly: false, label: "Policy text", reveal: null };
  /** What has been set and not been applied. */
  #pending = new Set<keyof Properties>();
  #toPosition: ToPosition = positionsOf("");
  #view: EditorView | undefined;
  /** What the view held when the element was last taken out of the page. */
  #state: EditorState | undefined;
  #hint = hidden("hint", HINT);
  #evidence = hidden("evidence", "");
  #access = new Compartment();
  #naming = new Compartment();
  #wrapping = new Compartment();
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
    root.append(this.#hint, this.#evidence);
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
      highlightSpecialChars(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      typingOverSelection,
      json(),
      theme,
      EditorState.tabSize.of(2),
      // Tab is left to the browser, so that the keyboard can leave the editor.
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap]),
      this.#access.of([]),
      this.#naming.of([]),
      this.#wrapping.of([]),
      EditorView.contentAttributes.of({
        "aria-describedby": `${this.#hint.id} ${this.#evidence.id}`,
        // An editable text takes the focus anyway; this says so to tools that only look at the attribute.
        tabindex: "0",
      }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged || update.transactions.some((one) => one.annotation(fromPage))) return;
        this.#current.value = update.state.doc.toString();
        this.#toPosition = positionsOf(this.#current.value);
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
    const { value, marks, deciding: ranges, readonly, label, reveal } = this.#current;
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
    if (old === next) return;
    view.dispatch({
      changes: replacement(old, next),
      annotations: [fromPage.of(true), Transaction.addToHistory.of(false)],
    });
  }

  #place({ from, to }: TextRange): TextRange {
    const start = this.#toPosition(from);
    return { from: start, to: Math.max(start, this.#toPosition(to)) };
  }

  #diagnostic(mark: Mark): Diagnostic {
    return {
      ...this.#place(mark),
      severity: mark.severity === "warning" ? "warning" : "error",
      message: String(mark.message),
      ...(mark.code ? { source: String(mark.code) } : {}),
    };
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
