/** The send bar: a form that works alone; here it sends without leaving the page and says what is wrong in place. */
import { h } from "../helpers/dom.js";
import { Refused } from "../helpers/http.js";

export class KvSendbar extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.addEventListener("click", (event) => this.#preset(event.target.closest("[data-url]")));
    this.form.elements.url.addEventListener("input", () => this.#forget());
  }

  /** Sends what stands in the form. Returns the trace, or null when it was refused. */
  async send() {
    this.#errors([]);
    const button = this.querySelector(".send");
    button.disabled = true;
    try {
      return await this.lab.send(new FormData(this.form));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#errors(error.errors.length ? error.errors : [{ message: error.message }]);
      return null;
    } finally {
      button.disabled = false;
    }
  }

  fill({ source = "internet", method = "GET", url, times = 1, headers = "", connectTo = "" }) {
    const { elements } = this.form;
    if ([...elements.source.options].some((option) => option.value === source)) elements.source.value = source;
    Object.assign(elements.method, { value: method });
    Object.assign(elements.url, { value: url });
    Object.assign(elements.times, { value: times });
    Object.assign(elements.headers, { value: headers });
    Object.assign(elements.connect_to, { value: connectTo });
  }

  /** Pods come and go: one can send from those that are there. */
  sources(graph) {
    const select = this.form.elements.source;
    const pods = graph.ofType("pod").filter((pod) => !pod.system && pod.ip).map((pod) => pod.id).sort();
    if (pods.join() === this.pods) return;
    this.pods = pods.join();
    const chosen = select.value;
    for (const option of [...select.options]) if (option.value.startsWith("pod/")) option.remove();
    select.append(...pods.map((id) => h("option", { value: id }, `pod ${id.split("/").at(-1)}`)));
    if ([...select.options].some((option) => option.value === chosen)) select.value = chosen;
  }

  /** The preset at a place in the list of examples. */
  preset(index) {
    this.#preset(this.querySelectorAll("[data-url]")[index]);
  }

  #submit(event) {
    event.preventDefault();
    this.send();
  }

  #preset(button) {
    if (!button) return;
    this.fill(button.dataset);
    this.querySelector(".presets").open = false;
    this.send();
  }

  /** A preset's headers belong to its address; another address goes without. */
  #forget() {
    this.form.elements.headers.value = "";
    this.form.elements.connect_to.value = "";
  }

  #errors(errors) {
    this.querySelector(".error").textContent = errors.map((error) => error.message).join(" ");
    for (const field of this.form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    for (const { field } of errors) this.form.elements[field]?.setAttribute?.("aria-invalid", "true");
  }
}

customElements.define("kv-sendbar", KvSendbar);
