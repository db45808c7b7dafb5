// The window onto the picture. It is a box that scrolls, so that wheels, fingers, scroll bars and
// arrow keys move it as they move everything else; dragging with a mouse and zooming are added.

import { put } from "./dom";

const LEAST = 0.15;
const MOST = 3;
const STEP = 1.25;
/** The least scale at which everything can be read. */
const LEGIBLE = 0.85;
/** How far the mouse must move to drag rather than press. */
const SLACK = 4;

export class Viewport {
  #width = 1;
  #height = 1;
  #scale = 1;
  /** Whether the picture follows the size of the window. */
  #fitted = true;
  /** Whether the press that just ended was a drag. */
  #dragged = false;

  constructor(
    readonly box: HTMLElement,
    readonly picture: SVGSVGElement,
    readonly zoomed: (scale: number) => void,
  ) {
    box.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    box.addEventListener("pointerdown", (event) => this.#drag(event));
    box.addEventListener("click", (event) => this.#afterDrag(event), { capture: true });
    this.#pinch();
  }

  /** How large the picture is, at its own scale. */
  resize(width: number, height: number): void {
    this.#width = width;
    this.#height = height;
    put(this.picture, { viewBox: `0 0 ${width} ${height}` });
    this.#apply();
  }

  /** The picture as large as fits, but not so small that nothing can be read where `legible` is asked. */
  fit(legible = false): void {
    const { clientWidth, clientHeight } = this.box;
    if (clientWidth === 0) return;
    const fitting = Math.min(clientWidth / this.#width, clientHeight / this.#height, 1.15);
    this.#scale = limited(legible ? Math.max(fitting, LEGIBLE) : fitting);
    this.#fitted = true;
    this.#apply();
  }

  /** After the window has another size. */
  refit(): void {
    if (this.#fitted) this.fit(true);
  }

  zoomIn(): void {
    this.zoomTo(this.#scale * STEP);
  }

  zoomOut(): void {
    this.zoomTo(this.#scale / STEP);
  }

  /** Zooms while the point of the screen stays where it is; the middle unless one is given. */
  zoomTo(scale: number, x?: number, y?: number): void {
    const window = this.box.getBoundingClientRect();
    const [atX, atY] = [x ?? window.left + window.width / 2, y ?? window.top + window.height / 2];
    const before = this.picture.getBoundingClientRect();
    const [shareX, shareY] = [(atX - before.left) / before.width, (atY - before.top) / before.height];
    this.#scale = limited(scale);
    this.#fitted = false;
    this.#apply();
    const after = this.picture.getBoundingClientRect();
    this.box.scrollLeft += after.left + shareX * after.width - atX;
    this.box.scrollTop += after.top + shareY * after.height - atY;
  }

  /** Where an element stands on the screen. */
  at(element: Element): { x: number; y: number } {
    const { left, top } = element.getBoundingClientRect();
    return { x: left, y: top };
  }

  /** Moves the picture so that an element stands where another stood. */
  keep(element: Element, before: { x: number; y: number }): void {
    const now = this.at(element);
    this.box.scrollLeft += now.x - before.x;
    this.box.scrollTop += now.y - before.y;
  }

  /** Brings an element into sight, into the middle where it was out of sight. */
  reveal(element: Element): void {
    const MARGIN = 16;
    const window = this.box.getBoundingClientRect();
    const here = element.getBoundingClientRect();
    const [right, bottom] = [window.left + this.box.clientWidth, window.top + this.box.clientHeight];
    if (here.right > right || here.left < window.left) {
      this.box.scrollLeft += outside(here.left, here.right, window.left, right, MARGIN);
    }
    if (here.bottom > bottom || here.top < window.top) {
      this.box.scrollTop += outside(here.top, here.bottom, window.top, bottom, MARGIN);
    }
  }

  #apply(): void {
    this.picture.style.width = `${Math.floor(this.#width * this.#scale)}px`;
    this.picture.style.height = `${Math.floor(this.#height * this.#scale)}px`;
    this.zoomed(this.#scale);
  }

  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const by = Math.max(-100, Math.min(100, event.deltaY * lines));
    this.zoomTo(this.#scale * Math.exp(-by * 0.0025), event.clientX, event.clientY);
  }

  #drag(event: PointerEvent): void {
    this.#dragged = false;
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    const { box } = this;
    const [startX, startY, left, top] = [event.clientX, event.clientY, box.scrollLeft, box.scrollTop];
    const moved = ({ clientX, clientY }: PointerEvent): void => {
      if (!this.#dragged && Math.hypot(clientX - startX, clientY - startY) < SLACK) return;
      this.#dragged = true;
      box.classList.add("dragged");
      box.scrollLeft = left - (clientX - startX);
      box.scrollTop = top - (clientY - startY);
    };
    const ended = (): void => {
      removeEventListener("pointermove", moved);
      removeEventListener("pointerup", ended);
      removeEventListener("pointercancel", ended);
      box.classList.remove("dragged");
    };
    addEventListener("pointermove", moved);
    addEventListener("pointerup", ended);
    addEventListener("pointercancel", ended);
  }

  /** A drag that ends on a card does not press it. */
  #afterDrag(event: MouseEvent): void {
    if (!this.#dragged) return;
    this.#dragged = false;
    event.stopPropagation();
    event.preventDefault();
  }

  /** Two fingers. One finger scrolls by itself. */
  #pinch(): void {
    let apart = 0;
    let scale = 1;
    const between = ([a, b]: Touch[]): number => (a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0);
    this.box.addEventListener("touchstart", (event) => {
      if (event.touches.length !== 2) return;
      apart = between([...event.touches]);
      scale = this.#scale;
    });
    this.box.addEventListener(
      "touchmove",
      (event) => {
        const [a, b] = event.touches;
        if (!a || !b || apart === 0) return;
        event.preventDefault();
        this.zoomTo((scale * between([a, b])) / apart, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);
      },
      { passive: false },
    );
    this.box.addEventListener("touchend", () => (apart = 0));
  }
}

const limited = (scale: number): number => Math.min(MOST, Math.max(LEAST, scale));

/** How far to scroll so that something is inside: to its nearer edge, or to its middle where it is far. */
function outside(from: number, to: number, least: number, most: number, margin: number): number {
  const far = from > most || to < least;
  if (far || to - from > most - least) return (from + to) / 2 - (least + most) / 2;
  return from < least ? from - least - margin : to - most + margin;
}
