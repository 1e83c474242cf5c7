/** What is written on each thing of the stage. States are told by shape and word, never by colour alone. */
import { h } from "./dom.js";
import { ruleLines } from "../models/rules.js";
import { troubled } from "../models/sizes.js";
import { has, word } from "./words.js";

const SHAPES = { ready: "●", unready: "◐", pending: "◌", crash: "✕", terminating: "◍", done: "■" };
const CLIENTS = { internet: "☺", vpc: "⌂", laptop: "⌨" };

const write = {
  client: (e) => [h("i", { class: "face", "aria-hidden": "true" }, CLIENTS[e.where] ?? "☺"), h("b", {}, word(`client_${e.where}`)), small(e.ip)],
  dns: () => [head(word("public_dns"), ""), small(word("names_to_addresses"))],
  nodeport: (e) => [head(e.label, ""), port(`:${e.port}`), row(small(e.ip), told(stateText(e, "down")))],
  doors: (e) => [head(e.label, e.ip, null, stateText(e, "down")), h("span", { class: "ports" }, ...e.ports.map((p) => h("code", { class: "port", "data-part": p.id }, `:${p.port}`)))],
  balancer: (e) => [head(e.label, ""), port(e.ip ?? word("pending")), small(list(e.ports, ":"))],
  controller: (e) => [head(e.label, "", e.state), small(e.ip)],
  ingress: (e) => [head(e.label, stateText(e, "ignored") || e.className || ""), ...ruleLines(e.rules).map(rule)],
  service: (e) => [head(e.label, e.serviceType), row(small(e.clusterIP ?? word("no_cluster_ip")), space(e)), row(small(ports(e)), warning(e))],
  external: (e) => [head(e.label, "↗"), small(word("state_external"))],
  node: (e) => [head(e.label, ""), small(e.externalIP ?? e.ip), told(stateText(e, "down", "notready", "cordoned"))],
  waiting: () => [h("b", {}, word("unscheduled"))],
  pod: (e) => [head(e.label, trouble(e) ? "" : e.hash, e.state, trouble(e)), row(small(e.ip), shield(e))],
  stack: (e) => [head(e.label, `×${e.members.length}`, e.state), h("span", { class: "counts" }, ...counts(e.counts), h("small", {}, word("open_stack")))],
  firewall: (e) => [h("span", { class: "firewall-label" }, firewall(e))],
};

/** The same in one line, where many stand below each other. */
const line = {
  nodeport: (e) => [h("b", {}, e.label), port(`:${e.port}`), small(e.ip)],
  balancer: (e) => [h("b", {}, e.label), port(e.ip ?? word("pending")), small(list(e.ports, ":"))],
  external: (e) => [h("b", {}, e.label), h("small", {}, word("state_external"))],
  pod: (e) => [h("i", { class: "shape", title: stateWord(e.state) }, SHAPES[e.state] ?? "●"), h("b", {}, e.label), small(e.ip)],
  service: (e) => [h("b", {}, e.label), small(e.clusterIP ?? word("no_cluster_ip")), warning(e) || small(ports(e))],
};

export const contents = (element, compact = false) => [
  ...((compact && line[element.type]) || write[element.type] || write.external)(element).filter(Boolean),
  h("span", { class: "sr" }, [element.ns, element.why].filter(Boolean).join(", ")),
];

/** Everything that a card may have had to cut. */
export function fullName(e) {
  const name = e.type === "pod" ? e.id.split("/").at(-1) : e.label || word(e.type);
  const parts = [has(`lane_${e.type}`) ? "" : has(e.type) ? word(e.type) : "", name, e.ns, stateWord(e.state ?? ""), e.why, list(e.policies, "NetworkPolicy ")];
  return parts.filter(Boolean).join(" · ");
}

function head(name, side, state, bad) {
  const shape = state ? h("i", { class: "shape", title: stateWord(state) }, SHAPES[state] ?? "●") : "";
  return h("span", { class: "head" }, shape, h("b", {}, name), side ? h("small", {}, side) : "", told(bad));
}

const port = (text) => h("code", { class: "port" }, text);
const small = (text) => (text ? h("code", {}, text) : "");
const told = (text) => (text ? h("em", {}, text) : "");
const row = (...parts) => h("span", { class: "row" }, ...parts.filter(Boolean));
const list = (values, before) => (values ?? []).map((value) => before + value).join(" ");
const stateWord = (state) => (has(`state_${state}`) ? word(`state_${state}`) : state);
const stateText = (e, ...worthy) => (worthy.includes(e.state) ? stateWord(e.state) : "");
const space = (e) => (e.ns ? h("small", { class: "space" }, e.ns) : "");

/** Why a pod is not well: in words where there are some, else as kubectl says it. */
function trouble(e) {
  if (!troubled(e)) return "";
  return has(`why_${e.why}`) ? word(`why_${e.why}`) : e.state === "done" || e.state === "terminating" ? stateWord(e.state) : e.why || stateWord(e.state);
}

/** A pod that a NetworkPolicy selects lets through only what one of them allows. */
function shield(e) {
  const names = list(e.policies, "");
  return names ? h("i", { class: "shield", title: `NetworkPolicy ${names}` }) : "";
}

function ports(e) {
  const shown = [...new Set((e.ports ?? []).map((p) => `${p.port} → ${p.targetPort}`))];
  return shown.slice(0, 2).join(", ") + (shown.length > 2 ? " …" : "");
}

const warning = (e) => told(stateText(e, "empty", "unready"));
const rule = (text) => h("code", { class: "rule" }, text);
const counts = (found) => Object.entries(found).map(([state, n]) => h("span", { "data-state": state, title: stateWord(state) }, `${SHAPES[state] ?? "●"} ${n}`));

function firewall(e) {
  if (e.open) return word("firewall_open");
  const allowed = e.rules.map((r) => `${r.protocol.toLowerCase()}:${r.ports.join(",")}`);
  return allowed.length ? `${word("firewall_allows")} ${allowed.join(" ")}` : word("firewall_closed");
}
