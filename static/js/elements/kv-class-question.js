/** A prediction: asked, chosen on the stage or from a list, revealed with everybody's choices beside it. */
import { choiceText, histogram } from "../helpers/choices.js";
import { h } from "../helpers/dom.js";
import { word } from "../helpers/words.js";

const CLIENT = "client";

export class KvClassQuestion extends HTMLElement {
  /** `stage` is where a choice can be clicked; `vote(choice)` casts it. Without `vote` it only shows. */
  begin({ classroom, stage = null, vote = null, staff = false }) {
    Object.assign(this, { classroom, stage, vote, staff });
    classroom.addEventListener("change", () => this.show());
    classroom.addEventListener("you", () => this.show());
    stage?.addEventListener("kv-choose", ({ detail }) => this.#chosenOnStage(detail));
    this.addEventListener("click", (event) => this.#click(event.target.closest("[data-choice]")));
    this.addEventListener("change", (event) => event.target.matches("select") && this.#cast(event.target.value));
  }

  show() {
    const { question } = this.classroom;
    this.hidden = !question;
    this.stage?.toggleAttribute("data-choosing", Boolean(this.vote && question?.state === "open" && question.kind === "object"));
    if (!question) return this.stage?.mark("voted", []);
    const written = JSON.stringify([question, this.#mine, this.classroom.votes(question), this.classroom.class?.seated]);
    if (written === this.written) return;
    this.written = written;
    this.dataset.state = question.state;
    this.dataset.question = question.id.split("/")[1];
    this.replaceChildren(...(question.state === "open" ? this.#asked(question) : this.#shown(question)));
    this.stage?.mark("voted", question.state === "open" && this.#mine ? [this.#mine] : []);
  }

  get #mine() {
    const { question, mine } = this.classroom;
    return mine[question?.round];
  }

  #asked(question) {
    return [
      h("h2", {}, word(`predict_${question.kind}`)),
      this.#request(question),
      question.round > 1 ? h("p", { class: "round" }, word("predict_second")) : null,
      this.vote ? this.#choices(question) : this.#count(question),
      this.staff ? this.#histogram(question, this.classroom.votes(question).map((t) => [t.round, t.choice, t.count])) : null,
    ].filter(Boolean);
  }

  #shown(question) {
    return [h("h2", {}, word("predict_result")), this.#request(question), this.#histogram(question, question.tallies)];
  }

  #request({ request }) {
    const source = request.source && request.source !== "internet" ? word("from_source", { source: choiceText(request.source) }) : "";
    return h("p", { class: "asked" }, h("code", {}, `${request.method ?? "GET"} ${request.url}`), source ? ` ${source}` : "");
  }

  #choices(question) {
    const mine = this.#mine;
    const chosen = mine ? h("p", { class: "yours", role: "status" }, h("b", {}, word("predict_yours", { choice: choiceText(mine) })), " ", word("predict_change")) : null;
    const help = h("p", {}, word(question.kind === "object" ? "predict_click" : "predict_choose"));
    return h("div", { class: "choices" }, chosen ?? help, question.kind === "object" ? this.#list(mine) : this.#buttons(question, mine));
  }

  #buttons(question, mine) {
    const make = (choice) => h("button", { type: "button", "data-choice": choice, "aria-pressed": String(choice === mine) }, choiceText(choice));
    return h("div", { class: "choice-buttons" }, ...question.choices.map(make));
  }

  /** For keyboards and screen readers, and for whoever cannot hit a small card. */
  #list(mine) {
    const things = this.stage?.graph?.elements.values() ?? [];
    const ids = [...things].filter((e) => e.type !== "edge" && !e.system && !e.secondary && e.type !== CLIENT).map((e) => e.id).sort();
    const options = ids.map((id) => h("option", { value: id, selected: id === mine }, choiceText(id)));
    return h("select", { "aria-label": word("predict_list") }, h("option", { value: "" }, word("predict_list")), ...options);
  }

  #count(question) {
    return h("p", { class: "voted-count", role: "status" }, word("votes", { count: this.classroom.voted(question), all: this.classroom.class?.seated ?? 0 }));
  }

  #histogram(question, tallies) {
    return histogram(question, [...tallies].sort((a, b) => a[0] - b[0] || b[2] - a[2]), this.classroom.mine);
  }

  #chosenOnStage(id) {
    const { question } = this.classroom;
    if (this.vote && question?.state === "open" && question.kind === "object") this.#cast(id);
  }

  #click(button) {
    if (button?.matches("button")) this.#cast(button.dataset.choice);
  }

  async #cast(choice) {
    const { classroom } = this;
    const { question } = classroom;
    if (!choice || !(await this.vote?.(question, choice))) return;
    classroom.chose(question, choice);
    this.show();
  }
}

customElements.define("kv-class-question", KvClassQuestion);
