/** A word explained where it stands: a bubble at the dotted term that was pressed. Without it the link leads to the page. */
import { h } from "../helpers/dom.js";
import { word } from "../helpers/words.js";

const GAP = 6;

export class KvGlossary extends HTMLElement {
  connectedCallback() {
    document.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("toggle", (event) => event.newState === "closed" && this.#back());
  }

  async #click(event) {
    const link = event.target.closest("a[data-term]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const term = (await this.#terms()).get(link.dataset.term);
    if (!term) return location.assign(link.href);
    this.replaceChildren(h("b", { id: "term-name" }, term.name), h("p", {}, term.text), h("a", { href: `/glossary/#${term.key}` }, word("glossary_all")));
    this.showPopover();
    this.#place(link);
    this.focus();
    this.link = link;
  }

  /** Whoever closes the bubble is where they were. */
  #back() {
    const lost = document.activeElement === document.body || this.contains(document.activeElement);
    if (lost && this.link?.isConnected) this.link.focus({ preventScroll: true });
  }

  #terms() {
    this.known ??= fetch("/glossary/", { headers: { Accept: "application/json" } })
      .then((response) => response.json())
      .then(({ terms }) => new Map(terms.map((term) => [term.key, term])))
      .catch(() => ((this.known = null), new Map()));
    return this.known;
  }

  /** Below the word if there is room, else above it, and never over the edge. */
  #place(link) {
    const at = link.getBoundingClientRect();
    const below = at.bottom + GAP;
    const fits = below + this.offsetHeight < innerHeight;
    const left = Math.max(GAP, Math.min(at.left, innerWidth - this.offsetWidth - GAP));
    Object.assign(this.style, { left: `${left}px`, top: `${Math.max(GAP, fits ? below : at.top - GAP - this.offsetHeight)}px` });
  }
}

customElements.define("kv-glossary", KvGlossary);
