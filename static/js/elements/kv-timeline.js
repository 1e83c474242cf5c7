/** The journey as a list. The server writes it; here it is played, stepped through and looked at in either view. */
import { h } from "../helpers/dom.js";
import { fill } from "../helpers/fill.js";
import { still } from "../helpers/motion.js";
import { word } from "../helpers/words.js";
import { Player } from "../models/player.js";

const KEYS = { ArrowRight: "forward", ArrowLeft: "back", Home: "first", " ": "play" };

export class KvTimeline extends HTMLElement {
  connectedCallback() {
    this.player = new Player();
    this.view = "taught";
    this.player.addEventListener("frame", () => this.#frame());
    this.player.addEventListener("state", () => this.#state());
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("change", (event) => this.#change(event));
    this.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Shows a trace: its list from the server, its steps for the player. */
  async show(trace, { share = null } = {}) {
    this.trace = trace;
    await fill(this, `/traces/${trace.id}/`);
    if (this.trace !== trace) return;
    this.#share(share);
    this.look(this.view);
  }

  /** Taught: the chain as one learns it. Packet: the way it really went. */
  look(view) {
    this.view = view;
    this.querySelector(".hops")?.setAttribute("data-view", view);
    for (const button of this.querySelectorAll(".switch [data-view]")) {
      button.setAttribute("aria-pressed", button.dataset.view === view);
    }
    if (!this.trace) return;
    this.player.load(this.trace.steps(view));
    this.dispatchEvent(new CustomEvent("kv-look", { detail: view }));
  }

  get items() {
    return [...this.querySelectorAll(".hop")].filter((li) => ["both", this.view].includes(li.dataset.view));
  }

  /** What the list says at a step, for the first minute's captions. */
  says(index) {
    return [...(this.items[index]?.querySelectorAll(".says") ?? [])].at(-1)?.textContent ?? "";
  }

  get reason() {
    return this.querySelector(".ending b")?.textContent ?? "";
  }

  /** The ending in one breath, for those who hear the page. */
  get summary() {
    const parts = [".verdict", ".request", ".ending"].map((part) => this.querySelector(part)?.textContent.trim().replace(/\s+/g, " "));
    return parts.filter(Boolean).join(". ");
  }

  #frame() {
    const { index, atEnd } = this.player;
    const bad = atEnd && !this.trace.delivered;
    this.items.forEach((li, i) => {
      li.classList.toggle("now", i === index - 1);
      li.classList.toggle("ahead", i > index - 1);
      li.classList.toggle("stopped", bad && i === index - 1);
    });
    this.#intoView(this.items[index - 1], atEnd ? this.querySelector(".run > :last-child") : null);
  }

  /** Scrolls the list only, never the page; at the end what follows the last step comes into view with it. */
  #intoView(li, end) {
    if (!li || this.scrollHeight <= this.clientHeight) return;
    const head = this.querySelector(".run-head").offsetHeight;
    const top = li.offsetTop - head - 8;
    const last = end ?? li;
    const below = last.offsetTop + last.offsetHeight - this.clientHeight + 8;
    const to = this.scrollTop > top ? top : Math.max(this.scrollTop, Math.min(below, top));
    this.scrollTo({ top: to, behavior: still() ? "auto" : "smooth" });
  }

  #state() {
    for (const label of this.querySelectorAll(".play [data-state]")) {
      label.hidden = (label.dataset.state === "pause") !== this.player.playing;
    }
  }

  #click(event) {
    const button = event.target.closest("button, a, s");
    if (button && "versus" in button.dataset) return this.#versus(event, button.href);
    if (button?.dataset.do === "close-versus") return this.#closeVersus();
    if (button?.dataset.openTrace) return this.#again(event, button.dataset.openTrace);
    if (button?.dataset.do) return this.#do(button.dataset.do);
    if (button?.matches(".switch [data-view]")) return this.look(button.dataset.view), this.player.play();
    if (button?.matches(".hop-go")) return this.#jump(button.closest(".hop"));
    if (button?.dataset.ref) this.#evidence(event, button);
  }

  /** Two journeys side by side, above the list. */
  async #versus(event, url) {
    event.preventDefault();
    const place = this.querySelector(".versus");
    for (const menu of this.querySelectorAll(".recent details")) menu.open = false;
    await fill(place, url);
    place.hidden = false;
    this.scrollTo({ top: place.offsetTop - this.querySelector(".run-head").offsetHeight });
    place.querySelector("section")?.focus({ preventScroll: true });
  }

  #closeVersus() {
    const place = this.querySelector(".versus");
    place.hidden = true;
    place.replaceChildren();
    this.querySelector(".run-head .play").focus();
  }

  #again(event, id) {
    event.preventDefault();
    this.dispatchEvent(new CustomEvent("kv-again", { detail: id }));
  }

  #do(name) {
    const { player } = this;
    if (name === "first") return player.pause(), player.seek(0);
    if (name === "back") return player.back();
    if (name === "forward") return player.forward();
    if (name === "play") return player.playing ? player.pause() : player.play();
  }

  #change(event) {
    if (event.target.dataset.do === "speed") this.player.speed = Number(event.target.value);
  }

  #jump(li) {
    this.player.pause();
    this.player.seek(this.items.indexOf(li) + 1);
  }

  #evidence(event, link) {
    event.preventDefault();
    this.dispatchEvent(new CustomEvent("kv-evidence", { detail: { ref: link.dataset.ref, path: link.dataset.path ?? "" } }));
  }

  #key(event) {
    if (event.target.matches("select, input") || !KEYS[event.key] || event.ctrlKey || event.metaKey) return;
    if (event.key === " " && event.target.matches("button, a")) return;
    event.preventDefault();
    this.#do(KEYS[event.key]);
  }

  #share(share) {
    const place = this.querySelector(".share");
    const rows = Object.entries(share ?? {});
    const all = rows.reduce((sum, [, count]) => sum + count, 0);
    if (!place || all < 2) return;
    place.hidden = false;
    place.replaceChildren(h("b", {}, word("share")), ...rows.map(([pod, count]) => shareRow(pod, count, all)));
  }
}

function shareRow(pod, count, all) {
  const name = pod.split("/").at(-1) || word("share_other");
  const label = `${name}: ${count}/${all}`;
  return h("div", { "data-object": pod }, h("code", {}, name), h("meter", { min: 0, max: all, value: count, "aria-label": label }), h("b", {}, `${count}`));
}

customElements.define("kv-timeline", KvTimeline);
