/** How many cells of a terminal a text takes: Hangul, Han and emoji take two. */
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
const NONE = /\p{Mn}|\u200d|\ufe0f/u;

const width = (character) => (NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1);

/** Where the cursor stands after `text` was written from the first column: {row, column}, lines `columns` wide. */
export function place(text, columns) {
  let [row, column] = [0, 0];
  for (const character of text) {
    if (character === "\n") {
      [row, column] = [row + 1, 0];
      continue;
    }
    const cells = width(character);
    if (column + cells > columns) [row, column] = [row + 1, 0];
    column += cells;
  }
  return column >= columns ? { row: row + 1, column: 0 } : { row, column };
}

/** Words in columns as ls prints them, at most `room` cells wide. */
export function columns(words, room) {
  const width = Math.max(...words.map((text) => text.length)) + 2;
  const count = Math.max(1, Math.floor(room / width));
  const rows = Math.ceil(words.length / count);
  const line = (row) => words.filter((_, i) => i % rows === row).map((text) => text.padEnd(width)).join("").trimEnd();
  return Array.from({ length: rows }, (_, row) => `${line(row)}\n`).join("");
}
