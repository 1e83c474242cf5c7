/**
 * Where a bubble stands: where it covers no words, or else the fewest; among those places near what it speaks of, and
 * over as little as possible. Boxes are {left, top, right, bottom}.
 */
const AWAY = 14;
const MARGIN = 6;
const CLEAR = 3;
const GRID = 4;
const SLIDES = [0.5, 0.15, 0.85];
/** A pixel of words, above all of those spoken of, outweighs any distance; the pointer should pass between words too. */
const COST = { words: 1e6, own: 4e6, crossing: 200, gap: 1, aside: 0.05, itself: 0.06, thing: 0.01, narrower: 10 };

export const edges = ({ x, y, w, h }) => ({ left: x - w / 2, top: y - h / 2, right: x + w / 2, bottom: y + h / 2 });

/**
 * `sizes`: the shapes the text can have, {w, h}, the best one first; `words` must stay readable, `things` are what
 * can be seen beside words, `weight` a pixel. Gives {x, y, size, tip}: the upper left corner, and the point of the
 * target that it points at.
 */
export function placeBubble(sizes, target, seen, { words, things }) {
  const near = words.filter((word) => meets(word, seen)).map((word) => grown(word, CLEAR));
  const spots = sizes.flatMap((size, i) => candidates(size, target, seen, near).map((spot) => ({ ...spot, cost: spot.cost + i * COST.narrower })));
  let best = null;
  for (const spot of spots.sort((a, b) => a.cost - b.cost)) {
    if (best && spot.cost >= best.cost) break;
    const cost = spot.cost + covers(spot, target, near, things, best ? best.cost - spot.cost : Infinity);
    if (!best || cost < best.cost) best = { ...spot, cost };
  }
  return { x: best.left, y: best.top, size: best.size, tip: nearest(target, best) };
}

/** A place that is free at all is also free where it touches something at its left and above: those are enough. */
function candidates(size, target, seen, others) {
  const room = { left: seen.left + MARGIN, top: seen.top + MARGIN, right: seen.right - MARGIN - size.w, bottom: seen.bottom - MARGIN - size.h };
  const xs = stops(target.left, target.right, size.w, room.left, room.right, others.flatMap((o) => [after(o.right), before(o.left - size.w)]));
  const ys = stops(target.top, target.bottom, size.h, room.top, room.bottom, others.flatMap((o) => [after(o.bottom), before(o.top - size.h)]));
  return xs.flatMap((x) => ys.map((y) => spotAt(x, y, size, target)));
}

/** Along one axis: beside the target, slid along it, at the rim, and where others end. */
function stops(from, to, length, least, most, others) {
  const wanted = [from - AWAY - length, to + AWAY, ...SLIDES.map((part) => (from + to) / 2 - length * part), ...others];
  return [...new Set([least, most, ...wanted].map((at) => Math.max(least, Math.min(most, at))))];
}

const after = (at) => Math.ceil(at / GRID) * GRID;
const before = (at) => Math.floor(at / GRID) * GRID;

function spotAt(x, y, size, target) {
  const box = { left: x, top: y, right: x + size.w, bottom: y + size.h, size };
  const aside = Math.abs(x + size.w / 2 - (target.left + target.right) / 2) + Math.abs(y + size.h / 2 - (target.top + target.bottom) / 2);
  return { ...box, cost: Math.abs(distance(box, target) - AWAY) * COST.gap + aside * COST.aside };
}

/** What it costs to stand there; Infinity as soon as that is more than `most`. */
function covers(spot, target, words, things, most) {
  let hidden = 0;
  for (const word of words) {
    hidden += shared(spot, word) * (meets(word, target) ? COST.own : COST.words);
    if (hidden >= most) return Infinity;
  }
  const tip = nearest(target, spot);
  const from = nearest(spot, target);
  const crossed = words.filter((word) => crosses(from, tip, word)).length;
  const outlines = things.reduce((sum, thing) => sum + shared(spot, thing) * (thing.weight ?? COST.thing), 0);
  return hidden + crossed * COST.crossing + outlines + shared(spot, target) * COST.itself;
}

const meets = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
const grown = ({ left, top, right, bottom }, by) => ({ left: left - by, top: top - by, right: right + by, bottom: bottom + by });

/** The area that two boxes share. */
function shared(a, b) {
  const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}

function distance(a, b) {
  const across = Math.max(0, a.left - b.right, b.left - a.right);
  const down = Math.max(0, a.top - b.bottom, b.top - a.bottom);
  return Math.hypot(across, down);
}

/** The point of a box that is nearest to the middle of another. */
function nearest(box, other) {
  const x = (other.left + other.right) / 2;
  const y = (other.top + other.bottom) / 2;
  return { x: Math.max(box.left, Math.min(box.right, x)), y: Math.max(box.top, Math.min(box.bottom, y)) };
}

/** Whether a straight line passes through a box, looked at every few pixels. */
function crosses(from, to, { left, top, right, bottom }) {
  const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / 4);
  for (let i = 1; i < steps; i += 1) {
    const x = from.x + ((to.x - from.x) * i) / steps;
    const y = from.y + ((to.y - from.y) * i) / steps;
    if (x > left && x < right && y > top && y < bottom) return true;
  }
  return false;
}
