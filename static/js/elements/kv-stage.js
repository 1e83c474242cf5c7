/* global cytoscape */
/**
 * The stage. Cytoscape keeps the geometry (lines, frames, pan, zoom); what there is to read are cards of HTML above
 * it, so that text is crisp and can be found; packets move on an overlay that costs the graph nothing.
 */
import { contents } from "../helpers/cards.js";
import { h, svg } from "../helpers/dom.js";
import { style } from "../helpers/stage-style.js";
import { still } from "../helpers/motion.js";
import { word } from "../helpers/words.js";
import { curve, toCytoscape } from "../models/curves.js";
import { layout } from "../models/layout.js";
import { choose, LIMIT } from "../models/visible.js";
import { namespaceColours } from "./kv-legend.js";

const PAD = { top: 44, right: 22, bottom: 48, left: 22 };
const FALLBACK_GATE = 190;
const READABLE = 0.66;

export class KvStage extends HTMLElement {
  connectedCallback() {
    this.view = this.querySelector(".stage-view");
    this.options = { system: false, open: new Set(), wanted: new Set() };
    this.cards = new Map();
    this.drawn = { boxes: new Map(), alias: new Map(), lanes: [] };
    this.#build();
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#resized()).observe(this.view);
    addEventListener("kv-theme", () => this.cy.style(style()));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.cy.style(style()));
  }

  /** Draws the graph as it is now. */
  show(graph) {
    this.graph = graph;
    const wanted = new Set([...this.options.wanted].filter((id) => graph.get(id)));
    const chosen = choose(graph.elements, { ...this.options, wanted });
    this.hidden = chosen.nodes.length + chosen.edges.length > LIMIT;
    this.dispatchEvent(new CustomEvent("kv-too-many", { detail: this.hidden, bubbles: true }));
    if (this.hidden) return;
    this.drawn = { ...layout(chosen.nodes, this.#aspect()), alias: chosen.alias };
    this.#draw(chosen);
    this.querySelector(".stage-wait").hidden = true;
    this.querySelector(".stage-empty").hidden = chosen.nodes.length > 0;
    this.dataset.rv = graph.rv;
    this.dataset.ready = "true";
    this.dispatchEvent(new CustomEvent("kv-drawn"));
  }

  /** Makes room for everything a journey touches. */
  want(ids) {
    const before = [...this.options.wanted].filter((id) => this.graph?.get(id)).join();
    this.options.wanted = ids;
    if (this.graph && before !== [...ids].filter((id) => this.graph.get(id)).join()) this.show(this.graph);
  }

  /** Where an element stands, or the stack it is in. */
  box(id) {
    return this.drawn.boxes.get(this.drawn.alias.get(id) ?? id);
  }

  card(id) {
    return this.cards.get(this.drawn.alias.get(id) ?? id)?.element;
  }

  mark(name, ids) {
    for (const { element } of this.cards.values()) element.classList.remove(name);
    for (const id of ids) this.card(id)?.classList.add(name);
  }

  /** On a small screen the picture follows the packet. */
  follow(box) {
    if (this.view.clientWidth > 700 || !box) return;
    const pan = { x: this.view.clientWidth / 2 - box.x * this.cy.zoom(), y: this.cy.pan().y };
    if (still()) this.cy.pan(pan);
    else this.cy.animate({ pan }, { duration: 300 });
  }

  #build() {
    this.cy = cytoscape({
      container: this.view,
      style: style(),
      layout: { name: "preset" },
      autoungrabify: true,
      boxSelectionEnabled: false,
      minZoom: 0.2,
      maxZoom: 3,
    });
    this.under = svg("svg", { class: "paths", "aria-hidden": "true" });
    this.people = h("div", { class: "cards" });
    this.over = h("div", { class: "over", "aria-hidden": "true" });
    this.world = h("div", { class: "world" }, this.under, this.people, this.over);
    this.view.append(this.world);
    this.cy.on("viewport", () => this.#move());
    this.cy.on("dragpan scrollzoom pinchzoom", () => (this.moved = true));
  }

  #draw({ nodes, edges }) {
    this.#cards(nodes);
    this.#lanes();
    const { boxes } = this.drawn;
    const things = [...boxes.values()].map((box) => ({ group: "nodes", data: frameOf(box), position: { x: box.x, y: box.y } }));
    const lines = edges.filter((e) => boxes.has(e.source) && boxes.has(e.target)).map((e) => this.#line(e));
    this.cy.json({ elements: [...things, ...lines] });
    for (const { data, position } of things) this.cy.getElementById(data.id).position(position);
    if (!this.moved) this.fit();
    else this.#move();
  }

  #line(edge) {
    const { boxes } = this.drawn;
    const bend = toCytoscape(curve(boxes.get(edge.source), boxes.get(edge.target)));
    return { group: "edges", data: { id: edge.id, source: edge.source, target: edge.target, state: edge.state, ...bend } };
  }

  #cards(nodes) {
    const known = this.cards.size > 0;
    const elements = [...nodes.filter((e) => e.type !== "node"), ...[...this.drawn.boxes.values()].map((b) => b.element).filter((e) => ["node", "waiting"].includes(e.type))];
    const firewall = nodes.find((e) => e.type === "firewall");
    if (firewall) this.#placeFirewall(firewall);
    const now = new Map(elements.filter((e) => this.drawn.boxes.has(e.id)).map((e) => [e.id, e]));
    for (const [id, { element }] of this.cards) if (!now.has(id)) element.remove(), this.cards.delete(id);
    for (const element of now.values()) this.#card(element, known);
    if (!this.people.querySelector("[tabindex='0']")) this.people.firstElementChild?.setAttribute("tabindex", "0");
  }

  #placeFirewall(element) {
    const { firewall } = this.drawn;
    const wanted = this.options.wanted.has(element.id);
    const place = firewall ?? (wanted && { x: FALLBACK_GATE, y: this.drawn.height / 2, w: 12, h: 120 });
    if (place) this.drawn.boxes.set(element.id, { id: element.id, element, ...place });
  }

  #card(element, known) {
    const written = JSON.stringify(element);
    const before = this.cards.get(element.id);
    const card = before?.element ?? h("button", { type: "button", tabindex: "-1", "data-object": element.id });
    if (before?.written !== written) this.#write(card, element, before, known);
    const box = this.drawn.boxes.get(element.id);
    Object.assign(card.style, { width: `${box.w}px`, height: `${box.h}px`, translate: `${box.x - box.w / 2}px ${box.y - box.h / 2}px` });
    this.cards.set(element.id, { element: card, written, ip: element.ip });
    if (!before) this.people.append(card);
  }

  #write(card, element, before, known) {
    card.className = `card is-${element.type}`;
    card.dataset.state = element.state ?? "";
    card.style.setProperty("--ns", namespaceColours.of(element.ns));
    card.title = [element.label, element.ns, element.why].filter(Boolean).join(" · ");
    card.replaceChildren(...contents(element));
    const born = known && (!before || before.ip !== element.ip) && ["pod", "stack"].includes(element.type);
    if (born) card.classList.add("born");
  }

  #lanes() {
    this.people.querySelectorAll(".lane").forEach((lane) => lane.remove());
    for (const lane of this.drawn.lanes) {
      const title = h("span", { class: "lane" }, word(`lane_${lane.name}`));
      title.style.translate = `${lane.x}px 0`;
      this.people.append(title);
    }
  }

  fit() {
    const { clientWidth: w, clientHeight: hgt } = this.view;
    const { width, height } = this.drawn;
    if (!w || !width) return;
    const tall = (hgt - PAD.top - PAD.bottom) / height;
    const zoom = w < 700 ? Math.min(1, Math.max(READABLE, tall)) : Math.min((w - PAD.left - PAD.right) / width, tall, 1.9);
    const x = Math.max(PAD.left, (w - width * zoom) / 2);
    const y = Math.max(PAD.top, (hgt + PAD.top - PAD.bottom - height * zoom) / 2);
    this.cy.viewport({ zoom, pan: { x, y } });
    this.moved = false;
    this.#move();
  }

  #move() {
    const { x, y } = this.cy.pan();
    this.world.style.transform = `translate(${x}px, ${y}px) scale(${this.cy.zoom()})`;
    this.world.style.setProperty("--zoom", this.cy.zoom());
  }

  #aspect() {
    const { clientWidth: w, clientHeight: hgt } = this.view;
    return w < 700 ? 1 : Math.max(1, (w - PAD.left - PAD.right) / Math.max(1, hgt - PAD.top - PAD.bottom));
  }

  #resized() {
    this.cy.resize();
    if (this.graph && !this.moved) this.show(this.graph);
  }

  #click(event) {
    const tool = event.target.closest("[data-do]")?.dataset.do;
    if (tool) return this.#tool(tool, event.target.closest("[data-do]"));
    const id = event.target.closest("[data-object]")?.dataset.object;
    if (id) this.#choose(id);
  }

  #choose(id) {
    if (id.startsWith("stack/")) {
      this.options.open.add(id);
      return this.show(this.graph);
    }
    this.dispatchEvent(new CustomEvent("kv-choose", { detail: id }));
  }

  #tool(name, button) {
    if (name === "fit") return this.options.open.clear(), (this.moved = false), this.show(this.graph);
    if (name === "system") {
      this.options.system = !this.options.system;
      button.setAttribute("aria-pressed", this.options.system);
      this.moved = false;
      return this.show(this.graph);
    }
    const level = this.cy.zoom() * (name === "in" ? 1.25 : 0.8);
    this.moved = true;
    this.cy.zoom({ level, renderedPosition: { x: this.view.clientWidth / 2, y: this.view.clientHeight / 2 } });
  }

  /** Arrow keys go to the nearest card that way. */
  #key(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const here = this.drawn.boxes.get(event.target.closest("[data-object]")?.dataset.object);
    if (!way || !here) return;
    event.preventDefault();
    event.stopPropagation();
    const next = nearest(here, way, this.drawn.boxes.values());
    const card = next && this.cards.get(next.id)?.element;
    if (!card) return;
    event.target.setAttribute("tabindex", "-1");
    card.setAttribute("tabindex", "0");
    card.focus();
  }
}

const frameOf = ({ id, element, w, h: height }) =>
  ["node", "waiting"].includes(element.type) ? { id, w, h: height, frame: element.state ?? "waiting" } : { id, w, h: height };

function nearest(here, [dx, dy], boxes) {
  const scored = [...boxes].map((box) => {
    const along = (box.x - here.x) * dx + (box.y - here.y) * dy;
    const aside = Math.abs((box.x - here.x) * dy) + Math.abs((box.y - here.y) * dx);
    return { box, along, cost: along + 2 * aside };
  });
  return scored.filter(({ along }) => along > 8).sort((a, b) => a.cost - b.cost)[0]?.box;
}

customElements.define("kv-stage", KvStage);
