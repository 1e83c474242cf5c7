"""What the controller did, in steps."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from ...cluster import ingresses
from ...cluster.objects import Ingress, Service, ServicePort
from ...cluster.state import Cluster
from ..journey import Story
from ..model import Candidate, Evidence, Step
from ..node import candidates, empty_evidence, unmatched_pods, why_empty
from ..routes import Endpoint, Table
from . import annotations
from .paths import Body, Paths, RegexPaths, Rule
from .rules import Rules, rules_of, tiers

if TYPE_CHECKING:
    from .route import Door

MOST_OTHERS = 20


def _place(story: Story, door: "Door") -> None:
    if story.taught_at != door.place:
        story.move(door.place, "l7", [])


# ── TLS ──


def handshake(story: Story, door: "Door", host: str, named: tuple[Ingress, str] | None, secret: str) -> None:
    _place(story, door)
    params = {"host": host, "secret": secret, "wanted": named[1] if named else ""}
    note = "CertificateAssumed" if secret else "FakeCertificate"
    story.stay(door.place, "l7", [Step("TLSTerminated", params, _tls_evidence(named), note=note)])


def _tls_evidence(named: tuple[Ingress, str] | None) -> list[Evidence]:
    return [Evidence(named[0].ref, "spec.tls", named[0].spec.get("tls"))] if named else []


def not_trusted(story: Story, door: "Door", host: str, named: tuple[Ingress, str] | None) -> None:
    params = {"host": host, "secret": named[1] if named else ""}
    story.stay(door.place, "l7", [Step("CertificateNotTrusted", params, _tls_evidence(named))])


def no_tls(story: Story, door: "Door", port: int) -> None:
    _place(story, door)
    story.stay(door.place, "l7", [Step("TLSNotSpoken", {"pod": door.place, "port": port})])


def tls_expected(story: Story, door: "Door", port: int) -> None:
    _place(story, door)
    story.stay(door.place, "l7", [Step("TLSExpected", {"port": port, "status": 400})])


def redirected(story: Story, rule: Rule, host: str) -> None:
    name, tls = "force-ssl-redirect", rule.ingress.spec.get("tls")
    forced = Evidence(rule.ingress.ref, f"metadata.annotations[{annotations.PREFIX}{name}]", "true")
    evidence = forced if annotations.is_true(rule.ingress, name) else Evidence(rule.ingress.ref, "spec.tls", tls)
    story.stay(story.taught_at, "l7", [Step("SSLRedirect", {"host": host, "status": 308}, [evidence])])


# ── the rule ──


def path_invalid(story: Story, door: "Door", path: str) -> None:
    _place(story, door)
    story.stay(door.place, "l7", [Step("PathInvalid", {"path": path, "status": 400})])


def matched(story: Story, door: "Door", rule: Rule, host: str, path: str) -> None:
    _place(story, door)
    default = rule.field == "spec.defaultBackend"
    step = _default_step(rule, host, path) if default else _rule_step(door, rule, host, path)
    step.candidates = _others(story.cluster, rule, host, path)
    story.teach(rule.ingress.ref, "l7", [step])


def _default_step(rule: Rule, host: str, path: str) -> Step:
    params = {"host": host, "path": path, "ingress": rule.ingress.ref}
    return Step(
        "DefaultBackend", params, [Evidence(rule.ingress.ref, rule.field, rule.backend)], note="DefaultBackendForAll"
    )


def _rule_step(door: "Door", rule: Rule, host: str, path: str) -> Step:
    params = {"host": host, "path": path, "rule": rule.path, "type": rule.type, "ingress": rule.ingress.ref}
    evidence = [Evidence(rule.ingress.ref, f"{rule.field}.path", rule.path)]
    if rule.host:
        evidence.insert(0, Evidence(rule.ingress.ref, rule.field.partition(".http")[0] + ".host", rule.host))
    return Step("IngressMatched", {**params, "ruleHost": rule.host}, evidence, note=_note(door.rules, rule, host))


def _note(rules: Rules, rule: Rule, host: str) -> str | None:
    if isinstance(rules.hosts.get(rule.host), RegexPaths):
        return "RegexPaths"
    if rule.host != next((tier for tier in tiers(host) if tier in rules.hosts), rule.host):
        return "OtherHostsRule"
    return "PlainPrefix" if rule.type == "ImplementationSpecific" else None


def _others(cluster: Cluster, chosen: Rule | None, host: str, path: str) -> list[Candidate]:
    """The rules and why each is not the one; the chosen one first, and not too many."""
    mine = [chosen] if chosen is not None and chosen.field != "spec.defaultBackend" else []
    others = (r for i in cluster.of_kind("Ingress") for r in rules_of(i) if not any(_is(r, m) for m in mine))
    listed = [Candidate(_label(rule), True, "") for rule in mine]
    found: Iterator[Candidate] = (Candidate(_label(r), False, _because(cluster, r, host, path)) for r in others)
    return [*listed, *islice(found, MOST_OTHERS)]


def _label(rule: Rule) -> str:
    return f"{rule.ingress.ref}#{rule.field}"


def _is(one: Rule, other: Rule) -> bool:
    return one.ingress is other.ingress and one.field == other.field


def _because(cluster: Cluster, rule: Rule, host: str, path: str) -> str:
    if not ingresses.served(cluster, rule.ingress):
        return "NotServed"
    if rule.host not in tiers(host):
        return "OtherHost"
    if annotations.is_true(rule.ingress, "canary"):
        return "IsCanary"
    single = RegexPaths([rule]) if annotations.uses_regex(rule) else Paths([rule])
    return "OtherPath" if single.match(path) is None else "LessSpecific"


def canary_decided(story: Story, rule: Rule, canary: Rule, taken: bool, because: str) -> None:
    reason = "CanaryTaken" if taken else "CanaryPassedOver"
    params = {"canary": canary.ingress.ref, "ingress": rule.ingress.ref, "because": because}
    evidence = [Evidence(canary.ingress.ref, f"metadata.annotations[{annotations.PREFIX}canary]", "true")]
    story.teach((canary if taken else rule).ingress.ref, "l7", [Step(reason, params, evidence)])


# ── answers of its own ──


def unserved(story: Story, ingress: Ingress, door: "Door", evidence: list[Evidence], host: str) -> None:
    _place(story, door)
    params = {"ingress": ingress.ref, "class": ingress.class_name, "host": host, "status": 404}
    story.stay(door.place, "l7", [Step(story.journey.reason, params, evidence)])


def unmatched(story: Story, door: "Door", host: str, path: str) -> None:
    _place(story, door)
    params = {"host": host, "path": path, "status": 404, "hosts": sorted(door.rules.hosts)}
    story.stay(door.place, "l7", [Step("IngressNoMatch", params, [], _others(story.cluster, None, host, path))])


def backend_missing(story: Story, rule: Rule, name: str | None) -> None:
    params = {"service": name, "ingress": rule.ingress.ref, "namespace": rule.ingress.namespace, "status": 503}
    evidence = [Evidence(rule.ingress.ref, f"{_backend_field(rule)}.service.name", name)]
    services = story.cluster.of_kind("Service", rule.ingress.namespace)
    others = [Candidate(s.ref, False, "OtherName") for s in services[:MOST_OTHERS]]
    story.stay(rule.ingress.ref, "l7", [Step("BackendServiceMissing", params, evidence, others)])


def _backend_field(rule: Rule) -> str:
    return rule.field if rule.field == "spec.defaultBackend" else f"{rule.field}.backend"


def backend_unavailable(
    story: Story, rule: Rule | None, service: Service, port: ServicePort | None, routes: Table | None
) -> None:
    evidence: list[Evidence] = []
    others: list[Candidate] = []
    cause, note = "ServicePortClosed", None
    if port is not None and routes is not None:
        cause = why_empty(story.journey, service, port, routes)
        evidence = empty_evidence(story.cluster, service, port, cause)
        others = candidates(routes, (), None, "", False) + unmatched_pods(story, service, cause)
    elif rule is not None:
        wanted = (rule.backend.get("service") or {}).get("port")
        evidence = [Evidence(rule.ingress.ref, f"{_backend_field(rule)}.service.port", wanted)]
        note = "TargetPortTaken" if _is_target_port(service, wanted or {}) else None
    params = {"service": service.ref, "cause": cause, "status": 503, "ports": [p.port for p in service.ports]}
    story.teach(service.ref, "l7", [Step("BackendUnavailable", params, evidence, others, note)])


def _is_target_port(service: Service, wanted: Body) -> bool:
    """ingress-nginx compares a backend's port with targetPorts too (serviceEndpoints of its controller)."""
    return str(wanted.get("name") or wanted.get("number")) in {str(port.target) for port in service.ports}


# ── to the backend ──


def alias(story: Story, service: Service, external: str) -> None:
    params: dict[str, Any] = {"host": service.name, "full": service.name, "address": external, "tried": []}
    evidence = [Evidence(service.ref, "spec.externalName", service.spec.get("externalName"))]
    story.teach(service.ref, "l7", [Step("AliasFollowed", {**params, "chain": [external], "count": 1}, evidence)])


def looped(story: Story, service: Service, external: str) -> None:
    story.stay(service.ref, "l7", [Step("Loop", {"host": external, "chain": [external], "service": service.ref})])


def sent(
    story: Story,
    chosen: Endpoint,
    path: str,
    rule: Rule,
    service: Service,
    port: ServicePort,
    routes: Table,
    door: "Door",
    kept: Endpoint | None,
) -> None:
    step = Step(
        "EndpointChosen" if kept is not chosen else "CookieKept",
        {"count": len(routes.usable), "endpoint": chosen.address, "pod": chosen.ref, "service": service.ref},
        [Evidence(service.ref, f"spec.ports[{port.position}].targetPort", port.target)],
        candidates(routes, routes.usable, chosen, "", False),
    )
    story.teach(service.ref, "l7", [_backend(story, rule, service, port, path)], f"{service.cluster_ip}:{port.port}")
    story.teach(chosen.ref, "l4", [step], chosen.address)
    params = {"service": service.ref, "controller": door.place, "endpoint": chosen.address}
    story.go(chosen.ref, "l4", [Step("DirectToEndpoint", params), step], chosen.address, door.ip)


def _backend(story: Story, rule: Rule, service: Service, port: ServicePort, path: str) -> Step:
    """The backend, and whether its path was rewritten; what else the annotations ask for is named, not done."""
    params = {"service": service.ref, "port": port.port, "path": path, "ignored": annotations.unknown(rule.ingress)}
    evidence = [Evidence(rule.ingress.ref, _backend_field(rule), rule.backend)]
    if path != story.journey.target.route:
        field = f"metadata.annotations[{annotations.PREFIX}rewrite-target]"
        evidence.append(Evidence(rule.ingress.ref, field, annotations.value(rule.ingress, "rewrite-target")))
    rewritten = path != story.journey.target.route
    note = "AnnotationIgnored" if params["ignored"] else None
    return Step("BackendRewritten" if rewritten else "BackendFound", params, evidence, note=note)
