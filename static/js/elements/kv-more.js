/** A part that is read from the server when it is opened: <kv-more data-src="…"> around a <details> and its place. */
export class KvMore extends HTMLElement {
  connectedCallback() {
    this.querySelector("details").addEventListener("toggle", (event) => event.target.open && this.load());
  }

  load() {
    return window.htmx.ajax("GET", this.dataset.src, { target: this.querySelector("[data-place]"), swap: "innerHTML" });
  }
}

customElements.define("kv-more", KvMore);
