// What the map and the matrix have in common: one property, `data`, that the page sets whenever
// something changed, and one event, `guardrail-view`, that says what a person chose. The detail of
// the event is a list of texts, the first of which names what happened.

import shared from "./view.css";

/** A custom element that draws what it was last given, together at the end of a task. */
export abstract class View<Data> extends HTMLElement {
  protected readonly root: ShadowRoot;
  #data: Data | undefined;
  #drawn: Data | undefined;
  #waiting = false;

  constructor(sheet: string) {
    super();
    this.root = this.attachShadow({ mode: "open" });
    this.root.adoptedStyleSheets = [shared, sheet].map((text) => {
      const made = new CSSStyleSheet();
      made.replaceSync(text);
      return made;
    });
  }

  connectedCallback(): void {
    // What was set before this class was known hides the setter.
    if (Object.hasOwn(this, "data")) {
      const early = this as unknown as { data?: Data };
      const given = early.data;
      delete early.data;
      if (given) this.data = given;
    }
  }

  get data(): Data | undefined {
    return this.#data;
  }
  set data(data: Data | undefined) {
    this.#data = data;
    this.redraw();
  }

  /** Draws soon, also where nothing was given. */
  protected redraw(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    queueMicrotask(() => {
      this.#waiting = false;
      if (!this.#data || !this.isConnected) return;
      const before = this.#drawn;
      this.#drawn = this.#data;
      this.draw(this.#data, before);
    });
  }

  /** Brings what is shown up to date. `before` is what was shown until now. */
  protected abstract draw(data: Data, before: Data | undefined): void;

  protected tell(...detail: string[]): void {
    this.dispatchEvent(new CustomEvent("guardrail-view", { detail, bubbles: true }));
  }

  /** Whether the focus is here, or waits here for what is to be shown. */
  protected hasFocus(): boolean {
    const active = document.activeElement;
    return active === this || (active !== null && this.parentElement?.contains(active) === true);
  }
}
