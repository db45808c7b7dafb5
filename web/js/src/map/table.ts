// What the matrix says: which account has which verdict for which request, which rows are shown, and
// what the rows of OUs sum up.

import { isAccount, type Tone, type Tree, type TreeNode, VERDICTS } from "./records";
import { said } from "../said";
import * as texts from "./texts";

/** A request: its id, what it does, further words that tell it from others, the account that calls
 * or "" for every member account, and the verdicts: by member, or the one. */
export type ColumnRecord = readonly [id: string, title: string, detail: string, account: string, verdicts: Uint8Array];

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  /** Whether it runs over every member account. */
  readonly every: boolean;
  readonly verdicts: Uint8Array;
  /** The place of the one account that calls; -1 where it is none of the tree. */
  readonly at: number;
  /** How many accounts have which verdict. */
  readonly counts: readonly number[];
  /** The verdict that most accounts have. */
  readonly usual: Tone;
}

/** Which rows are shown. */
export interface Filter {
  readonly text: string;
  /** A verdict that some request must have, "differing", or "". */
  readonly rows: Tone | "differing" | "";
}

export interface Row {
  readonly node: TreeNode;
  /** How many accounts are shown at and below it. */
  readonly accounts: number;
  /** Whether what is below is shown; undefined for accounts. */
  readonly opened: boolean | undefined;
}

/** Rows are few enough to be opened at first up to this number of accounts. */
const LARGE = 200;
/** The lowest level that is open at first in a large tree. */
const OPEN_DEPTH = 0;

export class Table {
  readonly columns: readonly Column[];
  /** Whether each account makes one of the requests, by its place. */
  readonly asking: readonly boolean[];
  readonly #sums = new Map<string, readonly number[]>();

  constructor(
    readonly tree: Tree,
    records: readonly ColumnRecord[],
    others: boolean,
  ) {
    const places = new Map(tree.accounts.map((account, at) => [account.id, at]));
    const columns = records.map(([id, title, detail, account, verdicts]): Column => {
      const counts = new Array<number>(VERDICTS).fill(0);
      for (const tone of verdicts) counts[tone] = (counts[tone] ?? 0) + 1;
      const at = account === "" ? -1 : (places.get(account) ?? -1);
      return { id, title, detail, every: account === "", verdicts, at, counts, usual: counts.indexOf(Math.max(...counts)) };
    });
    const fits = (column: Column): boolean => column.every || (others && column.at >= 0);
    this.columns = columns.filter(fits);
    this.asking = this.#asking();
  }

  /** The verdict of an account, by its place; undefined where it does not make this request. */
  tone(column: Column, at: number): Tone | undefined {
    if (column.every) return column.verdicts[this.tree.members[at] ?? -1];
    return column.at === at ? column.verdicts[0] : undefined;
  }

  /** How many accounts below a node have which verdict. */
  sum(column: Column, node: TreeNode): readonly number[] {
    const key = `${column.id} ${node.id}`;
    const known = this.#sums.get(key);
    if (known) return known;
    const counts = new Array<number>(VERDICTS).fill(0);
    for (let at = node.from; at < node.to; at += 1) {
      const tone = this.tone(column, at);
      if (tone !== undefined) counts[tone] = (counts[tone] ?? 0) + 1;
    }
    this.#sums.set(key, counts);
    return counts;
  }

  /** The management account makes none of the requests that run over all others. */
  #asking(): boolean[] {
    const every = this.columns.some((column) => column.every);
    const single = new Set(this.columns.map((column) => column.at));
    return this.tree.members.map((member, at) => (every && member >= 0) || single.has(at));
  }

  /** Whether each account is shown, by its place. */
  kept({ text, rows }: Filter): boolean[] {
    const wanted = text.trim().toLowerCase();
    const digits = wanted.replaceAll(/\s/g, "");
    return this.tree.accounts.map((account, at) => {
      if (!this.asking[at]) return false;
      const named = wanted === "" || account.name.toLowerCase().includes(wanted) || account.id.includes(digits);
      return named && (rows === "" || this.columns.some((column) => this.#fits(column, at, rows)));
    });
  }

  #fits(column: Column, at: number, rows: Tone | "differing"): boolean {
    const tone = this.tone(column, at);
    if (tone === undefined) return false;
    return rows === "differing" ? column.every && tone !== column.usual : tone === rows;
  }

  /** The rows to show, each parent before what is below it. Where a filter leaves some out all are open. */
  rows(kept: readonly boolean[], filtered: boolean, opened: ReadonlyMap<string, boolean>): Row[] {
    const before = [0];
    for (const [at, one] of kept.entries()) before.push((before[at] ?? 0) + Number(one));
    const openAtFirst = (node: TreeNode): boolean => filtered || this.tree.accounts.length <= LARGE || node.depth <= OPEN_DEPTH;
    const rows: Row[] = [];
    let closedAt = Infinity;
    for (const node of this.tree.nodes) {
      if (node.depth > closedAt) continue;
      closedAt = Infinity;
      const accounts = (before[node.to] ?? 0) - (before[node.from] ?? 0);
      if (accounts === 0) continue;
      const open = isAccount(node) ? undefined : (opened.get(node.id) ?? openAtFirst(node));
      if (open === false) closedAt = node.depth;
      rows.push({ node, accounts, opened: open });
    }
    return rows;
  }

  /** Comma-separated values of the accounts that are shown, in a row each. */
  csv(kept: readonly boolean[]): string {
    const titles = this.columns.map((column) => [column.title, column.detail].filter(Boolean).join(" · "));
    const lines = [[said("matrix.csv-path"), said("matrix.csv-name"), said("matrix.csv-id"), ...titles]];
    for (const [at, account] of this.tree.accounts.entries()) {
      if (!kept[at]) continue;
      const tones = this.columns.map((column) => this.tone(column, at));
      if (tones.every((tone) => tone === undefined)) continue;
      lines.push([pathOf(account), account.name, account.id, ...tones.map((tone) => (tone === undefined ? "" : (texts.verdict(tone))))]);
    }
    return lines.map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
  }
}

/** "Root / Workloads". */
export function pathOf(node: TreeNode): string {
  const names: string[] = [];
  for (let above = node.parent; above; above = above.parent) names.unshift(above.name);
  return names.join(" / ");
}

/** A value of a line; spreadsheets must not take a name for a formula. */
function quoted(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
