/** The shell's side of the keyboard: edits the line, sends it, follows what goes on until Ctrl-C. */
import { post, Refused } from "../helpers/http.js";
import { Line } from "./line.js";
import { keys } from "./keys.js";

const MOST_OFFERED = 60;

export class Typist {
  /** `screen` draws; `lab` knows where to send and hears what was sent through the cluster. */
  constructor(lab, screen) {
    Object.assign(this, { lab, screen, line: new Line(), queue: [], busy: false, before: "", follow: null });
  }

  async open() {
    const response = await fetch(`${this.lab.path}/terminal/opened`, { headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const { prompt, history, place } = await response.json();
    this.line.history = history;
    this.line.clear();
    this.#stand(prompt, place);
    this.screen.draw(this.line);
  }

  /** Keys as they come; while a command runs they wait, but for Ctrl-C. */
  type(data) {
    for (const event of keys(data)) {
      if (event.key === "stop" && (this.busy || this.follow)) this.#stop();
      else this.queue.push(event);
    }
    return this.#work();
  }

  async #work() {
    if (this.working) return this.working;
    this.working = this.#drain();
    await this.working;
    this.working = null;
  }

  async #drain() {
    while (this.queue.length && !this.follow) {
      const event = this.queue.shift();
      if (event.text) this.#insert(event.text);
      else await this.#key(event.key);
    }
  }

  #insert(text) {
    if (this.line.search) this.line.find(this.line.search.words + text);
    else this.line.insert(text);
    this.screen.draw(this.line);
  }

  async #key(key) {
    const { line } = this;
    if (line.search && !["search", "backspace", "none"].includes(key)) {
      line.search = null;
      if (key === "escape" || key === "cancel") return this.screen.draw(line);
    }
    const run = {
      enter: () => this.#enter(), tab: () => this.#complete(), stop: () => this.#cancel(), clear: () => this.screen.clear(),
      leave: () => (line.text ? line.erase(() => line.move(1)) : this.#exit()), up: () => line.older(1), down: () => line.older(-1),
      left: () => line.move(-1), right: () => line.move(1), home: () => line.home(), end: () => line.end(),
      wordLeft: () => line.word(-1), wordRight: () => line.word(1), backspace: () => this.#backspace(),
      delete: () => line.erase(() => line.move(1)), eraseEnd: () => line.erase(() => line.end()), eraseStart: () => line.erase(() => line.home()),
      eraseWord: () => line.erase(() => line.word(-1)), eraseWordRight: () => line.erase(() => line.word(1)),
      search: () => line.find(line.search?.words ?? "", Boolean(line.search)),
    }[key];
    if (!run) return;
    await run();
    if (!this.follow) this.screen.draw(line);
  }

  #backspace() {
    const { line } = this;
    if (line.search) line.find(line.search.words.slice(0, -1));
    else line.erase(() => line.move(-1));
  }

  // ── sending a line ──

  async #enter() {
    const { line } = this;
    this.screen.leave(line);
    const text = this.before + line.text;
    line.clear();
    if (!text.trim()) return;
    await this.#send(text);
  }

  async #send(text) {
    this.busy = true;
    const answer = await this.#ask({ line: text });
    this.busy = false;
    if (!answer) {
      this.before = "";
      return;
    }
    this.before = answer.incomplete ? `${text}\n` : "";
    if (answer.incomplete) return this.#stand(answer.prompt, "");
    this.line.remember(text);
    this.line.clear();
    this.screen.print(answer.chunks);
    this.#stand(answer.prompt, answer.place);
    this.#tell(answer);
    if (answer.follow) this.#following(answer);
    if (answer.ended) this.screen.close();
  }

  async #ask(fields) {
    const asking = (this.asking = post(`${this.lab.path}/terminal`, fields));
    this.lab.sending = asking;
    try {
      const answer = await asking;
      return this.asking === asking ? answer : null;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (this.asking === asking) this.screen.print([["err", `${error.message}\n`]]);
      return null;
    }
  }

  #stand(prompt, place) {
    if (place) this.home = [prompt, place];
    this.screen.stand(prompt, place);
  }

  #tell({ traces, rv, edit }) {
    if (edit) this.lab.select(edit);
    if (traces.length) this.lab.sent(traces);
    this.rv = rv;
  }

  // ── what goes on until Ctrl-C ──

  #following({ follow, rv }) {
    this.follow = follow;
    this.rv = rv;
    if (follow.style === "screen") this.ticking = setInterval(() => this.changed(), Math.max(2, follow.every) * 1000);
  }

  /** The cluster changed, or time passed: what is followed looks again. */
  async changed() {
    if (!this.follow || this.looking) return;
    const { follow } = this;
    this.looking = true;
    const answer = await this.#ask({ line: follow.text, since: this.rv ?? 0 });
    this.looking = false;
    if (!answer || this.follow !== follow) return;
    if (follow.style === "screen") this.screen.print([["clear", ""]]);
    this.screen.print(answer.chunks);
    this.#tell(answer);
  }

  #stop() {
    clearInterval(this.ticking);
    this.queue.length = 0;
    this.asking = null;
    this.follow = null;
    this.screen.say("^C");
    this.#cancelled();
  }

  #cancel() {
    this.screen.leave(this.line, "^C");
    this.#cancelled();
  }

  #cancelled() {
    if (this.before && this.home) this.#stand(...this.home);
    this.before = "";
    this.line.clear();
    this.screen.draw(this.line);
  }

  async #exit() {
    this.line.set("exit");
    await this.#enter();
  }

  // ── Tab ──

  async #complete() {
    const { line } = this;
    const before = line.text.slice(0, line.at);
    const query = new URLSearchParams({ line: before });
    const response = await fetch(`${this.lab.path}/terminal/completed?${query}`, { headers: { Accept: "application/json" } });
    if (!response.ok) return;
    const { start, words } = await response.json();
    const typed = before.slice(start);
    const common = words.reduce(shared, words[0] ?? "");
    if (words.length === 1) line.insert(`${common.slice(typed.length)}${/[=/]$/.test(common) ? "" : " "}`);
    else if (common.length > typed.length) line.insert(common.slice(typed.length));
    else if (words.length) this.#offer(words);
  }

  #offer(words) {
    const at = this.line.at;
    this.screen.leave(this.line);
    this.line.at = at;
    const more = words.length > MOST_OFFERED ? ["…"] : [];
    this.screen.list([...words.slice(0, MOST_OFFERED), ...more]);
  }
}

function shared(one, other) {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}
