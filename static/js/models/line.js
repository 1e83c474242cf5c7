/** The line that is being typed: its text and cursor, older lines, the search through them. Knows no screen. */
const BLANK = /\s/;

export class Line {
  constructor() {
    this.text = "";
    this.at = 0;
    this.history = [];
    this.place = 0;
    this.draft = "";
    this.search = null;
  }

  set(text, at = text.length) {
    this.text = text;
    this.at = at;
  }

  clear() {
    this.set("");
    this.place = this.history.length;
    this.search = null;
  }

  remember(text) {
    if (text.trim() && this.history.at(-1) !== text) this.history.push(text);
  }

  insert(text) {
    this.set(this.text.slice(0, this.at) + text + this.text.slice(this.at), this.at + text.length);
  }

  /** One whole character, also where it takes two units (an emoji). */
  move(by) {
    const next = by < 0 ? [...this.text.slice(0, this.at)].at(-1) : [...this.text.slice(this.at)][0];
    this.at += by * (next?.length ?? 0);
  }

  word(by) {
    do this.move(by);
    while (this.#inside(by));
  }

  #inside(by) {
    if (this.at <= 0 || this.at >= this.text.length) return false;
    const [before, after] = [this.text[this.at - 1], this.text[this.at]];
    return by < 0 ? !BLANK.test(before) || BLANK.test(after) : !BLANK.test(after) || BLANK.test(before);
  }

  home() {
    this.at = 0;
  }

  end() {
    this.at = this.text.length;
  }

  /** Takes away what lies between the cursor and where `go` leads it. */
  erase(go) {
    const from = this.at;
    go();
    const [start, end] = [Math.min(from, this.at), Math.max(from, this.at)];
    this.set(this.text.slice(0, start) + this.text.slice(end), start);
  }

  older(by) {
    const place = this.place - by;
    if (place < 0 || place > this.history.length) return;
    if (this.place === this.history.length) this.draft = this.text;
    this.place = place;
    this.set(place === this.history.length ? this.draft : this.history[place]);
  }

  /** Ctrl-R: the latest older line with the words; once more, the one before it. */
  find(words, again = false) {
    const from = again && this.search ? this.search.place - 1 : this.history.length - 1;
    let place = from;
    while (place >= 0 && !this.history[place].includes(words)) place -= 1;
    const found = place >= 0 && words ? place : (this.search?.place ?? this.history.length);
    this.search = { words, place: found };
    if (words && this.history[found]) this.set(this.history[found], Math.max(0, this.history[found].indexOf(words)));
  }
}
