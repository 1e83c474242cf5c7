/** The full name of the thing under the pointer or the focus, where its card had to cut it or has more to say.
    A pointer that rests says nothing of what comes to lie under it: only its moving counts. */
import { h } from "./dom.js";

export class Tip {
  constructor(stage) {
    this.stage = stage;
    this.element = h("span", { class: "tip", "aria-hidden": "true", hidden: true });
    stage.append(this.element);
    stage.addEventListener("pointermove", (event) => this.#at(event.target.closest(".card")));
    stage.addEventListener("focusin", (event) => this.#at(event.target.closest(".card:focus-visible")));
    for (const over of ["pointerleave", "focusout", "pointerdown"]) stage.addEventListener(over, () => this.#at(null));
  }

  #at(card) {
    if (card === this.card) return;
    this.card = card;
    this.element.hidden = !card;
    if (!card) return;
    this.element.textContent = card.getAttribute("aria-label");
    const room = this.stage.getBoundingClientRect();
    const { left, bottom, top, width } = card.getBoundingClientRect();
    const { offsetWidth: w, offsetHeight: hgt } = this.element;
    const x = Math.min(room.width - w - 6, Math.max(6, left + width / 2 - w / 2 - room.left));
    const below = bottom - room.top + 6;
    const y = below + hgt < room.height ? below : Math.max(2, top - room.top - hgt - 6);
    this.element.style.translate = `${x}px ${y}px`;
  }
}
