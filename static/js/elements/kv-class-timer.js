/** How much time is left, by the server's clock. */
import { word } from "../helpers/words.js";

export class KvClassTimer extends HTMLElement {
  connectedCallback() {
    this.setAttribute("role", "timer");
    this.hidden = true;
    this.tick = setInterval(() => this.#show(), 250);
  }

  disconnectedCallback() {
    clearInterval(this.tick);
  }

  /** `ends` is an ISO time or nothing; `now` gives the server's time. */
  set(ends, now) {
    this.ends = ends ? Date.parse(ends) : 0;
    this.now = now;
    this.#show();
  }

  #show() {
    this.hidden = !this.ends;
    if (!this.ends) return;
    const left = Math.max(0, Math.round((this.ends - this.now()) / 1000));
    const text = left ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : word("time_up");
    if (this.textContent !== text) this.textContent = text;
    this.dataset.state = left === 0 ? "up" : left <= 30 ? "soon" : "";
  }
}

customElements.define("kv-class-timer", KvClassTimer);
