/* global cytoscape */
/** Cytoscape under the cards: the lines, the frames of the nodes, and the pan and zoom that everything follows. */
import { style } from "./stage-style.js";
import { toCytoscape } from "../models/curves.js";

const FRAMES = ["node", "waiting"];

export function canvas(container) {
  return cytoscape({
    container,
    style: style(),
    layout: { name: "preset" },
    autoungrabify: true,
    autounselectify: true,
    boxSelectionEnabled: false,
    minZoom: 0.15,
    maxZoom: 4,
  });
}

/** `drawn.way(source, target)` gives the curve between two elements. */
export function redraw(cy, drawn) {
  const things = [...drawn.boxes.values()].map((box) => ({ group: "nodes", data: frameOf(box), position: { x: box.x, y: box.y } }));
  const known = drawn.edges.filter((edge) => drawn.boxes.has(edge.source) && drawn.boxes.has(edge.target));
  cy.json({ elements: [...things, ...known.map((edge) => line(edge, drawn))] });
  for (const { data, position } of things) cy.getElementById(data.id).position(position);
}

function frameOf({ id, element, w, h }) {
  return FRAMES.includes(element.type) ? { id, w, h, frame: element.state ?? "waiting" } : { id, w, h };
}

function line({ id, source, target, state }, { boxes, way }) {
  return { group: "edges", data: { id, source, target, state, ...toCytoscape(way(boxes.get(source), boxes.get(target))) } };
}
