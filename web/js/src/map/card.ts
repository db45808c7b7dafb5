// What stands on the card of a node, line by line, and how high that makes it.

import { put, svg } from "./dom";
import { cut, type Font, width } from "./measure";
import { IMPLICIT_DENY, isAccount, MANAGEMENT, ROOT, type Tone, type Tree, type TreeNode, VERDICTS } from "./records";
import { className, drawn } from "./shapes";
import { said } from "../said";
import * as texts from "./texts";
import type { Shown } from "./unfold";
import type { Part, Way } from "./way";

/** How wide every card is. */
export const CARD = 212;
const SIDE = 12;
const ROOM = CARD - 2 * SIDE;
const TOP = 9;

/** What the cards are drawn from. */
export interface Scene {
  readonly tree: Tree;
  readonly way: Way;
  /** The verdict of the request for an account, if it has one there. */
  readonly verdict: (account: TreeNode) => Tone | undefined;
  /** Whether accounts have verdicts of their own, so that many of them have a tally. */
  readonly everyone: boolean;
  readonly fonts: Fonts;
}

export interface Fonts {
  readonly name: Font;
  readonly small: Font;
  readonly strong: Font;
  readonly tiny: Font;
}

/** The fonts of a family, as the style of the map has them. */
export const fontsOf = (family: string): Fonts => ({
  name: `600 13px ${family}`,
  small: `11.5px ${family}`,
  strong: `600 11.5px ${family}`,
  tiny: `600 9.5px ${family}`,
});

interface Line {
  readonly height: number;
  readonly draw: (top: number) => SVGElement;
}

export interface Card {
  readonly height: number;
  readonly draw: () => SVGGElement;
  /** All of it in words. */
  readonly label: string;
}

export function card(shown: Shown, scene: Scene): Card {
  const lines = shown.rest ? restLines(shown, scene) : nodeLines(shown, scene);
  const height = lines.reduce((sum, line) => sum + line.height, 2 * TOP);
  const draw = (): SVGGElement => {
    const group = svg("g");
    let top = TOP;
    for (const line of lines) {
      group.append(line.draw(top));
      top += line.height;
    }
    return group;
  };
  return { height, draw, label: label(shown, scene) };
}

function nodeLines(shown: Shown, scene: Scene): Line[] {
  const { node } = shown;
  const { fonts, way } = scene;
  const part = way.parts.get(node.id);
  const lines = [text(node.name, "name", fonts.name, 18), ...about(shown, scene).map((words) => text(words, "small", fonts.small, 16))];
  if (part) lines.push(space(3), worded(part.tone, texts.part(part.tone), fonts.strong));
  if (node.policies.length > 0) lines.push(space(4), chips(node, part, scene));
  if (lacksScp(node, scene.tree)) lines.push(space(2), text(said("map.no-scp"), `small ${className(IMPLICIT_DENY)}`, fonts.small, 16));
  const verdict = isAccount(node) ? scene.verdict(node) : undefined;
  if (verdict !== undefined) lines.push(space(5), ruled(), worded(verdict, `${said("map.verdict")}: ${texts.verdict(verdict)}`, fonts.strong));
  if (shown.opened === false && scene.everyone) lines.push(...tallied([node], scene));
  return lines;
}

function restLines(shown: Shown, scene: Scene): Line[] {
  const rest = shown.rest ?? [];
  return [text(said("map.more", { what: inWords(rest) }), "small", scene.fonts.small, 17), ...(scene.everyone ? tallied(rest, scene) : [])];
}

/** What a node is, in one line or two. */
function about({ node, opened }: Shown, scene: Scene): string[] {
  if (node.kind === MANAGEMENT) return [texts.kind(node.kind), texts.exempt(scene.tree.scps, scene.tree.rcps)].filter(Boolean);
  if (isAccount(node)) return [grouped(node.id)];
  const below = opened === false ? inWords(node.children) : texts.accounts(node.to - node.from);
  // The root is mostly called by its kind.
  return [node.kind === ROOT && node.name === texts.kind(ROOT) ? below : `${texts.kind(node.kind)} · ${below}`];
}

/** Nodes as a number: "2 OUs, 36 accounts". */
function inWords(nodes: readonly TreeNode[]): string {
  const accounts = nodes.reduce((sum, node) => sum + node.to - node.from, 0);
  return texts.hidden(nodes.filter((node) => !isAccount(node)).length, accounts);
}

const grouped = (id: string): string => (/^\d{12}$/.test(id) ? `${id.slice(0, 4)} ${id.slice(4, 8)} ${id.slice(8)}` : id);

const lacksScp = (node: TreeNode, tree: Tree): boolean => tree.scps && !node.policies.some((policy) => policy.kind === "SCP");

const space = (height: number): Line => ({ height, draw: () => svg("g") });

const ruled = (): Line => ({
  height: 6,
  draw: (top) => svg("path", { class: "rule", d: `M${SIDE} ${top + 0.5}H${CARD - SIDE}` }),
});

function text(words: string, style: string, font: Font, height: number): Line {
  return {
    height,
    draw: (top) => svg("text", { class: style, x: SIDE, y: top + height - 5 }, cut(words, font, ROOM)),
  };
}

/** A shape and its words. */
function worded(tone: Tone, words: string, font: Font): Line {
  return {
    height: 17,
    draw: (top) =>
      svg(
        "g",
        { class: className(tone) },
        drawn(tone, SIDE, top + 1.5, 13),
        svg("text", { class: "strong", x: SIDE + 19, y: top + 12 }, cut(words, font, ROOM - 19)),
      ),
  };
}

/** How many accounts have which verdict. */
function tallied(nodes: readonly TreeNode[], scene: Scene): Line[] {
  const counts = tally(nodes, scene);
  if (counts.every((count) => count === 0)) return [];
  const draw = (top: number): SVGElement => {
    const group = svg("g");
    let x = SIDE;
    for (const [tone, count] of counts.entries()) {
      if (count === 0) continue;
      const words = texts.number(count);
      const colour = svg("g", { class: className(tone) }, drawn(tone, x, top + 1.5, 13), svg("text", { class: "strong", x: x + 17, y: top + 12 }, words));
      group.append(colour);
      x += 17 + width(words, scene.fonts.strong) + 10;
    }
    return group;
  };
  return [space(3), { height: 17, draw }];
}

function tally(nodes: readonly TreeNode[], { tree, verdict }: Scene): number[] {
  const counts = new Array<number>(VERDICTS).fill(0);
  for (const node of nodes) {
    for (const account of tree.accounts.slice(node.from, node.to)) {
      const tone = verdict(account);
      if (tone !== undefined) counts[tone] = (counts[tone] ?? 0) + 1;
    }
  }
  return counts;
}

const CHIP = 20;
const CHIP_GAP = 4;

/** The attached policies as labels, in as many rows as they need. */
function chips(node: TreeNode, part: Part | undefined, { fonts }: Scene): Line {
  const placed: { x: number; y: number; wide: number; kindWide: number; name: string; at: number }[] = [];
  let [x, y] = [0, 0];
  for (const [at, policy] of node.policies.entries()) {
    const font = part?.deciding.has(policy.id) ? fonts.strong : fonts.small;
    const kindWide = policy.kind ? width(policy.kind, fonts.tiny) + 5 : 0;
    const name = cut(policy.name, font, ROOM - kindWide - 16);
    const wide = kindWide + width(name, font) + 16;
    if (x > 0 && x + wide > ROOM) [x, y] = [0, y + CHIP + CHIP_GAP];
    placed.push({ x, y, wide, kindWide, name, at });
    x += wide + CHIP_GAP;
  }
  const draw = (top: number): SVGElement => {
    const group = svg("g");
    for (const { x, y, wide, kindWide, name, at } of placed) {
      const policy = node.policies[at];
      if (!policy) continue;
      const decides = part?.deciding.has(policy.id) === true;
      const chip = svg("g", { class: `chip ${decides && part ? `decides ${className(part.tone)}` : ""}`, transform: `translate(${SIDE + x} ${top + y})` });
      chip.append(svg("rect", { class: "outline", x: 0.5, y: 0.5, width: wide - 1, height: CHIP - 1, rx: CHIP / 2 - 0.5 }));
      if (kindWide > 0) chip.append(svg("text", { class: "tiny", x: 8, y: 13.5 }, policy.kind));
      const shownName = svg("text", { class: decides ? "strong" : "small", x: 8 + kindWide, y: 14 }, name);
      chip.append(put(shownName, { "text-decoration": policy.off ? "line-through" : null }));
      group.append(chip);
    }
    return group;
  };
  return { height: y + CHIP, draw };
}

function label(shown: Shown, scene: Scene): string {
  const { node, rest } = shown;
  if (rest) return [said("map.more", { what: inWords(rest) }), scene.everyone ? texts.tally(tally(rest, scene)) : ""].filter(Boolean).join(", ");
  const part = scene.way.parts.get(node.id);
  const attached = node.policies.map((policy) => {
    const remarks = [part?.deciding.has(policy.id) ? said("map.decides") : "", policy.off ? said("map.off") : ""].filter(Boolean).join(", ");
    return remarks ? `${policy.name} (${remarks})` : policy.name;
  });
  const verdict = isAccount(node) ? scene.verdict(node) : undefined;
  const kind = isAccount(node) && node.kind !== MANAGEMENT ? [texts.kind(node.kind)] : [];
  return [
    node.name,
    ...kind,
    ...about(shown, scene),
    part ? texts.part(part.tone) : "",
    lacksScp(node, scene.tree) ? said("map.no-scp") : "",
    attached.length > 0 ? said("map.attached", { names: attached.join(", ") }) : "",
    verdict === undefined ? "" : `${said("map.verdict")}: ${texts.verdict(verdict)}`,
  ]
    .filter(Boolean)
    .join(", ");
}
