"""logs: what the apps of a lab write is when they started, on which ports they listen, and how they ended."""

from ....cluster.changes import Body
from ....cluster.errors import Rejected, bad_request
from ....cluster.objects import Pod
from ..call import Call
from ..errors import KubectlError, usage
from ..pods import container_of, pod_named, pods_of
from ..resources import kind_named
from ..select import listing, one, targets


def run(call: Call) -> None:
    if len(call.args) > 2 or (not call.args and not call["selector"]):
        raise usage(
            "logs",
            "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n"
            "POD or TYPE/NAME is a required argument for the logs command",
        )
    if call["since"] and call["since-time"]:
        raise KubectlError("at most one of `sinceTime` or `sinceSeconds` may be specified")
    try:
        pods = _pods(call)
    except Rejected as error:  # logs words it by itself
        raise KubectlError(
            f'error from server ({error.reason}): {error.message} in namespace "{call.namespace}"'
        ) from None
    if not pods:
        call.complain(f"No resources found in {call.namespace} namespace.")
    several = len(pods) > 1 or call["prefix"]
    for pod in pods:
        for container in _containers(call, pod):
            try:
                _print(call, pod, container, f"[pod/{pod.name}/{container}] " if several and call["prefix"] else "")
            except Rejected as error:
                call.fail(error)


def _pods(call: Call) -> list[Pod]:
    if call["selector"]:
        found: list[Pod] = [p for p in listing(call, kind_named("pods")) if isinstance(p, Pod)]
        return found
    text = call.args[0]
    if "/" in text:
        kind, name = targets([text])[0]
        obj = one(call, kind, str(name))
        if not isinstance(obj, Pod):
            pods = pods_of(call, obj)
            if len(pods) > 1 and not call["all-pods"]:
                call.complain(f"Found {len(pods)} pods, using pod/{pods[0].name}")
            return pods if call["all-pods"] else pods[:1] or [pod_named(call, text)]
    return [pod_named(call, text)]


def _containers(call: Call, pod: Pod) -> list[str]:
    if call["all-containers"]:
        return [c["name"] for c in pod.spec.get("containers") or ()]
    if len(call.args) > 1 and not call["container"]:
        call.values["container"] = call.args[1]
    return [container_of(call, pod)]


def _print(call: Call, pod: Pod, container: str, prefix: str) -> None:
    lines = written(pod, container, call["previous"])
    if call["tail"] >= 0:
        lines = lines[len(lines) - call["tail"] :] if call["tail"] else []
    for moment, text in lines:
        stamp = f"{moment} " if call["timestamps"] else ""
        call.line(f"{prefix}{stamp}{text}")


def written(pod: Pod, container: str, previous: bool = False) -> list[tuple[str, str]]:
    """(moment, line) of a container. Raises Rejected where it has not run."""
    status = next((s for s in pod.status.get("containerStatuses") or () if s["name"] == container), None)
    if status is None:
        return _not_started(pod, container)
    ended = (status.get("lastState") or {}).get("terminated")
    if previous:
        if not ended:
            raise bad_request(f'previous terminated container "{container}" in pod "{pod.name}" not found')
        return _ended(ended)
    state = status.get("state") or {}
    if "running" in state:
        return [(state["running"]["startedAt"], _listening(pod))]
    if "terminated" in state:
        return [(state["terminated"].get("startedAt") or "", _listening(pod)), *_ended(state["terminated"])[1:]]
    if ended:
        return _ended(ended)
    reason = (state.get("waiting") or {}).get("reason") or "ContainerCreating"
    if reason in ("ImagePullBackOff", "ErrImagePull"):
        reason = "trying and failing to pull image"
    raise bad_request(f'container "{container}" in pod "{pod.name}" is waiting to start: {reason}')


def _not_started(pod: Pod, container: str) -> list[tuple[str, str]]:
    if pod.node:
        raise bad_request(f'container "{container}" in pod "{pod.name}" is waiting to start: ContainerCreating')
    return []


def _listening(pod: Pod) -> str:
    ports = ", ".join(f"{port}/{protocol}" for port, protocol in sorted(pod.listening))
    return f"listening on {ports}" if ports else "listening on no port"


def _ended(ended: Body) -> list[tuple[str, str]]:
    moment = ended.get("finishedAt") or ""
    return [(ended.get("startedAt") or moment, "starting"), (moment, f"exit {ended.get('exitCode', 0)}")]
