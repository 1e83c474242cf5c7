/** What every page with a stage does: draws the lab as it is, plays what is sent in it, says how it ended. */
import { Packets } from "./packets.js";
import { word } from "./words.js";

export class Showing {
  /** `page` hears "kv-played" when a journey has come to its end. */
  constructor(page, lab, stage, timeline) {
    Object.assign(this, { page, lab, stage, timeline });
    this.packets = new Packets(stage);
    this.#hearLab();
    this.#hearParts();
  }

  #hearLab() {
    const on = (type, run) => this.lab.addEventListener(type, ({ detail }) => run(detail));
    on("graph", () => this.#graph());
    on("trace", (detail) => this.#trace(detail));
    on("state", (state) => this.#line(state));
    on("unreachable", () => (this.stage.querySelector(".stage-wait span").textContent = word("not_drawn")));
  }

  #hearParts() {
    const { player } = this.timeline;
    player.addEventListener("frame", ({ detail }) => this.#step(detail));
    player.addEventListener("end", () => this.#end());
    this.timeline.addEventListener("kv-look", ({ detail }) => {
      this.stage.dataset.view = detail;
      this.packets.clear();
    });
    this.stage.addEventListener("kv-drawn", () => this.#redraw());
  }

  #graph() {
    const { graph } = this.lab;
    document.querySelector("kv-legend")?.show(graph);
    this.stage.show(graph);
    const id = this.page.dataset.trace;
    delete this.page.dataset.trace;
    if (id) this.lab.open(id);
  }

  async #trace({ trace, traces, share }) {
    this.share = Object.keys(share ?? {}).length && traces.length > 1 ? share : {};
    this.stage.dataset.from = trace.record.request.from.split("/")[0];
    this.stage.want(trace.objects);
    this.packets.clear();
    await this.timeline.show(trace, { share });
    if (this.lab.trace !== trace) return;
    if (traces.length > 1) this.packets.volley(traces, this.timeline.view);
    this.timeline.player.play();
  }

  #step(detail) {
    const { steps, index } = this.timeline.player;
    this.concluded = false;
    this.packets.show(steps.slice(0, index), detail);
  }

  #conclude(trace) {
    this.concluded = true;
    this.packets.arrive();
    this.packets.share(this.share);
    this.packets.end(this.timeline.player.steps.at(-1), trace.delivered ? trace.reply : this.timeline.reason, trace.delivered);
  }

  #end() {
    const { trace } = this.lab;
    if (!trace) return;
    this.#conclude(trace);
    this.stage.dataset.verdict = trace.record.verdict;
    this.page.dispatchEvent(new CustomEvent("kv-played", { detail: trace }));
  }

  /** The ground moved, by a change or because the caption below grew with its step: the same picture where things
      are now, also while a packet is under way. */
  #redraw() {
    const { trace } = this.lab;
    if (this.lab.selected) this.stage.mark("chosen", [this.lab.selected]);
    if (!this.timeline.player.index) return;
    this.packets.again();
    if (this.concluded && trace) this.#conclude(trace);
  }

  #line(state) {
    document.querySelector("kv-live")?.show(state);
    this.stage.dataset.line = state;
  }
}
