/**
 * The stage. Cytoscape keeps the geometry (lines, frames, pan, zoom); what there is to read are cards of HTML above
 * it, so that text is crisp and can be found; packets move on an overlay that costs the graph nothing.
 */
import { Camera } from "../helpers/camera.js";
import { canvas, redraw } from "../helpers/canvas.js";
import { Deck } from "../helpers/deck.js";
import { h, svg } from "../helpers/dom.js";
import { Fingers } from "../helpers/fingers.js";
import { style } from "../helpers/stage-style.js";
import { Tip } from "../helpers/tip.js";
import { use } from "../helpers/tools.js";
import { next } from "../helpers/walking.js";
import { corridor } from "../models/corridors.js";
import { curve } from "../models/curves.js";
import { layout } from "../models/layout.js";
import { choose, LIMIT } from "../models/visible.js";

const GATE = { w: 12, h: 120 };
const OPENS = /^(stack|doors)\//;

export class KvStage extends HTMLElement {
  connectedCallback() {
    this.drawable = Boolean(window.cytoscape);
    this.querySelector(".stage-undrawable").hidden = this.drawable;
    if (!this.drawable) return;
    this.view = this.querySelector(".stage-view");
    this.limit = LIMIT;
    this.options = { system: false, open: new Set(), wanted: new Set() };
    this.drawn = { boxes: new Map(), alias: new Map(), lanes: [], columns: [] };
    this.#build();
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("focusin", (event) => this.#focused(event.target));
    new ResizeObserver(() => this.#resized()).observe(this.view);
    addEventListener("kv-theme", () => this.cy.style(style()));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.cy.style(style()));
  }

  /** Draws the graph as it is now. */
  show(graph) {
    this.graph = graph;
    const wanted = new Set([...this.options.wanted].filter((id) => graph.get(id)));
    const chosen = choose(graph.elements, { ...this.options, wanted });
    this.#state(chosen);
    if (this.tooMany) return;
    const { alias, edges, guests, nodes } = chosen;
    this.drawn = { ...layout(nodes, this.camera.aspect, guests), alias, edges, way: (a, b) => this.way(a, b) };
    this.#placeFirewall(nodes.find((e) => e.type === "firewall"));
    this.deck.show(this.drawn);
    redraw(this.cy, this.drawn);
    this.camera.settle(this.drawn);
    this.dataset.rv = graph.rv;
    this.dataset.namespaces = spaces(graph) > 1 ? "many" : "one";
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
    return this.deck.get(this.drawn.alias.get(id) ?? id);
  }

  /** The line between two boxes, past what stands between them. */
  way(a, b) {
    return curve(a, b, corridor(a, b, this.drawn.columns));
  }

  mark(name, ids) {
    this.deck.mark(name, ids.map((id) => this.drawn.alias.get(id) ?? id), ids);
  }

  #build() {
    this.cy = canvas(this.view);
    this.deck = new Deck();
    this.under = svg("svg", { class: "paths", "aria-hidden": "true" });
    this.over = h("div", { class: "over", "aria-hidden": "true" });
    const world = h("div", { class: "world" }, this.under, this.deck.element, this.over);
    this.view.append(world);
    this.camera = new Camera(this.cy, this.view, world, this.querySelector(".stage-tools"));
    this.fingers = new Fingers(this.view, this.camera, () => this.camera.fit(this.drawn));
    this.tip = new Tip(this);
  }

  #state({ nodes, edges }) {
    this.tooMany = nodes.length + edges.length > this.limit;
    this.toggleAttribute("data-many", this.tooMany);
    this.querySelector(".stage-many").hidden = !this.tooMany;
    this.querySelector(".stage-wait").hidden = true;
    this.querySelector(".stage-empty").hidden = nodes.length > 0;
    this.querySelector("[data-do=fold]").hidden = !this.options.open.size;
  }

  #placeFirewall(element) {
    if (!element) return;
    const asked = this.options.wanted.has(element.id);
    const place = this.drawn.firewall ?? (asked && this.#gateBeforeAll());
    if (place) this.drawn.boxes.set(element.id, { id: element.id, element, column: 0, inset: 0, ...place });
  }

  /** Where there are no node ports on show: between the outside and everything else. */
  #gateBeforeAll() {
    const [outside, next] = this.drawn.columns;
    const client = [...this.drawn.boxes.values()].find((box) => box.element.type === "client");
    return { ...GATE, x: next ? (outside.right + next.left) / 2 : outside.right + 40, y: client?.y ?? this.drawn.height / 2 };
  }

  #resized() {
    this.cy.resize();
    if (this.graph && !this.camera.moved) this.show(this.graph);
  }

  #click(event) {
    const button = event.target.closest("[data-do]");
    if (button) return use(button.dataset.do, this, button);
    const id = event.target.closest("[data-object]")?.dataset.object;
    if (!id) return;
    if (!OPENS.test(id)) return this.dispatchEvent(new CustomEvent("kv-choose", { detail: id }));
    this.options.open.add(id);
    this.show(this.graph);
  }

  #key(event) {
    const here = this.drawn.boxes.get(event.target.closest("[data-object]")?.dataset.object);
    const to = next(event.key, here, this.drawn.boxes.values());
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    this.deck.get(to.id)?.focus();
  }

  /** One card is in the tab order: the one last looked at. */
  #focused(target) {
    if (!target.matches(".card") || !target.matches(":focus-visible")) return;
    this.deck.element.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    target.setAttribute("tabindex", "0");
    this.camera.reveal(this.drawn.boxes.get(target.dataset.object));
  }
}

const spaces = ({ elements }) => new Set([...elements.values()].filter((e) => e.ns && !e.system).map((e) => e.ns)).size;

customElements.define("kv-stage", KvStage);
