/** The author's form: says what is not saved, asks before it is lost, saves by Ctrl+S, moves rows by Alt and arrows. */
export class KvDesk extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.addEventListener("input", () => this.#dirty(true));
    this.addEventListener("htmx:afterSwap", (event) => this.#swapped(event.detail.target.id));
    this.addEventListener("keydown", (event) => this.#move(event));
    window.addEventListener("keydown", (event) => this.#save(event));
    this.form.addEventListener("submit", () => this.#dirty(false));
    window.addEventListener("beforeunload", (event) => this.hasAttribute("data-dirty") && event.preventDefault());
    document.querySelector(".proof")?.scrollIntoView({ block: "nearest" });
  }

  #dirty(is) {
    this.toggleAttribute("data-dirty", is);
  }

  /** A part came back rearranged: in a new row one writes next, beside a row that is gone one may add. */
  #swapped(id) {
    if (!id.startsWith("part-")) return;
    this.#dirty(true);
    const part = document.getElementById(id);
    const fresh = part.querySelector("[data-new] :is(input:not([type=hidden]), select, textarea)");
    if (fresh) fresh.focus();
    else if (document.activeElement === document.body) part.querySelector(".adding > summary, [value*=' add']")?.focus();
  }

  #save(event) {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  #move(event) {
    const move = event.altKey && { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const button = move && event.target.closest("[data-row]")?.querySelector(`[data-move=${move}]`);
    if (!button) return;
    event.preventDefault();
    button.focus();
    button.click();
  }
}

customElements.define("kv-desk", KvDesk);
