/** What is said at the end of a journey, with a point towards what it speaks of; and the mark where it stopped. */
import { h, svg } from "./dom.js";
import { edges, placeBubble } from "../models/placing.js";

const SHARES = [1, 0.75, 0.55];
const LEAST = 110;
const WAY = { every: 12, half: 5, weight: 0.3 };
const FRAMES = ["node", "waiting"];
const BASE = 8;
const NEAR = 40;
const NEEDLE = 1.6;
const INSIDE = 5;

/** Puts a bubble about `box` onto the stage. */
export function say(stage, layer, { text, box, delivered }) {
  const bubble = h("div", { class: delivered ? "bubble" : "bubble bad", "data-verdict": delivered ? "delivered" : "stopped" }, delivered ? "" : "✕ ", text);
  const others = { words: words(stage), things: [...outlines(stage), ...journey(stage)] };
  layer.append(bubble);
  const spot = placeBubble(shapes(bubble), edges(box), stage.camera.seen, others);
  bubble.style.width = `${spot.size.w}px`;
  bubble.style.translate = `${spot.x}px ${spot.y}px`;
  bubble.before(pointer(spot, delivered));
}

export function stopMark(layer, { x, y }) {
  const mark = h("i", { class: "stop" }, "✕");
  mark.style.translate = `${x}px ${y}px`;
  layer.append(mark);
}

/** The same words in one wide line or in several short ones. */
function shapes(bubble) {
  const whole = bubble.offsetWidth;
  return SHARES.map((share) => {
    bubble.style.width = `${Math.ceil(Math.max(LEAST, whole * share)) + 1}px`;
    return { w: bubble.offsetWidth, h: bubble.offsetHeight };
  });
}

/** Everything on the screen that is read: on cards, above lanes, beside lines; and the tools. */
function words(stage) {
  const leaves = [stage.deck.element, stage.over].flatMap((layer) => [...layer.querySelectorAll("*")]);
  const read = leaves.filter((leaf) => !leaf.childElementCount && !leaf.matches(".card, .sr, div")).map((leaf) => written(leaf));
  return [...read.map((rect) => inWorld(stage, rect)), stage.camera.covered].filter(({ left, right }) => right > left);
}

/** A word that is cut off ends with its element. */
function written(leaf) {
  const range = document.createRange();
  range.selectNodeContents(leaf);
  const [own, text] = [leaf.getBoundingClientRect(), range.getBoundingClientRect()];
  if (!text.width) return own;
  return { left: Math.max(own.left, text.left), right: Math.min(own.right, text.right), top: text.top, bottom: text.bottom };
}

function inWorld({ cy, under }, { left, top, right, bottom }) {
  const zoom = cy.zoom();
  const from = under.parentElement.getBoundingClientRect();
  return { left: (left - from.left) / zoom, top: (top - from.top) / zoom, right: (right - from.left) / zoom, bottom: (bottom - from.top) / zoom };
}

/** Of a node only its words count: there is room in a frame. */
const outlines = ({ drawn }) => [...drawn.boxes.values()].filter(({ element }) => !FRAMES.includes(element.type)).map(edges);

/** The lines that are lit: one wants to see where they lead. */
function journey({ under }) {
  return [...under.querySelectorAll("path")].flatMap((path) => {
    const length = path.getTotalLength();
    const points = Array.from({ length: Math.ceil(length / WAY.every) }, (_, i) => path.getPointAtLength(i * WAY.every));
    return points.map(({ x, y }) => ({ left: x - WAY.half, right: x + WAY.half, top: y - WAY.half, bottom: y + WAY.half, weight: WAY.weight }));
  });
}

/** A wedge from within the bubble to the point it speaks of; the longer, the thinner, so that it hides nothing on its way. */
function pointer({ x, y, size, tip }, delivered) {
  const from = { x: Math.max(x + INSIDE + BASE, Math.min(x + size.w - INSIDE - BASE, tip.x)), y: Math.max(y + INSIDE, Math.min(y + size.h - INSIDE, tip.y)) };
  const length = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const base = Math.max(NEEDLE, BASE * Math.min(1, NEAR / length));
  const side = { x: (-(tip.y - from.y) * base) / length, y: ((tip.x - from.x) * base) / length };
  const d = `M ${from.x + side.x} ${from.y + side.y} L ${tip.x} ${tip.y} L ${from.x - side.x} ${from.y - side.y} Z`;
  return svg("svg", { class: delivered ? "pointer" : "pointer bad" }, svg("path", { d }));
}
