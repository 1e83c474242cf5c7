/**
 * The strip of a class on a lab's page. To a learner: what everybody does, the time, a hand to raise. To whoever
 * teaches: ask about the request in the bar, and let the class see where one is in one's own lab.
 */
import { word } from "../helpers/words.js";
import { Classroom } from "../models/classroom.js";
import { throttle } from "../helpers/dom.js";
import "./kv-class-question.js";
import "./kv-class-timer.js";

const SPREAD = 12;
const POINT = 180;

class KvClassBar extends HTMLElement {
  connectedCallback() {
    this.classroom = new Classroom({ id: this.dataset.class, path: this.dataset.path });
    this.page = this.closest("kv-lab");
    const { classroom } = this;
    classroom.addEventListener("change", () => this.#show());
    classroom.addEventListener("you", ({ detail }) => this.#you(detail));
    classroom.addEventListener("state", ({ detail }) => this.#state(detail));
    classroom.addEventListener("refused", ({ detail }) => this.page.say?.(detail.message, true));
    this.querySelector("kv-class-question")?.begin({ classroom, staff: this.teaches });
    this.addEventListener("click", (event) => this.#click(event.target.closest("[data-do]")));
    this.addEventListener("change", (event) => event.target.dataset.do === "item" && this.#begin(event.target.value));
    classroom.start();
    if (this.teaches) customElements.whenDefined("kv-lab").then(() => this.#beFollowed());
  }

  get teaches() {
    return this.dataset.role === "staff";
  }

  #show() {
    const { classroom } = this;
    const now = classroom.class;
    if (!now) return;
    if (!this.teaches && (now.closed || now.mode !== "work")) return this.#leave(now);
    clearTimeout(this.going);
    this.going = 0;
    this.dataset.mode = now.mode;
    this.querySelector(".class-name").textContent = now.name;
    this.querySelector(".class-what").textContent = this.teaches ? `${word(`mode_${now.mode}`)} · ${word("people_in", { count: now.seated })}` : "";
    this.querySelector("kv-class-timer").set(now.timer, () => classroom.now());
    this.#pause(now);
    if (this.teaches) this.#teach();
    else this.#items(now);
  }

  #pause(now) {
    const curtain = this.querySelector(".curtain");
    if (!curtain) return;
    curtain.hidden = !now.paused;
    curtain.querySelector("p").textContent = now.message;
  }

  /** The class does something else than working in own labs: go where it is. */
  #leave(now) {
    if (this.going) return;
    this.going = setTimeout(() => location.assign(`${this.dataset.path}/`), Math.random() * now.seated * SPREAD);
  }

  #items(now) {
    const select = this.querySelector("select[data-do=item]");
    const open = now.items.filter((item) => item.open);
    const language = document.documentElement.lang;
    const written = JSON.stringify([open, now.item]);
    select.parentElement.hidden = open.length < 2;
    if (written === this.items) return;
    const changed = this.items && this.item !== now.item;
    Object.assign(this, { items: written, item: now.item });
    select.replaceChildren(...open.map((item) => new Option(item[language] || item.ko, item.id, false, item.id === Number(this.dataset.item || now.item))));
    if (changed) this.#begin(now.item);
  }

  async #begin(item) {
    const begun = await this.classroom.do("begin", { item });
    if (begun?.goto && begun.goto !== location.pathname) location.assign(begun.goto);
  }

  #teach() {
    const { question } = this.classroom;
    for (const button of this.querySelectorAll("[data-when]")) {
      button.hidden = !(question ? question.state : "none").match(`^(${button.dataset.when})$`);
    }
    const again = this.querySelector("[data-do=second_round]");
    again.hidden = again.hidden || question.round > 1;
  }

  async #click(button) {
    const name = button?.dataset.do;
    if (!name || button.matches("select")) return;
    const { classroom } = this;
    const id = classroom.question?.id.split("/")[1];
    if (name === "hand") return classroom.do("hand", { up: classroom.you?.hand ? "no" : "yes" });
    if (name === "done") return this.#done(button);
    if (name === "ask") return this.#ask(button.dataset.kind);
    await classroom.do(name, id ? { question: id } : {});
  }

  async #done(button) {
    const done = button.getAttribute("aria-pressed") !== "true";
    if (!(await this.classroom.do("done", { item: this.dataset.item, done: done ? "yes" : "no" }))) return;
    button.setAttribute("aria-pressed", done);
    button.querySelector("span").textContent = word(done ? "done_is" : "done_button");
  }

  /** About what stands in the send bar. */
  #ask(kind) {
    const form = new FormData(this.page.sendbar.form);
    form.set("kind", kind);
    form.delete("csrfmiddlewaretoken");
    this.querySelector("details.asking").open = false;
    return this.classroom.do("ask", form);
  }

  #you(you) {
    const button = this.querySelector("[data-do=hand]");
    if (!button) return;
    button.setAttribute("aria-pressed", you.hand);
    button.querySelector("span").textContent = word(you.hand ? "hand_is_up" : "hand_up");
  }

  #state(state) {
    this.dataset.state = state;
    if (state === "gone" && !this.teaches) location.assign(`${this.dataset.path}/`);
  }

  // ── the class follows ──

  /** Says where this page is whenever that changes: journey, view, step, chosen object. */
  #beFollowed() {
    if (this.dataset.shown !== "yes") return;
    const { lab, timeline } = this.page;
    const tell = throttle(POINT, () => this.#point());
    const { player } = timeline;
    player.addEventListener("state", tell);
    player.addEventListener("frame", () => player.playing || tell());
    timeline.addEventListener("kv-look", tell);
    lab.addEventListener("select", tell);
    lab.addEventListener("trace", tell);
    this.page.inspector.addEventListener("kv-close", () => {
      lab.selected = "";
      tell();
    });
  }

  #point() {
    const { lab, timeline } = this.page;
    const { player, view, trace } = timeline;
    this.classroom.do("point", { trace: trace?.id ?? "", view, index: player.index, playing: player.playing, speed: player.speed, selected: lab.selected ?? "" });
  }
}

customElements.define("kv-class-bar", KvClassBar);
