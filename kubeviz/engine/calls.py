"""The requests that an app makes while it answers another: discovery at work, by name or by variable."""

from typing import Any

from ..cluster.objects import Pod
from . import inside
from .journey import Journey, Story
from .model import Evidence, Step
from .record import Trace
from .request import InvalidRequest, Request, Target, parse_url
from .tracing import depart_from_pod, to_connect


def follow(j: Journey, pod: Pod, url: str, missing: list[str]) -> Trace:
    """Send *url* from *pod*. `missing` are the variables in it that its container does not have."""
    request = Request(url=url, source=pod.ref, seed=j.seed)
    try:
        target, sendable = parse_url(url), not missing
    except InvalidRequest:
        target, sendable = Target("http", url, 80, "/", url, "/", False), False
    call = Journey(j.cluster, request, target)
    call.depth = j.depth + 1
    depart_from_pod(call, pod)
    if not sendable:
        call.stop("EnvMissing" if missing else "NameNotFound", _unsendable, pod, url, missing)
        return Trace(call)
    address = to_connect(call)
    if address is not None:
        inside.enter(call, address, target.port)
    return Trace(call)


def _unsendable(story: Story, pod: Pod, url: str, missing: list[str]) -> None:
    evidence = [Evidence(pod.ref, "spec.containers[0].env", name) for name in missing]
    params = {"pod": pod.ref, "url": url, "missing": missing, "host": url, "namespace": pod.namespace}
    if missing:
        params |= _where_it_is(story, pod, missing[0])
    story.stay(pod.ref, "dns", [Step(story.journey.reason, params, evidence)])


def _where_it_is(story: Story, pod: Pod, variable: str) -> dict[str, Any]:
    """Whether the pod gets Service variables at all, and the namespaces of Services that this one could speak of."""
    name = variable.partition("_SERVICE_")[0].lower().replace("_", "-")
    found = sorted(service.namespace for service in story.cluster.of_kind("Service") if service.name == name)
    elsewhere = [namespace for namespace in found if namespace != pod.namespace]
    return {"links": pod.spec.get("enableServiceLinks", True), "here": pod.namespace in found, "elsewhere": elsewhere}
