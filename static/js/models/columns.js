/** What stands in which lane, and in which order. Lanes do not know the pods: a pod that comes moves none of them. */
import { inOneLine, size } from "./sizes.js";

const LANES = ["outside", "entrance", "ingress", "service"];
const FIRST = ["client", "balancer", "nodeport", "doors", "controller"];
const COMPACT_FROM = 6;
const ROWS = { full: 5, compact: 14 };
const CROWDED = 5;
export const GAP = { full: 26, crowded: 18, compact: 7 };

export const natural = (a, b) => a.localeCompare(b, "en", { numeric: true });

export const order = (a, b) => natural(a.ns ?? "", b.ns ?? "") || natural(a.label, b.label) || natural(a.id, b.id);

/** `guests`: shown only because a journey passes them; they stand below the others and push nothing aside. */
export function columns(nodes, guests) {
  return LANES.flatMap((name) => {
    const all = nodes.filter((e) => e.lane === name && e.type !== "firewall").sort(entranceOrder);
    const residents = all.filter((e) => !guests.has(e.id));
    const late = all.filter((e) => guests.has(e.id));
    if (!residents.length) return late.length ? [column(name, late, [], false)] : [];
    const compact = residents.length >= COMPACT_FROM;
    return chunks(residents, compact).map((items, i, { length }) => column(name, items, i === length - 1 ? late : [], compact));
  });
}

/** Evenly full columns, none longer than the screen is high. */
function chunks(items, compact) {
  const parts = Math.ceil(items.length / (compact ? ROWS.compact : ROWS.full));
  const rows = Math.ceil(items.length / parts);
  return Array.from({ length: parts }, (_, i) => items.slice(i * rows, (i + 1) * rows)).filter((part) => part.length);
}

/** Balancers above node ports, the node ports of one node together; controllers above the rules they obey. */
function entranceOrder(a, b) {
  return place(a) - place(b) || (a.type === "nodeport" ? natural(a.label, b.label) || a.port - b.port : order(a, b));
}

/** What is not named stands after what is. */
const place = (e) => (FIRST.indexOf(e.type) + FIRST.length + 1) % (FIRST.length + 1);

function column(name, items, late, compact) {
  const gap = compact ? GAP.compact : items.length < CROWDED ? GAP.full : GAP.crowded;
  const box = (e) => ({ id: e.id, element: e, compact: compact && inOneLine(e), w: size(e, compact)[0], h: size(e, compact)[1] });
  const boxes = items.map(box);
  const height = boxes.reduce((sum, { h }) => sum + h + gap, -gap);
  return { name, boxes, late: late.map(box), gap, height, width: Math.max(...[...items, ...late].map((e) => size(e, compact)[0])) };
}
