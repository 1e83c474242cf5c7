"""The ingress controller: which rule a request matches, and where it goes from there.

Rules are those of the Ingress specification (networking.k8s.io/v1): an exact host before a wildcard before none;
the longest path, and Exact before Prefix where equal; several Ingresses merge, the oldest winning a tie.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..cluster import ingresses
from ..cluster.objects import Ingress, Pod, Service, ServicePort
from ..cluster.state import Cluster
from . import pod as pods
from .journey import Journey, Story
from .model import Candidate, Evidence, Http, Step
from .node import candidates, empty_evidence, unmatched, why_empty
from .routes import Endpoint, Table, pick, table

ANNOTATIONS = "nginx.ingress.kubernetes.io/"
KNOWN_ANNOTATIONS = {"rewrite-target", "ssl-redirect", "force-ssl-redirect"}
PAGE = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
    "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
TITLES = {
    308: "308 Permanent Redirect",
    404: "404 Not Found",
    502: "502 Bad Gateway",
    503: "503 Service Temporarily Unavailable",
    504: "504 Gateway Time-out",
}

Body = dict[str, Any]


class Rule(NamedTuple):
    """One path of one Ingress. `field` is where it stands."""

    ingress: Ingress
    field: str
    host: str
    path: str
    type: str
    backend: Body


class Paths:
    """The paths of one host, so that a match costs a few look-ups however many there are."""

    __slots__ = ("exact", "lengths", "plain", "prefix")

    def __init__(self) -> None:
        self.exact: dict[str, Rule] = {}
        self.prefix: dict[str, Rule] = {}
        self.plain: dict[str, Rule] = {}
        self.lengths: list[int] = []

    def add(self, rule: Rule) -> None:
        if rule.type == "Exact":
            self.exact.setdefault(rule.path, rule)
        elif rule.type == "Prefix":
            self.prefix.setdefault(trimmed(rule.path), rule)
        else:
            self.plain.setdefault(rule.path, rule)
            self.lengths = sorted({len(p) for p in self.plain}, reverse=True)

    def match(self, path: str) -> Rule | None:
        """Exact is byte-exact; otherwise the longest of the element-wise and the plain prefixes."""
        found = self.exact.get(path)
        if found is not None:
            return found
        element = self._element_wise(path)
        plain = (
            next((self.plain[path[:n]] for n in self.lengths if path[:n] in self.plain), None) if self.lengths else None
        )
        if element is None or plain is None:
            return element or plain
        return plain if len(plain.path) > len(trimmed(element.path)) else element

    def _element_wise(self, path: str) -> Rule | None:
        at = trimmed(path)
        prefix = self.prefix
        while True:
            found = prefix.get(at)
            if found is not None or at == "/":
                return found
            at = at.rpartition("/")[0] or "/"


def trimmed(path: str) -> str:
    """Prefix ignores one trailing slash."""
    return path[:-1] if len(path) > 1 and path.endswith("/") else path


class Rules(NamedTuple):
    """Everything the controller serves: paths by host ("" is any), default backends oldest first."""

    hosts: dict[str, Paths]
    defaults: list[Ingress]
    ignored: list[Ingress]


def rules(cluster: Cluster) -> Rules:
    """Compiled once for as long as no Ingress and no IngressClass changes."""
    classes = cluster.lookup("kind", "IngressClass")
    mark = cluster.derived("ingress-classes", classes, object)
    return cluster.derived(("ingress-rules", mark), cluster.lookup("kind", "Ingress"), lambda: _compile(cluster))


def _compile(cluster: Cluster) -> Rules:
    found = Rules({}, [], [])
    for ingress in sorted(cluster.of_kind("Ingress"), key=_age):
        if not ingresses.served(cluster, ingress):
            found.ignored.append(ingress)
            continue
        if ingress.spec.get("defaultBackend"):
            found.defaults.append(ingress)
        for rule in rules_of(ingress):
            found.hosts.setdefault(rule.host, Paths()).add(rule)
    return found


def _age(ingress: Ingress) -> tuple[str, int, str]:
    return (ingress.created, int(ingress.metadata.get("resourceVersion") or 0), ingress.ref)


def rules_of(ingress: Ingress) -> Iterator[Rule]:
    for i, rule in enumerate(ingress.spec.get("rules") or ()):
        for k, path in enumerate((rule.get("http") or {}).get("paths") or ()):
            field = f"spec.rules[{i}].http.paths[{k}]"
            yield Rule(
                ingress,
                field,
                rule.get("host") or "",
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


def route(j: Journey, controller: Pod) -> None:
    """The request has reached the controller: find its rule and pass it on."""
    compiled = rules(j.cluster)
    host = host_of(j)
    path = j.path
    found = match(compiled, host, path)
    if found is None:
        fallback = default_ingress(compiled, host)
        if fallback is None:
            _no_match(j, compiled, host, path, controller)
            return
        found = Rule(fallback, "spec.defaultBackend", "", "", "", fallback.spec["defaultBackend"])
    j.log.append((_matched, controller, found, host, path))
    if _redirects(j, found, host):
        _own_answer(
            j,
            308,
            "Redirected",
            _redirected,
            found,
            host,
            headers={"Location": f"https://{host}{j.target.path}"},
        )
        return
    _to_backend(j, controller, found, path)


def host_of(j: Journey) -> str:
    return host_in(j.request.headers, j.target.host)


def host_in(headers: dict[str, str], host: str) -> str:
    """The Host header without its port, else the URL's host."""
    given = next((v for k, v in headers.items() if k.lower() == "host"), host)
    return (given.partition(":")[0] if given.count(":") == 1 else given).lower()


def default_ingress(compiled: Rules, host: str) -> Ingress | None:
    """The default backend of an Ingress that knows the host, else the oldest there is."""
    own = (i for i in compiled.defaults if any(r.get("host") == host for r in i.spec.get("rules") or ()))
    return next(own, None) or next(iter(compiled.defaults), None)


def annotation(ingress: Ingress, name: str) -> str | None:
    return ingress.annotations.get(ANNOTATIONS + name)


def _redirects(j: Journey, rule: Rule, host: str) -> bool:
    """http goes to https where the host has TLS, unless ssl-redirect says no."""
    if j.target.scheme != "http":
        return False
    if annotation(rule.ingress, "force-ssl-redirect") == "true":
        return True
    secured = any(
        host in (t.get("hosts") or ()) or f"*.{host.partition('.')[2]}" in (t.get("hosts") or ())
        for t in rule.ingress.spec.get("tls") or ()
    )
    return secured and annotation(rule.ingress, "ssl-redirect") != "false"


def _own_answer(
    j: Journey, status: int, reason: str, explain: Any, *facts: Any, headers: dict[str, str] | None = None
) -> None:
    """An answer made by the controller itself: no pod served it."""
    j.served_by = None
    j.source_ip = None
    j.endpoints = ()
    j.http = Http(status, PAGE.format(TITLES[status]), headers or {})
    verdict = "http_error" if status >= 400 else ""
    j.stop(reason, explain, *facts, verdict=verdict)


def _no_match(j: Journey, compiled: Rules, host: str, path: str, controller: Pod) -> None:
    """404; if an Ingress that nobody obeys would have matched, that is why."""
    for ingress in compiled.ignored:
        own = Rules({}, [], [])
        for rule in rules_of(ingress):
            own.hosts.setdefault(rule.host, Paths()).add(rule)
        if match(own, host, path) is not None or ingress.spec.get("defaultBackend"):
            reason, evidence = why_unserved(j.cluster, ingress)
            _own_answer(j, 404, reason, _unserved, ingress, controller, evidence, host)
            return
    _own_answer(j, 404, "IngressNoMatch", _unmatched, controller, compiled, host, path)


def why_unserved(cluster: Cluster, ingress: Ingress) -> tuple[str, list[Evidence]]:
    """No controller obeys the Ingress: there is none, or its class is not theirs, or no such class."""
    named = ingresses.class_of(cluster, ingress)
    if named is None and ingress.class_name:
        return "IngressClassUnknown", [Evidence(ingress.ref, "spec.ingressClassName", ingress.class_name)]
    if named is None:
        return "NoIngressController", [Evidence(ingress.ref, "spec.ingressClassName", None)]
    if named.controller_name == ingresses.CONTROLLER and not ingresses.controller_addresses(cluster):
        service = ingresses.controller_service(cluster)
        if service is not None and service.type == "LoadBalancer":
            return "LoadBalancerPending", [Evidence(service.ref, "status.loadBalancer", None)]
    return "NoIngressController", [Evidence(named.ref, "spec.controller", named.controller_name)]


def _to_backend(j: Journey, controller: Pod, rule: Rule, path: str) -> None:
    backend = rule.backend.get("service") or {}
    service = j.cluster.get("Service", rule.ingress.namespace, backend.get("name") or "")
    if service is None:
        _own_answer(j, 503, "BackendServiceMissing", _backend_missing, rule, backend.get("name"))
        return
    if service.type == "ExternalName":
        _to_external_name(j, service, backend)
        return
    port = backend_port(service, backend.get("port") or {})
    routes = table(j.cluster, service, port) if port is not None else None
    if port is None or routes is None or not routes.usable:
        _own_answer(j, 503, "BackendUnavailable", _backend_unavailable, rule, service, port, routes)
        return
    _pass_on(j, controller, rule, service, port, routes, _rewritten(rule, path))


def backend_port(service: Service, wanted: Body) -> ServicePort | None:
    """By name or by number."""
    for port in service.ports:
        if (wanted.get("name") and port.name == wanted["name"]) or (
            wanted.get("number") and port.port == wanted["number"]
        ):
            return port
    return None


def _rewritten(rule: Rule, path: str) -> str:
    """rewrite-target replaces the path that matched."""
    target = annotation(rule.ingress, "rewrite-target")
    return target if target and "$" not in target else path


def _to_external_name(j: Journey, service: Service, backend: Body) -> None:
    from . import inside
    from .dns import lookup

    answer = lookup(j.cluster, f"{service.name}.{service.namespace}.svc.cluster.local")
    number = (backend.get("port") or {}).get("number") or 80
    if not answer.addresses:
        _own_answer(j, 503, "BackendUnavailable", _backend_unavailable, None, service, None, None)
        return
    j.log.append((_alias, service, answer.at))
    inside.enter(j, answer.addresses[0], number)


def _pass_on(
    j: Journey, controller: Pod, rule: Rule, service: Service, port: ServicePort, routes: Table, path: str
) -> None:
    """The controller connects straight to an endpoint; one that fails is skipped (proxy_next_upstream)."""
    usable = routes.usable
    first = pick(j.seed + 2, len(usable))
    j.endpoints = usable
    j.source_ip = controller.ip
    outer, j.pod, j.node = (j.pod, j.node), controller, controller.node
    try:
        for step in range(min(len(usable), 3)):
            chosen = usable[(first + step) % len(usable)]
            mark = len(j.log)
            j.log.append((_sent, rule, service, port, routes, chosen, controller, path))
            j.path = path
            pods.receive_from_proxy(j, chosen)
            if j.http is not None or j.verdict == "delivered":
                return
            if step + 1 < min(len(usable), 3):
                del j.log[mark:]
        status = 504 if j.reason in ("NodeDown", "PolicyDenied", "PodIPGone") else 502
        j.http = Http(status, PAGE.format(TITLES[status]))
        j.verdict = "http_error"
        j.served_by = None
    finally:
        j.pod, j.node = outer


# ── explanations ──


def _place(story: Story, controller: Pod) -> None:
    if story.taught_at != controller.ref:
        story.move(controller.ref, "l7", [])


def _matched(story: Story, controller: Pod, rule: Rule, host: str, path: str) -> None:
    _place(story, controller)
    if rule.field == "spec.defaultBackend":
        step = Step(
            "DefaultBackend",
            {"host": host, "path": path, "ingress": rule.ingress.ref},
            [Evidence(rule.ingress.ref, rule.field, rule.backend)],
            _others(story, rule, host, path),
            note="DefaultBackendForAll",
        )
    else:
        step = Step(
            "IngressMatched",
            {
                "host": host,
                "path": path,
                "rule": rule.path,
                "type": rule.type,
                "ingress": rule.ingress.ref,
                "ruleHost": rule.host,
            },
            [
                *(
                    [Evidence(rule.ingress.ref, rule.field.partition(".http")[0] + ".host", rule.host)]
                    if rule.host
                    else []
                ),
                Evidence(rule.ingress.ref, f"{rule.field}.path", rule.path),
            ],
            _others(story, rule, host, path),
            note=_note(rule),
        )
    story.teach(rule.ingress.ref, "l7", [step])


def _note(rule: Rule) -> str | None:
    if rule.type == "ImplementationSpecific":
        return "PlainPrefix"
    foreign = [
        k
        for k in rule.ingress.annotations
        if k.startswith(ANNOTATIONS) and k.removeprefix(ANNOTATIONS) not in KNOWN_ANNOTATIONS
    ]
    return "AnnotationIgnored" if foreign else None


def _others(story: Story, chosen: Rule | None, host: str, path: str) -> list[Candidate]:
    """The other rules, up to twenty, and why each is not the one."""
    found: list[Candidate] = []
    for ingress in story.cluster.of_kind("Ingress"):
        for rule in rules_of(ingress):
            here = chosen is not None and rule.ingress is chosen.ingress and rule.field == chosen.field
            label = f"{ingress.ref}#{rule.field}"
            found.append(Candidate(label, here, "" if here else _because(story.cluster, rule, host, path)))
    return found[:20]


def _because(cluster: Cluster, rule: Rule, host: str, path: str) -> str:
    if not ingresses.served(cluster, rule.ingress):
        return "NotServed"
    if rule.host not in tiers(host):
        return "OtherHost"
    single = Paths()
    single.add(rule)
    return "OtherPath" if single.match(path) is None else "LessSpecific"


def _redirected(story: Story, rule: Rule, host: str) -> None:
    step = Step(
        "SSLRedirect",
        {"host": host, "status": 308},
        [Evidence(rule.ingress.ref, "spec.tls", rule.ingress.spec.get("tls"))],
    )
    story.stay(story.taught_at, "l7", [step])


def _unserved(story: Story, ingress: Ingress, controller: Pod, evidence: list[Evidence], host: str) -> None:
    _place(story, controller)
    story.stay(
        controller.ref,
        "l7",
        [
            Step(
                story.journey.reason,
                {"ingress": ingress.ref, "class": ingress.class_name, "host": host, "status": 404},
                evidence,
            )
        ],
    )


def _unmatched(story: Story, controller: Pod, compiled: Rules, host: str, path: str) -> None:
    _place(story, controller)
    step = Step(
        "IngressNoMatch",
        {"host": host, "path": path, "status": 404, "hosts": sorted(compiled.hosts)},
        [],
        _others(story, None, host, path),
    )
    story.stay(controller.ref, "l7", [step])


def _backend_missing(story: Story, rule: Rule, name: str | None) -> None:
    evidence = [
        Evidence(
            rule.ingress.ref,
            f"{rule.field}.backend.service.name" if rule.host or rule.path else f"{rule.field}.service.name",
            name,
        )
    ]
    others = [Candidate(s.ref, False, "OtherName") for s in story.cluster.of_kind("Service", rule.ingress.namespace)]
    step = Step(
        "BackendServiceMissing",
        {"service": name, "ingress": rule.ingress.ref, "namespace": rule.ingress.namespace, "status": 503},
        evidence,
        others,
    )
    story.stay(rule.ingress.ref, "l7", [step])


def _backend_unavailable(
    story: Story, rule: Rule | None, service: Service, port: ServicePort | None, routes: Table | None
) -> None:
    evidence: list[Evidence] = []
    others: list[Candidate] = []
    cause = "ServicePortClosed"
    if port is not None and routes is not None:
        cause = why_empty(story.journey, service, port, routes)
        evidence = empty_evidence(service, port, cause)
        others = candidates(routes, (), None, "", False) + unmatched(story, service, cause)
    elif rule is not None:
        evidence = [
            Evidence(
                rule.ingress.ref,
                f"{rule.field}.backend.service.port" if rule.path else f"{rule.field}.service.port",
                (rule.backend.get("service") or {}).get("port"),
            )
        ]
    step = Step(
        "BackendUnavailable",
        {"service": service.ref, "cause": cause, "status": 503, "ports": [p.port for p in service.ports]},
        evidence,
        others,
    )
    story.teach(service.ref, "l7", [step])


def _alias(story: Story, service: Service, external: str) -> None:
    story.teach(
        service.ref,
        "l7",
        [
            Step(
                "AliasFollowed",
                {
                    "host": service.name,
                    "full": service.name,
                    "address": external,
                    "tried": [],
                    "chain": [external],
                    "count": 1,
                },
                [Evidence(service.ref, "spec.externalName", service.spec.get("externalName"))],
            )
        ],
    )


def _sent(
    story: Story,
    rule: Rule,
    service: Service,
    port: ServicePort,
    routes: Table,
    chosen: Endpoint,
    controller: Pod,
    path: str,
) -> None:
    step = Step(
        "EndpointChosen",
        {"count": len(routes.usable), "endpoint": chosen.address, "pod": chosen.ref, "service": service.ref},
        [Evidence(service.ref, f"spec.ports[{port.position}].targetPort", port.target)],
        candidates(routes, routes.usable, chosen, "", False),
    )
    backend = Step(
        "BackendFound",
        {"service": service.ref, "port": port.port, "path": path},
        [Evidence(rule.ingress.ref, rule.field, None)],
    )
    story.teach(service.ref, "l7", [backend], f"{service.cluster_ip}:{port.port}")
    story.teach(chosen.ref, "l4", [step], chosen.address)
    direct = Step(
        "DirectToEndpoint", {"service": service.ref, "controller": controller.ref, "endpoint": chosen.address}
    )
    story.go(chosen.ref, "l4", [direct, step], chosen.address, controller.ip)


__all__ = ("Paths", "Rule", "Rules", "match", "route", "rules", "why_unserved")
