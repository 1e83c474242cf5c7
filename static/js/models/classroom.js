/** What a page knows of its class. Events: change (what is new by id), you, state, refused. */
import { throttle } from "../helpers/dom.js";
import { post, Refused } from "../helpers/http.js";
import { Graph } from "./graph.js";
import { LabSocket } from "./socket.js";

const FLUSH = 100;
const RETRY = 2000;

export class Classroom extends EventTarget {
  /** `audience` is "projector" where the page is on the wall; else the server decides by who asks. */
  constructor({ id, path, audience = "" }) {
    super();
    Object.assign(this, { id, path, audience, skew: 0, you: null });
    this.things = new Graph();
    this.fresh = new Set();
    this.flush = throttle(FLUSH, () => this.#say("change", this.#taken()));
    this.socket = new LabSocket(() => this.#address());
  }

  async start() {
    this.socket.addEventListener("frame", ({ detail }) => this.#receive(detail));
    this.socket.addEventListener("state", ({ detail }) => this.#say("state", detail));
    await this.refetch();
    this.socket.open();
  }

  get class() {
    return this.things.get("class");
  }

  get pointer() {
    return this.things.get("pointer") ?? {};
  }

  get question() {
    return this.things.ofType("question").at(-1) ?? null;
  }

  get item() {
    return this.class?.items.find((item) => item.id === this.class.item) ?? null;
  }

  /** [round, choice, count] of the question: everything where it is shown or one teaches, else the sums alone. */
  votes(question) {
    return this.things.ofType("tally").filter((tally) => tally.question === question?.id);
  }

  voted(question) {
    return this.votes(question).find((tally) => tally.round === question.round && tally.choice === "")?.count ?? 0;
  }

  /** What this learner chose in each round of the question that is asked now. */
  get mine() {
    return this.you?.question === this.question?.id ? (this.you?.votes ?? {}) : {};
  }

  chose(question, choice) {
    this.you = { ...this.you, votes: { ...this.mine, [question.round]: choice }, question: question.id };
  }

  /** The server's time: every timer runs by it. */
  now() {
    return Date.now() + this.skew;
  }

  /** Does something in the class; null where it was refused, and says why. */
  async do(name, fields = {}) {
    const form = fields instanceof FormData ? fields : Object.entries(fields).reduce((data, [key, value]) => (data.set(key, value), data), new FormData());
    form.set("do", name);
    try {
      return await post(`${this.path}/do`, form);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#say("refused", error);
      return null;
    }
  }

  async refetch() {
    if (this.fetching) return;
    this.fetching = true;
    try {
      const response = await fetch(`${this.path}/state.json${this.audience ? `?as=${this.audience}` : ""}`);
      if (response.ok) this.#take(await response.json());
      else if ([403, 404].includes(response.status)) this.#say("state", "gone");
    } catch {
      setTimeout(() => this.refetch(), RETRY);
    } finally {
      this.fetching = false;
    }
  }

  #take({ rv, elements, you }) {
    if (rv < this.things.rv) return;
    for (const id of this.things.elements.keys()) this.fresh.add(id);
    this.things.load({ rv, elements });
    for (const { id } of elements) this.fresh.add(id);
    if (you) this.#meet(you);
    this.flush();
  }

  #receive(frame) {
    if (frame.type === "changes") return this.#changes(frame);
    if (frame.type === "stale") return this.refetch();
    if (frame.type === "you") return this.#meet(frame);
    if (frame.type !== "beat") return;
    this.skew = Date.parse(frame.now) - Date.now();
    if (frame.rv > this.things.rv) this.refetch();
  }

  #changes(frame) {
    if (!this.things.apply(frame)) return this.refetch();
    for (const [op, what] of frame.ops) this.fresh.add(op === "put" ? what.id : what);
    this.flush();
  }

  #meet(you) {
    this.you = you;
    this.skew = Date.parse(you.now) - Date.now();
    this.#say("you", you);
  }

  #taken() {
    const ids = this.fresh;
    this.fresh = new Set();
    return ids;
  }

  #address() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    return `${scheme}://${location.host}/ws/classes/${this.id}/?rv=${this.things.rv}&as=${this.audience}`;
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
