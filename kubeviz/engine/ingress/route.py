"""What the controller does with a request: its rule, what it answers itself, and where it passes the request on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from ...cluster.objects import Pod, Service, ServicePort
from .. import pod as pods
from ..journey import Journey
from ..model import Http
from ..routes import Endpoint, Table, pick, table
from . import annotations, canary, cookie, explain, tls
from .answers import own_answer, page
from .paths import Body, Rule
from .rules import Rules, compile_rules, default_rule, host_in, match, rules
from .unserved import why_unserved
from .uri import normalised

MOST_TRIES = 3
"""An endpoint that fails is passed over for the next, so often at most (proxy_next_upstream_tries)."""


class Door(NamedTuple):
    """Where the controller listens: its pod, or a machine outside the cluster that stands for it."""

    place: str
    ip: str
    pod: Pod | None
    rules: Rules


def route(j: Journey, controller: Pod, port: int) -> None:
    """The request has reached a pod of the ingress-nginx addon at one of its ports."""
    serve(j, Door(controller.ref, controller.ip, controller, j.front or rules(j.cluster)), port)


def serve(j: Journey, door: Door, port: int) -> None:
    """Find the rule of a request and obey it."""
    host, path = host_in(j.request.headers, j.target.host), normalised(j.path)
    if not tls.agrees(j, door, port, host):
        return
    if path is None:
        own_answer(j, 400, "PathInvalid", explain.path_invalid, door, j.path)
        return
    found = match(door.rules, host, path) or default_rule(door.rules, host)
    if found is None:
        _no_match(j, door, host, path)
        return
    j.log.append((explain.matched, door, found, host, path))
    if tls.redirects(j, door.rules, found, host):
        headers = {"Location": f"https://{host}{j.target.path}"}
        own_answer(j, 308, "Redirected", explain.redirected, found, host, headers=headers)
        return
    _to_backend(j, door, canary.choose(j, door.rules, found), path)


def _no_match(j: Journey, door: Door, host: str, path: str) -> None:
    """404; if an Ingress that nobody obeys would have matched, that is why."""
    for ingress in door.rules.ignored:
        own = compile_rules([ingress])
        if match(own, host, path) is not None or own.defaults:
            reason, evidence = why_unserved(j.cluster, ingress)
            own_answer(j, 404, reason, explain.unserved, ingress, door, evidence, host)
            return
    own_answer(j, 404, "IngressNoMatch", explain.unmatched, door, host, path)


def _to_backend(j: Journey, door: Door, rule: Rule, path: str) -> None:
    backend = rule.backend.get("service") or {}
    service = j.cluster.get("Service", rule.ingress.namespace, backend.get("name") or "")
    if service is None:
        own_answer(j, 503, "BackendServiceMissing", explain.backend_missing, rule, backend.get("name"))
    elif service.type == "ExternalName":
        _to_external_name(j, door, service, backend)
    else:
        _to_service(j, door, rule, service, backend.get("port") or {}, path)


def _to_service(j: Journey, door: Door, rule: Rule, service: Service, wanted: Body, path: str) -> None:
    port = backend_port(service, wanted)
    routes = table(j.cluster, service, port) if port is not None else None
    if port is None or routes is None or not routes.usable:
        own_answer(j, 503, "BackendUnavailable", explain.backend_unavailable, rule, service, port, routes)
        return
    rewritten = annotations.rewritten(rule, path)
    if rewritten != path:
        j.path = rewritten  # without a rewrite the app gets the path as the client wrote it
    _pass_on(j, door, rule, service, port, routes)


def backend_port(service: Service, wanted: Body) -> ServicePort | None:
    """By name or by number."""
    for port in service.ports:
        if (wanted.get("name") and port.name == wanted["name"]) or (
            wanted.get("number") and port.port == wanted["number"]
        ):
            return port
    return None


def _to_external_name(j: Journey, door: Door, service: Service, backend: Body) -> None:
    """The controller looks the name up itself and connects to what it finds."""
    from .. import inside
    from ..dns import ZONE, lookup

    answer = lookup(j.cluster, f"{service.name}.{service.namespace}.svc.{ZONE}")
    number = (backend.get("port") or {}).get("number") or 80
    if not answer.addresses:
        own_answer(j, 503, "BackendUnavailable", explain.backend_unavailable, None, service, None, None)
        return
    j.log.append((explain.alias, service, answer.at))
    j.depth += 1
    if j.depth > pods.MOST_CALLS:  # the name leads back to the controller
        j.stop("Loop", explain.looped, service, answer.at)
        return
    with _sent_by(j, door):
        inside.enter(j, answer.addresses[0], number)


@contextmanager
def _sent_by(j: Journey, door: Door) -> Iterator[None]:
    """What is sent now, the controller sends; it speaks plain HTTP, whatever the client spoke."""
    before = j.pod, j.node, j.client, j.target
    j.pod, j.node, j.client = door.pod, door.pod.node if door.pod is not None else "", door.ip
    j.target = j.target._replace(scheme="http")
    try:
        yield
    finally:
        j.pod, j.node, j.client, j.target = before


def _pass_on(j: Journey, door: Door, rule: Rule, service: Service, port: ServicePort, routes: Table) -> None:
    """The controller connects straight to an endpoint."""
    usable = routes.usable
    kept = cookie.kept(j, rule, usable)
    first = pick(j.seed + 2, len(usable)) if kept is None else usable.index(kept)
    j.endpoints = usable
    j.source_ip = door.ip
    tries = [usable[(first + step) % len(usable)] for step in range(min(len(usable), MOST_TRIES))]
    facts = (rule, service, port, routes, door, kept)
    with _sent_by(j, door):
        answered = any(_answered(j, endpoint, facts, last=endpoint is tries[-1]) for endpoint in tries)
    if not answered:
        _bad_gateway(j)
    elif annotations.value(rule.ingress, "affinity") == "cookie" and kept is None and j.http is not None:
        j.http = cookie.given(rule, j.http, j.served_by)


def _answered(j: Journey, endpoint: Endpoint, facts: tuple[Any, ...], last: bool) -> bool:
    """Whether an endpoint answered; of those that did not, only the last is told of."""
    mark = len(j.log)
    j.log.append((explain.sent, endpoint, j.path, *facts))
    pods.receive_from_proxy(j, endpoint)
    answered = j.http is not None or j.verdict == "delivered"
    if not answered and not last:
        del j.log[mark:]
    return answered


def _bad_gateway(j: Journey) -> None:
    """502 where a connection was refused, 504 where none came about in time. The reason stays that of the endpoint."""
    status = 504 if j.reason in ("NodeDown", "PolicyDenied", "PodIPGone") else 502
    j.http = Http(status, page(status))
    j.verdict = "http_error"
    j.served_by = None
