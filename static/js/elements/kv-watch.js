/** A lab that one watches: its stage and its journeys, and nothing that could change it. */
import { Showing } from "../helpers/showing.js";
import { Lab } from "../models/lab.js";
import "./kv-legend.js";
import "./kv-live.js";
import "./kv-stage.js";
import "./kv-timeline.js";
import "./kv-toggles.js";

class KvWatch extends HTMLElement {
  connectedCallback() {
    const stage = this.querySelector("kv-stage");
    if (!stage.drawable) return;
    const timeline = this.querySelector("kv-timeline");
    this.lab = new Lab(this.dataset.lab, this.dataset.share);
    this.showing = new Showing(this, this.lab, stage, timeline);
    const look = (ref) => stage.mark("chosen", [(this.lab.selected = ref)]);
    timeline.addEventListener("kv-evidence", ({ detail }) => look(detail.ref));
    stage.addEventListener("kv-choose", ({ detail }) => look(detail));
    this.lab.start();
  }
}

customElements.define("kv-watch", KvWatch);
