"""The kubelet of every node: starts, watches and stops the containers of its pods, in virtual time.

Starting takes a moment, becoming ready as long as the app says, stopping a moment again. At each container
start the Services of the namespace become environment variables, and stay as they were then. It has something to
say (events) only where something goes wrong or ends: the recorded pods, whose kubelet was a script, tell no more.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ..cluster import links
from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.clock import lapse, moment, stamp
from ..cluster.identity import PRIVATE
from ..cluster.objects import Node, Pod
from ..cluster.state import Cluster
from . import configuration, containers
from .addresses import next_pod_ip
from .containers import outcome

START = timedelta(seconds=1)
STOP = timedelta(seconds=2)
CRASH, DONE = 1, 0
"""Exit codes."""
NO_ADDRESS = "Failed to create pod sandbox: no IP addresses available in range set"
NOT_READY = "Readiness probe failed: HTTP probe failed with statuscode: 503"


def _scheduled(cluster: Cluster, change: Change) -> Iterable[Key]:
    if change.body is not None and change.body["spec"].get("nodeName"):
        yield change.key


def _pods_of_node(cluster: Cluster, change: Change) -> Iterable[Key]:
    """A machine that comes back looks at all its pods."""
    return sorted(cluster.lookup("node", change.key[2]))


def _in_need(cluster: Cluster, change: Change) -> Iterable[Key]:
    """Pods that could not start for lack of this ConfigMap or Secret, perhaps."""
    kind, namespace, name = change.key
    waiting = (cluster.find(key) for key in cluster.lookup("transit", True) if key[1] == namespace)
    return sorted(pod.key for pod in waiting if pod.node and (kind, name) in configuration.needs(pod))


WATCHES = {"Pod": _scheduled, "Node": _pods_of_node, "ConfigMap": _in_need, "Secret": _in_need}


def due_moments(cluster: Cluster, patient: bool = True) -> Iterable[datetime]:
    """When something falls due; with *patient* also what would go on for ever, as a container that keeps crashing."""
    for key in cluster.lookup("transit", True):
        pod = cluster.find(key)
        due = _due(cluster, pod)
        if due is not None and (patient or pod.terminating or containers.back_off(pod) is None):
            yield due


def due_keys(cluster: Cluster, now: datetime) -> list[Key]:
    found = []
    for key in cluster.lookup("transit", True):
        due = _due(cluster, cluster.find(key))
        if due is not None and due <= now:
            found.append(key)
    return sorted(found)


def _working(cluster: Cluster, pod: Pod) -> bool:
    node = cluster.get("Node", "", pod.node)
    return node is not None and node.up


def _due(cluster: Cluster, pod: Pod) -> datetime | None:
    """When the kubelet next has something to do for this pod; a dead node's kubelet never has."""
    if not pod.node or not _working(cluster, pod):
        return None
    if pod.terminating:
        if pod.finished:
            return None
        grace = lapse(pod.metadata.get("deletionGracePeriodSeconds") or 0)
        return moment(pod.metadata["deletionTimestamp"]) - grace + min(STOP, grace)
    if not pod.status.get("startTime"):
        return moment(pod.created)
    if not pod.status.get("containerStatuses"):
        return moment(pod.status["startTime"]) + START
    return containers.back_off(pod) or _ready_at(pod)


def _started_at(pod: Pod) -> str:
    """When the first container did; "" while one of them waits for a value."""
    if containers.waits_for(pod, containers.CONFIG_ERROR):
        return ""
    running: Body = containers.first_state(pod).get("running") or {}
    return running.get("startedAt") or ""


def _ready_at(pod: Pod) -> datetime | None:
    started, state = _started_at(pod), outcome(pod)
    if pod.finished or not started:
        return None
    if state == "completed":
        return moment(started) + START
    if state != "running" or pod.ready:
        return None
    ready = pod.app.ready if pod.app else True
    if ready is False:
        return None
    return moment(started) + lapse(0 if ready is True else ready)


def reconcile(tx: Transaction, key: Key) -> None:
    pod = tx.cluster.find(key)
    if pod is None or not pod.node or not _working(tx.cluster, pod):
        return
    due = _due(tx.cluster, pod)
    late = due is not None and due <= tx.now
    if pod.terminating:
        _stop(tx, pod, late)
    elif not pod.status.get("startTime"):
        _accept(tx, pod)
    elif not pod.status.get("containerStatuses"):
        if late:
            _start(tx, pod)
    elif _changed(pod) or (late and containers.back_off(pod) is not None) or _is_given(tx.cluster, pod):
        _start(tx, pod)
    elif late and outcome(pod) == "completed" and _started_at(pod):
        _end(tx, pod, DONE, _started_at(pod))
    elif not pod.finished:
        _probe(tx, pod, late)


def _is_given(cluster: Cluster, pod: Pod) -> bool:
    """What it waited for (ConfigMaps, Secrets) is there now."""
    if not containers.waits_for(pod, containers.CREATING, containers.CONFIG_ERROR) or not configuration.needs(pod):
        return False
    return not configuration.unmounted(cluster, pod) and not configuration.unset(cluster, pod)


def _changed(pod: Pod) -> bool:
    """The app began or ceased to crash (or its image to exist): the container starts once more."""
    state = containers.first_state(pod)
    reason = (state.get("waiting") or {}).get("reason")
    expected = {"crash": containers.WAITING, "image-pull-error": "ImagePullBackOff", "running": None}
    if reason in (containers.CREATING, containers.CONFIG_ERROR):
        return False
    return outcome(pod) in expected and "terminated" not in state and expected[outcome(pod)] != reason


def _stop(tx: Transaction, pod: Pod, late: bool) -> None:
    """Containers are told to stop once; a moment later the pod is gone, or has failed if something still holds it."""
    if late and not pod.metadata.get("finalizers"):
        tx.remove(pod.key)
    elif late and not pod.finished:
        _hold(tx, pod)
    elif not late and _started_at(pod):
        for container in pod.spec["containers"]:
            tx.event(pod, "Killing", f"Stopping container {container['name']}", "kubelet", once=True)


def _hold(tx: Transaction, pod: Pod) -> None:
    """Its containers are stopped, but a finalizer keeps the object: nothing is left to wait for but that."""
    since = _started_at(pod) or pod.created
    ended = [containers.killed(tx, status, since) for status in pod.status.get("containerStatuses") or ()]
    pod = Pod({**pod.body, "metadata": {**pod.metadata, "deletionGracePeriodSeconds": 0}})
    _report(tx, pod, "Failed", ended, "PodFailed")


def _accept(tx: Transaction, pod: Pod) -> None:
    status = {**pod.status, "startTime": stamp(tx.now)}
    host = tx.cluster.get("Node", "", pod.node).internal_ip
    if host:
        status |= {"hostIP": host, "hostIPs": [{"ip": host}]}
    tx.put({**pod.body, "status": status})


def _start(tx: Transaction, pod: Pod) -> None:
    """The pod gets its volumes and its address; its containers start, crash or wait for an image or a value."""
    state, unmounted = outcome(pod), configuration.unmounted(tx.cluster, pod)
    if unmounted:
        text = f'MountVolume.SetUp failed for volume "{unmounted[0]}" : {unmounted[1]}'
        _be_creating(tx, pod, "FailedMount", text)
        return
    pod = _with_address(tx, pod)
    if not pod.ip:
        return
    if state == "image-pull-error":
        _wait_for_image(tx, pod)
        return
    restarts = {c["name"]: c["restartCount"] for c in pod.status.get("containerStatuses") or ()}
    if unset := configuration.unset(tx.cluster, pod):
        _wait_for_values(tx, pod, restarts, unset)
        return
    if state == "crash":
        _end(tx, pod, CRASH, stamp(tx.now))
        return
    statuses = [containers.started(tx, pod, c, restarts.get(c["name"], 0)) for c in pod.spec["containers"]]
    started = _report(tx, pod, "Running", statuses)
    _probe(tx, started, late=state == "running" and _ready_now(started, tx.now))


def _with_address(tx: Transaction, pod: Pod) -> Pod:
    """The pod with its IP. Where the node has none left, the containers are never created and the pod says why."""
    if pod.ip:
        return pod
    node: Node = tx.cluster.get("Node", "", pod.node)
    ip = node.internal_ip if pod.host_network else next_pod_ip(tx, node)
    if ip:
        return Pod({**pod.body, "status": {**pod.status, "podIP": ip, "podIPs": [{"ip": ip}]}})
    _be_creating(tx, pod, "FailedCreatePodSandBox", NO_ADDRESS)
    return pod


def _be_creating(tx: Transaction, pod: Pod, reason: str, why: str) -> None:
    """Nothing of it can be made yet; it says so once."""
    statuses = [containers.waiting(c) for c in pod.spec["containers"]]
    if pod.status.get("containerStatuses") != statuses:
        tx.put({**pod.body, "status": {**pod.status, "containerStatuses": statuses}})
        tx.event(pod, reason, why, "kubelet", "Warning")


def _wait_for_values(tx: Transaction, pod: Pod, restarts: dict[str, int], unset: dict[str, str]) -> None:
    """Containers whose environment lacks something wait for it; the others run."""
    statuses = [
        containers.without_value(c, restarts.get(c["name"], 0), unset[c["name"]])
        if c["name"] in unset
        else containers.started(tx, pod, c, restarts.get(c["name"], 0))
        for c in pod.spec["containers"]
    ]
    _report(tx, pod, "Pending", statuses)
    for name, why in unset.items():
        tx.event(pod, "Failed", f"Error: {why}", "kubelet", "Warning", field=f"spec.containers{{{name}}}")


def _report(tx: Transaction, pod: Pod, phase: str, statuses: list[Body], finished: str = "") -> Pod:
    """Write what became of the containers; with each start the environment is that of now."""
    status = {**pod.status, "phase": phase, "containerStatuses": statuses}
    if pod.spec.get("initContainers"):
        status["initContainerStatuses"] = pod.status.get("initContainerStatuses") or containers.init_statuses(tx, pod)
    known = status.get("conditions") or []
    status["conditions"] = containers.conditions(pod, known, False, stamp(tx.now), finished)
    stored: Pod = tx.put({**pod.body, "status": status, PRIVATE: links.started(tx, pod)})
    return stored


def _wait_for_image(tx: Transaction, pod: Pod) -> None:
    statuses = [containers.without_image(c, 0) for c in pod.spec["containers"]]
    _report(tx, pod, "Pending", statuses)
    for container in pod.spec["containers"]:
        image, field = container.get("image") or "", f"spec.containers{{{container['name']}}}"
        tx.event(pod, "Pulling", f'Pulling image "{image}"', "kubelet", field=field)
        tx.event(pod, "Failed", f'Failed to pull image "{image}": not found', "kubelet", "Warning", field=field)
        tx.event(pod, "Failed", "Error: ErrImagePull", "kubelet", "Warning", field=field)
        tx.event(pod, "BackOff", f'Back-off pulling image "{image}"', "kubelet", field=field)


def _end(tx: Transaction, pod: Pod, exit_code: int, since: str) -> None:
    """The containers ended: the pod is done, or they wait to be started again."""
    restarts = {c["name"]: c["restartCount"] for c in pod.status.get("containerStatuses") or ()}
    statuses = [
        containers.ended(tx, pod, c, restarts.get(c["name"], 0), exit_code, since) for c in pod.spec["containers"]
    ]
    if containers.restarts_on(pod, exit_code):
        _report(tx, pod, "Running", statuses)
        for container in pod.spec["containers"]:
            where = f"{pod.name}_{pod.namespace}({pod.uid})"
            text = f"Back-off restarting failed container {container['name']} in pod {where}"
            tx.event(pod, "BackOff", text, "kubelet", "Warning", field=f"spec.containers{{{container['name']}}}")
        return
    phase, why = ("Failed", "PodFailed") if exit_code else ("Succeeded", "PodCompleted")
    _report(tx, pod, phase, statuses, why)


def _probe(tx: Transaction, pod: Pod, late: bool) -> None:
    """Readiness follows what the app answers now; a node that came back finds its pods ready again."""
    running = bool(_started_at(pod)) and outcome(pod) == "running"
    app = pod.app
    wants = running and (app is None or app.ready is not False) and (pod.ready or late or _ready_now(pod, tx.now))
    if wants == pod.ready:
        return
    statuses = [{**c, "ready": wants} for c in pod.status["containerStatuses"]]
    conditions = containers.conditions(pod, pod.status.get("conditions") or [], wants, stamp(tx.now))
    tx.put({**pod.body, "status": {**pod.status, "containerStatuses": statuses, "conditions": conditions}})
    if not wants:
        tx.event(pod, "Unhealthy", NOT_READY, "kubelet", "Warning")


def _ready_now(pod: Pod, now: datetime) -> bool:
    due = _ready_at(pod)
    return due is not None and due <= now
