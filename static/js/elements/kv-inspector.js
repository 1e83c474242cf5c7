/** The chosen object, as the server writes it; kept up to date while it changes, with the field in question lit. */
import { throttle } from "../helpers/dom.js";

const REFRESH = 700;

export class KvInspector extends HTMLElement {
  connectedCallback() {
    this.about = [...this.children];
    this.refresh = throttle(REFRESH, () => this.#load());
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("pointerover", (event) => this.#command(event.target));
    this.addEventListener("focusin", (event) => this.#command(event.target));
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  async show(ref, path = "") {
    this.ref = ref;
    this.path = path;
    this.classList.add("open");
    await this.#load();
    this.scrollTop = 0;
    this.#light(true);
  }

  close() {
    this.ref = null;
    this.classList.remove("open");
    this.replaceChildren(...this.about);
    this.dispatchEvent(new CustomEvent("kv-close"));
  }

  /** The graph changed: if it is about what is shown, read it again. */
  changed(element) {
    const written = JSON.stringify(element);
    if (this.ref && written !== this.written) this.refresh();
    this.written = written;
  }

  async #load() {
    const { ref } = this;
    if (!ref || this.contains(document.activeElement?.closest("input"))) return;
    await window.htmx.ajax("GET", `${this.lab.path}/objects/${ref}/`, { target: this, swap: "innerHTML" });
    this.#light(false);
  }

  /** The line whose field was evidence: itself, or the nearest field above it. */
  #light(scroll) {
    if (!this.path) return;
    const lines = [...this.querySelectorAll(".line")];
    const exact = lines.filter((line) => within(line.dataset.path, this.path));
    const found = exact.length ? exact : nearest(lines, this.path);
    for (const line of lines) line.classList.toggle("found", found.includes(line));
    if (scroll) found[0]?.scrollIntoView({ block: "center" });
  }

  #click(event) {
    if (event.target.closest("[data-do=close]")) return this.close();
    const link = event.target.closest("a[data-ref]");
    if (!link) return;
    event.preventDefault();
    this.lab.select(link.dataset.ref);
  }

  /** Each button names the command it stands for. */
  #command(target) {
    const command = target.closest?.(".act button")?.title;
    const place = this.querySelector("[data-command]");
    if (command && place) place.textContent = command;
  }
}

const within = (path, wanted) => path === wanted || path?.startsWith(`${wanted}.`) || path?.startsWith(`${wanted}[`);

function nearest(lines, path) {
  const above = lines.filter((line) => line.dataset.path && within(path, line.dataset.path));
  const longest = Math.max(0, ...above.map((line) => line.dataset.path.length));
  return above.filter((line) => line.dataset.path.length === longest).slice(0, 1);
}

customElements.define("kv-inspector", KvInspector);
