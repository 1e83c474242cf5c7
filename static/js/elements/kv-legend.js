/** Which colour and pattern stand for which namespace on the stage. */
import { h } from "../helpers/dom.js";
import { namespaces } from "../models/namespaces.js";

const MOST = 4;

export class KvLegend extends HTMLElement {
  show(graph) {
    const drawn = [...graph.elements.values()].filter((e) => e.ns && !e.system);
    const names = [...new Set(drawn.map((e) => e.ns))].sort();
    namespaces.learn(names);
    if (names.join() === this.names) return;
    this.names = names.join();
    this.title = names.join(", ");
    const more = names.length > MOST ? [h("small", {}, `+${names.length - MOST}`)] : [];
    this.replaceChildren(...names.slice(0, MOST).map((name) => h("b", { "data-ns": namespaces.mark(name) }, name)), ...more);
  }
}

customElements.define("kv-legend", KvLegend);
