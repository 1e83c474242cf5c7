"""Pod: defaults (pkg/apis/core/v1/defaults.go), rules (pkg/apis/core/validation) and what our annotation must say."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..app import ANNOTATION, AppError, parse
from ..errors import FieldError, forbidden, invalid
from . import podannotations, podspec, podupdates, podwarnings

Body = dict[str, Any]
NAME = names.dns_subdomain
NO_EXECUTE_SECONDS = 300
UNREACHABLE = ("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")
HOST_NAME = "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior"


def default(body: Body) -> None:
    """A template's defaults, and what only a pod of its own gets: service links, priority, tolerations, status."""
    spec = body.setdefault("spec", {})
    _default_requests(spec)
    podspec.default(spec)
    if spec.get("hostNetwork"):
        _default_host_ports(spec)
    spec.setdefault("enableServiceLinks", True)
    spec.setdefault("priority", 0)
    spec.setdefault("preemptionPolicy", "PreemptLowerPriority")
    _default_tolerations(spec)
    status = body.setdefault("status", {})
    status.setdefault("phase", "Pending")
    status.setdefault("qosClass", _quality(spec))
    for condition in status.get("conditions") or ():
        condition.setdefault("lastProbeTime", None)


def _default_host_ports(spec: Body) -> None:
    for container in podspec.all_containers(spec):
        for port in container.get("ports") or ():
            port.setdefault("hostPort", port.get("containerPort") or 0)


def _default_requests(spec: Body) -> None:
    """A limit without a request is also the request."""
    for container in podspec.all_containers(spec):
        resources = container.get("resources") or {}
        if resources.get("limits"):
            resources["requests"] = {**resources["limits"], **(resources.get("requests") or {})}


def _default_tolerations(spec: Body) -> None:
    """Pods stay 300 s on a node that went away (admission plugin DefaultTolerationSeconds)."""
    found = spec.get("tolerations") or []
    everything = any(
        not t.get("key") and t.get("operator") == "Exists" and t.get("effect") in (None, "", "NoExecute") for t in found
    )
    for key in () if everything else UNREACHABLE:
        if not any(t.get("key") == key and t.get("effect") in (None, "", "NoExecute") for t in found):
            found.append(
                {
                    "effect": "NoExecute",
                    "key": key,
                    "operator": "Exists",
                    "tolerationSeconds": NO_EXECUTE_SECONDS,
                }
            )
    if found:
        spec["tolerations"] = found


def _quality(spec: Body) -> str:
    """The QoS class: what the kubelet would kill last (pkg/apis/core/v1/helper/qos)."""
    containers = podspec.all_containers(spec)
    asked = [{**(c.get("resources") or {})} for c in containers]
    if not any(r.get("requests") or r.get("limits") for r in asked):
        return "BestEffort"
    full = all(
        {"cpu", "memory"} <= set(r.get("limits") or ()) and (r.get("requests") or r["limits"]) == r["limits"]
        for r in asked
    )
    return "Guaranteed" if full else "Burstable"


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec, metadata = body["spec"], body["metadata"]
    errors = [
        *app_annotation(metadata),
        *podannotations.validate(metadata, spec, "metadata.annotations"),
        *podspec.validate(spec, "spec", is_pod=True),
    ]
    return [*errors, *(_changed(body, old) if old is not None else _new(metadata, spec))]


def _changed(body: Body, old: Body) -> Iterable[FieldError]:
    yield from podannotations.unchanged(body["metadata"], old["metadata"], "metadata.annotations")
    yield from podupdates.validate(body["spec"], old["spec"])


def _new(metadata: Body, spec: Body) -> Iterable[FieldError]:
    if spec.get("ephemeralContainers"):
        yield forbidden("spec.ephemeralContainers", "cannot be set on create")
    if spec.get("nodeName") and spec.get("schedulingGates"):
        yield forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared")
    yield from podannotations.matching_fields(metadata, spec)


def app_annotation(metadata: Body, path: str = "metadata") -> list[FieldError]:
    """`kubeviz.dev/app` must say what an app can do; the rule is ours, the form is the API server's."""
    text = (metadata.get("annotations") or {}).get(ANNOTATION)
    if text is None:
        return []
    try:
        parse(text)
    except AppError as error:
        return [invalid(f"{path}.annotations[{ANNOTATION}]", text, str(error))]
    return []


def warnings(body: Body, old: Body | None = None) -> list[str]:
    """Only about a new pod: people seldom change one themselves."""
    if old is not None:
        return []
    problems = names.dns_label(body["metadata"].get("name") or "")
    surprise = f"{HOST_NAME}; a DNS label is recommended: [{' '.join(problems)}]"
    return [*([surprise] if problems else ()), *podwarnings.warnings(body["metadata"], body["spec"])]
