/** The address a packet carries, written where it arrives; what was rewritten is marked. One-line rows say it themselves. */
import { h } from "./dom.js";

const BESIDE = ["pod", "stack", "node"];
const ABOVE_THE_ROW = 7;
const AWAY = 8;
const TALL = { one: 21, two: 34 };
const WITHIN = ["pod", "controller"];
const NOWHERE = ["firewall", "ingress"]; // no packet is addressed to them
const MARGIN = 8;
const TITLE = 15;
const LETTER = 7.4;

export function makeChip(stage, hop) {
  const box = stage.box(hop.object);
  const text = hop.packet?.dst;
  if (!box || !text || NOWHERE.includes(box.element.type) || (box.compact && !BESIDE.includes(box.element.type))) return null;
  const { dst, src } = hop.rewritten ?? {};
  const beside = BESIDE.includes(box.element.type) && hasRoom(stage, box, text);
  const chip = h("span", { class: `chip-address${beside ? " beside" : ""}${dst || src ? " rewritten" : ""}${hop.call ? " call" : ""}`, "data-address": text }, text);
  if (src) chip.append(h("small", {}, `← ${src[1]}`));
  const within = WITHIN.includes(box.element.type) && !box.compact;
  const x = beside ? box.x - box.w / 2 - box.inset - AWAY : within ? box.x - (box.w - wide(text)) / 2 + MARGIN : box.x;
  const y = beside ? lineOf(box) : upright(stage, box, src ? TALL.two : TALL.one);
  chip.style.translate = `${x}px ${y}px`;
  return chip;
}

/** Where the line comes in: pods behind the first are reached from above. */
const lineOf = ({ column, y, h: height }) => (column ? y - height / 2 - ABOVE_THE_ROW : y);

/** Where its lower edge is: over a pod's own address, at the foot of a node, else above the card, or below it where
    the lane's title stands above. Names stay readable. */
function upright({ drawn, cy }, { element, compact, y, h: height }, tall) {
  const foot = y + height / 2;
  if (WITHIN.includes(element.type) && !compact) return foot + tall - TALL.one;
  if (element.type === "node") return foot + tall / 2;
  const above = y - height / 2 - 4;
  return above - tall > drawn.top - TITLE / cy.zoom() ? above : foot + 4 + tall;
}

/** Whether it stands before the frame without covering the lane that comes before. */
function hasRoom({ drawn }, box, text) {
  const before = drawn.columns.at(-1)?.right ?? -Infinity;
  return box.x - box.w / 2 - box.inset - AWAY - wide(text) > before;
}

const wide = (text) => text.length * LETTER + 14;
