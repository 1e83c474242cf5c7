/** An Ingress's rules as short lines: the host stands above what it leads to, as in its YAML; a cross where there
    is no such Service. */
const MOST = 8;

export function ruleLines(rules) {
  const lines = [];
  let host = "";
  for (const rule of rules) {
    if (rule.host && rule.host !== host) lines.push(rule.host);
    host = rule.host;
    lines.push(`${rule.host ? "  " : ""}${rule.path || "*"} → ${rule.service ?? "?"}:${rule.port ?? ""}${rule.missing ? " ✕" : ""}`);
  }
  return lines.length > MOST ? [...lines.slice(0, MOST - 1), "…"] : lines;
}
