/** The lesson beside the stage: its forms swap the panel, requests play on the stage, the stage answers questions. */
import { word } from "../helpers/words.js";

class KvLesson extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.#submit(event));
    this.addEventListener("click", (event) => this.#click(event));
  }

  /** The lab's page hands over its parts. */
  begin(page) {
    this.page = page;
    page.stage.addEventListener("kv-choose", ({ detail }) => this.#choose(detail));
  }

  #submit(event) {
    const form = event.target;
    if (form.dataset.watch !== undefined) return this.#watch(event, form);
    if (form.dataset.panel === undefined) return;
    event.preventDefault();
    this.#send(form.getAttribute("action"), new FormData(form), event.submitter);
  }

  /** Posts a form of the panel; the panel that comes back takes its place. */
  async #send(url, fields, button) {
    if (this.busy) return;
    this.busy = true;
    if (button) button.disabled = true;
    const response = await fetch(url, { method: "POST", body: fields, headers: { "HX-Request": "true" } }).catch(() => null);
    this.busy = false;
    if (button) button.disabled = false;
    if (!response) return this.page.say(word("offline"), true);
    if (!response.ok) return this.page.say(await problem(response), true);
    this.#swap(await response.text());
    if (url.endsWith("/check")) this.#show();
  }

  /** What a check found: that all is done, or the first task that is not. */
  #show() {
    this.querySelector(".solved, .task[data-state=failed]")?.scrollIntoView({ block: "center" });
  }

  #swap(html) {
    const place = this.#focused();
    const found = new DOMParser().parseFromString(html, "text/html").querySelector(".panel");
    this.querySelector(".panel").replaceWith(document.adoptNode(found));
    const { play } = found.dataset;
    if (play) this.page.lab.open(play);
    (place && this.querySelector(place) ? this.querySelector(place) : this.querySelector("h2")).focus?.();
  }

  /** The form that had the focus, so that its successor gets it. */
  #focused() {
    const form = document.activeElement?.closest?.("form[data-panel]");
    const hidden = form?.querySelector("[name=hint], [name=check]");
    if (!form) return "";
    const which = hidden ? `:has([name=${hidden.name}][value="${CSS.escape(hidden.value)}"])` : "";
    return `form[action="${form.getAttribute("action")}"]${which} button`;
  }

  async #watch(event, form) {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    this.page.sendbar.fill({ ...fields, connectTo: fields.connect_to });
    await this.page.sendbar.send();
    const sent = new FormData();
    sent.set("csrfmiddlewaretoken", fields.csrfmiddlewaretoken);
    sent.set("watch", form.dataset.watch);
    await this.#send(`/labs/${this.page.dataset.lab}/lesson/watched`, sent);
  }

  #click(event) {
    const link = event.target.closest("[data-play-trace], [data-past]");
    if (!link || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    if (link.dataset.past !== undefined) return this.#steps(event);
    this.page.lab.open(link.dataset.playTrace);
  }

  /** The list of what was done, from which one goes back to any step. */
  #steps(event) {
    event.stopPropagation(); // a press outside of a menu closes it
    const list = document.querySelector("kv-past details");
    list.open = true;
    list.querySelector("summary").focus();
  }

  /** Something on the stage was pressed: the first open question that it can answer takes it. */
  #choose(ref) {
    for (const question of this.querySelectorAll(".question:not([data-closed])")) {
      const select = question.querySelector("select[name=value]");
      const fits = select && [...select.options].some((option) => option.value === ref);
      if (!fits) continue;
      select.value = ref;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      return;
    }
  }
}

async function problem(response) {
  const answer = await response.json().catch(() => ({}));
  return (answer.errors ?? []).map((error) => error.message).join(" ") || word("failed");
}

customElements.define("kv-lesson", KvLesson);
