/** The lab's stream of changes. It comes back by itself; whoever listens says from which version to go on. */
const FIRST_WAIT = 400;
const LONGEST_WAIT = 10_000;
const SILENCE = 25_000;

export class LabSocket extends EventTarget {
  /** `address()` gives the URL at the time of each attempt, with the version that the page has then. */
  constructor(address) {
    super();
    this.address = address;
    this.wait = FIRST_WAIT;
    this.closed = false;
    this.parts = [];
    addEventListener("online", () => this.#retryNow());
  }

  open() {
    clearTimeout(this.timer);
    this.parts = [];
    this.socket = new WebSocket(this.address());
    this.socket.onmessage = (event) => this.#receive(JSON.parse(event.data));
    this.socket.onclose = () => this.#lost();
    this.#listen();
  }

  close() {
    this.closed = true;
    this.socket?.close();
  }

  #receive(frame) {
    this.wait = FIRST_WAIT;
    this.#listen();
    this.#state("open");
    if (frame.type === "gone") {
      this.#state("gone");
      this.close();
    }
    if (frame.type === "part") return this.parts.push(...frame.ops);
    this.dispatchEvent(new CustomEvent("frame", { detail: this.#whole(frame) }));
  }

  /** Changes that were too large for one frame: their parts came before it. */
  #whole(frame) {
    if (frame.type !== "changes" && frame.type !== "stale") return frame;
    return { ...frame, ops: [...this.parts.splice(0), ...(frame.ops ?? [])] };
  }

  /** The server's heart beats every 10 s; a line that is silent for longer is dead. */
  #listen() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.socket.close(), SILENCE);
  }

  #lost() {
    clearTimeout(this.silence);
    if (this.closed) return;
    this.#state("reconnecting");
    this.timer = setTimeout(() => this.open(), this.wait * (0.7 + Math.random() * 0.6));
    this.wait = Math.min(LONGEST_WAIT, this.wait * 2);
  }

  #retryNow() {
    if (!this.closed && this.socket?.readyState === WebSocket.CLOSED) this.open();
  }

  #state(state) {
    if (state === this.state || this.state === "gone") return;
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }
}
