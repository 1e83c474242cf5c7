/**
 * Where things stand: lanes from left to right, pods in a grid inside their node. The same input gives the same
 * picture; lanes left of the nodes depend on what stands in them and on the screen, never on the pods.
 */
import { columns } from "./columns.js";
import { FRAME, homes, podsOf, stretched } from "./homes.js";
import { POD_WIDTH } from "./sizes.js";

const GATE = { width: 12, before: 38, over: 14 };
const SPACE = { min: 26, max: 64, firewall: 46, node: 18, widest: 110, loosest: 16, under: 30, least: 262, stretch: 1.35 };
/** Under the firewall stands what it lets through. */
const LABEL = 26;
const DOORS = ["nodeport", "doors"];
const USUAL_NODE = 2 * (POD_WIDTH + FRAME.gap) - FRAME.gap + 2 * FRAME.pad;

export function layout(nodes, aspect = 2, guests = new Set()) {
  const lanes = columns(nodes, guests);
  const room = measure(lanes, aspect);
  const node = homes(nodes, { width: room.width - USUAL_NODE, height: room.height, aspect });
  const boxes = new Map();
  const right = putLanes(boxes, lanes, room);
  putNodes(boxes, node, right.x, room.height);
  const titles = node.width ? [...right.titles, { name: "node", x: right.x, w: node.width }] : right.titles;
  const firewall = gate(boxes);
  return { boxes, lanes: titles, columns: lanes.map(obstacle), firewall, ...bounds(boxes, firewall, room) };
}

/** Height and gaps, as if the nodes held a few pods each. */
function measure(lanes, aspect) {
  const fixed = before(lanes) + SPACE.node + USUAL_NODE + lanes.reduce((sum, c) => sum + c.width, 0);
  const least = Math.max(SPACE.least, ...lanes.map((c) => c.height));
  const spare = (least * aspect - fixed) / Math.max(1, lanes.length);
  const gap = Math.min(SPACE.max, Math.max(SPACE.min, spare));
  const width = fixed + gap * lanes.length;
  return { gap, width, height: Math.min(least * SPACE.stretch, Math.max(least, width / aspect)) };
}

function putLanes(boxes, lanes, { gap, height }) {
  const titles = [];
  let x = 0;
  for (const lane of lanes) {
    lane.left = x;
    putColumn(boxes, lane, height);
    title(titles, lane);
    x += lane.width + gap + (lane.name === "outside" ? before(lanes) : 0);
  }
  return { titles, x: lanes.length ? x + SPACE.node : 0 };
}

/** Room for the firewall, where there are node ports behind it. */
const before = (lanes) => (lanes.some((c) => c.boxes.some((box) => DOORS.includes(box.element.type))) ? SPACE.firewall : 0);

function title(titles, { name, left, width }) {
  const before = titles.at(-1);
  if (before?.name === name) before.w = left + width - before.x;
  else titles.push({ name, x: left, w: width });
}

/** Spread evenly around the middle; guests below. */
function putColumn(boxes, lane, height) {
  const { left, width } = lane;
  const even = (height - lane.height + lane.gap * (lane.boxes.length - 1)) / lane.boxes.length;
  const most = loosest(lane);
  const gap = Math.min(most, Math.max(lane.gap, even));
  const used = lane.height + (lane.boxes.length - 1) * (gap - lane.gap);
  let y = (height - used) / 2;
  for (const box of [...lane.boxes, ...lane.late]) {
    put(boxes, box, left + (width - box.w) / 2, y);
    y += box.h + (lane.late.includes(box) || box === lane.boxes.at(-1) ? lane.gap + 6 : gap);
  }
}

/** A controller stays close above the rules it obeys. */
function loosest({ boxes }) {
  if (boxes[0].compact) return SPACE.loosest;
  return boxes[0].element.type === "controller" ? SPACE.under : SPACE.widest;
}

function putNodes(boxes, node, left, height) {
  const tall = Math.max(height, node.height);
  const heights = stretched(node.frames, tall);
  let y = (height - tall) / 2;
  node.frames.forEach((frame, i) => {
    put(boxes, { ...frame, h: heights[i] }, left, y);
    for (const pod of podsOf(frame, left, y)) boxes.set(pod.id, pod);
    y += heights[i] + FRAME.between;
  });
}

function put(boxes, box, left, top) {
  const { id, element, compact = false, w, h } = box;
  boxes.set(id, { id, element, compact, column: 0, inset: 0, x: left + w / 2, y: top + h / 2, w, h });
  Object.assign(box, { top, bottom: top + h });
}

const obstacle = ({ left, width, boxes, late }) => ({ left, right: left + width, boxes: [...boxes, ...late] });

/** The firewall stands before the node ports only: what comes through a balancer does not pass it. */
function gate(boxes) {
  const ports = [...boxes.values()].filter(({ element }) => DOORS.includes(element.type));
  if (!ports.length) return null;
  const left = Math.min(...ports.map((box) => box.x - box.w / 2));
  const top = Math.min(...ports.map((box) => box.y - box.h / 2)) - GATE.over;
  const bottom = Math.max(...ports.map((box) => box.y + box.h / 2)) + GATE.over;
  return { x: left - GATE.before, y: (top + bottom) / 2, w: GATE.width, h: bottom - top };
}

function bounds(boxes, gated, { width, height }) {
  const all = [...boxes.values()];
  const top = Math.min(0, ...all.map((box) => box.y - box.h / 2));
  const bottom = Math.max(height, ...all.map((box) => box.y + box.h / 2), gated ? gated.y + gated.h / 2 + LABEL : 0);
  const right = Math.max(0, ...all.map((box) => box.x + box.w / 2)) || width;
  return { top, width: right, height: bottom - top };
}
