"""The pod that exec, logs and port-forward mean: named, or the first of a workload or a Service."""

from ...cluster.errors import Rejected, bad_request
from ...cluster.kinds import KINDS
from ...cluster.objects import Obj, Pod
from ...cluster.selectors import label_selector_matches
from .call import Call
from .errors import KubectlError
from .select import one, targets


def pod_named(call: Call, text: str) -> Pod:
    """Raises Rejected and KubectlError."""
    kind, name = (KINDS["Pod"], text) if "/" not in text else targets([text])[0]
    obj = one(call, kind, str(name))
    if isinstance(obj, Pod):
        return obj
    pods = pods_of(call, obj)
    if not pods:
        raise KubectlError("timed out waiting for the condition")
    return pods[0]


def pods_of(call: Call, obj: Obj) -> list[Pod]:
    """The pods behind a workload or Service: running and ready ones first, then by name."""
    selector = obj.spec.get("selector")
    if not selector and obj.kind == "Service":
        raise KubectlError(f"invalid service '{obj.name}': Service is defined without a selector")
    if not selector:
        raise KubectlError(f"cannot attach to *{obj.kind}: selector for {obj.kind} not implemented")
    plain = obj.kind in ("Service", "ReplicationController")
    wanted = {"matchLabels": selector} if plain else selector
    found = [p for p in call.cluster.of_kind("Pod", obj.namespace) if label_selector_matches(wanted, p.labels)]
    return sorted(found, key=lambda p: (not p.ready, not p.running, p.name))


def container_of(call: Call, pod: Pod, told: bool = True) -> str:
    """-c, or the first container, which is said when there are more. Raises KubectlError."""
    names = [c["name"] for c in pod.spec.get("containers") or ()]
    inits = [c["name"] for c in pod.spec.get("initContainers") or ()]
    listed = ", ".join(names + [f"{name} (init)" for name in inits])
    wanted = call["container"]
    if wanted:
        if wanted not in names + inits:
            raise KubectlError(f"container {wanted} is not valid for pod {pod.name} out of: {listed}")
        return str(wanted)
    if told and len(names) > 1:
        call.complain(f'Defaulted container "{names[0]}" out of: {listed}')
    return str(names[0])


def require_running(pod: Pod, container: str) -> None:
    """Something can be run in a container that runs. Raises Rejected and KubectlError."""
    if pod.finished:
        raise KubectlError(f"cannot exec into a container in a completed pod; current phase is {pod.phase}")
    if not pod.node:
        raise bad_request(f"pod {pod.name} does not have a host assigned")
    status = next((s for s in pod.status.get("containerStatuses") or () if s["name"] == container), None)
    if status is None or "running" not in (status.get("state") or {}):
        raise Rejected(
            500,
            "InternalError",
            f'Internal error occurred: unable to upgrade connection: container not found ("{container}")',
        )
