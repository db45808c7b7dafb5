// <guardrail-matrix>: accounts × requests. The tree gives the headings of the rows, the requests
// those of the columns; only what is in sight is in the page.
//
// Property `data`: see `MatrixData`. Event: ["cell", request, account] when a cell is chosen; the
// account is "" where the request has one of its own. Children in the slots `title` and `close`
// stand at the ends of the bar.

import { button, html, isEmbedded, put, save } from "./dom";
import { isAccount, readTree, type Tone, type Tree, type TreeNode, type TreeRecord, VERDICTS } from "./records";
import { className, icon } from "./shapes";
import { type Column, type ColumnRecord, type Filter, pathOf, type Row, Table } from "./table";
import { said } from "../said";
import * as texts from "./texts";
import { View } from "./view";
import sheet from "./matrix.css";

interface MatrixData {
  readonly tree: TreeRecord;
  readonly columns: readonly ColumnRecord[];
  /** The selected request, and its account where it runs over every one. */
  readonly selected: readonly [request: string, account: string];
}

const ROW = 30;
const HEAD = 108;
/** How wide the headings of rows are, and the cells at least and at most. */
const WIDE = { heading: 264, least: 116, most: 176 };
const NARROW = { heading: 148, least: 88, most: 176 };
/** Cells of this width have room for whole words. */
const ROOMY = 128;
/** Rows and columns that are there although they are just out of sight. */
const SPARE = 3;

/** A cell: a row, -1 being the headings of the columns, and a column, -1 being the heading of the row. */
interface Place {
  readonly row: number;
  readonly column: number;
}

interface Window {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export class GuardrailMatrix extends View<MatrixData> {
  readonly #find = html("input", { type: "search", class: "find", placeholder: said("matrix.find"), "aria-label": said("matrix.find"), autocomplete: "off", spellcheck: "false" });
  readonly #show = html("select", { "aria-label": said("matrix.show") });
  readonly #others = html("input", { type: "checkbox" });
  readonly #othersLabel = html("label", {}, this.#others, said("matrix.others"));
  readonly #count = html("span", { class: "count", role: "status" });
  readonly #said = html("span", { class: "said", role: "status" });
  readonly #copy = button(said("matrix.copy"), said("matrix.copy"), () => void this.#copyCsv());
  readonly #head = html("div", { class: "head", role: "row", "aria-rowindex": 1 });
  readonly #body = html("div", { class: "body", role: "rowgroup" });
  readonly #grid = html("div", { class: "grid", role: "treegrid", "aria-label": said("matrix.grid") });
  readonly #empty = html("p", { class: "empty" });
  readonly #box = html("div", { class: "box" }, this.#grid, this.#empty);
  readonly #sizes = new ResizeObserver(() => this.#arrange());
  readonly #opened = new Map<string, boolean>();
  #tree: Tree | undefined;
  #table: Table | undefined;
  #kept: readonly boolean[] = [];
  #rows: Row[] = [];
  /** The rows in the page, by their place. */
  readonly #drawn = new Map<number, HTMLElement>();
  #window: Window = { top: 0, bottom: 0, left: 0, right: 0 };
  #active: Place = { row: 0, column: 0 };
  #measures = { heading: WIDE.heading, cell: WIDE.least };
  #frame = 0;

  constructor() {
    super(sheet);
    const choices: [string, string][] = [["", said("matrix.all")], ["differing", said("matrix.differing")]];
    for (let tone = 0; tone < VERDICTS; tone += 1) choices.push([String(tone), said("matrix.with", { verdict: texts.within(texts.verdict(tone)) })]);
    this.#show.append(...choices.map(([value, words]) => html("option", { value, title: value === "differing" ? said("matrix.differing-long") : null }, words)));
    this.#grid.append(html("div", { role: "rowgroup", class: "heads" }, this.#head), this.#body);
    const end = html("span", { class: "end" }, this.#said, ...(isEmbedded() ? [] : [this.#copy]));
    const bar = html("div", { class: "bar" }, html("slot", { name: "title" }), this.#find, this.#show, this.#othersLabel, this.#count, end, html("slot", { name: "close" }));
    this.root.append(bar, this.#box);
    this.#find.addEventListener("input", () => this.#filtered());
    this.#show.addEventListener("change", () => this.#filtered());
    this.#others.addEventListener("change", () => this.redraw());
    this.#box.addEventListener("scroll", () => this.#scrolled());
    this.#grid.addEventListener("keydown", (event) => this.#key(event));
    this.#grid.addEventListener("click", (event) => this.#press(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this.#box);
  }

  disconnectedCallback(): void {
    this.#sizes.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  override focus(): void {
    const cell = this.#cell(this.#active);
    if (cell && !this.#grid.hidden) cell.focus({ preventScroll: true });
    else this.#find.focus();
  }

  protected draw(data: MatrixData, before: MatrixData | undefined): void {
    if (data.tree !== before?.tree) this.#tree = readTree(data.tree);
    const tree = this.#tree;
    if (!tree) return;
    const every = data.columns.some(([, , , account]) => account === "");
    const single = data.columns.some(([, , , account]) => account !== "");
    this.#othersLabel.hidden = !(every && single);
    const at = this.#places();
    this.#table = new Table(tree, data.columns, this.#others.checked || !every);
    this.#refilter(at);
    if (before === undefined) this.#begin(data);
    else if (data.selected.join() !== before.selected.join()) this.#mark();
  }

  /** The first time: where the selected request is. */
  #begin({ selected: [request, account] }: MatrixData): void {
    const column = Math.max(0, this.#table?.columns.findIndex(({ id }) => id === request) ?? 0);
    const row = Math.max(0, this.#rows.findIndex(({ node }) => node.id === account));
    this.#active = { row, column };
    this.#reveal(this.#active);
    this.#arrange();
    if (this.hasFocus()) this.focus();
  }

  #filter(): Filter {
    const { value } = this.#show;
    return { text: this.#find.value, rows: value === "" || value === "differing" ? value : Number(value) };
  }

  #filtered(): void {
    this.#opened.clear();
    this.#refilter(this.#places());
    this.#box.scrollTop = 0;
  }

  /** What the active cell stands for, so that it can be found again. */
  #places(): { node: string | undefined; request: string | undefined } {
    const { row, column } = this.#active;
    return { node: this.#rows[row]?.node.id, request: this.#table?.columns[column]?.id };
  }

  #refilter({ node, request }: { node: string | undefined; request: string | undefined }): void {
    const table = this.#table;
    if (!table) return;
    const { row, column } = this.#active;
    const filter = this.#filter();
    this.#kept = table.kept(filter);
    this.#rows = table.rows(this.#kept, filter.text.trim() !== "" || filter.rows !== "", this.#opened);
    const rowNow = this.#rows.findIndex((one) => one.node.id === node);
    const columnNow = table.columns.findIndex((one) => one.id === request);
    this.#active = {
      row: row < 0 ? row : Math.min(rowNow < 0 ? row : rowNow, Math.max(0, this.#rows.length - 1)),
      column: column < 0 ? column : Math.min(columnNow < 0 ? column : columnNow, Math.max(0, table.columns.length - 1)),
    };
    const count = (accounts: readonly boolean[]): number => accounts.filter(Boolean).length;
    const isEmpty = table.columns.length === 0 || table.tree.accounts.length === 0;
    this.#count.textContent = isEmpty ? "" : shownOf(count(this.#kept), count(table.asking));
    this.#empty.textContent = table.tree.accounts.length === 0 ? said("matrix.no-accounts") : isEmpty ? said("matrix.empty") : this.#rows.length === 0 ? said("matrix.nothing") : "";
    this.#empty.hidden = this.#empty.textContent === "";
    this.#grid.hidden = isEmpty;
    for (const control of [this.#find, this.#show, this.#count, this.#copy]) control.hidden = isEmpty;
    this.#arrange();
  }

  /** Sizes everything anew, and draws what is in sight. */
  #arrange(): void {
    const table = this.#table;
    if (!table) return;
    const { clientWidth } = this.#box;
    const { heading, least, most } = clientWidth < 560 ? NARROW : WIDE;
    const cell = Math.min(most, Math.max(least, Math.floor((clientWidth - heading) / table.columns.length)));
    this.#measures = { heading, cell };
    put(this.#grid, { "aria-rowcount": this.#rows.length + 1, "aria-colcount": table.columns.length + 1 });
    const { style } = this.#grid;
    style.setProperty("--heading", `${heading}px`);
    style.setProperty("--cell", `${cell}px`);
    style.setProperty("--row", `${ROW}px`);
    style.setProperty("--head", `${HEAD}px`);
    style.width = `${heading + table.columns.length * cell}px`;
    this.#body.style.height = `${this.#rows.length * ROW}px`;
    this.#drawWindow(true);
  }

  #scrolled(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#drawWindow(false));
  }

  /** Draws the rows and columns in sight, and the active cell wherever it is, so that the focus is not lost. */
  #drawWindow(anew: boolean): void {
    const table = this.#table;
    if (!table) return;
    const { scrollTop, scrollLeft, clientWidth, clientHeight } = this.#box;
    const { heading, cell } = this.#measures;
    const window = {
      top: Math.max(0, Math.floor(scrollTop / ROW) - SPARE),
      bottom: Math.min(this.#rows.length, Math.ceil((scrollTop + clientHeight - HEAD) / ROW) + SPARE),
      left: Math.max(0, Math.floor(scrollLeft / cell) - 1),
      right: Math.min(table.columns.length, Math.ceil((scrollLeft + clientWidth - heading) / cell) + 1),
    };
    const otherColumns = anew || window.left !== this.#window.left || window.right !== this.#window.right;
    this.#window = window;
    const focused = this.root.activeElement?.closest("[data-row]") != null;
    if (anew) {
      this.#head.replaceChildren(this.#corner());
      this.#body.replaceChildren();
      this.#drawn.clear();
    }
    if (otherColumns) {
      this.#fillHead(table);
      for (const [at, element] of this.#drawn) this.#fillRow(element, at, table);
    }
    for (const [at, row] of this.#drawn) {
      if ((at >= window.top && at < window.bottom) || at === this.#active.row) continue;
      row.remove();
      this.#drawn.delete(at);
    }
    const wanted = new Set<number>();
    if (this.#active.row >= 0 && this.#active.row < this.#rows.length) wanted.add(this.#active.row);
    for (let at = window.top; at < window.bottom; at += 1) wanted.add(at);
    for (const at of [...wanted].sort((a, b) => a - b)) {
      const row = this.#rows[at];
      if (!row || this.#drawn.has(at)) continue;
      const element = this.#row(row, at, table);
      this.#drawn.set(at, element);
      // Rows stand in the page in their order, for those who read it without seeing it.
      const next = [...this.#drawn.keys()].filter((other) => other > at);
      this.#body.insertBefore(element, next.length > 0 ? (this.#drawn.get(Math.min(...next)) ?? null) : null);
    }
    if (focused && otherColumns) this.focus();
  }

  /** The columns in sight and the active one. */
  #columns(table: Table): [number, Column][] {
    const found: [number, Column][] = [];
    for (const [at, column] of table.columns.entries()) {
      if ((at >= this.#window.left && at < this.#window.right) || at === this.#active.column) found.push([at, column]);
    }
    return found;
  }

  #corner(): HTMLElement {
    return html("div", { class: "corner", role: "columnheader", "aria-colindex": 1, "data-row": -1, "data-column": -1, tabindex: this.#stop(-1, -1) }, said("matrix.corner"));
  }

  #fillHead(table: Table): void {
    this.#fill(this.#head, table, (at, column) => {
      const counts = html("span", { class: "counts", "aria-hidden": "true" });
      for (const [tone, count] of column.counts.entries()) if (count > 0) counts.append(counted(tone, count));
      const named = [column.title, column.detail, texts.tally(column.counts)].filter(Boolean).join(", ");
      return html(
        "div",
        { class: "column", role: "columnheader", "aria-colindex": at + 2, "aria-label": named, title: named, "data-row": -1, "data-column": at, tabindex: this.#stop(-1, at) },
        html("span", { class: "what" }, ...breakable(column.title)),
        html("span", { class: "detail" }, column.detail),
        counts,
      );
    });
    this.#markHead();
  }

  #fillRow(element: HTMLElement, at: number, table: Table): void {
    const node = this.#rows[at]?.node;
    if (!node) return;
    const words = this.#measures.cell < ROOMY ? texts.short : texts.verdict;
    this.#fill(element, table, (place, column) => {
      const cell = isAccount(node) ? accountCell(table.tone(column, node.from), words) : sumCell(table.sum(column, node), words);
      return put(cell, {
        role: "gridcell",
        "aria-colindex": place + 2,
        "aria-selected": String(this.#isChosen(node, column)),
        "data-row": at,
        "data-column": place,
        tabindex: this.#stop(at, place),
      });
    });
  }

  /** Brings the cells of a row up to the columns in sight; those that stay are left alone. */
  #fill(row: HTMLElement, table: Table, make: (at: number, column: Column) => HTMLElement): void {
    const columns = this.#columns(table);
    const wanted = new Set(columns.map(([at]) => at));
    const there = new Map<number, Element>();
    for (const cell of [...row.children]) {
      const at = Number(cell.getAttribute("data-column"));
      if (at < 0) continue;
      if (wanted.has(at)) there.set(at, cell);
      else cell.remove();
    }
    let next: Element | null = null;
    for (const [at, column] of columns.reverse()) {
      let cell = there.get(at);
      if (!cell) {
        const made = make(at, column);
        made.style.left = this.#left(at);
        row.insertBefore(made, next);
        cell = made;
      }
      next = cell;
    }
  }

  #left(column: number): string {
    return `${this.#measures.heading + column * this.#measures.cell}px`;
  }

  #row({ node, accounts, opened }: Row, at: number, table: Table): HTMLElement {
    const name = html("span", { class: "text" }, node.name);
    const heading = html("div", { class: "heading", role: "rowheader", "aria-colindex": 1, "data-row": at, "data-column": -1, tabindex: this.#stop(at, -1), title: [pathOf(node), node.name, isAccount(node) ? node.id : ""].filter(Boolean).join(" / ") });
    heading.style.paddingInlineStart = `${8 + node.depth * 12}px`;
    if (opened === undefined) heading.append(html("span", { class: "sign" }), name);
    else {
      heading.append(html("span", { class: `sign ${opened ? "opened" : "closed"}`, "aria-hidden": "true" }), name, html("span", { class: "below" }, texts.accounts(accounts)));
    }
    const row = html("div", {
      class: opened === undefined ? "row" : "row parent",
      role: "row",
      "aria-rowindex": at + 2,
      "aria-level": node.depth + 1,
      "aria-expanded": opened === undefined ? null : String(opened),
    });
    row.style.transform = `translateY(${at * ROW}px)`;
    row.append(heading);
    this.#fillRow(row, at, table);
    return row;
  }

  #cell({ row, column }: Place): HTMLElement | null {
    const cell = this.#grid.querySelector(`[data-row="${row}"][data-column="${column}"]`);
    return cell instanceof HTMLElement ? cell : null;
  }

  /** Tab leads to one cell alone. */
  #stop(row: number, column: number): number {
    return row === this.#active.row && column === this.#active.column ? 0 : -1;
  }

  /** Whether the reasons of this verdict are shown. */
  #isChosen(node: TreeNode, column: Column): boolean {
    const [request, account] = this.data?.selected ?? ["", ""];
    return isAccount(node) && column.id === request && (column.every ? node.id === account : node.from === column.at);
  }

  /** Marks the verdict whose reasons are shown. */
  #mark(): void {
    const table = this.#table;
    for (const cell of this.#body.querySelectorAll<HTMLElement>("[role=gridcell]")) {
      const column = table?.columns[Number(cell.dataset.column)];
      const node = this.#rows[Number(cell.dataset.row)]?.node;
      cell.ariaSelected = String(column !== undefined && node !== undefined && this.#isChosen(node, column));
    }
    this.#markHead();
  }

  #markHead(): void {
    for (const head of this.#head.querySelectorAll<HTMLElement>(".column")) {
      const column = this.#table?.columns[Number(head.dataset.column)];
      head.classList.toggle("chosen", column !== undefined && column.id === this.data?.selected[0]);
    }
  }

  #press(event: MouseEvent): void {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-row]") : null;
    if (!cell) return;
    this.#go({ row: Number(cell.dataset.row), column: Number(cell.dataset.column) });
    this.#choose(this.#active);
  }

  /** What Enter and a click do: rows of OUs open and close, all others show their reasons. */
  #choose({ row, column }: Place): void {
    const request = this.#table?.columns[column];
    const here = this.#rows[row];
    if (row < 0 && request) this.tell("cell", request.id, "");
    else if (here?.opened !== undefined) this.#toggle(here, !here.opened);
    else if (here && request && this.#table?.tone(request, here.node.from) !== undefined) this.tell("cell", request.id, request.every ? here.node.id : "");
  }

  #toggle({ node }: Row, opened: boolean): void {
    this.#opened.set(node.id, opened);
    this.#refilter(this.#places());
    this.focus();
  }

  #key(event: KeyboardEvent): void {
    const wanted = this.#meant(event);
    if (wanted === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (wanted) this.#go(wanted);
  }

  /** Where a key leads; null where it does something else, undefined where it means nothing here. */
  #meant({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): Place | null | undefined {
    const { row, column } = this.#active;
    const [lastRow, lastColumn] = [this.#rows.length - 1, (this.#table?.columns.length ?? 0) - 1];
    const far = ctrlKey || metaKey;
    if (altKey || shiftKey || (far && key !== "Home" && key !== "End")) return undefined;
    const page = Math.max(1, Math.floor((this.#box.clientHeight - HEAD) / ROW) - 1);
    const here = this.#rows[row];
    const bounded = (to: number, least: number, most: number): number => Math.min(Math.max(to, least), most);
    switch (key) {
      case "ArrowDown":
        return { row: bounded(row + 1, -1, lastRow), column };
      case "ArrowUp":
        return { row: bounded(row - 1, -1, lastRow), column };
      case "PageDown":
        return { row: bounded(row + page, -1, lastRow), column };
      case "PageUp":
        return { row: bounded(row - page, 0, lastRow), column };
      case "ArrowRight":
        if (column < 0 && here?.opened === false) return this.#toggle(here, true), null;
        return { row, column: bounded(column + 1, -1, lastColumn) };
      case "ArrowLeft":
        if (column < 0 && here?.opened === true) return this.#toggle(here, false), null;
        return { row, column: bounded(column - 1, -1, lastColumn) };
      case "Home":
        return far ? { row: 0, column: -1 } : { row, column: -1 };
      case "End":
        return far ? { row: lastRow, column: lastColumn } : { row, column: lastColumn };
      case "Enter":
      case " ":
        return this.#choose(this.#active), null;
      default:
        return undefined;
    }
  }

  #go(place: Place): void {
    const otherColumn = place.column !== this.#active.column;
    this.#cell(this.#active)?.setAttribute("tabindex", "-1");
    this.#active = place;
    this.#reveal(place);
    // The active column is in the page even where it is out of sight, so another one is drawn anew.
    this.#drawWindow(otherColumn);
    this.#cell(place)?.setAttribute("tabindex", "0");
    this.focus();
  }

  #reveal({ row, column }: Place): void {
    const box = this.#box;
    const { heading, cell } = this.#measures;
    if (row >= 0) {
      const [top, bottom] = [row * ROW, (row + 1) * ROW + HEAD];
      if (top < box.scrollTop) box.scrollTop = top;
      else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
    }
    if (column < 0) return;
    const [left, right] = [column * cell, heading + (column + 1) * cell];
    if (left < box.scrollLeft) box.scrollLeft = left;
    else if (right > box.scrollLeft + box.clientWidth) box.scrollLeft = right - box.clientWidth;
  }

  async #copyCsv(): Promise<void> {
    const text = this.#table?.csv(this.#kept);
    if (!text) return;
    const rows = this.#kept.filter(Boolean).length;
    try {
      await navigator.clipboard.writeText(text);
      this.#said.textContent = said("matrix.copied", { rows: texts.accounts(rows) });
    } catch {
      save(said("matrix.file"), new Blob([text], { type: "text/csv" }));
      this.#said.textContent = said("matrix.saved-instead");
    }
  }
}

const shownOf = (shown: number, all: number): string =>
  shown === all ? texts.accounts(all) : said("matrix.shown", { shown, accounts: texts.accounts(all) });

const counted = (tone: Tone, count: number): HTMLElement => html("span", { class: className(tone) }, icon(tone), texts.number(count));

type Words = (tone: Tone) => string;

function accountCell(tone: Tone | undefined, words: Words): HTMLElement {
  if (tone === undefined) return html("div", { class: "cell none", "aria-label": said("matrix.none") });
  return html("div", { class: `cell ${className(tone)}`, "aria-label": texts.verdict(tone) }, icon(tone), words(tone));
}

/** What is below an OU: the verdict that all have, or how many have which. */
function sumCell(counts: readonly number[], names: Words): HTMLElement {
  const there = [...counts.entries()].filter(([, count]) => count > 0);
  const words = texts.tally(counts);
  const [only] = there;
  if (!only) return html("div", { class: "cell none", "aria-label": said("matrix.none") });
  if (there.length === 1) {
    const [tone] = only;
    return html("div", { class: `cell sum ${className(tone)}`, "aria-label": words, title: words }, icon(tone), names(tone));
  }
  const spoken = html("span", { class: "hidden" }, words);
  if (there.length > 2) return html("div", { class: "cell sum mixed", title: words }, said("matrix.mixed"), spoken);
  const shown = html("span", { class: "mixed", "aria-hidden": "true" }, ...there.map(([tone, count]) => counted(tone, count)));
  return html("div", { class: "cell sum", title: words }, shown, spoken);
}

/** A name that may break where its parts begin: "ec2:RunInstances". */
function breakable(name: string): Node[] {
  return name.split(/(?<=[:/])|(?<=[a-z])(?=[A-Z])/).flatMap((part, at) => (at === 0 ? [new Text(part)] : [document.createElement("wbr"), new Text(part)]));
}
