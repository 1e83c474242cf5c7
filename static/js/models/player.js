/** Plays a list of steps: where it is, whether it runs, how fast. It draws nothing; it says "frame" and "end". */
import { sleep } from "../helpers/motion.js";

const MOVE = 850;
const READ = 450;

export class Player extends EventTarget {
  constructor() {
    super();
    this.speed = 1;
    this.load([]);
  }

  load(steps) {
    this.steps = steps;
    this.index = 0;
    this.playing = false;
    this.turn = Symbol("turn");
  }

  get atEnd() {
    return this.index >= this.steps.length;
  }

  /** Runs from here to the end, or until somebody pauses, steps or loads. */
  async play() {
    if (this.atEnd) this.seek(0);
    const turn = (this.turn = Symbol("turn"));
    this.playing = true;
    this.#say("state");
    while (!this.atEnd && this.turn === turn) {
      this.#advance();
      await sleep((this.#moves ? MOVE : 200) / this.speed + READ / this.speed);
    }
    if (this.turn === turn) this.pause();
  }

  pause() {
    this.turn = Symbol("turn");
    this.playing = false;
    this.#say("state");
  }

  forward() {
    this.pause();
    if (!this.atEnd) this.#advance();
  }

  back() {
    this.pause();
    this.seek(Math.max(0, this.index - 1));
  }

  /** Shows the picture after `index` steps, without motion. */
  seek(index) {
    this.index = Math.min(index, this.steps.length);
    this.#say("frame", { moving: false });
    if (this.atEnd && this.steps.length) this.#say("end");
  }

  get #moves() {
    return Boolean(this.steps[this.index - 1]?.edge);
  }

  #advance() {
    this.index += 1;
    this.#say("frame", { moving: true, duration: MOVE / this.speed });
    if (this.atEnd) setTimeout(() => this.atEnd && this.#say("end"), (this.#moves ? MOVE : 0) / this.speed);
  }

  #say(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
