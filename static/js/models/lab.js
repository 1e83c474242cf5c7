/** What the page knows of its lab. Events: graph, trace, select, state, unreachable, did, refused. */
import { post, Refused } from "../helpers/http.js";
import { throttle } from "../helpers/dom.js";
import { Graph } from "./graph.js";
import { LabSocket } from "./socket.js";
import { Trace } from "./trace.js";

const FLUSH = 100;
/** After no request at all comes every request: none is missed between the picture and the line. */
const NONE_YET = "none";

export class Lab extends EventTarget {
  /** `share`: the word of the link by which one watches somebody else's lab. */
  constructor(id, share = "") {
    super();
    this.id = id;
    this.share = share;
    this.graph = new Graph();
    this.trace = null;
    this.view = "taught";
    this.seen = new Set();
    this.arrived = [];
    this.showArrived = throttle(FLUSH, () => this.show(this.arrived.splice(0), { mine: false }));
    this.flush = throttle(FLUSH, () => this.#say("graph"));
    this.socket = new LabSocket(() => this.#address());
  }

  get path() {
    return `/labs/${this.id}`;
  }

  async start() {
    this.socket.addEventListener("frame", ({ detail }) => this.#receive(detail));
    this.socket.addEventListener("state", ({ detail }) => this.#say("state", detail));
    await this.refetch();
    this.socket.open();
  }

  /** A fresh picture: at the start, and whenever changes were missed. */
  async refetch() {
    if (this.fetching) return;
    this.fetching = true;
    try {
      const response = await fetch(`${this.path}/graph.json${this.share ? `?share=${encodeURIComponent(this.share)}` : ""}`);
      if (response.ok) this.#take(await response.json());
      else if ([404, 410].includes(response.status)) location.assign(this.path + "/");
    } catch {
      this.#say("unreachable");
      setTimeout(() => this.refetch(), 2000);
    } finally {
      this.fetching = false;
    }
  }

  /** Sends what the form says; throws Refused with the fields that are wrong. */
  async send(fields) {
    this.sending = post(`${this.path}/send`, fields);
    const { traces, share } = await this.sending;
    for (const trace of traces) this.seen.add(trace.id);
    this.show(traces.map((record) => new Trace(record)), { share, mine: true });
    return this.trace;
  }

  /** What was sent otherwise than by the send bar, such as by a line of the terminal. */
  sent(records) {
    for (const record of records) this.seen.add(record.id);
    this.show(records.map((record) => new Trace(record)), { mine: true });
  }

  show(traces, detail = {}) {
    this.trace = traces.at(-1);
    this.#say("trace", { ...detail, trace: this.trace, traces });
  }

  async act(fields, url = `${this.path}/act`) {
    try {
      const done = await post(url, fields);
      this.#say("did", done);
      return done;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#say("refused", error);
      return null;
    }
  }

  /** Something was done by another way than act(). */
  did(done) {
    this.#say("did", done);
  }

  select(ref, path = "") {
    this.selected = ref;
    this.#say("select", { ref, path });
  }

  #take(answer) {
    if (answer.rv < this.graph.rv) return;
    this.graph.load(answer);
    this.lastTrace ??= answer.last_trace ?? NONE_YET;
    this.flush();
  }

  #receive(frame) {
    if (frame.type === "changes") return this.graph.apply(frame) ? this.flush() : this.refetch();
    if (frame.type === "stale") return this.refetch();
    if (frame.type === "beat") this.#say("beat", frame);
    if (frame.type === "beat" && frame.rv > this.graph.rv) return this.refetch();
    if (frame.type === "trace") this.#others(frame);
  }

  /** Requests that somebody else sent in this lab; our own come back on this line too and are known by then. */
  async #others({ id, trace }) {
    this.lastTrace = id;
    await Promise.allSettled([this.sending]);
    if (this.seen.has(id)) return;
    this.seen.add(id);
    const record = trace ?? (await this.#recall(id));
    if (record) this.arrived.push(new Trace({ ...record, id }));
    if (record) this.showArrived();
  }

  /** A journey too long for the line is announced by its id alone. */
  async #recall(id) {
    const response = await fetch(`/traces/${id}/`, { headers: { Accept: "application/json" } });
    return response.ok ? response.json() : null;
  }

  /** Shows a journey that has a permanent link. */
  async open(id) {
    const record = await this.#recall(id);
    if (record) this.show([new Trace({ ...record, id })]);
  }

  #address() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const share = this.share ? `&share=${encodeURIComponent(this.share)}` : "";
    return `${scheme}://${location.host}/ws/labs/${this.id}/?rv=${this.graph.rv}&trace=${encodeURIComponent(this.lastTrace ?? "")}${share}`;
  }

  #say(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
