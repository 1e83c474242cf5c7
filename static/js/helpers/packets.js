/** What moves above the stage: the packet, the lines it lit, the addresses it carried, what was said at the end. */
import { say, stopMark } from "./bubble.js";
import { makeChip } from "./chips.js";
import { h, svg } from "./dom.js";
import { still } from "./motion.js";
import { showShare } from "./shares.js";
import { Ways } from "./ways.js";
import { toSvg } from "../models/curves.js";

const STREAM = { most: 100, every: 90, within: 4500 };

export class Packets {
  constructor(stage) {
    this.stage = stage;
    this.ways = new Ways(stage);
    this.lit = [];
    this.notes = stage.over.appendChild(h("div", { class: "notes" }));
    this.stream = stage.over.appendChild(h("div", { class: "stream" }));
    this.said = stage.over.appendChild(h("div", { class: "said" }));
  }

  clear() {
    this.lit = [];
    this.shown = null;
    for (const layer of [this.stage.under, this.notes, this.stream, this.said]) layer.replaceChildren();
    this.stage.mark("lit", []);
    this.stage.mark("stopped", []);
    this.#tell();
  }

  /** The picture after these steps; the last one moves if asked to. */
  show(steps, { moving = false, duration = 0, elapsed = 0 } = {}) {
    this.shown = { steps, moving, duration, since: performance.now() - elapsed };
    const hops = steps.filter((hop) => this.ways.ends(hop));
    this.lit = steps.map((hop) => hop.edge).filter(Boolean);
    this.stage.under.replaceChildren(...hops.map((hop) => this.#path(hop)).filter(Boolean));
    const last = steps.at(-1);
    const runs = moving && last && this.ways.ends(last) && !still();
    this.notes.replaceChildren(...this.#chips(hops, runs ? last : null));
    this.said.replaceChildren();
    this.stage.mark("lit", hops.flatMap((hop) => this.ways.ends(hop)));
    this.stage.mark("stopped", []);
    this.#tell();
    if (!last) return;
    this.stage.camera.follow(this.stage.box(last.object));
    if (runs) this.#run(last, { duration, delay: -elapsed, easing: "ease-in-out" });
    else this.stage.card(last.object)?.classList.add("lit");
  }

  /** The same picture where things are now: a packet under way goes on from where it is in time. */
  again() {
    if (!this.shown) return;
    const { steps, moving, duration, since } = this.shown;
    const elapsed = performance.now() - since;
    this.show(steps, { moving: moving && elapsed < duration, duration, elapsed });
  }

  /** The picture at rest, with every address in its place. */
  arrive() {
    if (this.shown?.moving) this.show(this.shown.steps);
  }

  /** A bubble with the answer, or with the reason where it stopped. */
  end(hop, text, delivered) {
    const box = hop && text && (this.ways.at(hop.object) ?? this.ways.home);
    this.said.replaceChildren();
    if (!box) return;
    if (!delivered) this.#stop(hop, box);
    say(this.stage, this.said, { text, box, delivered });
  }

  /** Many at once: each runs its whole way, one a little after the other. */
  volley(traces, view) {
    if (still()) return;
    const seen = traces.slice(0, STREAM.most);
    const every = Math.min(STREAM.every, STREAM.within / seen.length);
    seen.forEach((trace, i) => {
      const ways = trace.steps(view).map((hop) => this.ways.of(hop)).filter(Boolean).map(toSvg);
      const timing = { duration: 500 + 350 * ways.length, delay: i * every, easing: "ease-in-out" };
      if (ways.length) this.#dot(this.stream, ways.join(" "), timing, trace.delivered ? "dot small" : "dot small lost");
    });
  }

  /** How many of the requests each pod answered, on the pod; a stack adds up its pods. */
  share(share) {
    showShare(this.stage, this.notes, share);
  }

  #stop(hop, box) {
    this.stage.mark("stopped", [hop.object]);
    stopMark(this.said, this.ways.stop(hop, box));
  }

  #path(hop) {
    const way = this.ways.of(hop);
    const kind = `way${hop.call ? " call" : ""}${hop.layer === "dns" ? " dns" : ""}`;
    return way ? svg("path", { d: toSvg(way), class: kind, "data-edge": hop.edge ?? "", pathLength: 1 }) : null;
  }

  #run(hop, timing) {
    const way = this.ways.of(hop);
    if (!way) return;
    const path = this.stage.under.lastElementChild;
    path.classList.add("running");
    const drawn = path.animate({ strokeDasharray: ["0 1", "1 0"] }, timing);
    drawn.finished.then(() => path.classList.remove("running")).catch(() => {});
    const kind = `dot${hop.layer === "dns" ? " asks" : ""}${hop.call ? " call" : ""}`;
    this.#dot(this.notes, toSvg(way), timing, kind).then(() => {
      const chip = path.isConnected && makeChip(this.stage, hop);
      if (chip) this.notes.append(chip);
    });
  }

  async #dot(layer, d, timing, kind) {
    const dot = h("i", { class: kind });
    dot.style.offsetPath = `path("${d}")`;
    layer.append(dot);
    const frames = { offsetDistance: ["0%", "100%"], opacity: [1, 1] };
    await dot.animate(frames, { fill: "forwards", ...timing }).finished.catch(() => {});
    dot.remove();
  }

  #chips(hops, moving) {
    const there = (hop) => this.stage.drawn.alias.get(hop.object) ?? hop.object;
    const latest = new Map(hops.filter((hop) => hop !== moving).map((hop) => [there(hop), hop]));
    return [...latest.values()].map((hop) => makeChip(this.stage, hop)).filter(Boolean);
  }

  #tell() {
    this.stage.dataset.lit = this.lit.join(" ");
  }
}
