/** What the keys of a terminal mean: xterm gives each as the characters a real one would send. */
const ESCAPES = {
  "[A": "up", "OA": "up", "[B": "down", "OB": "down", "[C": "right", "OC": "right", "[D": "left", "OD": "left",
  "[H": "home", "OH": "home", "[1~": "home", "[F": "end", "OF": "end", "[4~": "end", "[3~": "delete",
  b: "wordLeft", f: "wordRight", "[1;5D": "wordLeft", "[1;5C": "wordRight", "[1;3D": "wordLeft", "[1;3C": "wordRight",
  d: "eraseWordRight", "\x7f": "eraseWord",
};
const CONTROLS = {
  "\r": "enter", "\n": "enter", "\x7f": "backspace", "\b": "backspace", "\t": "tab", "\x01": "home", "\x02": "left", "\x03": "stop",
  "\x04": "leave", "\x05": "end", "\x06": "right", "\x07": "cancel", "\x0b": "eraseEnd", "\x0c": "clear", "\x0e": "down", "\x10": "up",
  "\x12": "search", "\x15": "eraseStart", "\x17": "eraseWord",
};
// eslint-disable-next-line no-control-regex
const TOKEN = /\x1b(?:\[[0-9;]*[A-Za-z~]|O[A-Z]|[bdf\x7f])|\x1b|\r\n|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+/g;

/** The keys in `data`, in order: {key} for one with a meaning, {text} for characters. */
export function keys(data) {
  return (data.match(TOKEN) ?? []).map((token) => {
    if (token === "\x1b") return { key: "escape" };
    if (token[0] === "\x1b") return { key: ESCAPES[token.slice(1)] ?? "none" };
    if (token === "\r\n") return { key: "enter" };
    if (token.length === 1 && (token < " " || token === "\x7f")) return { key: CONTROLS[token] ?? "none" };
    return { text: token };
  });
}
