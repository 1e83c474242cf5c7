/** The chosen object, or the list of all, as the server writes it; kept up to date, with the field in question lit. */
import { h, throttle } from "../helpers/dom.js";
import { editorFor } from "../helpers/editor.js";
import { fill } from "../helpers/fill.js";
import { post, Refused } from "../helpers/http.js";
import { word } from "../helpers/words.js";

const REFRESH = 700;

export class KvInspector extends HTMLElement {
  connectedCallback() {
    this.about = [...this.children];
    this.ref = null;
    this.editors = new WeakMap();
    this.refresh = throttle(REFRESH, () => this.#load());
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("submit", (event) => this.#save(event));
    this.addEventListener("htmx:responseError", () => this.#gone());
    this.addEventListener("toggle", (event) => this.#opened(event.target), true);
    this.addEventListener("pointerover", (event) => this.#command(event.target));
    for (const type of ["focusin", "input"]) this.addEventListener(type, (event) => this.#command(event.target));
    this.addEventListener("keydown", (event) => event.key === "Escape" && !event.target.closest(".yaml-form") && this.close());
  }

  async show(ref, path = "") {
    this.ref = ref;
    this.path = path;
    this.#unfold();
    await this.#load(true);
    this.scrollTop = 0;
    this.#light(true);
  }

  /** Every object of the lab, by kind. */
  async list() {
    this.ref = this.path = "";
    this.#unfold();
    await this.#get("");
    this.scrollTop = 0;
  }

  /** The scenario's text; asked again, it is folded away. */
  tell() {
    const told = this.ref === null && this.checkVisibility();
    this.close();
    if (told) return;
    this.#unfold();
    this.focus();
  }

  /** From a thing back to the scenario's text; from the text to more room for the stage. */
  close() {
    this.classList.remove("open");
    this.classList.toggle("shut", this.ref === null);
    this.ref = null;
    this.replaceChildren(...this.about);
    this.dispatchEvent(new CustomEvent("kv-close"));
  }

  #unfold() {
    this.classList.add("open");
    this.classList.remove("shut");
  }

  /** The graph changed: if it is about what is shown, read it again. */
  changed(element) {
    const written = JSON.stringify(element);
    if (this.ref && written !== this.written) this.refresh();
    this.written = written;
  }

  async #load(anew = false) {
    if (!this.ref || (!anew && this.#busy)) return;
    await this.#get(`${this.ref}/`);
    this.#light(false);
  }

  /** Nobody's writing is taken away from under their hands. */
  get #busy() {
    const writes = document.activeElement?.closest("input, select, textarea");
    return this.contains(writes ?? null) || this.querySelector(".yaml-form[open]");
  }

  /** What was shown is there no more; what is known of it stays to be read. */
  #gone() {
    const thing = this.querySelector(".thing");
    if (!thing || thing.querySelector(".is-gone")) return;
    thing.prepend(h("p", { class: "is-gone", role: "status" }, word("thing_gone")));
    for (const part of thing.querySelectorAll(".acts, .more-acts, .same-command, .yaml-form")) part.remove();
  }

  /** What was folded open stays so. */
  async #get(path) {
    const open = [...this.querySelectorAll("details[open]")].map(name);
    await fill(this, `${this.lab.path}/objects/${path}`);
    for (const details of this.querySelectorAll("details:not(.yaml-form)")) details.open ||= open.includes(name(details));
  }

  /** The line whose field was evidence: itself, or the nearest field above it. */
  #light(scroll) {
    if (!this.path) return;
    const lines = [...this.querySelectorAll(".line")];
    const exact = lines.filter((line) => within(line.dataset.path, this.path));
    const found = exact.length ? exact : nearest(lines, this.path);
    for (const line of lines) line.classList.toggle("found", found.includes(line));
    if (scroll) found[0]?.scrollIntoView({ block: "center" });
  }

  #click(event) {
    if (event.target.closest("[data-do=close]")) return this.close();
    const problem = event.target.closest("[data-line]");
    if (problem) return this.#editor(problem.closest("form"))?.go(Number(problem.dataset.line));
    if (event.target.closest("[data-objects-link]")) return event.preventDefault(), this.list();
    const link = event.target.closest("a[data-ref]");
    if (!link) return;
    event.preventDefault();
    this.lab.select(link.dataset.ref);
  }

  // ── YAML ──

  async #opened(details) {
    const form = details.open && details.matches(".yaml-form") && details.querySelector("form");
    if (form && !this.editors.has(form)) this.editors.set(form, await editorFor(form.elements.yaml));
  }

  #editor(form) {
    return this.editors.get(form);
  }

  async #save(event) {
    const form = event.target.closest("form[data-yaml]");
    if (!form) return;
    event.preventDefault();
    event.stopPropagation();
    try {
      const done = await post(form.action, new FormData(form));
      this.lab.did(done);
      form.closest("details").open = false;
      if (this.ref) await this.#load(true);
      else await this.list();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#problems(form, error.errors.length ? error.errors : [{ message: error.message, line: 0 }]);
    }
  }

  #problems(form, problems) {
    form.querySelector(".problems").replaceChildren(...problems.map(problemItem));
    this.#editor(form)?.mark(problems);
  }

  /** Each button names the command it stands for, with what its fields say. */
  #command(target) {
    const form = target.closest?.(".act");
    const place = this.querySelector("[data-command]");
    const command = form?.querySelector("button").title;
    if (command && place) place.textContent = [...form.querySelectorAll(".act-field")].reduce(filled, command);
  }
}

/** A field's name stands in capitals in the command; inside JSON what is no number is quoted. */
function filled(command, { name: field, value }) {
  const quoted = value === "" || /^\d+$/.test(value) ? value : JSON.stringify(value);
  const place = field.toUpperCase();
  return value === "" ? command : command.replaceAll(`"value":${place}`, () => `"value":${quoted}`).replaceAll(place, () => value);
}

const name = (details) => details.dataset.kind ?? details.className + details.querySelector("summary").textContent;

function problemItem({ message, line, field }) {
  const where = line ? h("button", { type: "button", class: "link", "data-line": line }, word("at_line", { line })) : null;
  return h("li", {}, where, " ", field ? h("code", {}, field) : null, " ", message);
}

const within = (path, wanted) => path === wanted || path?.startsWith(`${wanted}.`) || path?.startsWith(`${wanted}[`);

function nearest(lines, path) {
  const above = lines.filter((line) => line.dataset.path && within(path, line.dataset.path));
  const longest = Math.max(0, ...above.map((line) => line.dataset.path.length));
  return above.filter((line) => line.dataset.path.length === longest).slice(0, 1);
}

customElements.define("kv-inspector", KvInspector);
