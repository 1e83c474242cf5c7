/**
 * Where a bubble stands: beside what it speaks of, on the screen, over as little as possible.
 * Boxes are {left, top, right, bottom}; `weight` says how bad it is to cover one.
 */
const AWAY = 14;
const MARGIN = 6;
const SLIDES = [0.5, 0.15, 0.85];

export const edges = ({ x, y, w, h }) => ({ left: x - w / 2, top: y - h / 2, right: x + w / 2, bottom: y + h / 2 });

export function placeBubble({ w, h }, target, seen, others) {
  const candidates = around(w, h, target).map((spot) => ({ ...spot, ...onScreen(spot, w, h, seen) }));
  const cost = (spot) => others.reduce((sum, other) => sum + covered(spot, w, h, other) * (other.weight ?? 1), spot.moved * 60 + spot.rank);
  return candidates.reduce((best, spot) => (cost(spot) < cost(best) ? spot : best));
}

/** Above, below, right, left; each centred first, then slid along the edge. */
function around(w, h, { left, top, right, bottom }) {
  const across = SLIDES.map((part) => ({ slide: part, x: (left + right) / 2 - w * part, y: (top + bottom) / 2 - h * part }));
  return across.flatMap(({ slide, x, y }, i) => [
    { side: "above", x, y: top - AWAY - h, rank: i * 4, slide },
    { side: "below", x, y: bottom + AWAY, rank: 1 + i * 4, slide },
    { side: "right", x: right + AWAY, y, rank: 2 + i * 4, slide },
    { side: "left", x: left - AWAY - w, y, rank: 3 + i * 4, slide },
  ]);
}

function onScreen({ x, y }, w, h, seen) {
  const at = {
    x: Math.max(seen.left + MARGIN, Math.min(seen.right - MARGIN - w, x)),
    y: Math.max(seen.top + MARGIN, Math.min(seen.bottom - MARGIN - h, y)),
  };
  return { ...at, moved: Math.abs(at.x - x) + Math.abs(at.y - y) };
}

function covered({ x, y }, w, h, other) {
  const wide = Math.min(x + w, other.right) - Math.max(x, other.left);
  const high = Math.min(y + h, other.bottom) - Math.max(y, other.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}
