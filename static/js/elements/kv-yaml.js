/** Manifests with an editor: while one writes, the server says what it would refuse, and each problem marks its line. */
import { editorFor } from "../helpers/editor.js";

const REST = 600;

export class KvYaml extends HTMLElement {
  async connectedCallback() {
    this.textarea = this.querySelector("textarea");
    this.told = this.querySelector(".yaml-told");
    this.addEventListener("input", () => this.#later());
    this.addEventListener("click", (event) => this.#go(event.target.closest("[data-line]")));
    this.editor = await editorFor(this.textarea);
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#check(), REST);
  }

  async #check() {
    await window.htmx.ajax("POST", this.dataset.check, { source: this.textarea, target: this.told, swap: "innerHTML" });
    const found = [...this.told.querySelectorAll("[data-line]")];
    this.editor?.mark(found.map((button) => ({ line: Number(button.dataset.line), message: button.nextElementSibling.textContent })));
  }

  #go(button) {
    if (button) this.editor?.go(Number(button.dataset.line));
  }
}

customElements.define("kv-yaml", KvYaml);
