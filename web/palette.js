// The list of the palette: a custom element that gets its lines, filters them as one types and
// tells which was chosen. It knows nothing of what the lines mean.
//
//   element.lines = [[name, sort, keys], …]
//   "guardrail-chosen", detail: the position of the chosen line, or null if none was
//
// Its own texts are those that the app hands over.

/** Most lines that are shown. */
const MOST = 60;

/**
 * How well a text holds a word: at its beginning, at the beginning of a word, anywhere, or its
 * letters in order. Zero if not at all.
 * @param {string} text
 * @param {string} word
 */
function fit(text, word) {
  const at = text.indexOf(word);
  if (at === 0) return 100;
  if (at > 0) return /[\p{L}\p{N}]/u.test(text[at - 1]) ? 40 : 80;
  let from = 0;
  let gaps = 0;
  for (const letter of word) {
    const found = text.indexOf(letter, from);
    if (found < 0) return 0;
    if (found > from) gaps += 1;
    from = found + 1;
  }
  return word.length < 2 || gaps > word.length / 2 + 1 ? 0 : 20 - Math.min(gaps, 15);
}

/**
 * A text of the app's catalogue, its slots filled.
 * @param {string} name
 * @param {Record<string, string | number>} slots
 */
function said(name, slots = {}) {
  const text = globalThis.guardrailWords?.[`palette.${name}`] ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, slot) => slots[slot] ?? whole);
}

class Palette extends HTMLElement {
  #lines = [];
  #shown = [];
  #active = 0;
  #dialog = document.createElement("dialog");
  #field = document.createElement("input");
  #list = document.createElement("ul");
  #status = document.createElement("p");

  set lines(lines) {
    this.#lines = lines.map(([name, sort, keys], at) => ({
      at,
      name,
      sort,
      keys,
      first: name.toLowerCase(),
      second: sort.toLowerCase(),
    }));
    if (this.isConnected) this.#filter();
  }

  connectedCallback() {
    // Set before this code was there.
    const early = Object.getOwnPropertyDescriptor(this, "lines")?.value;
    if (early) {
      delete this.lines;
      this.lines = early;
    }
    if (!this.#field.id) this.#build();
    this.append(this.#dialog);
    this.#dialog.showModal();
    this.#filter();
  }

  #build() {
    const [dialog, field, list, status] = [this.#dialog, this.#field, this.#list, this.#status];
    dialog.className = "dialog palette";
    dialog.setAttribute("aria-label", said("find"));
    field.id = "palette-field";
    field.className = "palette-field";
    field.placeholder = said("find");
    field.autocomplete = "off";
    field.spellcheck = false;
    list.id = "palette-list";
    list.className = "palette-list";
    for (const [element, names] of [
      [field, { role: "combobox", "aria-label": said("find"), "aria-expanded": "true", "aria-controls": list.id, "aria-autocomplete": "list" }],
      [list, { role: "listbox", "aria-label": said("list") }],
      [status, { role: "status", class: "visually-hidden" }],
    ]) {
      for (const [name, value] of Object.entries(names)) element.setAttribute(name, value);
    }
    dialog.append(field, list, status);
    field.addEventListener("input", () => this.#filter());
    field.addEventListener("keydown", (event) => this.#key(event));
    // A press on a line must not take the focus out of the field.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#choose([...list.children].indexOf(option));
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("close", () => this.#tell(null));
  }

  #filter() {
    const words = this.#field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const scored = [];
    for (const line of this.#lines) {
      let score = 1;
      for (const word of words) {
        const found = fit(line.first, word) || fit(line.second, word) / 4;
        score = found && score ? score + found : 0;
      }
      if (score && (words.length || line.at < MOST)) scored.push({ line, score: score - Math.min(line.first.length, 60) / 100 });
    }
    if (words.length) scored.sort((a, b) => b.score - a.score || a.line.at - b.line.at);
    this.#shown = scored.slice(0, MOST).map(({ line }) => line);
    this.#list.replaceChildren(...this.#shown.map((line, at) => option(line, at)));
    const count = scored.length;
    this.#status.textContent = said(count === 1 ? "one" : count > MOST ? "first" : "results", { count, most: MOST });
    if (!this.#shown.length) {
      const none = document.createElement("li");
      none.className = "palette-none";
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      none.textContent = said("none");
      this.#list.append(none);
    }
    this.#mark(0);
  }

  #mark(at) {
    this.#active = at;
    this.#field.removeAttribute("aria-activedescendant");
    [...this.#list.children].forEach((option, position) => {
      const here = position === at && this.#shown.length > 0;
      option.setAttribute("aria-selected", String(here));
      if (!here) return;
      this.#field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    });
  }

  #key(event) {
    const last = this.#shown.length - 1;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const to = {
      ArrowDown: this.#active < last ? this.#active + 1 : 0,
      ArrowUp: this.#active > 0 ? this.#active - 1 : last,
      PageDown: Math.min(this.#active + 8, last),
      PageUp: Math.max(this.#active - 8, 0),
    }[event.key];
    if (to !== undefined) this.#mark(Math.max(to, 0));
    else if (event.key === "Enter") this.#choose(this.#active);
    else return;
    event.preventDefault();
  }

  #choose(at) {
    const line = this.#shown[at];
    if (line) this.#tell(line.at);
  }

  #tell(at) {
    this.dispatchEvent(new CustomEvent("guardrail-chosen", { detail: at }));
  }

  disconnectedCallback() {
    // Closing gives the focus back to where it was.
    if (this.#dialog.open) this.#dialog.close();
  }
}

function option({ name, sort, keys }, at) {
  const item = document.createElement("li");
  item.id = `palette-${at}`;
  item.setAttribute("role", "option");
  for (const [text, className] of [[name, "palette-name"], [sort, "palette-sort"], [keys, "palette-keys"]]) {
    if (!text) continue;
    const part = document.createElement(className === "palette-keys" ? "kbd" : "span");
    part.className = className;
    part.textContent = text;
    item.append(part, " ");
  }
  return item;
}

if (!customElements.get("guardrail-palette")) customElements.define("guardrail-palette", Palette);
