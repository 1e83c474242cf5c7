/** How much room a thing takes on the stage, in pixels before zoom. */
import { ruleLines } from "./rules.js";

const FULL = {
  client: [128, 80],
  dns: [116, 50],
  nodeport: [134, 48],
  doors: [214, 54],
  balancer: [132, 62],
  controller: [150, 46],
  service: [192, 62],
  external: [192, 46],
  pod: [152, 46],
  stack: [152, 46],
};
/** One line a thing, where there are too many of a kind for cards. */
const COMPACT = { nodeport: [252, 27], balancer: [254, 27], service: [308, 27], external: [308, 27], pod: [152, 27] };
const TROUBLE = ["unready", "pending", "crash", "terminating", "done"];
const RULE = 17;
const DOORS_A_LINE = 3;

export function size(element, compact = false) {
  if (compact && inOneLine(element)) return COMPACT[element.type];
  if (element.type === "ingress") return [186, 34 + RULE * Math.max(1, ruleLines(element.rules).length)];
  if (element.type === "doors") return [FULL.doors[0], FULL.doors[1] + RULE * (doorLines(element) - 1)];
  return FULL[element.type] ?? FULL.service;
}

/** A pod that is not well says why beside its address, which takes two lines. */
export const troubled = ({ type, state }) => type === "pod" && TROUBLE.includes(state);
export const inOneLine = (element) => element.type in COMPACT && !troubled(element);
const doorLines = ({ members }) => Math.ceil(members.length / DOORS_A_LINE);
export const POD_WIDTH = FULL.pod[0];
