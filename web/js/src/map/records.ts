// What the page hands over. Records are arrays, which cost less to hand over than objects; their
// places are named here and in web/src/components/map/records.rs.

/** A verdict, or what a level says: a place in `TONES`. */
export type Tone = number;

export const ALLOW = 0;
export const EXPLICIT_DENY = 1;
export const IMPLICIT_DENY = 2;
export const DEPENDS = 3;
export const ERROR = 4;
export const NOT_ASKED = 5;

/** The names of the tones, for classes. */
export const TONES = ["allow", "explicit-deny", "implicit-deny", "depends", "error", "not-asked"] as const;
/** How many tones are verdicts: all but the last. */
export const VERDICTS = 5;

export const ROOT = 0;
export const OU = 1;
export const MEMBER = 2;
export const MANAGEMENT = 3;

export type PolicyRecord = [id: string, name: string, kind: string];

/** Parents stand before their children; the root has depth 0. A negative place `~at` among the
 * policies is that of an attachment that is switched off. */
export type NodeRecord = [id: string, name: string, kind: number, depth: number, policies: number[]];

export type TreeRecord = [scps: boolean, rcps: boolean, policies: PolicyRecord[], nodes: NodeRecord[]];

/** What a node says of the selected request, as a level of SCPs or RCPs; levels of one kind of
 * policy stand together, from the root down. */
export type LevelRecord = [kind: string, node: string, tone: Tone, stops: boolean, deciding: string[]];

/** A node of the tree. */
export interface TreeNode {
  readonly id: string;
  readonly name: string;
  readonly kind: number;
  readonly depth: number;
  readonly parent: TreeNode | undefined;
  readonly children: TreeNode[];
  readonly policies: readonly Attached[];
  /** The accounts at and below it: from, and up to, a place in `Tree.accounts`. */
  readonly from: number;
  to: number;
}

export interface Attached {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly off: boolean;
}

/** The organization, read once for each time that it changes. */
export interface Tree {
  readonly nodes: readonly TreeNode[];
  readonly byId: ReadonlyMap<string, TreeNode>;
  readonly accounts: readonly TreeNode[];
  /** The place of each account among the members, in the order in which verdicts are handed over; -1 for the management account. */
  readonly members: readonly number[];
  /** Whether SCPs, and whether RCPs, take part. */
  readonly scps: boolean;
  readonly rcps: boolean;
}

export function readTree([scps, rcps, policies, records]: TreeRecord): Tree {
  const nodes: TreeNode[] = [];
  const byId = new Map<string, TreeNode>();
  const accounts: TreeNode[] = [];
  const members: number[] = [];
  const way: TreeNode[] = [];
  const seen = new Set<string>();
  for (const [id, name, kind, depth, attached] of records) {
    for (const closed of way.splice(depth)) closed.to = accounts.length;
    const parent = way[depth - 1];
    const node: TreeNode = {
      id,
      name,
      kind,
      depth,
      parent,
      children: [],
      policies: attached.flatMap((place) => {
        const policy = policies[place < 0 ? ~place : place];
        return policy ? [{ id: policy[0], name: policy[1], kind: policy[2], off: place < 0 }] : [];
      }),
      from: accounts.length,
      to: accounts.length + 1,
    };
    parent?.children.push(node);
    nodes.push(node);
    byId.set(id, node);
    if (isAccount(node)) {
      accounts.push(node);
      members.push(kind === MANAGEMENT || seen.has(id) ? -1 : seen.size);
      if (kind !== MANAGEMENT) seen.add(id);
    } else {
      way.push(node);
    }
  }
  for (const closed of way) closed.to = accounts.length;
  return { nodes, byId, accounts, members, scps, rcps };
}

export const isAccount = (node: TreeNode): boolean => node.kind >= MEMBER;
