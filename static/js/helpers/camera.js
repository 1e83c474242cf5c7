/** What part of the stage is seen: fits, follows the packet on a small screen, zooms about the middle. */
import { still } from "./motion.js";

const PAD = { top: 40, right: 14, bottom: 14, left: 14, thumb: 52, tools: 72 };
const PHONE = 700;
const READABLE = 0.66;
const LARGEST = 2.4;
const STEP = 1.25;
const TITLES = 30;
const HEADING = 96;
const LOOSE = 0.8;
const NEAR = 0.08;

export class Camera {
  constructor(cy, view, world, tools) {
    Object.assign(this, { cy, view, world, tools, moved: false });
    cy.on("viewport", () => this.#move());
    cy.on("dragpan scrollzoom pinchzoom", () => Object.assign(this, { moved: true, goal: null }));
  }

  get phone() {
    return this.view.clientWidth < PHONE;
  }

  get aspect() {
    const { clientWidth: w, clientHeight: h } = this.view;
    return this.phone ? 1 : Math.max(1, (w - PAD.left - PAD.right) / Math.max(1, h - PAD.top - PAD.bottom));
  }

  /** Fits again only where the picture left the screen or became small on it: what is seen stays where it is. */
  settle(drawn) {
    this.drawn = drawn;
    if (this.moved || !drawn.width) return this.#move();
    const best = this.#best(drawn);
    const same = this.size === this.#size();
    const keep = this.best && same && best.zoom >= this.best.zoom * 0.999 && best.zoom * LOOSE <= this.best.zoom;
    if (!keep || this.#aside(best) || !this.#inside(drawn)) this.fit(drawn);
    else this.#move();
  }

  fit(drawn) {
    if (!this.view.clientWidth || !drawn.width) return;
    this.best = this.#best(drawn);
    this.size = this.#size();
    this.moved = false;
    this.goal = null;
    this.cy.stop();
    this.cy.viewport(this.best);
    this.#move();
  }

  zoom(inwards) {
    this.drag(0, 0, inwards ? STEP : 1 / STEP, { x: this.view.clientWidth / 2, y: this.view.clientHeight / 2 });
  }

  /** Moves the picture by so many pixels of the screen and stretches it about a point of the view. */
  drag(x, y, stretch, about) {
    Object.assign(this, { moved: true, goal: null });
    this.cy.stop();
    this.cy.panBy({ x, y });
    if (stretch !== 1) this.cy.zoom({ level: this.cy.zoom() * stretch, renderedPosition: { x: about.x, y: about.y } });
  }

  /** On a small screen the picture follows the packet. */
  follow(box) {
    if (!this.phone || !box) return;
    const zoom = this.cy.zoom();
    this.pan({ x: this.view.clientWidth / 2 - box.x * zoom, y: this.#sideways(box.y * zoom, this.cy.pan().y, this.view.clientHeight) });
  }

  /** Brings a thing that has the focus onto the screen. */
  reveal(box) {
    const zoom = this.cy.zoom();
    const { x, y } = this.cy.pan();
    const to = { x: this.#sideways(box.x * zoom, x, this.view.clientWidth, (box.w / 2) * zoom), y: this.#sideways(box.y * zoom, y, this.view.clientHeight) };
    if (to.x !== x || to.y !== y) this.pan(to);
  }

  pan(to) {
    this.cy.stop();
    this.goal = still() ? null : to;
    if (still()) this.cy.pan(to);
    else this.cy.animate({ pan: to }, { duration: 300, complete: () => (this.goal = null) });
  }

  /** What is seen, in the stage's own measure; while it moves, what will be seen. */
  get seen() {
    const { x, y } = this.goal ?? this.cy.pan();
    const zoom = this.cy.zoom();
    return { left: -x / zoom, top: (TITLES - y) / zoom, right: (this.view.clientWidth - x) / zoom, bottom: (this.view.clientHeight - y) / zoom };
  }

  /** Where the tools stand, in the stage's own measure. */
  get covered() {
    const { x, y } = this.goal ?? this.cy.pan();
    const zoom = this.cy.zoom();
    const { offsetLeft: left, offsetTop: top, offsetWidth: w, offsetHeight: h } = this.tools;
    return { left: (left - x) / zoom, top: (top - y) / zoom, right: (left + w - x) / zoom, bottom: (top + h - y) / zoom };
  }

  /** Lower, where the tools would cover the heading of the last lane. */
  #best(drawn) {
    const usual = this.#fitted(drawn, PAD.top);
    const heading = usual.pan.x + (drawn.lanes.at(-1)?.x ?? 0) * usual.zoom + HEADING;
    return !this.phone && heading > this.tools.offsetLeft ? this.#fitted(drawn, PAD.tools) : usual;
  }

  /** On a phone the tools are at the bottom, where the thumb is. */
  #fitted({ width, height, top }, over) {
    const { clientWidth: w, clientHeight: h } = this.view;
    const bottom = this.phone ? PAD.thumb : PAD.bottom;
    const tall = (h - over - bottom) / height;
    const zoom = this.phone ? Math.min(1, Math.max(READABLE, tall)) : Math.min((w - PAD.left - PAD.right) / width, tall, LARGEST);
    const x = Math.max(PAD.left, (w - width * zoom) / 2);
    const y = Math.max(over, (h + over - bottom - height * zoom) / 2) - top * zoom;
    return { zoom, pan: { x, y } };
  }

  /** Another picture of the same size (wide where the last was narrow) would stand far from the middle. */
  #aside({ pan }) {
    const { clientWidth: w, clientHeight: h } = this.view;
    return Math.abs(pan.x - this.best.pan.x) > NEAR * w || Math.abs(pan.y - this.best.pan.y) > NEAR * h;
  }

  #inside({ width, height, top }) {
    const { left, right, top: above, bottom } = this.seen;
    if (this.phone) return (left + right) / 2 < width && (above + bottom) / 2 < top + height;
    return left <= 1 && right >= width - 1 && above <= top + 1 && bottom >= top + height - 1;
  }

  /** Whether nothing is above or below the screen. */
  #whole(y, zoom) {
    const { top = 0, height = 0 } = this.drawn ?? {};
    return y + top * zoom >= 0 && y + (top + height) * zoom <= this.view.clientHeight;
  }

  #size() {
    return `${this.view.clientWidth}×${this.view.clientHeight}`;
  }

  #sideways(at, pan, length, half = 40) {
    const margin = Math.min(half + 12, length / 2);
    return Math.min(length - margin - at, Math.max(margin - at, pan));
  }

  #move() {
    const { x, y } = this.cy.pan();
    const zoom = this.cy.zoom();
    this.world.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`;
    this.world.style.setProperty("--zoom", zoom);
    this.view.toggleAttribute("data-whole", this.#whole(y, zoom));
  }
}
