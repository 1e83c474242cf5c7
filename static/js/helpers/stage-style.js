/** Cytoscape draws what lies under the cards: the lines, and the frames of the nodes. */
import { colour } from "./dom.js";

export function style() {
  const [edge, line, surface, red, amber, violet] = ["edge", "line", "surface", "red", "amber", "violet"].map((name) => colour(name));
  return [
    { selector: "node", style: { shape: "rectangle", width: "data(w)", height: "data(h)", "background-opacity": 0, "border-width": 0, "z-index": 5 } },
    {
      selector: "node[frame]",
      style: { shape: "round-rectangle", "corner-radius": 14, "background-color": surface, "background-opacity": 1, "border-width": 1.5, "border-color": line, "z-index": 1, "z-index-compare": "manual" },
    },
    { selector: "node[frame = 'down'], node[frame = 'notready']", style: { "border-color": red, "border-style": "dashed" } },
    { selector: "node[frame = 'cordoned'], node[frame = 'waiting']", style: { "border-color": amber, "border-style": "dashed" } },
    {
      selector: "edge",
      style: {
        width: 1.6,
        "line-color": edge,
        "curve-style": "unbundled-bezier",
        "edge-distances": "endpoints",
        "source-endpoint": "data(fromSide)",
        "target-endpoint": "data(toSide)",
        "control-point-weights": "data(weights)",
        "control-point-distances": "data(distances)",
        "target-arrow-shape": "none",
        "z-index": 3,
        "z-index-compare": "manual",
        events: "no",
      },
    },
    { selector: "edge[state = 'blocked']", style: { "line-style": "dashed", "line-dash-pattern": [2, 4], "line-color": violet, "target-arrow-shape": "tee", "target-arrow-color": violet } },
    { selector: "edge[state = 'off']", style: { "line-style": "dashed", "line-dash-pattern": [4, 5], opacity: 0.75 } },
  ];
}
