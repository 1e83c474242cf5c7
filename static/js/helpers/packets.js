/** What moves above the stage: the packet, the lines it lit, the addresses it carried, what was said at the end. */
import { h, svg } from "./dom.js";
import { still } from "./motion.js";
import { curve, toSvg } from "../models/curves.js";

const GATE = 36;

export class Packets {
  constructor(stage) {
    this.stage = stage;
    this.lit = [];
  }

  clear() {
    this.lit = [];
    this.stage.under.replaceChildren();
    this.stage.over.replaceChildren();
    this.stage.mark("lit", []);
    this.stage.mark("stopped", []);
    this.#tell();
  }

  /** The picture after these steps; the last one moves if asked to. */
  show(steps, { moving = false, duration = 0 } = {}) {
    const hops = steps.filter((hop) => hop.edge);
    this.lit = hops.map((hop) => hop.edge);
    this.stage.under.replaceChildren(...hops.map((hop) => this.#path(hop)).filter(Boolean));
    const last = steps.at(-1);
    this.stage.over.replaceChildren(...this.#chips(hops, moving && last?.edge ? last : null));
    this.stage.mark("lit", hops.flatMap((hop) => hop.edge.split(">")));
    this.stage.mark("stopped", []);
    this.#tell();
    if (!last) return;
    this.stage.follow(this.stage.box(last.object));
    if (moving && last.edge && !still()) this.#run(last, duration);
    else this.#rest(last);
  }

  /** A bubble with the answer, or with the reason where it stopped. */
  end(hop, text, delivered) {
    if (!hop || !text) return;
    const at = this.#at(hop.object) ?? (hop.object.startsWith("dns/") ? this.#home() : null);
    if (!at) return;
    const below = at.y - at.h / 2 < 70;
    const bubble = h("div", { class: `bubble ${delivered ? "" : "bad"} ${below ? "below" : ""}`, "data-verdict": delivered ? "delivered" : "stopped" }, text);
    const right = at.x > this.stage.drawn.width - 150;
    bubble.classList.toggle("right", right);
    place(bubble, right ? at.x + at.w / 2 : at.x, below ? at.y + Math.min(at.h / 2, 60) : at.y - at.h / 2);
    this.stage.over.append(bubble);
    if (!delivered) this.#stop(hop, at);
  }

  /** A name that is looked up outside is looked up by the client. */
  #home() {
    return [...this.stage.drawn.boxes.values()].find((box) => box.element.type === "client");
  }

  #stop(hop, at) {
    this.stage.mark("stopped", [hop.object]);
    const mark = h("i", { class: "stop" }, "✕");
    const d = this.#way(hop);
    const [x, y] = d ? d.split(" ").slice(-2).map(Number) : [at.x - at.w / 2, at.y];
    place(mark, x - 7, y);
    this.stage.over.append(mark);
  }

  /** Many at once: each runs its whole way, one a little after the other. */
  volley(traces, view) {
    if (still()) return;
    traces.slice(0, 40).forEach((trace, i) => {
      const ways = trace.steps(view).map((hop) => this.#way(hop)).filter(Boolean);
      if (ways.length) this.#dot(ways.join(" "), { duration: 500 + 350 * ways.length, delay: i * 90, easing: "ease-in-out" });
    });
  }

  /** How many of the requests each pod answered, on the pod; a stack adds up its pods. */
  share(share) {
    const sums = new Map();
    for (const [pod, count] of Object.entries(share)) {
      const box = this.stage.box(pod);
      if (box) sums.set(box, (sums.get(box) ?? 0) + count);
    }
    for (const [box, count] of sums) {
      const tally = h("b", { class: "tally" }, `×${count}`);
      place(tally, box.x + box.w / 2, box.y + box.h / 2);
      this.stage.over.append(tally);
    }
  }

  #way(hop) {
    if (!hop.edge) return null;
    const [source, target] = hop.edge.split(">").map((id) => this.#at(id));
    return source && target && source !== target ? toSvg(curve(source, target)) : null;
  }

  /** Where lines and words meet an element: a firewall is as tall as the stage, its gate is not. */
  #at(id) {
    const box = this.stage.box(id);
    return box?.element.type === "firewall" ? { ...box, h: GATE } : box;
  }

  #path(hop) {
    const d = this.#way(hop);
    return d ? svg("path", { d, class: hop.call ? "way call" : "way", "data-edge": hop.edge, pathLength: 1 }) : null;
  }

  #run(hop, duration) {
    const d = this.#way(hop);
    if (!d) return this.#rest(hop);
    const path = this.stage.under.lastElementChild;
    path.animate({ strokeDasharray: ["0 1", "1 0"] }, { duration, easing: "ease-in-out" });
    this.#dot(d, { duration, easing: "ease-in-out" }).then(() => {
      if (path.isConnected) this.#chip(hop);
    });
  }

  async #dot(d, timing) {
    const dot = h("i", { class: "dot" });
    dot.style.offsetPath = `path("${d}")`;
    this.stage.over.append(dot);
    const frames = { offsetDistance: ["0%", "100%"], opacity: [1, 1] };
    await dot.animate(frames, { fill: "both", ...timing }).finished.catch(() => {});
    dot.remove();
  }

  #rest(hop) {
    this.stage.card(hop.object)?.classList.add("lit");
  }

  #chips(hops, moving) {
    const latest = new Map(hops.filter((hop) => hop !== moving).map((hop) => [this.stage.drawn.alias.get(hop.object) ?? hop.object, hop]));
    return [...latest.values()].map((hop) => this.#makeChip(hop)).filter(Boolean);
  }

  #chip(hop) {
    const chip = this.#makeChip(hop);
    if (chip) this.stage.over.append(chip);
  }

  /** The address the packet carries when it arrives; what was rewritten is marked. */
  #makeChip(hop) {
    const box = this.#at(hop.object);
    const text = hop.packet?.dst;
    if (!box || !text || box.element.type === "firewall") return null;
    const rewritten = hop.rewritten?.dst ?? hop.rewritten?.src;
    const inside = ["pod", "stack"].includes(box.element.type) && !box.column;
    const where = inside ? "beside" : box.column ? "behind" : "";
    const chip = h("span", { class: `chip-address ${where} ${rewritten ? "rewritten" : ""}`, "data-address": text }, text);
    if (hop.rewritten?.src) chip.append(h("small", {}, `← ${hop.rewritten.src[1]}`));
    const x = { beside: box.x - box.w / 2, behind: box.x + box.w / 2 }[where] ?? box.x;
    place(chip, x, inside ? box.y : box.y - box.h / 2);
    return chip;
  }

  #tell() {
    this.stage.dataset.lit = this.lit.join(" ");
  }
}

function place(element, x, y) {
  element.style.translate = `${x}px ${y}px`;
}
