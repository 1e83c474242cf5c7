/**
 * Fingers on the stage: one moves the picture, two stretch it, a tap is a click, two taps on the ground fit it again.
 * Cytoscape hears none of it: it would take the tap away from the cards. Where the whole height is on the screen a
 * swipe up or down scrolls the page (the browser then cancels the pointer).
 */
const DRAG = 8;
const DOUBLE = 320;
const ENDS = ["pointerup", "pointercancel"];

export class Fingers {
  constructor(view, camera, fit) {
    Object.assign(this, { camera, view, fit, down: new Map(), dragged: false, tapped: 0 });
    view.parentElement.addEventListener("touchstart", (event) => view.contains(event.target) && event.stopPropagation(), { capture: true, passive: true });
    view.addEventListener("pointerdown", (event) => this.#touch(event));
    view.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ENDS) view.addEventListener(end, (event) => this.down.delete(event.pointerId));
    view.addEventListener("click", (event) => this.#click(event), true);
  }

  #touch(event) {
    if (event.pointerType !== "touch") return;
    if (!this.down.size) Object.assign(this, { dragged: false, start: at(event) });
    this.down.set(event.pointerId, at(event));
  }

  #move(event) {
    if (!this.down.has(event.pointerId)) return;
    const before = this.#span();
    this.down.set(event.pointerId, at(event));
    if (!this.dragged && this.down.size === 1 && apart(this.start, at(event)) < DRAG) return;
    if (!this.dragged) this.view.setPointerCapture(event.pointerId);
    this.dragged = true;
    const after = this.#span();
    this.camera.drag(after.x - before.x, after.y - before.y, after.length / before.length, after);
  }

  /** The middle of the fingers on the stage, and how far apart they are. */
  #span() {
    const { left, top } = this.view.getBoundingClientRect();
    const [a, b = a] = [...this.down.values()];
    return { x: (a.x + b.x) / 2 - left, y: (a.y + b.y) / 2 - top, length: apart(a, b) || 1 };
  }

  /** What ended a drag is no click. */
  #click(event) {
    if (this.dragged) {
      event.stopPropagation();
      this.dragged = false;
      return;
    }
    const twice = event.timeStamp - this.tapped < DOUBLE;
    const ground = !event.target.closest("[data-object]");
    this.tapped = ground && !twice ? event.timeStamp : 0;
    if (ground && twice) this.fit();
  }
}

const at = ({ clientX: x, clientY: y }) => ({ x, y });
const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
