/** Which elements are drawn, and in whose place: system things on demand, many alike as one that opens. */
export const LIMIT = 400;
const REPLICAS = 3;
const DOORS = 8;

/**
 * `wanted`: ids a trace passes, shown whatever else holds. `alias` maps an element to what is drawn for it; `guests`
 * are those that are there for the trace only.
 */
export function choose(elements, { system = false, open = new Set(), wanted = new Set() } = {}) {
  const things = [...elements.values()].filter((e) => e.type !== "edge" && (wanted.has(e.id) || shown(e, system)));
  const guests = new Set(things.filter((e) => !shown(e, system)).map((e) => e.id));
  const doors = things.filter((e) => e.type === "nodeport" && !guests.has(e.id)).length > DOORS;
  const { nodes, alias } = gather(things, (e) => groupOf(e, doors && !guests.has(e.id)), open);
  return { nodes, alias, guests, edges: join(elements, alias) };
}

const shown = (element, system) => (system || !element.system) && (system || !element.secondary);

/** Replicas on one node are one stack; node ports are one row of doors a node, where there are many. */
function groupOf(element, doors) {
  if (element.type === "pod" && element.owner) return `stack/${element.owner}/${element.node ?? ""}`;
  if (element.type === "nodeport" && doors) return `doors/${element.node}`;
  return element.id;
}

function gather(things, group, open) {
  const nodes = [];
  const alias = new Map();
  for (const [id, members] of Map.groupBy(things, group)) {
    const together = id.startsWith("doors/") ? !open.has(id) : members.length > REPLICAS && !open.has(id);
    if (together) nodes.push(id.startsWith("doors/") ? asDoors(id, members) : asStack(id, members));
    else nodes.push(...members);
    for (const member of members) alias.set(member.id, together ? id : member.id);
  }
  return { nodes, alias };
}

function asStack(id, members) {
  const [first] = members;
  const states = Map.groupBy(members, (pod) => pod.state);
  const counts = Object.fromEntries([...states].map(([state, pods]) => [state, pods.length]));
  return { ...first, id, type: "stack", members: members.map((pod) => pod.id), counts, state: worst(counts) };
}

function asDoors(id, members) {
  const [{ node, ip, label, state, lane }] = members;
  const ports = members.map((door) => ({ id: door.id, port: door.port })).sort((a, b) => a.port - b.port);
  return { id, type: "doors", lane, node, ip, label, state, ports, members: ports.map((door) => door.id) };
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
