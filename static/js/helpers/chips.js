/** The address a packet carries, written where it arrives; what was rewritten is marked. One-line rows say it themselves. */
import { h } from "./dom.js";

const BESIDE = ["pod", "stack", "node"];
const ABOVE_THE_ROW = 7;
const AWAY = 8;
const LETTER = 7.4;

export function makeChip(stage, hop) {
  const box = stage.box(hop.object);
  const text = hop.packet?.dst;
  if (!box || !text || box.element.type === "firewall" || (box.compact && !BESIDE.includes(box.element.type))) return null;
  const { dst, src } = hop.rewritten ?? {};
  const beside = BESIDE.includes(box.element.type) && hasRoom(stage, box, text);
  const chip = h("span", { class: `chip-address${beside ? " beside" : ""}${dst || src ? " rewritten" : ""}${hop.call ? " call" : ""}`, "data-address": text }, text);
  if (src) chip.append(h("small", {}, `← ${src[1]}`));
  const x = beside ? box.x - box.w / 2 - box.inset - AWAY : box.x;
  const y = beside ? lineOf(box) : upright(box);
  chip.style.translate = `${x}px ${y}px`;
  chip.spot = spot(chip, text, x, y, beside);
  return chip;
}

/** Where the line comes in: pods behind the first are reached from above. */
const lineOf = ({ column, y, h: height }) => (column ? y - height / 2 - ABOVE_THE_ROW : y);

/** Above the card; in a pod over the line with its own address, so that the node's name above stays readable. */
function upright({ element, compact, y, h: height }) {
  const within = element.type === "pod" && !compact;
  return within ? y + height / 2 : y - height / 2 - 4;
}

/** Whether it stands before the frame without covering the lane that comes before. */
function hasRoom({ drawn }, box, text) {
  const before = drawn.columns.at(-1)?.right ?? -Infinity;
  return box.x - box.w / 2 - box.inset - AWAY - wide(text) > before;
}

const wide = (text) => text.length * LETTER + 14;

function spot(chip, text, x, y, beside) {
  const w = wide(text);
  const height = chip.childElementCount ? 36 : 21;
  const left = beside ? x - w : x - w / 2;
  const top = beside ? y - height / 2 : y - height;
  return { left, top, right: left + w, bottom: top + height };
}
