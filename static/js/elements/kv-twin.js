/** The stage as tables, read again while it is open and the cluster changes. */
import { throttle } from "../helpers/dom.js";
import { fill } from "../helpers/fill.js";

const REFRESH = 800;

export class KvTwin extends HTMLElement {
  connectedCallback() {
    this.details = this.querySelector("details");
    this.refresh = throttle(REFRESH, () => this.#load());
    this.details.addEventListener("toggle", () => this.changed());
    this.addEventListener("click", (event) => this.#click(event));
  }

  changed() {
    if (this.details.open && !this.contains(document.activeElement?.closest("input"))) this.refresh();
  }

  open() {
    this.details.open = true;
  }

  async #load() {
    const focused = this.#focused();
    await fill(this.querySelector(".twin-body"), `${this.lab.path}/twin`);
    if (focused) this.querySelector(focused)?.focus();
  }

  /** Whoever was on a row stays on it. */
  #focused() {
    const row = this.contains(document.activeElement) && document.activeElement.closest("[data-object]");
    return row ? `[data-object="${CSS.escape(row.dataset.object)}"] a` : "";
  }

  #click(event) {
    const link = event.target.closest("a[data-ref]");
    if (!link) return;
    event.preventDefault();
    this.lab.select(link.dataset.ref);
  }
}

customElements.define("kv-twin", KvTwin);
