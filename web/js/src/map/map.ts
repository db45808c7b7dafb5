// <guardrail-map>: the whole organization as a picture, with the way of the selected request.
//
// Property `data`: see `MapData`. Events: ["node", id] when a node is chosen, ["request", id] when
// a request is. Children in the slots `title` and `close` stand at the ends of the bar.

import { fontsOf, type Scene } from "./card";
import { button, html, isEmbedded, put, save, svg } from "./dom";
import { fileName, pngFile, svgFile } from "./files";
import { type Picture, picture } from "./picture";
import { type LevelRecord, OU, readTree, ROOT, type Tone, type Tree, type TreeNode, type TreeRecord } from "./records";
import { className, icon } from "./shapes";
import { said } from "../said";
import * as texts from "./texts";
import { Unfolding } from "./unfold";
import { View } from "./view";
import { Viewport } from "./viewport";
import { type Way, wayOf } from "./way";
import sheet from "./map.css";

interface MapData {
  readonly title: string;
  readonly tree: TreeRecord;
  /** What each level says of the selected request. */
  readonly levels: readonly LevelRecord[];
  /** The requests: id, name, verdict or -1 where the accounts differ. */
  readonly requests: readonly (readonly [string, string, Tone])[];
  /** The selected request, the account that calls, the verdict there, and the sentence that says it. */
  readonly request: readonly [id: string, account: string, tone: Tone, sentence: string];
  /** For a request over every account, its verdicts by member. */
  readonly verdicts: Uint8Array | null;
  /** The node that is selected in the tree. */
  readonly node: string;
}

export class GuardrailMap extends View<MapData> {
  readonly #choice = html("select", { "aria-label": said("map.request") });
  /** The title of the scenario, which stands on paper alone. */
  readonly #title = html("p", { class: "title" });
  readonly #verdict = html("span", { class: "badge" });
  readonly #sentence = html("p", { class: "sentence" });
  readonly #scale = html("span", { class: "scale" });
  readonly #said = html("span", { class: "said", role: "status" });
  readonly #content = svg("g");
  readonly #description = svg("desc", { id: "desc" });
  readonly #svg = svg("svg", { class: "picture", role: "tree", "aria-label": said("map.tree"), "aria-describedby": "desc" }, this.#description, this.#content);
  readonly #box = html("div", { class: "box", tabindex: "0", role: "group", "aria-label": said("map.area") }, this.#svg);
  readonly #viewport = new Viewport(this.#box, this.#svg, (scale) => (this.#scale.textContent = `${Math.round(scale * 100)}%`));
  readonly #unfolding = new Unfolding();
  readonly #sizes = new ResizeObserver(() => this.#viewport.refit());
  #tree: Tree | undefined;
  #way: Way | undefined;
  #picture: Picture | undefined;
  /** The card that takes the focus, by key. */
  #active: string | undefined;
  #family = "sans-serif";

  constructor() {
    super(sheet);
    const zoom = html("span", { class: "group", role: "group", "aria-label": said("map.zoom") });
    zoom.append(
      button("−", said("map.zoom-out"), () => this.#viewport.zoomOut()),
      this.#scale,
      button("+", said("map.zoom-in"), () => this.#viewport.zoomIn()),
      button(said("map.fit"), said("map.fit-long"), () => this.#viewport.fit()),
    );
    const files = html("span", { class: "group", role: "group", "aria-label": said("map.save") });
    files.append(
      button(said("map.svg"), said("map.svg-long"), () => this.#saveSvg()),
      button(said("map.png"), said("map.png-long"), () => void this.#savePng()),
      button(said("map.print"), said("map.print"), () => print()),
    );
    const end = html("span", { class: "end" }, this.#said, zoom, ...(isEmbedded() ? [] : [files]));
    const request = html("span", { class: "request" }, this.#choice, this.#verdict);
    const bar = html("div", { class: "bar" }, html("slot", { name: "title" }), request, end, html("slot", { name: "close" }));
    this.root.append(this.#title, bar, this.#sentence, this.#box);
    this.#choice.addEventListener("change", () => this.tell("request", this.#choice.value));
    this.#box.addEventListener("keydown", (event) => this.#key(event));
    this.#content.addEventListener("click", (event) => this.#press(event));
    this.#content.addEventListener("focusin", (event) => this.#activate(keyOf(event.target)));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#family = getComputedStyle(this).fontFamily;
    this.#sizes.observe(this.#box);
  }

  disconnectedCallback(): void {
    this.#sizes.disconnect();
  }

  protected draw(data: MapData, before: MapData | undefined): void {
    if (data.tree !== before?.tree) this.#tree = readTree(data.tree);
    const tree = this.#tree;
    if (!tree) return;
    const selected = tree.byId.get(data.node);
    const elsewhere = data.node !== before?.node;
    if (elsewhere && selected) this.#unfolding.reveal(selected);
    this.#drawHead(data);
    const samePicture =
      before !== undefined && data.tree === before.tree && data.levels === before.levels && data.verdicts === before.verdicts && same(data.request, before.request);
    if (!samePicture) this.#way = wayOf(tree, data.levels);
    if (samePicture && (!elsewhere || !selected || this.#picture?.cards.has(selected.id))) this.#mark(data);
    else this.#redrawPicture(before === undefined ? undefined : (this.#active ?? data.node));
    if (before === undefined) this.#begin(data);
    else if (elsewhere) this.#show(data.node);
    else if (data.request[0] !== before.request[0] || data.request[1] !== before.request[1]) this.#show(this.#way?.blocking?.id);
  }

  /** The first picture: all of it if it can be read, else what matters most. */
  #begin(data: MapData): void {
    this.#viewport.fit(true);
    const first = this.#way?.blocking?.id ?? this.#way?.nodes.at(-1)?.id ?? data.node;
    this.#activate((this.#picture?.cards.has(data.node) ? data.node : undefined) ?? first);
    this.#show(this.#way?.nodes[0]?.id);
    this.#show(first);
    if (this.hasFocus()) this.focus();
  }

  override focus(): void {
    const active = this.#active === undefined ? undefined : this.#picture?.cards.get(this.#active);
    if (active) active.element.focus({ preventScroll: true });
    else this.#box.focus();
  }

  #drawHead({ title, requests, request }: MapData): void {
    this.#title.textContent = title;
    const [id, , tone, sentence] = request;
    this.#choice.replaceChildren(...requests.map(([value, name]) => html("option", { value, selected: value === id }, name)));
    this.#choice.hidden = requests.length === 0;
    this.#verdict.className = `badge ${className(tone)}`;
    this.#verdict.replaceChildren(...(tone < 0 ? [] : [icon(tone), texts.verdict(tone)]));
    this.#sentence.textContent = sentence;
    this.#sentence.hidden = sentence === "";
  }

  /** Draws the picture anew. The card `anchor` stays where it is on the screen. */
  #redrawPicture(anchor: string | undefined): void {
    const [tree, way, data] = [this.#tree, this.#way, this.data];
    if (!tree || !way || !data) return;
    const selected = tree.byId.get(data.node);
    const shown = this.#unfolding.shown(tree, [...way.nodes, ...(selected ? [selected] : [])]);
    if (!shown) return;
    const place = anchor === undefined ? undefined : this.#picture?.cards.get(anchor);
    const before = place && this.#viewport.at(place.element);
    const focused = this.#content.contains(this.root.activeElement);
    this.#picture = picture(shown, this.#scene(tree, way, data));
    this.#content.replaceChildren(...this.#picture.content.childNodes);
    this.#viewport.resize(this.#picture.width, this.#picture.height);
    const after = anchor === undefined ? undefined : this.#picture.cards.get(anchor);
    if (before && after) this.#viewport.keep(after.element, before);
    this.#description.textContent = this.#inWords(tree, way);
    this.#mark(data);
    if (this.#active === undefined || !this.#picture.cards.has(this.#active)) this.#active = this.#picture.cards.keys().next().value;
    this.#activate(this.#active);
    if (focused) this.focus();
  }

  #scene(tree: Tree, way: Way, { request, verdicts }: MapData): Scene {
    const [, caller, tone] = request;
    const members = new Map(verdicts ? tree.accounts.map((account, at) => [account, tree.members[at] ?? -1]) : []);
    const verdict = (account: TreeNode): Tone | undefined =>
      verdicts ? verdicts[members.get(account) ?? -1] : account.id === caller && tone >= 0 ? tone : undefined;
    return { tree, way, verdict, everyone: verdicts !== null, fonts: fontsOf(this.#family) };
  }

  #inWords(tree: Tree, way: Way): string {
    const units = tree.nodes.filter((node) => node.kind === OU).length;
    const parts = way.nodes.map((node) => {
      const part = way.parts.get(node.id);
      return `${node.kind === ROOT ? texts.kind(ROOT) : node.name}: ${(part && texts.within(texts.part(part.tone))) ?? ""}`;
    });
    const all = said("map.alternative", { ous: texts.ous(units), accounts: texts.accounts(tree.accounts.length) });
    return parts.length === 0 ? all : `${all} ${said("map.path", { parts: parts.join("; ") })}`;
  }

  /** Marks what is selected in the tree. */
  #mark({ node }: MapData): void {
    for (const [key, { element, face }] of this.#picture?.cards ?? []) {
      put(element, { "aria-selected": String(key === node) });
      face.classList.toggle("selected", key === node);
    }
  }

  #show(key: string | undefined): void {
    const card = key === undefined ? undefined : this.#picture?.cards.get(key);
    if (card) this.#viewport.reveal(card.element);
  }

  /** Lets Tab lead to a card. */
  #activate(key: string | undefined): void {
    if (key === undefined) return;
    const cards = this.#picture?.cards;
    const before = this.#active === undefined ? undefined : cards?.get(this.#active);
    before?.element.setAttribute("tabindex", "-1");
    this.#active = key;
    cards?.get(key)?.element.setAttribute("tabindex", "0");
  }

  #press(event: MouseEvent): void {
    const key = keyOf(event.target);
    const card = key === undefined ? undefined : this.#picture?.cards.get(key);
    if (!key || !card) return;
    card.element.focus({ preventScroll: true });
    const onKnob = event.target instanceof Element && event.target.closest(".knob") !== null;
    if (onKnob) this.#toggle(key);
    else this.#choose(key);
  }

  #choose(key: string): void {
    const shown = this.#picture?.cards.get(key)?.shown;
    if (!shown) return;
    if (!shown.rest) {
      this.tell("node", shown.node.id);
      return;
    }
    const [first] = shown.rest;
    this.#unfolding.showMore(shown.node);
    this.#redrawPicture(shown.node.id);
    if (!first) return;
    this.#activate(first.id);
    this.focus();
    this.#show(first.id);
  }

  #toggle(key: string): void {
    const shown = this.#picture?.cards.get(key)?.shown;
    if (shown?.opened === undefined) return;
    this.#unfolding.set(shown.node, !shown.opened);
    this.#redrawPicture(key);
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = keyOf(event.target);
    if (this.#zoomKey(event.key) || (key !== undefined && this.#cardKey(event, key))) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #zoomKey(key: string): boolean {
    if (key === "+" || key === "=") this.#viewport.zoomIn();
    else if (key === "-") this.#viewport.zoomOut();
    else if (key === "0") this.#viewport.fit();
    else return false;
    return true;
  }

  #cardKey({ key, shiftKey }: KeyboardEvent, at: string): boolean {
    const here = this.#picture?.cards.get(at);
    const cards = [...(this.#picture?.cards.values() ?? [])];
    if (!here) return false;
    // With Shift the arrow keys move the picture, as they do outside of the cards.
    const PAN: Record<string, [number, number]> = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
    const pan = PAN[key];
    if (shiftKey && pan) {
      this.#box.scrollBy(...pan);
      return true;
    }
    const column = cards.filter((card) => card.x === here.x);
    const go = (card: { shown: { key: string } } | undefined): void => this.#go(card?.shown.key);
    if (key === "ArrowDown") go(column[column.indexOf(here) + 1]);
    else if (key === "ArrowUp") go(column[column.indexOf(here) - 1]);
    else if (key === "Home") go(cards[0]);
    else if (key === "End") go(cards.at(-1));
    else if (key === "Enter" || key === " ") this.#choose(at);
    else if (key === "ArrowRight") {
      if (here.shown.opened === false) this.#toggle(at);
      else this.#go(here.shown.children[0]?.key);
    } else if (key === "ArrowLeft") {
      if (here.parent) go(here.parent);
    } else if (/^\p{L}$/u.test(key)) {
      const after = cards.indexOf(here) + 1;
      const named = [...cards.slice(after), ...cards.slice(0, after)].find(({ shown }) => !shown.rest && shown.node.name.toLowerCase().startsWith(key.toLowerCase()));
      go(named);
    } else return false;
    return true;
  }

  #go(key: string | undefined): void {
    if (key === undefined) return;
    this.#activate(key);
    this.focus();
    this.#show(key);
  }

  #file(): string | undefined {
    const [tree, way, drawn, data] = [this.#tree, this.#way, this.#picture, this.data];
    if (!tree || !way || !drawn || !data) return undefined;
    const [id, , tone, sentence] = data.request;
    const caption = {
      title: data.title || said("map.title"),
      request: data.requests.find(([other]) => other === id)?.[1] ?? "",
      tone: tone < 0 ? undefined : tone,
      verdict: texts.verdict(tone),
      description: [this.#inWords(tree, way), sentence].filter(Boolean).join(" "),
    };
    return svgFile(this.#content, drawn.width, drawn.height, caption, this.#family, this.root);
  }

  #saveSvg(): void {
    const text = this.#file();
    if (text) this.#save("svg", new Blob([text], { type: "image/svg+xml" }));
  }

  async #savePng(): Promise<void> {
    const text = this.#file();
    if (!text) return;
    try {
      this.#save("png", await pngFile(text));
    } catch {
      this.#said.textContent = said("map.failed");
    }
  }

  #save(ending: string, content: Blob): void {
    const name = `${fileName(this.data?.title ?? "", said("map.file"))}.${ending}`;
    save(name, content);
    this.#said.textContent = said("map.saved", { name });
  }
}

const keyOf = (target: EventTarget | null): string | undefined =>
  target instanceof Element ? (target.closest("[data-key]")?.getAttribute("data-key") ?? undefined) : undefined;

const same = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((one, at) => one === b[at]);
