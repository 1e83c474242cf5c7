/** What is said at the end of a journey, and the mark where it stopped. */
import { h } from "./dom.js";
import { edges, placeBubble } from "../models/placing.js";

const WEIGHT = { itself: 30, lit: 6, chip: 6, head: 4, other: 1 };
const FRAMES = ["node", "waiting", "firewall"];
const MARK = 26;

/** Puts a bubble about `box` onto the stage; `stop` is where the red mark is, if there is one. */
export function say(stage, notes, { text, box, delivered, stop }) {
  const bubble = h("div", { class: delivered ? "bubble" : "bubble bad", "data-verdict": delivered ? "delivered" : "stopped" }, delivered ? "" : "✕ ", text);
  notes.append(bubble);
  const size = { w: bubble.offsetWidth, h: bubble.offsetHeight };
  const target = edges(box);
  const spot = placeBubble(size, target, stage.camera.seen, obstacles(stage, notes, box, stop));
  bubble.dataset.side = spot.side;
  bubble.style.translate = `${spot.x}px ${spot.y}px`;
  bubble.style.setProperty("--tail", `${tail(spot, size, target)}px`);
}

export function stopMark(notes, { x, y }) {
  const mark = h("i", { class: "stop" }, "✕");
  mark.style.translate = `${x}px ${y}px`;
  notes.append(mark);
}

function obstacles(stage, notes, box, stop) {
  const found = [{ ...edges(box), weight: WEIGHT.itself }];
  if (stop) found.push({ ...edges({ ...stop, w: MARK, h: MARK }), weight: WEIGHT.itself });
  for (const other of stage.drawn.boxes.values()) found.push({ ...edges(head(other)), weight: weightOf(stage, other) });
  for (const chip of notes.querySelectorAll("[data-address]")) found.push({ ...chip.spot, weight: WEIGHT.chip });
  return found;
}

function weightOf(stage, { id, element }) {
  if (stage.deck.get(id)?.classList.contains("lit")) return WEIGHT.lit;
  return FRAMES.includes(element.type) ? WEIGHT.head : WEIGHT.other;
}

/** Of a node only its name must not be covered: there is room for words in a frame. */
function head(box) {
  if (!FRAMES.includes(box.element.type) || box.element.type === "firewall") return box;
  return { ...box, y: box.y - box.h / 2 + 18, h: 28 };
}

/** Where along the bubble's edge its point is. */
function tail({ side, x, y }, { w, h: height }, target) {
  const upright = side === "above" || side === "below";
  const middle = upright ? (target.left + target.right) / 2 - x : (target.top + target.bottom) / 2 - y;
  const length = upright ? w : height;
  return Math.max(16, Math.min(length - 16, middle));
}
