// The way of the request through the levels: what each node says, and how far the request comes.

import { ALLOW, DEPENDS, ERROR, EXPLICIT_DENY, IMPLICIT_DENY, type LevelRecord, type Tone, type Tree, type TreeNode } from "./records";

/** What a node says of the request. */
export interface Part {
  readonly tone: Tone;
  readonly blocks: boolean;
  /** The policies that decide, by id. */
  readonly deciding: ReadonlySet<string>;
}

/** How the request comes to a node from the one above. */
export interface Leg {
  readonly tone: Tone;
  /** Whether a level above blocks, so that it does not come. */
  readonly cut: boolean;
  /** Whether the level right above is the first that blocks. */
  readonly here: boolean;
}

export interface Way {
  readonly parts: ReadonlyMap<string, Part>;
  readonly legs: ReadonlyMap<string, Leg>;
  /** The nodes on it, from the root on, those of RCPs after those of SCPs. */
  readonly nodes: readonly TreeNode[];
  /** The first that blocks. */
  readonly blocking: TreeNode | undefined;
}

const BLOCKING: ReadonlySet<Tone> = new Set([EXPLICIT_DENY, IMPLICIT_DENY, ERROR]);

export function wayOf(tree: Tree, levels: readonly LevelRecord[]): Way {
  const parts = new Map<string, Part>();
  const legs = new Map<string, Leg>();
  const nodes: TreeNode[] = [];
  let blocking: TreeNode | undefined;
  let kindBefore: string | undefined;
  let coming: Tone = ALLOW;
  let cut = false;
  let here = false;
  for (const [kind, id, tone, stops, deciding] of levels) {
    const node = tree.byId.get(id);
    if (!node) continue;
    // The root begins the way, of each kind of policy and for each resource.
    if (kind !== kindBefore || !node.parent) {
      [kindBefore, coming, cut, here] = [kind, ALLOW, false, false];
    } else {
      const known = legs.get(id);
      if (!known || (cut && !known.cut)) legs.set(id, { tone: coming, cut, here });
    }
    const blocks = stops || BLOCKING.has(tone);
    const known = parts.get(id);
    if (!known || (blocks && !known.blocks)) parts.set(id, { tone, blocks, deciding: new Set(deciding) });
    if (!nodes.includes(node)) nodes.push(node);
    here = blocks && !cut;
    if (here) {
      blocking ??= node;
      coming = tone;
    } else if (!cut && tone === DEPENDS) {
      coming = DEPENDS;
    }
    cut ||= blocks;
  }
  return { parts, legs, nodes, blocking };
}
