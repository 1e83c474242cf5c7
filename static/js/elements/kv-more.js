/** A part that is read from the server when it is opened: <kv-more data-src="…"> around a <details> and its place. */
import { fill } from "../helpers/fill.js";

export class KvMore extends HTMLElement {
  connectedCallback() {
    this.querySelector("details").addEventListener("toggle", (event) => event.target.open && this.load());
  }

  load() {
    return fill(this.querySelector("[data-place]"), this.dataset.src);
  }
}

customElements.define("kv-more", KvMore);
