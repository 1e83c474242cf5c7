/** A lab to look at and not to touch: the graph, the packets, and where the one who shows it is. */
import { Packets } from "../helpers/packets.js";
import { Lab } from "../models/lab.js";
import "./kv-stage.js";
import "./kv-timeline.js";

const DRIFT = 2;

export class KvClassWatch extends HTMLElement {
  connectedCallback() {
    this.stage = this.querySelector("kv-stage");
    this.timeline = this.querySelector("kv-timeline");
    this.packets = new Packets(this.stage);
    const { player } = this.timeline;
    player.addEventListener("frame", ({ detail }) => this.packets.show(player.steps.slice(0, player.index), detail));
    player.addEventListener("end", () => this.#end());
    this.timeline.addEventListener("kv-look", ({ detail }) => {
      this.stage.dataset.view = detail;
      this.packets.clear();
    });
    this.stage.addEventListener("kv-drawn", () => this.#redraw());
    this.timeline.addEventListener("kv-evidence", ({ detail }) => this.stage.mark("chosen", [detail.ref]));
    if (this.dataset.lab) this.watch(this.dataset.lab);
  }

  /** Look into this lab from now on. */
  watch(id) {
    if (!id || id === this.lab?.id) return;
    this.leave();
    const lab = (this.lab = new Lab(id));
    lab.addEventListener("graph", () => lab === this.lab && this.#draw(lab.graph));
    lab.addEventListener("trace", ({ detail }) => lab === this.lab && this.#play(detail));
    lab.addEventListener("state", ({ detail }) => this.dispatchEvent(new CustomEvent("kv-lab-state", { detail, bubbles: true })));
    lab.start();
  }

  leave() {
    this.lab?.socket.close();
    this.lab = null;
    this.pointed = "";
    this.#wipe();
    this.stage.removeAttribute("data-ready");
  }

  /** Be where the one who shows is: the same journey, view and step. */
  async point(pointer) {
    const said = JSON.stringify(pointer);
    if (!this.lab || said === this.pointed) return;
    this.pointed = said;
    this.pointer = pointer;
    if (!pointer.trace) this.#wipe();
    if (pointer.trace && pointer.trace !== this.trace?.id) await this.lab.open(pointer.trace);
    if (this.pointed !== said) return;
    this.stage.mark("chosen", pointer.selected ? [pointer.selected] : []);
    if (pointer.trace && pointer.trace === this.trace?.id) this.#keepUp(pointer);
  }

  /** Nothing is shown any more: what stood there might answer the next question. */
  #wipe() {
    this.trace = null;
    this.timeline.player.pause();
    this.timeline.player.load([]);
    this.timeline.replaceChildren();
    this.packets.clear();
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

  #draw(graph) {
    this.stage.show(graph);
    if (this.pointer?.selected) this.stage.mark("chosen", [this.pointer.selected]);
  }

  async #play({ trace, traces, share }) {
    this.trace = trace;
    this.share = traces.length > 1 ? (share ?? {}) : {};
    this.stage.dataset.from = trace.record.request.from.split("/")[0];
    this.stage.want(trace.objects);
    this.packets.clear();
    await this.timeline.show(trace, { share });
    if (this.trace !== trace) return;
    if (traces.length > 1) this.packets.volley(traces, this.timeline.view);
    this.timeline.player.play();
    this.dispatchEvent(new CustomEvent("kv-plays", { detail: trace, bubbles: true }));
  }

  #end() {
    const { trace } = this;
    if (!trace) return;
    this.packets.share(this.share);
    this.packets.end(this.timeline.player.steps.at(-1), trace.delivered ? trace.reply : this.timeline.reason, trace.delivered);
  }

  #redraw() {
    const { player } = this.timeline;
    if (!player.playing && player.index) player.seek(player.index);
  }
}

customElements.define("kv-class-watch", KvClassWatch);
