/** Which colour stands for which namespace. A namespace keeps its colour while the page lives. */
import { h } from "../helpers/dom.js";

const COLOURS = 5;

class NamespaceColours {
  names = new Map();

  of(namespace) {
    if (!namespace) return "transparent";
    if (!this.names.has(namespace)) this.names.set(namespace, this.names.size % COLOURS);
    return `var(--ns-${this.names.get(namespace)})`;
  }

  /** Asked in name order, so that a reload colours alike. */
  learn(namespaces) {
    for (const name of [...namespaces].sort()) this.of(name);
  }
}

export const namespaceColours = new NamespaceColours();

export class KvLegend extends HTMLElement {
  show(graph) {
    const drawn = [...graph.elements.values()].filter((e) => e.ns && !e.system);
    const names = [...new Set(drawn.map((e) => e.ns))].sort();
    namespaceColours.learn(names);
    if (names.join() === this.names) return;
    this.names = names.join();
    this.replaceChildren(...names.slice(0, 4).map((name) => this.#entry(name)));
  }

  #entry(name) {
    const entry = h("b", {}, name);
    entry.style.setProperty("--ns", namespaceColours.of(name));
    return entry;
  }
}

customElements.define("kv-legend", KvLegend);
