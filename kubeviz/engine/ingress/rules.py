"""Which rule a request matches.

Rules are those of the Ingress specification (networking.k8s.io/v1): an exact host before a wildcard before none;
the longest path, and Exact before Prefix where equal; several Ingresses merge, the oldest winning a tie.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ...cluster import ingresses
from ...cluster.objects import Ingress
from ...cluster.state import Cluster
from . import annotations
from .paths import Matcher, Paths, RegexPaths, Rule


class Rules(NamedTuple):
    """Everything that a controller serves: paths by host ("" is any), default backends oldest first."""

    hosts: dict[str, Matcher]
    defaults: list[Ingress]
    ignored: list[Ingress]
    canaries: dict[tuple[str, str, str], Rule]
    """By host, path and type of the rule that they are the alternative to."""
    certificates: dict[str, tuple[Ingress, str]]
    """By host: the Ingress that asks for TLS, and the Secret it names ("" for none)."""


def rules(cluster: Cluster) -> Rules:
    """Of the ingress-nginx addon: compiled once for as long as no Ingress and no IngressClass changes."""
    installed = bool(ingresses.controller_service(cluster) or ingresses.controller_pods(cluster))
    source = (cluster.lookup("kind", "Ingress"), cluster.lookup("kind", "IngressClass"), installed)
    found: Rules = cluster.derived("ingress-rules", source, _compile_served, cluster)
    return found


def _compile_served(cluster: Cluster) -> Rules:
    found = cluster.of_kind("Ingress")
    served = [i for i in found if ingresses.served(cluster, i)]
    return compile_rules(served, [i for i in found if i not in served])


def rules_at(cluster: Cluster, address: str) -> Rules | None:
    """Of another controller, which gave this address to its Ingresses (as in the dump of a real cluster)."""
    fronts: dict[str, Rules] = cluster.derived(
        "ingress-fronts",
        (cluster.lookup("kind", "Ingress"), cluster.lookup("kind", "IngressClass")),
        _compile_fronts,
        cluster,
    )
    return fronts.get(address)


def _compile_fronts(cluster: Cluster) -> dict[str, Rules]:
    by_address: dict[str, list[Ingress]] = {}
    for ingress in cluster.of_kind("Ingress"):
        for address in ingress.entrances if not ingresses.served(cluster, ingress) else ():
            by_address.setdefault(address, []).append(ingress)
    return {address: compile_rules(found) for address, found in by_address.items()}


def compile_rules(served: Iterable[Ingress], ignored: Iterable[Ingress] = ()) -> Rules:
    ordered = sorted(served, key=age)
    main = [i for i in ordered if not annotations.is_true(i, "canary")]
    by_host: dict[str, list[Rule]] = {}
    for ingress in main:
        for rule in rules_of(ingress):
            by_host.setdefault(rule.host, []).append(rule)
    return Rules(
        {host: _matcher(found) for host, found in by_host.items()},
        [i for i in main if i.spec.get("defaultBackend")],
        list(ignored),
        _canaries(i for i in ordered if annotations.is_true(i, "canary")),
        _certificates(main),
    )


def _matcher(found: list[Rule]) -> Matcher:
    return RegexPaths(found) if any(annotations.uses_regex(rule) for rule in found) else Paths(found)


def _canaries(found: Iterable[Ingress]) -> dict[tuple[str, str, str], Rule]:
    canaries: dict[tuple[str, str, str], Rule] = {}
    for ingress in found:
        for rule in rules_of(ingress):
            canaries.setdefault((rule.host, rule.path, rule.type), rule)
    return canaries


def _certificates(found: Iterable[Ingress]) -> dict[str, tuple[Ingress, str]]:
    """A host that `tls` lists has its Secret; the other hosts of that Ingress are served by the default certificate."""
    named: dict[str, tuple[Ingress, str]] = {}
    others: dict[str, tuple[Ingress, str]] = {}
    for ingress in found:
        for tls in ingress.spec.get("tls") or ():
            for host in tls.get("hosts") or ():
                named.setdefault(host, (ingress, tls.get("secretName") or ""))
        if ingress.spec.get("tls"):
            for rule in ingress.spec.get("rules") or ():
                others.setdefault(rule.get("host") or "", (ingress, ""))
    others.pop("", None)
    return {**others, **named}


def age(ingress: Ingress) -> tuple[str, int, str]:
    return (ingress.created, int(ingress.metadata.get("resourceVersion") or 0), ingress.ref)


def rules_of(ingress: Ingress) -> Iterator[Rule]:
    for i, rule in enumerate(ingress.spec.get("rules") or ()):
        for k, path in enumerate((rule.get("http") or {}).get("paths") or ()):
            yield Rule(
                ingress,
                f"spec.rules[{i}].http.paths[{k}]",
                (rule.get("host") or "").lower(),
                path.get("path") or "/",
                path.get("pathType", "ImplementationSpecific"),
                path["backend"],
            )


def tiers(host: str) -> tuple[str, ...]:
    """Where to look for a host, most specific first; a wildcard covers exactly one label."""
    parent = host.partition(".")[2]
    return (host, f"*.{parent}", "") if parent else (host, "")


def match(compiled: Rules, host: str, path: str) -> Rule | None:
    for tier in tiers(host):
        paths = compiled.hosts.get(tier)
        found = paths.match(path) if paths is not None else None
        if found is not None:
            return found
    return None


def default_rule(compiled: Rules, host: str) -> Rule | None:
    """The default backend of an Ingress that knows the host, else of the oldest there is."""
    own = (i for i in compiled.defaults if any(r.get("host") == host for r in i.spec.get("rules") or ()))
    found = next(own, None) or next(iter(compiled.defaults), None)
    return Rule(found, "spec.defaultBackend", "", "", "", found.spec["defaultBackend"]) if found else None


def host_in(headers: dict[str, str], host: str) -> str:
    """The Host header without its port, else the URL's host."""
    given = next((v for k, v in headers.items() if k.lower() == "host"), host)
    return (given.partition(":")[0] if given.count(":") == 1 else given).lower().rstrip(".")
