/** The lab's clock in the header (UTC, as objects have it), ticking between beats; opened, its controls and what was done. */
import { throttle } from "../helpers/dom.js";
import { fill } from "../helpers/fill.js";

const REFRESH = 600;
const SECOND = 1000;

export class KvPast extends HTMLElement {
  begin(lab) {
    this.details = this.querySelector("details");
    this.refresh = throttle(REFRESH, () => this.details.open && this.#load());
    this.details.addEventListener("toggle", () => this.refresh());
    for (const type of ["did", "graph"]) lab.addEventListener(type, () => this.refresh());
    lab.addEventListener("beat", ({ detail }) => this.#beat(detail));
    setInterval(() => this.#tick(), SECOND);
  }

  #load() {
    return fill(this.querySelector("[data-place]"), this.dataset.src);
  }

  #beat({ clock, playing, speed }) {
    const turned = this.playing !== undefined && (playing !== this.playing || speed !== this.speed);
    Object.assign(this, { at: new Date(clock).getTime(), heard: Date.now(), playing, speed });
    this.dataset.state = playing ? "running" : "standing";
    if (turned) this.refresh();
    this.#tick();
  }

  #tick() {
    if (this.at === undefined || document.hidden) return;
    const now = this.at + (this.playing ? (Date.now() - this.heard) * this.speed : 0);
    const text = new Date(now).toLocaleTimeString("en-GB", { timeZone: "UTC" });
    for (const place of this.querySelectorAll("[data-clock]")) place.textContent = text;
  }
}

customElements.define("kv-past", KvPast);
