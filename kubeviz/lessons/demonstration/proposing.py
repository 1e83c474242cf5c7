"""Checks that what was done makes pass: only such as fail at the start and hold at the end are proposed."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from ...cluster.changes import Change, ref
from ...cluster.kinds import find
from ...cluster.objects import Service
from ...cluster.state import Cluster
from ...engine import InvalidRequest, Request, Trace, trace
from ..checks import AnyCheck, CommandCheck, DnsCheck, EndpointsCheck, ObjectCheck, RequestCheck
from ..checks.objects import WRITTEN_BY_TOOLS
from ..places import SYSTEM, general_address, general_place, service_named
from ..world import World
from .observing import LOOKING, Looked, by_hand, said

MOST = 15
"""More proposals than this nobody reads."""
MOST_FIELDS = 3
"""Of one object."""


def proposals(start: World, end: World, requests: Iterable[Request]) -> list[AnyCheck]:
    """Behaviour first: what became of the requests, then names, endpoints, what is written in objects and, last, how
    somebody looked (the commands of *end*)."""
    asked = list(requests)
    found = [*_requests(end.cluster, asked), *_names(end.cluster, asked), *_endpoints(end.cluster)]
    found += [*_objects(start.cluster, end.cluster), *_commands(end.commands)]
    distinct = {msgspec.json.encode(check): check for check in found}.values()
    telling = [c for c in distinct if not c.verdict(start).passed and c.verdict(end).passed]
    return [msgspec.structs.replace(c, id=f"shown-{n}") for n, c in enumerate(telling[:MOST], 1)]


def _requests(cluster: Cluster, asked: list[Request]) -> Iterator[AnyCheck]:
    for request in asked:
        source, url = general_place(cluster, request.source), general_address(cluster, request.url)
        try:
            outcome = _outcome(trace(cluster, request))
        except InvalidRequest:
            continue
        yield RequestCheck(
            source=source,
            url=url,
            method=request.method,
            headers=request.headers,
            connect_to=request.connect_to,
            expect=outcome,
        )


def _outcome(found: Trace) -> str:
    if found.verdict == "http_error" and found.http is not None:
        return str(found.http.status)
    return "delivered" if found.verdict == "delivered" else found.reason


def _names(cluster: Cluster, asked: list[Request]) -> Iterator[AnyCheck]:
    """Names that pods asked for, and every Service's, asked by a pod of its namespace."""
    for request in asked:
        host = urlsplit(request.url).hostname or ""
        if request.source.startswith("pod/") and any(c.isalpha() for c in host):
            namespace = request.source.split("/")[1]
            service = service_named(cluster, _full(host, namespace))
            if service is not None:
                yield DnsCheck(source=general_place(cluster, request.source), name=host, answer=_answer(service))
    for service in _services(cluster):
        pods = [p for p in cluster.of_kind("Pod", service.namespace) if p.running]
        if pods and service.cluster_ip not in ("", "None"):
            yield DnsCheck(source=general_place(cluster, pods[0].ref), name=service.name, answer=_answer(service))


def _full(host: str, namespace: str) -> str:
    """`order` and `order.shop.svc…` as NAMESPACE/NAME."""
    name, _, rest = host.partition(".")
    return f"{rest.partition('.')[0] or namespace}/{name}"


def _answer(service: Service) -> str:
    return f"{{{service.namespace}/{service.name}}}"


def _services(cluster: Cluster) -> list[Service]:
    return [s for s in cluster.of_kind("Service") if s.namespace not in SYSTEM and s.name != "kubernetes"]


def _endpoints(cluster: Cluster) -> Iterator[AnyCheck]:
    for service in _services(cluster):
        name = f"{service.namespace}/{service.name}"
        yield EndpointsCheck(service=name, pods="none")
        selector = service.spec.get("selector") or {}
        if selector:
            labels = ",".join(f"{k}={v}" for k, v in selector.items())
            yield EndpointsCheck(service=name, pods=f"{service.namespace}/{labels}")


def _objects(start: Cluster, end: Cluster) -> Iterator[AnyCheck]:
    for change in by_hand(_between(start, end)):
        name = ref(*change.key)
        if change.old is None or change.body is None:
            yield ObjectCheck(ref=name, absent=change.body is None)
            continue
        old, new = dict(_leaves(said(change.old), "")), dict(_leaves(said(change.body), ""))
        paths = [p for p in dict.fromkeys([*new, *old]) if old.get(p) != new.get(p)]
        for path in paths[:MOST_FIELDS]:
            value = new.get(path)
            yield ObjectCheck(ref=name, path=f"{{{path}}}", equals=value, absent=value is None)


def _between(start: Cluster, end: Cluster) -> list[Change]:
    keys = dict.fromkeys([*(o.key for o in start), *(o.key for o in end)])
    pairs = ((key, start.find(key), end.find(key)) for key in keys)
    return [
        Change(0, "modified", key, now.body if now else None, old.body if old else None)
        for key, old, now in pairs
        if old is not now
    ]


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """(JSONPath, value) of every field that holds text, a number, yes or no."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key.startswith(WRITTEN_BY_TOOLS):
                yield from _leaves(inner, f"{path}.{key.replace('.', chr(92) + '.')}")
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{n}]")
    elif value is not None and len(str(value)) <= 200 and len(path) < 300:
        yield path, value


def _commands(lines: Iterable[str]) -> Iterator[AnyCheck]:
    """Lines that looked, as patterns that hold for every way to write them: any flags, any name of the resource."""
    for line in lines:
        if Looked(line).telling:
            yield CommandCheck(pattern=_pattern(line.split()), example=line)


def _pattern(words: list[str]) -> str:
    if words[0] != "kubectl":
        return rf"\b{words[0]}\b.*{re.escape(words[-1])}"
    at = next(n for n, word in enumerate(words) if word in LOOKING)
    kinds = (find(word.partition("/")[0].partition(",")[0]) for word in words[at + 1 :])
    kind = next((k for k in kinds if k is not None), None)
    names = "|".join(dict.fromkeys((kind.plural, kind.singular, *kind.short_names))) if kind is not None else ""
    return rf"kubectl.*\b{words[at]}\b" + (rf".*\b({names})\b" if names else "")
