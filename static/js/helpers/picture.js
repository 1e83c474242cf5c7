/**
 * The stage as one SVG: the model's boxes and lines, and the words as they stand on the cards. Text goes in as text
 * nodes, so that no name can become markup; nothing in the picture is loaded from elsewhere.
 */
import { svg } from "./dom.js";
import { linesOf } from "./text-lines.js";
import { toSvg } from "../models/curves.js";

const MARGIN = { x: 26, top: 30, bottom: 44, title: 24 };
const FONTS = { sans: "Pretendard, 'Malgun Gothic', 'Apple SD Gothic Neo', 'Noto Sans CJK KR', sans-serif", mono: "'D2Coding', 'DejaVu Sans Mono', Consolas, monospace" };
const BARS = ["", "6 3", "2 3", "14 3", "3 3", "10 2 2 2"];
const NOTES = ".chip-address, .tally, .tally i, .tally b, .stop, .bubble";

export function picture(stage, caption) {
  const frame = extent(stage.drawn, stage.cy.zoom());
  const size = { width: Math.round(frame.w), height: Math.round(frame.h) };
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${frame.x} ${frame.y} ${frame.w} ${frame.h}`, ...size });
  root.append(svg("title", {}, caption), svg("rect", { ...position(frame), fill: styleOf(stage).backgroundColor }));
  root.append(...lines(stage), ...journey(stage), ...cards(stage), ...pointers(stage), ...notes(stage));
  const footer = { x: frame.x + MARGIN.x, y: frame.y + frame.h - 14, "font-size": 13, "font-family": FONTS.sans, fill: styleOf(stage).color };
  root.append(svg("text", footer, caption));
  return root;
}

const styleOf = (element) => getComputedStyle(element);
const position = ({ x, y, w, h }) => ({ x, y, width: w, height: h });

/** Lane titles are as large as they were on the screen. */
function extent({ width, height, top }, zoom) {
  const above = MARGIN.top + MARGIN.title / zoom;
  return { x: -MARGIN.x, y: top - above, w: width + 2 * MARGIN.x, h: height + above + MARGIN.bottom };
}

function lines({ cy, drawn }) {
  const style = (id) => cy.getElementById(id).style();
  const frames = [...drawn.boxes.values()].filter((box) => cy.getElementById(box.id).data("frame"));
  const known = drawn.edges.filter((edge) => drawn.boxes.has(edge.source) && drawn.boxes.has(edge.target));
  return [
    ...frames.map((box) => rect(edged(box), { rx: 14, fill: style(box.id)["background-color"], stroke: style(box.id)["border-color"], "stroke-width": 1.5, "stroke-dasharray": style(box.id)["border-style"] === "dashed" ? "6 4" : null })),
    ...known.map((edge) => {
      const d = toSvg(drawn.way(drawn.boxes.get(edge.source), drawn.boxes.get(edge.target)));
      return svg("path", { d, fill: "none", stroke: style(edge.id)["line-color"], "stroke-width": 1.6, "stroke-dasharray": { off: "4 5", blocked: "2 4" }[edge.state] ?? null });
    }),
  ];
}

const edged = ({ x, y, w, h }) => ({ x: x - w / 2, y: y - h / 2, width: w, height: h });
const rect = (box, look) => svg("rect", { ...box, ...look });

function cards(stage) {
  const { deck, drawn } = stage;
  const grounds = [...drawn.boxes.values()].flatMap((box) => {
    const card = deck.get(box.id);
    if (!card || card.matches(".is-node, .is-waiting")) return [];
    const { backgroundColor, borderTopColor, borderTopStyle, borderTopWidth, opacity, borderTopLeftRadius } = styleOf(card);
    const dash = borderTopStyle === "dashed" ? "5 4" : null;
    const outline = rect(edged(box), { rx: parseFloat(borderTopLeftRadius), fill: backgroundColor, stroke: borderTopColor, "stroke-width": parseFloat(borderTopWidth), "stroke-dasharray": dash, opacity });
    return [outline, ...bar(card, box)];
  });
  return [...grounds, ...words(stage, stage.deck.element)];
}

/** The namespace's mark at the left edge. */
function bar(card, { x, y, w, h }) {
  if (!card.dataset.ns) return [];
  const stroke = styleOf(card).getPropertyValue("--ns-tone");
  const at = x - w / 2 + 3;
  return [svg("path", { d: `M ${at} ${y - h / 2 + 3} V ${y + h / 2 - 3}`, stroke, "stroke-width": 4, "stroke-dasharray": BARS[card.dataset.ns] || null })];
}

function journey({ under }) {
  return [...under.querySelectorAll("path")].map((path) => {
    const { stroke, strokeWidth, strokeDasharray, strokeLinecap } = styleOf(path);
    const dash = strokeDasharray === "none" ? null : strokeDasharray.replaceAll("px", "");
    return svg("path", { d: path.getAttribute("d"), fill: "none", stroke, "stroke-width": strokeWidth, "stroke-dasharray": dash, "stroke-linecap": strokeLinecap, pathLength: 1 });
  });
}

const pointers = ({ over }) => [...over.querySelectorAll(".pointer path")].map((path) => svg("path", { d: path.getAttribute("d"), fill: styleOf(path).fill }));

/** Chips, marks and bubbles have a ground of their own, and cover what is below them. */
function notes(stage) {
  return [...stage.over.querySelectorAll(NOTES)].flatMap((note) => {
    const { backgroundColor, borderTopColor, borderTopWidth, borderTopLeftRadius } = styleOf(note);
    const look = { rx: parseFloat(borderTopLeftRadius), fill: backgroundColor, stroke: parseFloat(borderTopWidth) ? borderTopColor : "none" };
    const ground = rect(linesOf.place(stage, note.getBoundingClientRect()), look);
    return note.matches(".tally") ? [ground] : [ground, ...words(stage, note)];
  });
}

const words = (stage, element) => linesOf(stage, element).map(write);

function write({ text, x, y, size, weight, fill, mono, strike }) {
  return svg("text", { x, y, "font-size": size, "font-weight": weight, fill, "font-family": mono ? FONTS.mono : FONTS.sans, "text-decoration": strike, "xml:space": "preserve" }, text);
}
