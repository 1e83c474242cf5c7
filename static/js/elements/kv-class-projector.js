/** The class on the wall: how to join, what is shown, what is asked, how much time is left. */
import { h } from "../helpers/dom.js";
import { word } from "../helpers/words.js";
import { Classroom } from "../models/classroom.js";
import { animal } from "../helpers/animals.js";
import "./kv-class-question.js";
import "./kv-class-timer.js";
import "./kv-class-watch.js";
import "./kv-live.js";

const MOST_NAMES = 60;

class KvClassProjector extends HTMLElement {
  connectedCallback() {
    this.classroom = new Classroom({ id: this.dataset.class, path: this.dataset.path, audience: "projector" });
    this.watch = this.querySelector("kv-class-watch");
    const { classroom } = this;
    classroom.addEventListener("change", ({ detail }) => this.#show(detail));
    classroom.addEventListener("state", ({ detail }) => this.querySelector("kv-live").show(detail));
    this.querySelector("kv-class-question").begin({ classroom, stage: this.watch.stage });
    classroom.start();
  }

  #show(fresh) {
    const { classroom } = this;
    const now = classroom.class;
    if (!now) return;
    const shown = !now.closed && (now.mode === "follow" || now.spotlight) && now.lab;
    this.dataset.mode = now.closed ? "closed" : shown ? "follow" : now.mode;
    this.querySelector(".class-name").textContent = now.name;
    this.#code(now);
    this.querySelectorAll("kv-class-timer").forEach((timer) => timer.set(now.timer, () => classroom.now()));
    this.querySelectorAll(".seated").forEach((place) => (place.textContent = word("people_in", { count: now.seated })));
    if ([...fresh].some((id) => id.startsWith("seat/") || id === "class")) this.#people(now);
    if (now.mode === "work") this.#progress(now);
    this.watch.hidden = !shown;
    if (!shown) return;
    this.watch.watch(now.lab);
    this.watch.point(classroom.pointer);
  }

  /** A renewed code changes what the wall says, not where this page is. */
  #code(now) {
    if (this.code === now.code) return;
    this.code = now.code;
    this.querySelectorAll(".code").forEach((place) => (place.textContent = spaced(now.code)));
    this.querySelectorAll(".join-address").forEach((place) => (place.textContent = place.textContent.replace(/[^/]*$/, now.code)));
    this.querySelectorAll("img.qr").forEach((img) => (img.src = `/classes/${now.code}/qr.svg`));
    this.toggleAttribute("data-shut", !now.joinable || !now.code);
  }

  #people(now) {
    const seats = this.classroom.things.ofType("seat").sort((a, b) => a.number - b.number);
    const shown = seats.slice(-MOST_NAMES).map((seat) => h("li", {}, now.animals ? animal(seat.number) : seat.name));
    if (seats.length > MOST_NAMES) shown.unshift(h("li", { class: "muted" }, `+${seats.length - MOST_NAMES}`));
    this.querySelector(".names").replaceChildren(...shown);
  }

  #progress(now) {
    const { item } = this.classroom;
    const cells = this.classroom.things.ofType("cell").filter((cell) => cell.item === now.item);
    const solved = cells.filter((cell) => cell.state === "solved").length;
    this.querySelector(".work-item").textContent = item ? item[document.documentElement.lang] || item.ko : "";
    this.querySelector(".work-solved").textContent = word("solved_of", { all: now.seated, count: solved });
    const meter = this.querySelector(".wall-work meter");
    Object.assign(meter, { max: Math.max(1, now.seated), value: solved });
  }
}

const spaced = (code) => (code ? `${code.slice(0, 4)} ${code.slice(4)}` : "");

customElements.define("kv-class-projector", KvClassProjector);
