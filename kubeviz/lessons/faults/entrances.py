"""Faults of entrances: the firewall, and the class, host and path of an Ingress."""

import copy
from collections.abc import Iterator
from typing import Any

from ...cluster.objects import Ingress
from ...cluster.state import Cluster
from ..steps import Firewall, Patch
from .fault import Fault, mistyped

Rules = list[dict[str, Any]]


def firewall_closed(cluster: Cluster) -> Iterator[Fault]:
    for rule in cluster.of_kind("FirewallRule"):
        for port in rule.spec.get("ports") or ():
            if rule.name == f"allow-{port}":
                breaks, repairs = Firewall(port=port, to="closed"), Firewall(port=port)
                yield Fault("firewall_closed", rule.ref, frozenset({rule.ref}), [breaks], [repairs])


def wrong_class(cluster: Cluster) -> Iterator[Fault]:
    for ingress in cluster.of_kind("Ingress"):
        right = ingress.spec.get("ingressClassName")
        for typo in mistyped(right)[:3] if right else ():
            yield _spec(ingress, "wrong_class", {"ingressClassName": typo}, {"ingressClassName": right})


def host_typo(cluster: Cluster) -> Iterator[Fault]:
    for ingress in cluster.of_kind("Ingress"):
        for n, rule in enumerate(ingress.spec.get("rules") or ()):
            label, dot, rest = (rule.get("host") or "").partition(".")
            for typo in mistyped(label)[:3] if dot and label != "*" else ():
                yield _rules(ingress, "host_typo", n, {**rule, "host": f"{typo}.{rest}"})


def path_slash(cluster: Cluster) -> Iterator[Fault]:
    """Exact means every letter: /order/ is not /order."""
    for ingress in cluster.of_kind("Ingress"):
        for n, rule in enumerate(ingress.spec.get("rules") or ()):
            changed = copy.deepcopy(rule)
            for path in (changed.get("http") or {}).get("paths") or ():
                if len(path.get("path") or "/") > 1:
                    path.update(path=path["path"].rstrip("/") + "/", pathType="Exact")
            if changed != rule:
                yield _rules(ingress, "path_slash", n, changed)


def _rules(ingress: Ingress, kind: str, n: int, rule: dict[str, Any]) -> Fault:
    right: Rules = ingress.spec["rules"]
    return _spec(ingress, kind, {"rules": [*right[:n], rule, *right[n + 1 :]]}, {"rules": right})


def _spec(ingress: Ingress, kind: str, wrong: dict[str, Any], right: dict[str, Any]) -> Fault:
    breaks, repairs = (Patch(ref=ingress.ref, change={"spec": spec}) for spec in (wrong, right))
    return Fault(kind, ingress.ref, frozenset({ingress.ref}), [breaks], [repairs])
