// Which nodes of the tree are drawn. A small organization is drawn whole. Of a large one as much as
// fits the eye: levels are opened from the root down, and of many children the first stand for all,
// until a person asks for more. What the request passes is always there.

import { isAccount, type Tree, type TreeNode } from "./records";

/** A node that is drawn, or a number of nodes drawn as one. */
export interface Shown {
  readonly key: string;
  /** The node; where `rest` is there, the parent of those nodes. */
  readonly node: TreeNode;
  readonly rest: readonly TreeNode[] | undefined;
  readonly children: Shown[];
  /** Whether its children are drawn; undefined where it has none. */
  readonly opened: boolean | undefined;
}

/** How many nodes are drawn before a person opens further ones. */
const BUDGET = 60;
/** How many accounts, and how many OUs, are drawn of one parent. */
const ACCOUNTS = 8;
const OUS = 16;
/** How many further ones are drawn when a person asks for them. */
const MORE = 40;

/** What a person has opened and closed. */
export class Unfolding {
  readonly #opened = new Map<string, boolean>();
  readonly #more = new Map<string, number>();

  set(node: TreeNode, opened: boolean): void {
    this.#opened.set(node.id, opened);
  }

  showMore(node: TreeNode): void {
    this.#more.set(node.id, (this.#more.get(node.id) ?? 0) + MORE);
  }

  /** Opens what is above a node. */
  reveal(node: TreeNode): void {
    for (let above = node.parent; above; above = above.parent) {
      if (this.#opened.get(above.id) === false) this.#opened.delete(above.id);
    }
  }

  /** The nodes to draw, from the root on. `needed` are drawn in any case. */
  shown(tree: Tree, needed: Iterable<TreeNode>): Shown | undefined {
    const root = tree.nodes[0];
    if (!root) return undefined;
    const kept = new Set<TreeNode>();
    for (const node of needed) {
      for (let at: TreeNode | undefined = node; at && !kept.has(at); at = at.parent) kept.add(at);
    }
    const open = this.#open(root, kept);
    const show = (node: TreeNode): Shown => {
      const opened = node.children.length > 0 ? open.has(node) : undefined;
      const children: Shown[] = [];
      if (opened) {
        const rest: TreeNode[] = [];
        const some = this.#some(node, kept);
        for (const child of node.children) {
          if (some.has(child)) children.push(show(child));
          else rest.push(child);
        }
        if (rest.length > 0) children.push({ key: `${node.id} rest`, node, rest, children: [], opened: undefined });
      }
      return { key: node.id, node, rest: undefined, children, opened };
    };
    return show(root);
  }

  /** The nodes whose children are drawn: level by level, each as a whole as long as it fits. */
  #open(root: TreeNode, kept: ReadonlySet<TreeNode>): Set<TreeNode> {
    const open = new Set<TreeNode>();
    let count = 1;
    let level = [root];
    while (level.length > 0) {
      const parents = level.filter((node) => node.children.length > 0);
      const some = new Map(parents.map((node) => [node, this.#some(node, kept)]));
      const fits = count + [...some.values()].reduce((sum, { size }) => sum + size, 0) <= BUDGET;
      level = [];
      for (const [node, children] of some) {
        const onWay = node === root || node.children.some((child) => kept.has(child));
        if (!(this.#opened.get(node.id) ?? (fits || onWay))) continue;
        open.add(node);
        count += children.size;
        level.push(...children);
      }
    }
    return open;
  }

  /** The children of a node that are drawn one by one. */
  #some(node: TreeNode, kept: ReadonlySet<TreeNode>): Set<TreeNode> {
    const more = this.#more.get(node.id) ?? 0;
    const all = node.children.filter(isAccount).length;
    // One or two that are left are drawn rather than counted.
    let accounts = all <= ACCOUNTS + more + 2 ? all : ACCOUNTS + more;
    let ous = OUS + more;
    const some = new Set<TreeNode>();
    for (const child of node.children) {
      const fits = isAccount(child) ? (accounts -= 1) >= 0 : (ous -= 1) >= 0;
      if (fits || kept.has(child)) some.add(child);
    }
    return some;
  }
}

/** What is drawn, each parent before its children. */
export function* each(shown: Shown): Generator<Shown> {
  yield shown;
  for (const child of shown.children) yield* each(child);
}
