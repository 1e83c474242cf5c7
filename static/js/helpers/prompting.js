/** Draws the prompt and the line being typed, over however many rows they take. */
import { place } from "../models/cells.js";

const PROMPTS = { laptop: "\x1b[32m", node: "\x1b[35m", pod: "\x1b[36m" };
const PLAIN = "\x1b[0m";
/** Only our own colours reach the screen; the server has taken out everybody else's. */
const UNSAFE = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

export class Prompting {
  constructor(terminal) {
    this.terminal = terminal;
    this.prompt = "$ ";
    this.kind = "laptop";
    this.row = 0;
  }

  /** The line as it is now. */
  draw(line) {
    const prompt = line.search ? `(reverse-i-search)\`${line.search.words}': ` : this.prompt;
    const { cols } = this.terminal;
    const text = line.text.replace(UNSAFE, "");
    const [end, cursor] = [place(prompt + text, cols), place(prompt + line.text.slice(0, line.at), cols)];
    const wrapped = end.row && !end.column && !text.endsWith("\n") ? "\r\n" : "";
    this.terminal.write(this.#top() + this.#coloured(prompt) + lines(text) + wrapped + back(end, cursor));
    this.row = cursor.row;
  }

  /** Leaves the line behind; what follows begins on a new row. */
  leave(line, sign = "") {
    line.end();
    this.draw(line);
    this.terminal.write(`${sign}\r\n`);
    this.row = 0;
  }

  #top() {
    return `${this.row ? `\x1b[${this.row}A` : ""}\r\x1b[J`;
  }

  #coloured(prompt) {
    return `${PROMPTS[this.kind] ?? ""}${prompt}${PLAIN}`;
  }

  /** Prints what a command said; returns whether the last row is left open. */
  print(chunks) {
    let open = false;
    for (const [stream, text] of chunks) {
      const written = text.replace(UNSAFE, "");
      const begins = open && ["note", "why"].includes(stream) ? "\r\n" : "";
      this.terminal.write(begins + this.#chunk(stream, written));
      open = ["note", "why", "clear"].includes(stream) ? false : written ? !written.endsWith("\n") : open;
    }
    if (open) this.terminal.write("\r\n");
    this.row = 0;
  }

  #chunk(stream, text) {
    if (stream === "clear") return "\x1b[H\x1b[2J\x1b[3J";
    if (stream === "note") return text ? `\x1b[90m» ${lines(text)}${PLAIN}\r\n` : "";
    if (stream === "why") return why(text);
    return lines(text);
  }
}

/** A line that leads to the journey of a request. */
function why(text) {
  const [id, ...words] = text.split(" ");
  return `\x1b]8;;${location.origin}/traces/${encodeURIComponent(id)}/\x1b\\\x1b[33m» ${words.join(" ")} ↗${PLAIN}\x1b]8;;\x1b\\\r\n`;
}

const lines = (text) => text.replaceAll("\n", "\r\n");

function back(end, cursor) {
  const up = end.row - cursor.row;
  return `${up ? `\x1b[${up}A` : ""}\r${cursor.column ? `\x1b[${cursor.column}C` : ""}`;
}
