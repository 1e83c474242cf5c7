/** What is written on each thing of the stage. States are told by shape and word, never by colour alone. */
import { h } from "./dom.js";
import { ruleLines } from "../models/rules.js";
import { has, word } from "./words.js";

const SHAPES = { ready: "●", unready: "◐", pending: "◌", crash: "✕", terminating: "◍", done: "■" };
const CLIENTS = { internet: "☺", vpc: "⌂", laptop: "⌨" };

const write = {
  client: (e) => [h("i", { class: "face" }, CLIENTS[e.where] ?? "☺"), h("b", {}, word(`client_${e.where}`)), small(e.ip)],
  nodeport: (e) => [head(e.label, ""), h("code", { class: "port" }, `:${e.port}`), row(small(e.ip), told(stateText(e, "down")))],
  balancer: (e) => [head(e.label, ""), h("code", { class: "port" }, e.ip ?? word("pending")), small(list(e.ports, ":"))],
  controller: (e) => [head(e.label, "", e.state), small(e.ip)],
  ingress: (e) => [head(e.label, stateText(e, "ignored") || e.className || ""), ...ruleLines(e.rules).map(rule)],
  service: (e) => [head(e.label, e.serviceType), small(e.clusterIP), small(ports(e)), warning(e)],
  external: (e) => [head(e.label, ""), small(word("state_external"))],
  node: (e) => [head(e.label, ""), small(e.externalIP ?? e.ip), told(stateText(e, "down", "notready", "cordoned"))],
  waiting: () => [h("b", {}, word("unscheduled"))],
  pod: (e) => [head(e.label, e.hash, e.state), row(small(e.ip), told(stateText(e, "unready", "pending", "crash", "terminating", "done")))],
  stack: (e) => [head(e.label, `×${e.members.length}`, e.state), h("span", { class: "counts" }, ...counts(e.counts), h("small", {}, word("open_stack")))],
  firewall: (e) => [h("span", { class: "firewall-label" }, firewall(e))],
};

export const contents = (element) => (write[element.type] ?? write.external)(element);

function head(name, side, state) {
  const shape = state ? h("i", { class: "shape", title: stateWord(state) }, SHAPES[state] ?? "●") : "";
  return h("span", { class: "head" }, shape, h("b", {}, name), side ? h("small", {}, side) : "");
}

const small = (text) => (text ? h("code", {}, text) : "");
const told = (text) => (text ? h("em", {}, text) : "");
const row = (...parts) => h("span", { class: "row" }, ...parts.filter(Boolean));
const list = (values, before) => (values ?? []).map((value) => before + value).join(" ");
const stateWord = (state) => (has(`state_${state}`) ? word(`state_${state}`) : state);
const stateText = (e, ...worthy) => (worthy.includes(e.state) ? stateWord(e.state) : "");

function ports(e) {
  const shown = [...new Set((e.ports ?? []).map((p) => `${p.port} → ${p.targetPort}`))];
  return shown.slice(0, 2).join(", ") + (shown.length > 2 ? " …" : "");
}

const warning = (e) => told(stateText(e, "empty", "unready"));
const rule = (line) => h("code", { class: "rule" }, line);
const counts = (found) => Object.entries(found).map(([state, n]) => h("span", { "data-state": state }, `${SHAPES[state] ?? "●"} ${n}`));

function firewall(e) {
  if (e.open) return word("firewall_open");
  const allowed = e.rules.map((r) => `${r.protocol.toLowerCase()}:${r.ports.join(",")}`);
  return allowed.length ? `${word("firewall_allows")} ${allowed.join(" ")}` : word("firewall_closed");
}
