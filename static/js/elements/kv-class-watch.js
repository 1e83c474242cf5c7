/** A lab to look at and not to touch: the graph, the packets, and where the one who shows it is. */
import { Showing } from "../helpers/showing.js";
import { Lab } from "../models/lab.js";
import "./kv-legend.js";
import "./kv-stage.js";
import "./kv-timeline.js";

const DRIFT = 2;

/** Whichever lab is looked at now, as one thing to listen to. */
class Shown extends EventTarget {
  look(id) {
    this.leave();
    const lab = (this.lab = new Lab(id));
    for (const type of ["graph", "trace"]) {
      lab.addEventListener(type, ({ detail }) => lab === this.lab && this.dispatchEvent(new CustomEvent(type, { detail })));
    }
    lab.start();
  }

  leave() {
    this.lab?.socket.close();
    this.lab = null;
  }

  get graph() {
    return this.lab.graph;
  }

  get trace() {
    return this.lab?.trace;
  }

  get selected() {
    return this.lab?.selected;
  }

  open(id) {
    return this.lab.open(id);
  }
}

export class KvClassWatch extends HTMLElement {
  connectedCallback() {
    this.stage = this.querySelector("kv-stage");
    this.timeline = this.querySelector("kv-timeline");
    this.shown = new Shown();
    this.showing = new Showing(this, this.shown, this.stage, this.timeline);
    this.timeline.addEventListener("kv-evidence", ({ detail }) => this.stage.mark("chosen", [detail.ref]));
    if (this.dataset.lab) this.watch(this.dataset.lab);
  }

  /** Look into this lab from now on. */
  watch(id) {
    if (!id || id === this.shown.lab?.id) return;
    this.leave();
    this.shown.look(id);
  }

  leave() {
    this.shown.leave();
    this.pointed = "";
    this.#wipe();
    this.stage.removeAttribute("data-ready");
  }

  /** Be where the one who shows is: the same journey, view, step and object. */
  async point(pointer) {
    const said = JSON.stringify(pointer);
    const { lab } = this.shown;
    if (!lab || said === this.pointed) return;
    this.pointed = said;
    if (!pointer.trace) this.#wipe();
    else if (pointer.trace !== lab.trace?.id) await lab.open(pointer.trace);
    if (this.pointed !== said || lab !== this.shown.lab) return;
    lab.selected = pointer.selected;
    this.stage.mark("chosen", pointer.selected ? [pointer.selected] : []);
    if (pointer.trace && pointer.trace === this.timeline.trace?.id) this.#keepUp(pointer);
  }

  /** Nothing is shown any more: what stood there might answer the next question. */
  #wipe() {
    if (this.shown.lab) this.shown.lab.trace = null;
    this.timeline.trace = null;
    this.timeline.player.pause();
    this.timeline.player.load([]);
    this.timeline.replaceChildren();
    this.showing.packets.clear();
  }

  #keepUp({ view, index, playing, speed }) {
    const { player } = this.timeline;
    if (view !== this.timeline.view) this.timeline.look(view);
    player.speed = speed || 1;
    if (playing) return this.#playOn(index);
    if (index === player.index + 1) return player.forward();
    player.pause();
    if (index !== player.index) player.seek(index);
  }

  #playOn(index) {
    const { player } = this.timeline;
    if (Math.abs(index - player.index) > DRIFT) player.seek(index);
    if (!player.playing && !player.atEnd) player.play();
  }
}

customElements.define("kv-class-watch", KvClassWatch);
