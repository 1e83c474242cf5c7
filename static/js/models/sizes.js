/** How much room a thing takes on the stage, in pixels before zoom. */
import { ruleLines } from "./rules.js";

const FULL = {
  client: [124, 84],
  dns: [124, 50],
  nodeport: [148, 54],
  doors: [214, 54],
  balancer: [158, 62],
  controller: [146, 58],
  service: [184, 76],
  external: [184, 54],
  pod: [162, 48],
  stack: [162, 48],
};
/** One line a thing, where there are too many of a kind for cards. */
const COMPACT = { nodeport: [240, 27], balancer: [254, 27], service: [308, 27], external: [308, 27], pod: [162, 27] };
const RULE = 17;
const DOORS_A_LINE = 3;

export function size(element, compact = false) {
  if (compact && COMPACT[element.type]) return COMPACT[element.type];
  if (element.type === "ingress") return [220, 40 + RULE * Math.max(1, ruleLines(element.rules).length)];
  if (element.type === "doors") return [FULL.doors[0], FULL.doors[1] + RULE * (doorLines(element) - 1)];
  return FULL[element.type] ?? FULL.service;
}

const doorLines = ({ members }) => Math.ceil(members.length / DOORS_A_LINE);
export const POD_WIDTH = FULL.pod[0];
