/** The learner's page of a class: waits, watches with everybody, votes; goes to the own lab when it is time to work. */
import { word } from "../helpers/words.js";
import { Classroom } from "../models/classroom.js";
import { h } from "../helpers/dom.js";
import "./kv-class-question.js";
import "./kv-class-timer.js";
import "./kv-class-watch.js";
import "./kv-live.js";
import "./kv-toggles.js";

const TOAST = 4200;
/** Milliseconds a learner over which a class spreads its way to the own labs: 500 do not all knock at once. */
const SPREAD = 12;

class KvClassLearner extends HTMLElement {
  connectedCallback() {
    this.classroom = new Classroom({ id: this.dataset.class, path: this.dataset.path });
    this.watch = this.querySelector("kv-class-watch");
    const { classroom } = this;
    classroom.addEventListener("change", () => this.#show());
    classroom.addEventListener("you", ({ detail }) => this.#you(detail));
    classroom.addEventListener("state", ({ detail }) => this.#state(detail));
    classroom.addEventListener("refused", ({ detail }) => this.say(detail.message));
    this.querySelector("kv-class-question").begin({ classroom, stage: this.watch.stage, vote: (question, choice) => classroom.do("vote", { question: question.id.split("/")[1], choice }) });
    this.querySelector("[data-do=hand]").addEventListener("click", () => classroom.do("hand", { up: classroom.you?.hand ? "no" : "yes" }));
    classroom.start();
  }

  #show() {
    const { classroom } = this;
    const now = classroom.class;
    if (!now) return;
    if (now.closed) return this.#over("over");
    if (now.mode === "work") return this.#goToWork(now);
    clearTimeout(this.going);
    this.dataset.mode = now.mode;
    this.dataset.spotlight = now.spotlight;
    this.querySelector(".class-name").textContent = now.name;
    this.querySelector(".class-what").textContent = word(now.mode === "lobby" ? "mode_lobby" : now.spotlight ? "spotlight_on" : "following");
    this.querySelector("kv-class-timer").set(now.timer, () => classroom.now());
    this.#pause(now);
    this.#follow(now);
  }

  #follow(now) {
    const shown = now.mode === "follow" && now.lab;
    this.watch.hidden = !shown;
    if (!shown) return;
    this.watch.watch(now.lab);
    this.watch.point(this.classroom.pointer);
  }

  #pause(now) {
    const curtain = this.querySelector(".curtain");
    curtain.hidden = !now.paused;
    curtain.querySelector("p").textContent = now.message;
  }

  /** Everybody to their own lab; not all in the same second. */
  #goToWork(now) {
    if (this.going) return;
    this.going = setTimeout(() => location.assign(`${this.dataset.path}/`), Math.random() * now.seated * SPREAD);
  }

  #you(you) {
    const button = this.querySelector("[data-do=hand]");
    button.setAttribute("aria-pressed", you.hand);
    button.querySelector("span").textContent = word(you.hand ? "hand_is_up" : "hand_up");
    this.querySelectorAll("[data-you=name]").forEach((place) => (place.textContent = you.name));
  }

  #state(state) {
    this.querySelector("kv-live").show(state);
    if (state === "gone") this.#over(this.classroom.class?.closed ? "over" : "left");
  }

  #over(why) {
    this.classroom.socket.close();
    this.watch.leave();
    this.dataset.mode = "over";
    const notice = this.querySelector(".class-over");
    notice.hidden = false;
    notice.querySelector("h1").textContent = word(`class_${why}`);
    notice.querySelector("p").textContent = word(`class_${why}_text`);
  }

  say(text) {
    const toast = h("p", { class: "toast bad" }, text);
    this.querySelector(".toasts").append(toast);
    setTimeout(() => toast.remove(), TOAST);
  }
}

customElements.define("kv-class-learner", KvClassLearner);
