/** The drawer at the bottom of the lab: opens, remembers its height, holds the terminal. */
import { word } from "../helpers/words.js";

const OPEN = "kubeviz-terminal-open";
const HEIGHT = "kubeviz-terminal-height";
const LEAST = 120;
const STEP = 40;

class KvTerminal extends HTMLElement {
  /** The page gives it its lab. */
  begin(lab) {
    this.lab = lab;
    this.screen = this.querySelector(".terminal-screen");
    this.button = this.querySelector("[data-do=toggle]");
    this.handle = this.querySelector("[role=separator]");
    this.button.addEventListener("click", () => this.toggle());
    this.handle.addEventListener("pointerdown", (event) => this.#drag(event));
    this.handle.addEventListener("keydown", (event) => this.#resizeBy(event));
    addEventListener("keydown", (event) => event.ctrlKey && event.key === "`" && this.toggle());
    document.addEventListener("click", (event) => this.#offered(event.target.closest("[data-type], [data-type-from]")));
    lab.addEventListener("graph", () => this.typist?.changed());
    this.#height(Number(localStorage.getItem(HEIGHT)) || innerHeight * 0.27);
    if (localStorage.getItem(OPEN) === "true") this.toggle(true, { focus: false });
  }

  async toggle(open = !this.open, { focus = true } = {}) {
    this.open = open;
    this.toggleAttribute("open", open);
    this.button.setAttribute("aria-expanded", open);
    localStorage.setItem(OPEN, open);
    if (!open) return;
    await (this.ready ??= this.#start());
    this.fit?.fit();
    if (focus) this.terminal?.focus();
  }

  /** What a terminal is made of comes when one is first opened: most visits never do. */
  async #start() {
    let parts;
    try {
      parts = await this.#parts();
      await parts.load(this.querySelector("template"));
    } catch {
      this.screen.textContent = word("terminal_not_loaded");
      return;
    }
    const { terminal, fit } = parts.make(this.screen, (event, uri) => this.#follow(event, uri));
    Object.assign(this, { terminal, fit });
    this.prompting = new parts.Prompting(terminal);
    this.typist = new parts.Typist(this.lab, this.#painter(parts.columns));
    terminal.attachCustomKeyEventHandler((event) => this.#own(event));
    terminal.onData((data) => this.typist.type(data));
    this.#dictated(terminal.textarea);
    new ResizeObserver(() => this.open && fit.fit()).observe(this.screen);
    terminal.textarea.setAttribute("aria-label", word("terminal_label"));
    fit.fit();
    await this.typist.open();
  }

  async #parts() {
    const found = ["../helpers/xterm.js", "../helpers/prompting.js", "../models/typist.js", "../models/cells.js"];
    return Object.assign({}, ...(await Promise.all(found.map((part) => import(part)))));
  }

  #painter(columns) {
    const { terminal, prompting } = this;
    return {
      draw: (line) => prompting.draw(line),
      leave: (line, sign) => prompting.leave(line, sign),
      print: (chunks) => prompting.print(chunks),
      close: () => this.toggle(false),
      list: (words) => prompting.print([["out", columns(words, terminal.cols)]]),
      say: (text) => terminal.write(`${text}\r\n`),
      clear: () => prompting.print([["clear", ""]]),
      stand: (prompt, place) => {
        prompting.prompt = prompt;
        prompting.kind = place;
        if (place) this.dataset.place = place;
      },
    };
  }

  /** Text that comes without a key (dictation, an emoji picker): xterm leaves it to the page in screen reader mode. */
  #dictated(area) {
    let key = false;
    area.addEventListener("keydown", () => (key = true));
    area.addEventListener("input", ({ inputType, data }) => {
      if (inputType === "insertText" && data && !key) this.typist.type(data);
      key = false;
    });
  }

  /** Keys that are the browser's: copying what is selected, pasting, leaving with Shift-Tab. */
  #own(event) {
    if (event.type !== "keydown") return true;
    const key = event.key.toLowerCase();
    const command = event.ctrlKey || event.metaKey;
    if (command && key === "c" && (event.shiftKey || this.terminal.hasSelection())) {
      navigator.clipboard.writeText(this.terminal.getSelection());
      event.preventDefault();
      this.terminal.clearSelection();
      return false;
    }
    if (command && (key === "v" || key === "`")) return false;
    return !(event.key === "Tab" && event.shiftKey);
  }

  /** A line that leads to a journey shows it on the stage; with Ctrl in a page of its own. */
  #follow(event, uri) {
    const url = new URL(uri);
    if (url.origin !== location.origin) return;
    if (event.ctrlKey || event.metaKey) window.open(url.href, "_blank", "noopener");
    else this.lab.open(url.pathname.split("/")[2]);
  }

  /** A command written beside a button, put on the line to be read before it is run. */
  async #offered(button) {
    if (!button) return;
    const text = button.dataset.type ?? document.querySelector(button.dataset.typeFrom)?.textContent ?? "";
    await this.toggle(true);
    await this.typist?.type(`\x05\x15${text.replace(/[\r\n]+/g, " ")}`);
  }

  // ── its height ──

  #height(pixels) {
    const most = Math.max(LEAST, innerHeight * 0.7);
    this.pixels = Math.round(Math.min(most, Math.max(LEAST, pixels)));
    this.style.setProperty("--terminal-height", `${this.pixels}px`);
    this.handle.setAttribute("aria-valuenow", this.pixels);
    localStorage.setItem(HEIGHT, this.pixels);
  }

  #drag(start) {
    const { pixels } = this;
    this.handle.setPointerCapture(start.pointerId);
    const move = (event) => this.#height(pixels + start.clientY - event.clientY);
    this.handle.addEventListener("pointermove", move);
    this.handle.addEventListener("pointerup", () => this.handle.removeEventListener("pointermove", move), { once: true });
  }

  #resizeBy(event) {
    const by = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (!by) return;
    event.preventDefault();
    this.#height(this.pixels + by);
  }
}

customElements.define("kv-terminal", KvTerminal);
