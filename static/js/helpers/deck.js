/** The cards: one button a thing, kept while the thing is there, so that focus and motion survive a change. */
import { contents, fullName } from "./cards.js";
import { h } from "./dom.js";
import { word } from "./words.js";
import { namespaces } from "../models/namespaces.js";

const ALIVE = ["pod", "stack"];

export class Deck {
  cards = new Map();

  constructor() {
    this.element = h("div", { class: "cards" });
  }

  show({ boxes, lanes, top }) {
    const known = this.cards.size > 0;
    for (const [id, { element }] of this.cards) if (!boxes.has(id)) element.remove(), this.cards.delete(id);
    for (const box of boxes.values()) this.#card(box, known);
    this.#lanes(lanes, top);
    if (!this.element.querySelector("[tabindex='0']")) this.element.querySelector(".card")?.setAttribute("tabindex", "0");
  }

  get(id) {
    return this.cards.get(id)?.element;
  }

  /** Gives a class to these and takes it from all others; `parts` are things inside a card. */
  mark(name, ids, parts = []) {
    for (const { element } of this.cards.values()) element.classList.remove(name);
    for (const id of ids) this.get(id)?.classList.add(name);
    for (const part of this.element.querySelectorAll("[data-part]")) part.classList.toggle(name, parts.includes(part.dataset.part));
  }

  #card(box, known) {
    const { element, compact } = box;
    const written = JSON.stringify([element, compact]);
    const before = this.cards.get(element.id);
    const card = before?.element ?? h("button", { type: "button", tabindex: "-1", "data-object": element.id });
    if (before?.written !== written) this.#write(card, box, before, known);
    Object.assign(card.style, { width: `${box.w}px`, height: `${box.h}px`, translate: `${box.x - box.w / 2}px ${box.y - box.h / 2}px` });
    this.cards.set(element.id, { element: card, written, ip: element.ip });
    if (!before) this.element.append(card);
  }

  #write(card, { element, compact }, before, known) {
    const born = known && ALIVE.includes(element.type) && (!before || before.ip !== element.ip);
    card.className = `card is-${element.type}${compact ? " compact" : ""}${born ? " born" : ""}`;
    card.dataset.state = element.state ?? "";
    card.dataset.ns = namespaces.mark(element.ns);
    card.setAttribute("aria-label", fullName(element));
    card.replaceChildren(...contents(element, compact));
  }

  #lanes(lanes, top) {
    this.element.querySelectorAll(".lane").forEach((lane) => lane.remove());
    for (const lane of lanes) {
      const title = h("span", { class: "lane", "data-lane": lane.name }, word(`lane_${lane.name}`));
      title.style.translate = `${lane.x}px ${top}px`;
      this.element.append(title);
    }
  }
}
