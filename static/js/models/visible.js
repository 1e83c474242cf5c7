/** Which elements are drawn, and in whose place: system things on demand, replicas beyond three as a stack. */
export const LIMIT = 400;
const REPLICAS = 3;

/** `wanted`: ids a trace passes, shown whatever else holds. `alias` maps an element to what is drawn for it. */
export function choose(elements, { system = false, open = new Set(), wanted = new Set() } = {}) {
  const things = [...elements.values()].filter((e) => e.type !== "edge" && shown(e, system, wanted));
  const { nodes, alias } = stack(things, open);
  return { nodes, alias, edges: join(elements, alias) };
}

function shown(element, system, wanted) {
  if (wanted.has(element.id)) return true;
  return (system || !element.system) && (system || !element.secondary);
}

function stack(things, open) {
  const groups = Map.groupBy(things, (e) => (e.type === "pod" && e.owner ? stackId(e) : e.id));
  const nodes = [];
  const alias = new Map();
  for (const [id, members] of groups) {
    const together = members.length > REPLICAS && !open.has(id);
    if (together) nodes.push(asStack(id, members));
    else nodes.push(...members);
    for (const member of members) alias.set(member.id, together ? id : member.id);
  }
  return { nodes, alias };
}

const stackId = (pod) => `stack/${pod.owner}/${pod.node ?? ""}`;

function asStack(id, members) {
  const [first] = members;
  const states = Map.groupBy(members, (pod) => pod.state);
  const counts = Object.fromEntries([...states].map(([state, pods]) => [state, pods.length]));
  return { ...first, id, type: "stack", members: members.map((pod) => pod.id), counts, state: worst(counts) };
}

function worst(counts) {
  return ["crash", "unready", "pending", "terminating", "ready", "done"].find((state) => counts[state]) ?? "ready";
}

function join(elements, alias) {
  const edges = new Map();
  for (const edge of elements.values()) {
    if (edge.type !== "edge") continue;
    const source = alias.get(edge.source);
    const target = alias.get(edge.target);
    if (!source || !target || source === target) continue;
    const id = `${source}>${target}`;
    const before = edges.get(id);
    if (!before || before.state === "off") edges.set(id, { ...edge, id, source, target });
  }
  return [...edges.values()];
}
