/** The words of an element as they stand on the screen, line by line, in the stage's own measure. */
const BASELINE = 0.35;
const HIDDEN = ".sr, [hidden]";

export function linesOf(stage, element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest(HIDDEN) && parent.getClientRects().length) found.push(...written(stage, walker.currentNode, parent));
  }
  return found;
}

/** A rectangle of the screen, in the stage's own measure. */
linesOf.place = (stage, { left, top, width, height }) => {
  const zoom = stage.cy.zoom();
  const from = stage.under.parentElement.getBoundingClientRect();
  return { x: (left - from.left) / zoom, y: (top - from.top) / zoom, width: width / zoom, height: height / zoom };
};

function written(stage, node, parent) {
  const style = getComputedStyle(parent);
  const size = parseFloat(style.fontSize);
  const look = { size, weight: style.fontWeight, fill: style.color, mono: style.fontFamily.includes("ono") && !style.fontFamily.startsWith("Pretendard") };
  const seen = clip(parent);
  return rows(node).map(({ text, rect }) => {
    const { x, y, width, height } = linesOf.place(stage, rect);
    const cut = rect.right > seen + 1 ? shorten(text, (seen - rect.left) / rect.width) : text;
    return { text: cut, x, y: y + height / 2 + size * BASELINE, width, ...look };
  });
}

/** How far to the right a word may be seen before its card cuts it. */
function clip(parent) {
  const boxes = [];
  for (let element = parent; element && !element.matches(".world"); element = element.parentElement) {
    if (getComputedStyle(element).overflowX === "hidden") boxes.push(element.getBoundingClientRect().right);
  }
  return Math.min(...boxes, Infinity);
}

const shorten = (text, part) => `${text.slice(0, Math.max(0, Math.floor(text.length * part) - 1))}…`;

/** Where the browser broke the text into lines. */
function rows(node) {
  const range = document.createRange();
  const found = [];
  for (let i = 0; i < node.length; i += 1) {
    range.setStart(node, i);
    range.setEnd(node, i + 1);
    const rect = range.getBoundingClientRect();
    const last = found.at(-1);
    if (last && Math.abs(last.top - rect.top) < rect.height / 2) last.end = i + 1;
    else found.push({ top: rect.top, start: i, end: i + 1 });
  }
  return found.map(({ start, end }) => {
    range.setStart(node, start);
    range.setEnd(node, end);
    return { text: node.data.slice(start, end), rect: range.getBoundingClientRect() };
  });
}
