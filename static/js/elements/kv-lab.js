/** The lab page: hands what happens in one part to the others. */
import { h } from "../helpers/dom.js";
import { Showing } from "../helpers/showing.js";
import { word } from "../helpers/words.js";
import { Lab } from "../models/lab.js";
import "./kv-firstminute.js";
import "./kv-glossary.js";
import "./kv-inspector.js";
import "./kv-legend.js";
import "./kv-lesson.js";
import "./kv-live.js";
import "./kv-more.js";
import "./kv-past.js";
import "./kv-sendbar.js";
import "./kv-stage.js";
import "./kv-terminal.js";
import "./kv-timeline.js";
import "./kv-toggles.js";
import "./kv-twin.js";

const TOAST = 4200;
const HEARD = ["change", "click", "input", "keydown", "submit", "toggle"];

class KvLab extends HTMLElement {
  connectedCallback() {
    this.lab = new Lab(this.dataset.lab);
    this.stage = this.querySelector("kv-stage");
    if (!this.stage.drawable) return this.#plain();
    this.timeline = this.querySelector("kv-timeline");
    this.sendbar = this.querySelector("kv-sendbar");
    this.inspector = this.querySelector("kv-inspector");
    this.twin = this.querySelector("kv-twin");
    this.showing = new Showing(this, this.lab, this.stage, this.timeline);
    for (const part of [this.sendbar, this.inspector, this.twin]) part.lab = this.lab;
    this.#hearLab();
    this.#hearParts();
    this.addEventListener("kv-played", () => (this.querySelector("#said").textContent = this.timeline.summary));
    this.addEventListener("submit", (event) => this.#act(event));
    this.addEventListener("click", (event) => this.#try(event.target.closest("[data-preset]")));
    document.addEventListener("click", (event) => this.#copy(event.target.closest("[data-copy], [data-copy-from]")));
    this.lab.start();
    this.querySelector("kv-firstminute")?.begin(this);
    this.querySelector("kv-lesson")?.begin(this);
    this.querySelector("kv-terminal")?.begin(this.lab);
  }

  /** The page is what it is without scripts: forms, lists and tables. No part hears what is done with it. */
  #plain() {
    for (const type of HEARD) this.addEventListener(type, (event) => event.stopPropagation(), true);
  }

  #hearLab() {
    const on = (type, run) => this.lab.addEventListener(type, ({ detail }) => run(detail));
    on("graph", () => this.#graph());
    on("select", ({ ref, path }) => this.#select(ref, path));
    on("did", (done) => done.command && this.say(`${word("did")} ${done.command}`));
    on("refused", (error) => this.say(error.message, true));
    for (const part of document.querySelectorAll(".history, .past")) part.addEventListener("submit", (event) => this.#act(event));
    document.querySelector("kv-past")?.begin(this.lab);
    document.querySelector("[data-do=about]")?.addEventListener("click", () => this.inspector.tell());
    document.querySelector(".top-more").addEventListener("click", (event) => this.#list(event));
  }

  #hearParts() {
    this.timeline.addEventListener("kv-again", ({ detail }) => this.lab.open(detail));
    this.timeline.addEventListener("kv-evidence", ({ detail }) => this.lab.select(detail.ref, detail.path));
    this.stage.addEventListener("kv-choose", ({ detail }) => this.lab.select(detail));
    this.stage.querySelector("a[href='#twin']").addEventListener("click", () => this.twin.open());
    this.inspector.addEventListener("kv-close", () => this.stage.mark("chosen", []));
  }

  #list(event) {
    if (!event.target.closest("[data-objects-link]")) return;
    event.preventDefault();
    event.currentTarget.open = false;
    this.removeAttribute("data-first");
    this.inspector.list();
  }

  #graph() {
    const { graph, selected } = this.lab;
    this.sendbar.sources(graph);
    this.inspector.changed(graph.get(selected));
    this.twin.changed();
  }

  #select(ref, path) {
    this.stage.mark("chosen", [ref]);
    this.removeAttribute("data-first");
    return this.inspector.show(ref, path);
  }

  #act(event) {
    const again = event.target.closest("form[data-send]");
    if (again) return this.#again(event, again);
    const form = event.target.closest("form[data-act]");
    if (!form) return;
    event.preventDefault();
    this.lab.act(new FormData(form, event.submitter), event.submitter?.getAttribute("formaction") ?? form.getAttribute("action"));
  }

  /** Sends what a form of hidden fields says, by way of the send bar so that one sees what is sent. */
  #again(event, form) {
    event.preventDefault();
    const { connect_to: connectTo, ...fields } = Object.fromEntries(new FormData(form));
    this.sendbar.fill({ ...fields, connectTo });
    this.sendbar.send();
  }

  #try(button) {
    if (button) this.sendbar.preset(Number(button.dataset.preset));
  }

  async #copy(button) {
    if (!button) return;
    const text = button.dataset.copy ?? this.querySelector(button.dataset.copyFrom)?.textContent ?? "";
    await navigator.clipboard.writeText(text);
    this.say(word("copied"));
  }

  say(text, bad = false) {
    const toast = h("p", { class: bad ? "toast bad" : "toast" }, text);
    this.querySelector(".toasts").append(toast);
    setTimeout(() => toast.remove(), TOAST);
  }
}

customElements.define("kv-lab", KvLab);
