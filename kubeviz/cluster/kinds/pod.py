"""Pod: defaults (pkg/apis/core/v1/defaults.go), rules (pkg/apis/core/validation) and what our annotation must say."""

import copy
from typing import Any

from .. import names
from ..app import ANNOTATION, AppError, parse
from ..errors import FieldError, forbidden, invalid
from . import podspec, podwarnings

Body = dict[str, Any]
NAME = names.dns_subdomain
NO_EXECUTE_SECONDS = 300
UNREACHABLE = ("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")
UPDATABLE = "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"  # noqa: E501


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
    if old is not None:
        return [*app_annotation(body["metadata"]), *_unchanged(body["spec"], old["spec"])]
    return [*app_annotation(body["metadata"]), *podspec.validate(body["spec"], "spec", is_pod=True)]


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


def _unchanged(spec: Body, old: Body) -> list[FieldError]:
    """A running pod's spec is fixed but for images, deadline, more tolerations (ValidatePodUpdate)."""
    errors = []
    for field in ("containers", "initContainers"):
        if len(spec.get(field) or ()) != len(old.get(field) or ()):
            return [forbidden(f"spec.{field}", "pod updates may not add or remove containers")]
    if not _tolerations_grew(spec, old):
        errors.append(
            forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds")
        )
    if _fixed(spec) != _fixed(old):
        errors.append(forbidden("spec", f"pod updates may not change fields other than {UPDATABLE}\n"))
    return errors


def _tolerations_grew(spec: Body, old: Body) -> bool:
    now = [{k: v for k, v in t.items() if k != "tolerationSeconds"} for t in spec.get("tolerations") or ()]
    return all({k: v for k, v in t.items() if k != "tolerationSeconds"} in now for t in old.get("tolerations") or ())


def _fixed(spec: Body) -> Body:
    rest = copy.deepcopy(
        {k: v for k, v in spec.items() if k not in ("tolerations", "activeDeadlineSeconds", "schedulingGates")}
    )
    for container in podspec.all_containers(rest):
        container.pop("image", None)
    return rest


def warnings(body: Body) -> list[str]:
    return podwarnings.warnings(body["spec"], "spec")
