/** A prediction's choices in words, and its histogram. */
import { h } from "./dom.js";
import { has, word } from "./words.js";

/** What a choice is called: a verdict in words, a thing by its name. */
export function choiceText(choice) {
  if (has(`v_${choice}`)) return word(`v_${choice}`);
  const [kind, ...rest] = choice.split("/");
  if (kind === "client") return word(`client_${rest.at(-1)}`);
  if (kind === "firewall") return has("firewall") ? word("firewall") : kind;
  if (kind === "nodeport") return `${rest[0]}:${rest[1]}`;
  return `${KINDS[kind] ?? ""} ${rest.at(-1)}`.trim();
}

const KINDS = { pod: "Pod", service: "Service", ingress: "Ingress", balancer: "LoadBalancer" };

/** Bars, most votes first, a group for each round; what was right is marked by word and shape, not by colour alone. */
export function histogram(question, tallies, mine = {}) {
  const rounds = [...new Set(tallies.map(([round]) => round))].sort();
  if (!rounds.length) return h("p", { class: "muted" }, word("predict_none"));
  return h("div", { class: "histogram" }, ...rounds.map((round) => group(round, rounds.length > 1, question, tallies, mine[round])));
}

function group(round, titled, question, tallies, mine) {
  const rows = tallies.filter(([r, choice, count]) => r === round && choice && count > 0);
  const all = rows.reduce((sum, [, , count]) => sum + count, 0);
  return h("section", { "data-round": round }, titled ? h("h4", {}, word(`round_${round}`)) : null, ...rows.map(([, choice, count]) => bar(choice, count, all, question, mine)));
}

function bar(choice, count, all, question, mine) {
  const place = question.right.indexOf(choice);
  const mark = place === 0 ? word("predict_right") : place > 0 ? word("predict_might") : "";
  const row = h(
    "div",
    { class: "bar", "data-choice": choice, "data-right": place === 0 ? "yes" : place > 0 ? "might" : null, "data-mine": choice === mine },
    h("span", { class: "bar-name" }, place === 0 ? "✓ " : "", choiceText(choice), mark ? h("em", {}, ` ${mark}`) : ""),
    h("span", { class: "bar-track" }, h("i", {})),
    h("b", {}, `${count}`),
  );
  row.querySelector("i").style.width = `${(100 * count) / all}%`;
  return row;
}
