/** The first minute: one order, two dares, nothing else in the way. Whoever knows it skips it. */
import { h } from "../helpers/dom.js";
import { word } from "../helpers/words.js";

const SLOW = 0.42;
const KNOWN = "kubeviz.knows-the-first-minute";

export class KvFirstminute extends HTMLElement {
  begin(page) {
    if (localStorage.getItem(KNOWN)) return;
    Object.assign(this, { page, lab: page.lab, timeline: page.timeline });
    this.hidden = false;
    page.toggleAttribute("data-first", true);
    this.querySelector("[data-do=skip]").addEventListener("click", () => this.#finish());
    this.timeline.player.addEventListener("frame", () => this.#caption());
    this.#run();
  }

  async #run() {
    const preset = document.querySelector(".presets [data-url]")?.dataset;
    await this.#choice({ order_snack: true });
    const first = await this.#order(preset, SLOW);
    if (!first?.record.served_by) return this.#finish();
    await this.#dareDelete(first.record.served_by);
    await this.#order(preset, 1);
    await this.#dareSelector(first);
    await this.#order(preset, 1);
    await this.#repair();
    this.#finish();
  }

  async #dareDelete(ref) {
    this.#text("dare_delete", { pod: ref.split("/").at(-1) });
    await this.#choice({ delete_this_pod: true });
    const before = new Set(this.lab.graph.ofType("pod").map((pod) => pod.id));
    const owner = this.lab.graph.get(ref)?.owner;
    await this.lab.act({ action: "delete_pod", ref });
    this.#text("dare_waiting");
    const born = await this.#until(() => this.lab.graph.ofType("pod").find((pod) => pod.owner === owner && !before.has(pod.id) && pod.state === "ready"));
    this.page.stage.mark("born", [born.id]);
    this.#text("dare_new_pod", { ip: born.ip });
    await this.#choice({ order_again: true });
  }

  async #dareSelector(trace) {
    this.service = trace.hops.find((hop) => hop.object.startsWith("service/") && !hop.call)?.object;
    this.#text("dare_selector");
    await this.#choice({ break_selector: true });
    await this.lab.act({ action: "break_selector", ref: this.service });
    this.#text("dare_broken");
    await this.#choice({ order_again: true });
  }

  async #repair() {
    this.#text("dare_refused");
    const choice = await this.#choice({ show_field: true, mend_selector: false });
    if (choice === "show_field") {
      this.lab.select(this.service, "spec.selector");
      await this.#choice({ mend_selector: true });
    }
    await this.lab.act({ action: "mend_selector", ref: this.service });
    this.#text("dare_mended");
    this.lessons = (await this.#choice({ to_the_lessons: true, finish: false })) === "to_the_lessons";
  }

  /** Sends the order and waits until it has been played; each hop says its sentence meanwhile. */
  async #order(preset, speed) {
    this.#buttons();
    this.timeline.player.speed = speed;
    this.captions = true;
    if (preset) this.page.sendbar.fill(preset);
    const played = this.#played();
    const trace = await this.page.sendbar.send();
    if (trace) await played;
    this.captions = false;
    this.timeline.player.speed = 1;
    return trace;
  }

  #played() {
    return new Promise((done) => this.page.addEventListener("kv-played", done, { once: true }));
  }

  #caption() {
    const says = this.captions && this.timeline.says(this.timeline.player.index - 1);
    if (says) this.querySelector(".dare-text").textContent = says;
  }

  #until(found) {
    return new Promise((done) => {
      const look = () => {
        const what = found();
        if (!what) return;
        this.lab.removeEventListener("graph", look);
        done(what);
      };
      this.lab.addEventListener("graph", look);
      look();
    });
  }

  #text(key, params) {
    this.querySelector(".dare-text").textContent = word(key, params);
  }

  #buttons(...buttons) {
    this.querySelector(".dare-doing").replaceChildren(...buttons);
  }

  /** Buttons by word; the one that is true pulses. Resolves with the word that was pressed. */
  #choice(words) {
    return new Promise((done) => {
      const make = ([key, main]) => {
        const button = h("button", { type: "button", class: main ? "primary pulse" : "", "data-do": key }, word(key));
        button.addEventListener("click", () => done(key), { once: true });
        return button;
      };
      this.#buttons(...Object.entries(words).map(make));
    });
  }

  #finish() {
    localStorage.setItem(KNOWN, "yes");
    if (this.lessons) return window.location.assign("/lessons/");
    this.page.removeAttribute("data-first");
    this.timeline.player.speed = 1;
    this.captions = false;
    this.remove();
  }
}

customElements.define("kv-firstminute", KvFirstminute);
