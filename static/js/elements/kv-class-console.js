/** The instructor's console: one next step, who is here, who is stuck, and why. */
import { h } from "../helpers/dom.js";
import { has, word } from "../helpers/words.js";
import { Classroom } from "../models/classroom.js";
import "./kv-class-grid.js";
import "./kv-class-question.js";
import "./kv-class-timer.js";
import "./kv-live.js";
import "./kv-toggles.js";

const TOAST = 4200;

class KvClassConsole extends HTMLElement {
  connectedCallback() {
    this.classroom = new Classroom({ id: this.dataset.class, path: this.dataset.path });
    const { classroom } = this;
    this.grid = this.querySelector("kv-class-grid");
    this.grid.begin(classroom, (name, fields) => classroom.do(name, fields));
    this.querySelector("kv-class-question")?.begin({ classroom, staff: true });
    classroom.addEventListener("change", ({ detail }) => this.#show(detail));
    classroom.addEventListener("state", ({ detail }) => this.querySelector("kv-live").show(detail));
    classroom.addEventListener("refused", ({ detail }) => this.say(detail.message));
    this.addEventListener("submit", (event) => this.#submit(event));
    this.addEventListener("click", (event) => this.#replay(event.target.closest("[data-trace]")));
    classroom.start();
  }

  #show(fresh) {
    const { classroom } = this;
    const now = classroom.class;
    if (!now) return;
    this.dataset.mode = now.closed ? "closed" : now.mode;
    this.toggleAttribute("data-paused", now.paused);
    this.toggleAttribute("data-spotlight", now.spotlight);
    this.toggleAttribute("data-timer", Boolean(now.timer));
    this.toggleAttribute("data-shut", !now.joinable);
    this.toggleAttribute("data-animals", now.animals);
    this.dataset.question = classroom.question?.state ?? "none";
    this.toggleAttribute("data-second", classroom.question?.round > 1);
    this.querySelectorAll("input[name=question]").forEach((input) => (input.value = classroom.question?.id.split("/")[1] ?? ""));
    this.querySelector("kv-class-timer").set(now.timer, () => classroom.now());
    this.querySelectorAll(".seated").forEach((place) => (place.textContent = word("people_in", { count: now.seated })));
    this.#code(now);
    this.#items(now);
    this.querySelectorAll("[data-lab-link]").forEach((link) => (link.hidden = !now.lab));
    if ([...fresh].some((id) => id.startsWith("misconception/") || id === "class")) this.#radar();
  }

  #code(now) {
    if (!now.code || this.code === now.code) return;
    if (this.code) return location.assign(`/classes/${now.code}/`);
    this.code = now.code;
  }

  #items(now) {
    const language = document.documentElement.lang;
    const written = JSON.stringify([now.items, now.item]);
    if (written === this.items) return;
    this.items = written;
    const title = (item) => item[language] || item.ko;
    for (const select of this.querySelectorAll("select[name=item]")) {
      select.replaceChildren(...now.items.map((item) => new Option(title(item), item.id, false, item.id === now.item)));
    }
    const open = now.items.filter((item) => item.open).length;
    this.querySelector("select[name=open]")?.replaceChildren(...now.items.map((item, i) => new Option(`${i + 1}. ${title(item)}`, i + 1, false, i + 1 === open)));
    this.#plan(now.items, title);
  }

  /** The rows that the server wrote, in the order of now; a new one is a copy of another. */
  #plan(items, title) {
    const list = this.querySelector(".plan-list");
    if (!list) return;
    const known = new Map([...list.children].map((row) => [Number(row.dataset.item), row]));
    const model = list.firstElementChild;
    list.replaceChildren(...items.map((item) => {
      const row = known.get(item.id) ?? model.cloneNode(true);
      row.dataset.item = row.querySelector("input[name=item]").value = item.id;
      row.querySelector(".plan-title").textContent = title(item);
      row.toggleAttribute("data-shut", !item.open);
      return row;
    }));
  }

  #radar() {
    const rows = this.classroom.things.ofType("misconception").sort((a, b) => b.count - a.count);
    const items = new Map((this.classroom.class?.items ?? []).map((item) => [item.id, item[document.documentElement.lang] || item.ko]));
    this.querySelector(".radar-rows").replaceChildren(...(rows.length ? rows.map((row) => this.#reason(row, items)) : [h("li", { class: "muted" }, word("radar_empty"))]));
  }

  #reason(row, items) {
    const said = has(`reason_${row.reason}`) ? word(`reason_${row.reason}`) : row.reason;
    const replay = row.trace ? h("button", { type: "button", "data-trace": row.trace }, word("class_replay")) : "";
    return h("li", { "data-reason": row.reason }, h("b", { class: "count" }, word("radar_count", { count: row.count })), h("span", {}, row.target ? h("code", {}, `→ ${row.target}`) : "", h("span", {}, row.say?.[document.documentElement.lang] ?? said), h("small", {}, `${items.get(row.item) ?? ""}`)), replay);
  }

  #replay(button) {
    if (button) this.classroom.do("replay", { trace: button.dataset.trace });
  }

  async #submit(event) {
    const form = event.target.closest("form[data-class-do]");
    if (!form) return;
    event.preventDefault();
    const fields = new FormData(form, event.submitter);
    const done = await this.classroom.do(fields.get("do"), fields);
    const next = event.submitter?.dataset.then ?? form.dataset.then;
    if (done && next) location.assign(next);
    if (done) form.querySelectorAll("input[type=text]").forEach((input) => (input.value = input.defaultValue));
  }

  say(text) {
    const toast = h("p", { class: "toast bad" }, text);
    this.querySelector(".toasts").append(toast);
    setTimeout(() => toast.remove(), TOAST);
  }
}

customElements.define("kv-class-console", KvClassConsole);
