// The picture: where each card stands, and the lines between them. The tree grows from left to
// right, so that its levels stand side by side and the way of a request reads like a line of text.

import { hierarchy, type HierarchyPointNode, tree as treeLayout } from "d3-hierarchy";
import { CARD, type Card, card, type Scene } from "./card";
import { svg } from "./dom";
import { isAccount } from "./records";
import { className } from "./shapes";
import type { Shown } from "./unfold";

/** Between a card and those below it. */
const ACROSS = 72;
/** Between cards of one parent, and of two. */
const NEAR = 10;
const APART = 22;
const MARGIN = 24;
const KNOB = 9;

interface Placed {
  readonly shown: Shown;
  readonly card: Card;
  readonly x: number;
  readonly y: number;
  readonly parent: Placed | undefined;
  /** Its place among its siblings, from 1, and how many there are. */
  readonly place: number;
  readonly siblings: number;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Lines, then what is seen of the cards, then what takes the focus. */
  readonly content: SVGGElement;
  /** The cards by key, in the order of the tree. */
  readonly cards: ReadonlyMap<string, Placed & { readonly element: SVGGElement; readonly face: SVGGElement }>;
}

export function picture(root: Shown, scene: Scene): Picture {
  const placed = place(root, scene);
  const width = Math.max(...placed.map((one) => one.x + CARD)) + MARGIN;
  const height = Math.max(...placed.map((one) => one.y + one.card.height)) + MARGIN;
  const links = svg("g", { class: "links", "aria-hidden": "true" });
  // What the request passes is drawn above the rest.
  const order = placed.filter((one) => one.parent).sort((a, b) => Number(leg(a, scene) !== undefined) - Number(leg(b, scene) !== undefined));
  for (const one of order) links.append(link(one, scene));
  const faces = svg("g", { "aria-hidden": "true" });
  const items = svg("g", { class: "items" });
  const cards = new Map<string, Placed & { element: SVGGElement; face: SVGGElement }>();
  for (const one of placed) {
    const [drawn, element] = [face(one, scene), item(one)];
    faces.append(drawn);
    items.append(element);
    cards.set(one.shown.key, { ...one, element, face: drawn });
  }
  return { width, height, content: svg("g", {}, links, faces, items), cards };
}

/** Where everything stands, each parent before its children. */
function place(root: Shown, scene: Scene): Placed[] {
  const cards = new Map<Shown, Card>();
  const heightOf = (shown: Shown): number => cardOf(shown).height;
  const cardOf = (shown: Shown): Card => {
    const known = cards.get(shown);
    if (known) return known;
    const made = card(shown, scene);
    cards.set(shown, made);
    return made;
  };
  const laid = treeLayout<Shown>()
    .nodeSize([1, CARD + ACROSS])
    .separation((a, b) => (heightOf(a.data) + heightOf(b.data)) / 2 + (a.parent === b.parent ? NEAR : APART))(hierarchy(root));
  // The layout grows downwards; here its x is the place from above.
  const top = Math.min(...laid.descendants().map((one) => one.x - heightOf(one.data) / 2));
  const placed: Placed[] = [];
  const walk = (one: HierarchyPointNode<Shown>, parent: Placed | undefined): void => {
    const made = cardOf(one.data);
    const siblings = one.parent?.children;
    const here: Placed = {
      shown: one.data,
      card: made,
      x: Math.round(one.y + MARGIN),
      y: Math.round(one.x - made.height / 2 - top + MARGIN),
      parent,
      place: (siblings?.indexOf(one) ?? 0) + 1,
      siblings: siblings?.length ?? 1,
    };
    placed.push(here);
    for (const child of one.children ?? []) walk(child, here);
  };
  walk(laid, undefined);
  return placed;
}

const leg = (one: Placed, scene: Scene) => (one.shown.rest ? undefined : scene.way.legs.get(one.shown.node.id));

const middle = (one: Placed): number => one.y + Math.round(one.card.height / 2) + 0.5;

/** The line from the card above to a card, and a bar across it where the request stops. */
function link(one: Placed, scene: Scene): SVGGElement {
  const { parent } = one;
  if (!parent) return svg("g");
  const passed = leg(one, scene);
  const [fromX, fromY, toX, toY] = [parent.x + CARD, middle(parent), one.x, middle(one)];
  const bend = parent.x + CARD + ACROSS / 2 + 0.5;
  const round = Math.min(8, Math.abs(toY - fromY) / 2);
  const down = Math.sign(toY - fromY);
  const path =
    round < 1
      ? `M${fromX} ${fromY}H${toX}`
      : `M${fromX} ${fromY}H${bend - round}q${round} 0 ${round} ${round * down}V${toY - round * down}q0 ${round * down} ${round} ${round * down}H${toX}`;
  const style = passed ? `link passed ${passed.cut ? "cut-off" : className(passed.tone)}` : "link";
  const group = svg("g", {}, svg("path", { class: style, d: path }));
  if (passed?.here) group.append(svg("path", { class: `stop ${className(passed.tone)}`, d: `M${fromX + 21} ${fromY - 9}v18` }));
  return group;
}

/** What is seen of a card. */
function face(one: Placed, scene: Scene): SVGGElement {
  const { shown, card, x, y } = one;
  const part = shown.rest ? undefined : scene.way.parts.get(shown.node.id);
  const kind = shown.rest ? "rest" : isAccount(shown.node) ? "account" : "parent";
  const state = part ? `on-way ${part.blocks ? `blocks ${className(part.tone)}` : ""}` : "";
  const round = shown.rest ? card.height / 2 : 8;
  const frame = svg("rect", { class: "frame", x: 0.5, y: 0.5, width: CARD - 1, height: card.height - 1, rx: round });
  return svg("g", { class: `face ${kind} ${state}`, transform: `translate(${x} ${y})` }, frame, card.draw());
}

/** What takes the focus and the pointer above a card, and says in words what is seen of it. */
function item(one: Placed): SVGGElement {
  const { shown, card, x, y } = one;
  const { node, rest } = shown;
  const element = svg("g", {
    class: "item",
    transform: `translate(${x} ${y})`,
    role: "treeitem",
    tabindex: "-1",
    "aria-label": card.label,
    "aria-level": depth(one),
    "aria-setsize": one.siblings,
    "aria-posinset": one.place,
    "aria-expanded": shown.opened === undefined ? null : String(shown.opened),
    "data-key": shown.key,
  });
  element.append(
    svg("rect", { class: "target", width: CARD, height: card.height }),
    svg("rect", { class: "ring", x: -4, y: -4, width: CARD + 8, height: card.height + 8, rx: 12 }),
    svg("path", { class: "side", d: `M1.5 8V${card.height - 8}` }),
  );
  // Where the pointer rests, all of what the card may have cut.
  if (!rest) element.append(svg("title", {}, [node.name, ...node.policies.map((policy) => policy.name)].join("\n")));
  if (shown.opened !== undefined) element.append(knob(shown.opened, card.height));
  return element;
}

const depth = (one: Placed): number => (one.parent ? depth(one.parent) + 1 : 1);

/** The sign that opens and closes what is below. */
function knob(opened: boolean, height: number): SVGGElement {
  const sign = opened ? "M-3.5 0h7" : "M-3.5 0h7M0 -3.5v7";
  return svg(
    "g",
    { class: "knob", transform: `translate(${CARD} ${Math.round(height / 2) + 0.5})` },
    svg("rect", { class: "target", x: -12, y: -12, width: 24, height: 24 }),
    svg("circle", { class: "disc", r: KNOB }),
    svg("path", { class: "sign", d: sign }),
  );
}
