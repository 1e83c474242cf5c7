/**
 * The line between two boxes: quadratic arcs through control points, joined halfway between them. Cytoscape draws
 * the graph's lines this way ("unbundled-bezier"), the overlay draws the same line as SVG for the packet.
 */
const REACH = 0.32;
const BULGE = 46;
const LANE = 7;
const ASIDE = 14;
const NEAR = 60;

/** `stretches`: where the line runs level to pass between the things of a lane (`corridors.js`). */
export function curve(a, b, stretches = []) {
  const left = (box) => ({ x: box.x - box.w / 2, y: box.y });
  const right = (box) => ({ x: box.x + box.w / 2, y: box.y });
  if (b.column > 0 && right(a).x <= left(b).x - b.inset) return overTheFirst(right(a), b, stretches);
  if (right(a).x <= left(b).x + 4) return swing(right(a), left(b), "50% 0%", "-50% 0%", stretches);
  if (left(a).x >= right(b).x - 4) return swing(left(a), right(b), "-50% 0%", "50% 0%");
  const gap = b.y - b.h / 2 - (a.y + a.h / 2);
  return gap >= 0 && gap < NEAR ? down(a, b) : around(left(a), left(b));
}

/** Neighbours in one lane. */
function down(a, b) {
  const from = { x: a.x, y: a.y + a.h / 2 };
  const to = { x: b.x, y: b.y - b.h / 2 };
  return { from, to, controls: [{ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }], fromSide: "0% 50%", toSide: "0% -50%" };
}

function swing(from, to, fromSide, toSide, stretches = []) {
  const reach = (to.x - from.x) * REACH;
  const [first, last] = [stretches[0]?.left, stretches.at(-1)?.right];
  const out = first === undefined ? reach : (first - from.x) / 2;
  const back = last === undefined ? reach : (to.x - last) / 2;
  const controls = [{ x: from.x + out, y: from.y }, ...level(stretches), { x: to.x - back, y: to.y }];
  return { from, to, controls, fromSide, toSide };
}

const level = (stretches) => stretches.flatMap(({ left, right, y }) => [{ x: left - ASIDE, y }, { x: right + ASIDE, y }]);

/** Things in one lane: out to the left and back. */
function around(from, to) {
  const x = Math.min(from.x, to.x) - BULGE;
  return { from, to, controls: [{ x, y: from.y }, { x, y: to.y }], fromSide: "-50% 0%", toSide: "-50% 0%" };
}

/** A pod behind another: the line comes in above the row and goes down into its top. */
function overTheFirst(from, box, stretches) {
  const to = { x: box.x - 0.3 * box.w, y: box.y - box.h / 2 };
  const y = to.y - LANE;
  const edge = box.x - box.w / 2 - box.inset;
  const start = stretches.at(-1) ?? { right: from.x, y: from.y };
  const out = stretches.length ? [{ x: (from.x + stretches[0].left) / 2, y: from.y }, ...level(stretches)] : [];
  const controls = [...out, { x: start.right + (edge - start.right) * 0.5, y: start.y }, { x: edge, y }, { x: to.x, y }];
  return { from, to, controls, fromSide: "50% 0%", toSide: "-30% -50%" };
}

export function toSvg({ from, to, controls }) {
  const arcs = controls.map((c, i) => {
    const next = controls[i + 1];
    const end = next ? { x: (c.x + next.x) / 2, y: (c.y + next.y) / 2 } : to;
    return `Q ${c.x} ${c.y} ${end.x} ${end.y}`;
  });
  return `M ${from.x} ${from.y} ${arcs.join(" ")}`;
}

/** Control points as weights along the straight line and distances from it. */
export function toCytoscape({ from, to, controls, fromSide, toSide }) {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  const along = (c) => ((c.x - from.x) * dx + (c.y - from.y) * dy) / (length * length);
  const away = (c) => (-(c.x - from.x) * dy + (c.y - from.y) * dx) / length;
  return { fromSide, toSide, weights: controls.map(along), distances: controls.map(away) };
}
