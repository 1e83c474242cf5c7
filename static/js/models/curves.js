/** The line between two boxes, once as SVG and once as Cytoscape writes it: two quadratic arcs that meet in the middle. */
const REACH = 0.32;

export function curve(a, b) {
  const [from, to, fromSide, toSide, bulge] = sides(a, b);
  const reach = (to.x - from.x) * REACH;
  const c1 = { x: bulge ?? from.x + reach, y: from.y };
  const c2 = { x: bulge ?? to.x - reach, y: to.y };
  return { from, to, c1, c2, fromSide, toSide };
}

function sides(a, b) {
  const left = (box) => ({ x: box.x - box.w / 2, y: box.y });
  const right = (box) => ({ x: box.x + box.w / 2, y: box.y });
  if (right(a).x <= left(b).x + 4) return [right(a), left(b), "50% 0%", "-50% 0%"];
  if (left(a).x >= right(b).x - 4) return [left(a), right(b), "-50% 0%", "50% 0%"];
  const bulge = Math.min(left(a).x, left(b).x) - 46;
  return [left(a), left(b), "-50% 0%", "-50% 0%", bulge];
}

export function toSvg({ from, to, c1, c2 }) {
  const x = (c1.x + c2.x) / 2;
  const y = (c1.y + c2.y) / 2;
  return `M ${from.x} ${from.y} Q ${c1.x} ${c1.y} ${x} ${y} Q ${c2.x} ${c2.y} ${to.x} ${to.y}`;
}

/** Control points as weights along the straight line and distances from it. */
export function toCytoscape({ from, to, c1, c2, fromSide, toSide }) {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = Math.hypot(dx, dy) || 1;
  const along = (c) => ((c.x - from.x) * dx + (c.y - from.y) * dy) / (length * length);
  const away = (c) => (-(c.x - from.x) * dy + (c.y - from.y) * dx) / length;
  return { fromSide, toSide, weights: [along(c1), along(c2)], distances: [away(c1), away(c2)] };
}
