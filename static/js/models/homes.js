/** The last lane: nodes as frames, each holding its pods in a grid. */
import { natural, order } from "./columns.js";
import { POD_WIDTH, size } from "./sizes.js";

export const FRAME = { header: 36, pad: 8, gap: 10, between: 10, least: 86 };
const ACROSS = [2, 1, 3, 4, 5, 6, 8];
const BETTER = { 1: 1.12, more: 1.02 };
const DENSE = 24;

/** The grid that leaves the picture largest on a screen of this shape; two side by side unless others are much better. */
export function homes(nodes, { width, height, aspect }) {
  const plans = ACROSS.map((across) => inFrames(nodes, across));
  const zoom = (plan) => Math.min(aspect / (width + plan.width), 1 / Math.max(height, plan.height));
  return plans.reduce((a, b) => (zoom(b) > zoom(a) * (BETTER[b.across] ?? BETTER.more) ? b : a));
}

function inFrames(nodes, across) {
  const pods = nodes.filter((e) => e.lane === "node" && e.type !== "node").sort(order);
  const dense = pods.length > DENSE;
  const found = nodes.filter((e) => e.type === "node").sort((a, b) => natural(a.label, b.label));
  const byHome = Map.groupBy(pods, (pod) => (found.some((n) => n.id === pod.node) ? pod.node : ""));
  const frames = found.map((n) => frame(n, byHome.get(n.id) ?? [], { across, dense }));
  if (byHome.has("")) frames.push(frame({ id: "waiting", type: "waiting", label: "" }, byHome.get(""), { across, dense }));
  const height = frames.reduce((sum, box) => sum + box.h + FRAME.between, -FRAME.between);
  return { across, frames, height: Math.max(0, height), width: frames[0]?.w ?? 0 };
}

function frame(element, pods, { across, dense }) {
  const rows = [];
  for (let i = 0; i < pods.length; i += across) rows.push(pods.slice(i, i + across));
  const inner = rows.reduce((sum, row) => sum + rowHeight(row, dense) + FRAME.gap, 0);
  const w = across * (POD_WIDTH + FRAME.gap) - FRAME.gap + 2 * FRAME.pad;
  return { id: element.id, element, rows, dense, w, h: Math.max(FRAME.least, FRAME.header + inner) };
}

const rowHeight = (row, dense) => Math.max(...row.map((pod) => size(pod, dense)[1]));

/** Frames fill the height: the smallest grow first, so that they are alike where they can be. */
export function stretched(frames, height) {
  const free = height - FRAME.between * (frames.length - 1);
  const sorted = frames.map((box) => box.h).sort((a, b) => b - a);
  let rest = free;
  for (const [i, h] of sorted.entries()) {
    const level = rest / (sorted.length - i);
    if (h <= level) return frames.map((box) => Math.max(box.h, level));
    rest -= h;
  }
  return frames.map((box) => box.h);
}

/** Where each pod of a frame stands; `inset` is how far into the frame its line has to go. */
export function podsOf(frame, left, top) {
  let y = top + FRAME.header - 2;
  return frame.rows.flatMap((row) => {
    const placed = row.map((pod, column) => {
      const [w, h] = size(pod, frame.dense);
      const inset = FRAME.pad + column * (w + FRAME.gap);
      return { id: pod.id, element: pod, compact: frame.dense && h < w / 4, w, h, column, inset, x: left + inset + w / 2, y: y + h / 2 };
    });
    y += rowHeight(row, frame.dense) + FRAME.gap;
    return placed;
  });
}
