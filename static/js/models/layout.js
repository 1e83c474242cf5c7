/** Where things stand: lanes from left to right, pods in a grid inside their node. The same input gives the same picture. */
import { ruleLines } from "./rules.js";

const COLUMNS = ["outside", "entrance", "controller", "ingress", "service", "node"];
const LANE_OF = { controller: "ingress" };
const SIZE = {
  client: [134, 84],
  nodeport: [142, 54],
  balancer: [140, 62],
  controller: [136, 58],
  service: [178, 76],
  external: [178, 50],
  pod: [150, 48],
  stack: [150, 48],
};
const ROW_GAP = 16;
const NODE = { header: 34, pad: 12, gap: 10, between: 16, minHeight: 96 };
const ROWS = 9;
const GATE = { width: 12, before: 40, over: 14 };
const ACROSS = [2, 3, 4];
const GAP = { min: 58, max: 170, firewall: 60, node: 70 };

export function layout(nodes, aspect = 2) {
  const columns = split(nodes);
  const plans = ACROSS.map((across) => plan(columns, nodeColumn(nodes, across)));
  const best = plans.reduce((a, b) => (zoom(b, aspect) > zoom(a, aspect) * 1.02 ? b : a));
  return place(columns, best.node, best.height, aspect);
}

/** How much room the lanes need at least, with so many pods side by side. */
function plan(columns, node) {
  const height = Math.max(node.height, ...columns.map((c) => c.height), 300);
  const widths = columns.reduce((sum, c) => sum + c.width + GAP.min, node.width + GAP.firewall + GAP.node);
  return { node, height, width: widths };
}

const zoom = ({ width, height }, aspect) => Math.min(aspect / width, 1 / height);

export const natural = (a, b) => a.localeCompare(b, "en", { numeric: true });

const order = (a, b) =>
  natural(a.ns ?? "", b.ns ?? "") || natural(a.label, b.label) || natural(a.id, b.id);

const columnOf = (e) => (e.type === "controller" ? "controller" : e.lane);

function split(nodes) {
  return COLUMNS.filter((name) => name !== "node").flatMap((name) => {
    const items = nodes.filter((e) => columnOf(e) === name && e.type !== "firewall").sort(entranceOrder);
    if (!items.length) return [];
    const parts = Math.ceil(items.length / ROWS);
    const rows = Math.ceil(items.length / parts);
    return Array.from({ length: parts }, (_, i) => column(name, items.slice(i * rows, (i + 1) * rows)));
  });
}

/** Balancers above node ports; node ports of one node together. */
function entranceOrder(a, b) {
  const rank = (e) => (e.type === "balancer" ? 0 : 1);
  return rank(a) - rank(b) || (a.type === "nodeport" ? natural(a.label, b.label) || a.port - b.port : order(a, b));
}

function size(e) {
  if (e.type === "ingress") return [214, 40 + 17 * Math.max(1, ruleLines(e.rules).length)];
  return SIZE[e.type] ?? SIZE.service;
}

function column(name, items) {
  const boxes = items.map((e) => ({ id: e.id, element: e, w: size(e)[0], h: size(e)[1] }));
  const height = boxes.reduce((sum, box) => sum + box.h + ROW_GAP, -ROW_GAP);
  return { name, boxes, height, width: Math.max(...boxes.map((box) => box.w)) };
}

function nodeColumn(nodes, across) {
  const pods = nodes.filter((e) => e.lane === "node" && e.type !== "node").sort(order);
  const homes = nodes.filter((e) => e.type === "node").sort(order);
  const byHome = Map.groupBy(pods, (pod) => (homes.some((n) => n.id === pod.node) ? pod.node : ""));
  const frames = homes.map((n) => frame(n, byHome.get(n.id) ?? [], across));
  if (byHome.has("")) frames.push(frame({ id: "waiting", type: "waiting", label: "" }, byHome.get(""), across));
  const height = frames.reduce((sum, box) => sum + box.h + NODE.between, -NODE.between);
  return { frames, height, width: frames[0]?.w ?? 0 };
}

function frame(element, pods, across) {
  const rows = [];
  for (let i = 0; i < pods.length; i += across) rows.push(pods.slice(i, i + across));
  const heights = rows.map((row) => Math.max(...row.map((pod) => size(pod)[1])));
  const inner = heights.reduce((sum, h) => sum + h + NODE.gap, 0);
  const w = across * (SIZE.pod[0] + NODE.gap) - NODE.gap + 2 * NODE.pad;
  return { id: element.id, element, rows, heights, w, h: Math.max(NODE.minHeight, NODE.header + inner + NODE.pad - NODE.gap + 4) };
}

function place(columns, node, height, aspect) {
  const widths = columns.reduce((sum, c) => sum + c.width, node.width);
  const fixed = GAP.firewall + GAP.node;
  const gaps = Math.max(1, columns.length - (node.width ? 0 : 1));
  const spare = (height * aspect - widths - fixed) / gaps;
  const gap = Math.min(GAP.max, Math.max(GAP.min, spare));
  const width = widths + fixed + gap * gaps;
  const tall = Math.min(height * 1.35, Math.max(height, width / aspect - 60));
  const boxes = new Map();
  const lanes = [];
  let x = 0;
  const centres = putNodes(boxes, node, width - node.width, tall);
  for (const c of columns) {
    putColumn(boxes, c, x, tall, centres);
    addLane(lanes, c.name, x, c.width);
    x += c.width + gap + (c.name === "outside" ? GAP.firewall : 0);
  }
  if (node.width) addLane(lanes, "node", width - node.width, node.width);
  const outside = columns.find((c) => c.name === "outside");
  return { boxes, lanes, width, height: tall, firewall: gate(boxes) };
}

/** The firewall stands before the node ports only: what comes through a balancer does not pass it. */
function gate(boxes) {
  const ports = [...boxes.values()].filter((box) => box.element.type === "nodeport");
  if (!ports.length) return null;
  const left = Math.min(...ports.map((box) => box.x - box.w / 2));
  const top = Math.min(...ports.map((box) => box.y - box.h / 2)) - GATE.over;
  const bottom = Math.max(...ports.map((box) => box.y + box.h / 2)) + GATE.over;
  return { x: left - GATE.before, y: (top + bottom) / 2, w: GATE.width, h: bottom - top };
}

function addLane(lanes, column, x, w) {
  const name = LANE_OF[column] ?? column;
  const before = lanes.at(-1);
  if (before?.name === name) before.w = x + w - before.x;
  else lanes.push({ name, x, w });
}

function putNodes(boxes, node, left, tall) {
  const centres = new Map();
  const free = Math.max(0, tall - node.height) / Math.max(1, node.frames.length);
  let y = 0;
  for (const box of node.frames) {
    const h = box.h + free;
    put(boxes, box, left, y, h);
    centres.set(box.id, y + h / 2);
    putPods(boxes, box, left, y);
    y += h + NODE.between;
  }
  return centres;
}

function putPods(boxes, frame, left, top) {
  let y = top + NODE.header;
  frame.rows.forEach((row, i) => {
    row.forEach((pod, j) => {
      const [w, h] = size(pod);
      const inset = NODE.pad + j * (w + NODE.gap);
      put(boxes, { id: pod.id, element: pod, w, h, column: j, inset }, left + inset, y);
    });
    y += frame.heights[i] + NODE.gap;
  });
}

/** Node ports stand beside their node; everything else is spread evenly. */
function putColumn(boxes, column, left, tall, centres) {
  const free = Math.max(ROW_GAP, (tall - column.height) / (column.boxes.length + 1) + ROW_GAP * 0.5);
  const gap = Math.min(free, 110);
  const used = column.height + (column.boxes.length - 1) * (gap - ROW_GAP);
  let y = (tall - used) / 2;
  const ports = Map.groupBy(column.boxes, (box) => box.element.node ?? "");
  const beside = column.name === "entrance" && [...ports].every(([node, list]) => centres.has(node) && list.length === 1);
  for (const box of column.boxes) {
    const x = left + (column.width - box.w) / 2;
    put(boxes, box, x, beside ? centres.get(box.element.node) - box.h / 2 : y);
    y += box.h + gap;
  }
}

function put(boxes, box, left, top, h = box.h) {
  const { id, element, w, column = 0, inset = 0 } = box;
  boxes.set(id, { id, element, column, inset, x: left + w / 2, y: top + h / 2, w, h });
}
