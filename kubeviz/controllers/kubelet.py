"""The kubelet of every node: starts, watches and stops the containers of its pods, in virtual time.

Starting takes a moment, becoming ready as long as the app says, stopping a moment again. At each container
start the Services of the namespace become environment variables, and stay as they were then.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ..cluster import links
from ..cluster.apiserver import Transaction
from ..cluster.app import App
from ..cluster.changes import Body, Change, Key
from ..cluster.clock import moment, stamp
from ..cluster.objects import Node, Pod
from ..cluster.state import Cluster
from .addresses import next_pod_ip
from .watching import set_condition

START = timedelta(seconds=1)
STOP = timedelta(seconds=2)


def _scheduled(cluster: Cluster, change: Change) -> Iterable[Key]:
    if change.body is not None and change.body["spec"].get("nodeName"):
        yield change.key


def _pods_of_node(cluster: Cluster, change: Change) -> Iterable[Key]:
    """A machine that comes back looks at all its pods."""
    return sorted(cluster.lookup("node", change.key[2]))


WATCHES = {"Pod": _scheduled, "Node": _pods_of_node}


def due_moments(cluster: Cluster) -> Iterable[datetime]:
    for key in cluster.lookup("transit", True):
        due = _due(cluster, cluster.find(key))
        if due is not None:
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
        grace = timedelta(seconds=pod.metadata.get("deletionGracePeriodSeconds", 0))
        return moment(pod.metadata["deletionTimestamp"]) - grace + min(STOP, grace)
    if not pod.status.get("startTime"):
        return moment(pod.created)
    if not pod.status.get("containerStatuses"):
        return moment(pod.status["startTime"]) + START
    return _ready_at(pod)


def _ready_at(pod: Pod) -> datetime | None:
    state = _state(pod)
    started = pod.status["containerStatuses"][0]["state"].get("running", {}).get("startedAt")
    if pod.finished or not started:
        return None
    if state == "completed":
        return moment(started) + START
    if state != "running" or pod.ready:
        return None
    ready = pod.app.ready if pod.app else True
    if ready is False:
        return None
    return moment(started) + timedelta(seconds=0 if ready is True else ready)


def _state(pod: Pod) -> str:
    """What becomes of the container: the app's word, or completion for a Job's pod of which we know nothing."""
    if pod.app is not None:
        return pod.app.state
    return "completed" if pod.controller and pod.controller[0] == "Job" else "running"


def reconcile(tx: Transaction, key: Key) -> None:
    pod = tx.cluster.find(key)
    if pod is None or not pod.node or not _working(tx.cluster, pod):
        return
    due = _due(tx.cluster, pod)
    late = due is not None and due <= tx.now
    if pod.terminating:
        if late:
            tx.remove(key)
    elif not pod.status.get("startTime"):
        _accept(tx, pod)
    elif not pod.status.get("containerStatuses"):
        if late:
            _start(tx, pod)
    elif _state(pod) == "completed" and late:
        _complete(tx, pod)
    elif _restarts(pod):
        _start(tx, pod)
    elif not pod.finished:
        _probe(tx, pod, late)


def _restarts(pod: Pod) -> bool:
    """The app began or ceased to crash (or its image to exist): the container starts once more."""
    state = pod.status["containerStatuses"][0]["state"]
    reason = (state.get("waiting") or {}).get("reason")
    expected = {"crash": "CrashLoopBackOff", "image-pull-error": "ImagePullBackOff", "running": None}
    return _state(pod) in expected and "terminated" not in state and expected[_state(pod)] != reason


def _accept(tx: Transaction, pod: Pod) -> None:
    status = {**pod.status, "startTime": stamp(tx.now)}
    host = tx.cluster.get("Node", "", pod.node).internal_ip
    if host:
        status |= {"hostIP": host, "hostIPs": [{"ip": host}]}
    tx.put({**pod.body, "status": status})


def _start(tx: Transaction, pod: Pod) -> None:
    """The pod gets its address; its containers start, crash or wait for an image."""
    state = _state(pod)
    node: Node = tx.cluster.get("Node", "", pod.node)
    ip = pod.ip or (node.internal_ip if pod.host_network else next_pod_ip(tx, node))
    phase = "Pending" if state == "image-pull-error" else "Running"
    status = {**pod.status, "phase": phase, "podIP": ip, "podIPs": [{"ip": ip}]}
    before = {c["name"]: c["restartCount"] + 1 for c in pod.status.get("containerStatuses") or ()}
    status["containerStatuses"] = [
        _container(tx, pod, c, state, before.get(c["name"], 0)) for c in pod.spec["containers"]
    ]
    status["conditions"] = _conditions(pod, status.get("conditions", []), False, stamp(tx.now))
    started = tx.put({**pod.body, "status": status, "kubeviz": {"links": links.snapshot(tx, pod.namespace)}})
    if state == "crash":
        tx.event(
            pod,
            "BackOff",
            f"Back-off restarting failed container {pod.spec['containers'][0]['name']} in pod {pod.name}",
            "kubelet",
            "Warning",
        )
    elif state == "image-pull-error":
        tx.event(
            pod,
            "Failed",
            f'Failed to pull image "{pod.spec["containers"][0].get("image", "")}": not found',
            "kubelet",
            "Warning",
        )
    else:
        _probe(tx, started, late=state == "running" and _ready_now(started, tx.now))


def _container(tx: Transaction, pod: Pod, container: Body, state: str, restarts: int) -> Body:
    image = container.get("image") or ""
    status: Body = {
        "name": container["name"],
        "image": image,
        "imageID": "",
        "ready": False,
        "restartCount": restarts,
        "started": False,
        "lastState": {},
    }
    now = stamp(tx.now)
    if state == "image-pull-error":
        waiting = {"reason": "ImagePullBackOff", "message": f'Back-off pulling image "{image}"'}
        return {**status, "state": {"waiting": waiting}}
    status |= {
        "imageID": f"{image}@sha256:{tx.digest('image', image):032x}",
        "containerID": f"containerd://{tx.digest('container', tx.cluster.rv, pod.key):064x}",
    }
    if state == "crash":
        waiting = {"reason": "CrashLoopBackOff", "message": "back-off 10s restarting failed container"}
        last = {"terminated": {"exitCode": 1, "reason": "Error", "startedAt": now, "finishedAt": now}}
        return {**status, "restartCount": restarts or 1, "state": {"waiting": waiting}, "lastState": last}
    return {**status, "started": True, "state": {"running": {"startedAt": now}}}


def _conditions(pod: Pod, conditions: list[Body], ready: bool, now: str, completed: bool = False) -> list[Body]:
    names = [c["name"] for c in pod.spec["containers"]]
    unready = (
        {}
        if ready
        else {
            "reason": "ContainersNotReady",
            "message": f"containers with unready status: [{' '.join(names)}]",
        }
    )
    if completed:
        unready = {"reason": "PodCompleted"}
    value = "True" if ready else "False"
    for kind, status, more in (
        ("PodReadyToStartContainers", "True", {}),
        ("Initialized", "True", {}),
        ("Ready", value, unready),
        ("ContainersReady", value, unready),
    ):
        conditions = set_condition(conditions, {"type": kind, "status": status, "lastProbeTime": None, **more}, now)
    return sorted(conditions, key=_place)


ORDER = ("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled")
"""In which the kubelet lists its conditions; others come first."""


def _place(condition: Body) -> int:
    return ORDER.index(condition["type"]) if condition["type"] in ORDER else -1


def _probe(tx: Transaction, pod: Pod, late: bool) -> None:
    """Readiness follows what the app answers now; a node that came back finds its pods ready again."""
    running = "running" in pod.status["containerStatuses"][0]["state"] and _state(pod) == "running"
    app: App | None = pod.app
    wants = running and (app is None or app.ready is not False) and (pod.ready or late or _ready_now(pod, tx.now))
    if wants == pod.ready:
        return
    statuses = [{**c, "ready": wants} for c in pod.status["containerStatuses"]]
    conditions = _conditions(pod, pod.status.get("conditions") or [], wants, stamp(tx.now))
    tx.put({**pod.body, "status": {**pod.status, "containerStatuses": statuses, "conditions": conditions}})
    if not wants:
        tx.event(
            pod,
            "Unhealthy",
            "Readiness probe failed: HTTP probe failed with statuscode: 503",
            "kubelet",
            "Warning",
        )


def _ready_now(pod: Pod, now: datetime) -> bool:
    due = _ready_at(pod)
    return due is not None and due <= now


def _complete(tx: Transaction, pod: Pod) -> None:
    """The container ends with 0: restartPolicy Always starts it again (we call that crash looping), else Succeeded."""
    now = stamp(tx.now)
    ended = {
        "exitCode": 0,
        "reason": "Completed",
        "startedAt": pod.status["containerStatuses"][0]["state"]["running"]["startedAt"],
        "finishedAt": now,
    }
    always = pod.spec.get("restartPolicy", "Always") == "Always"
    state: Body = {"terminated": ended}
    if always:
        state = {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 10s restarting failed container"}}
    statuses = [
        {
            **c,
            "ready": False,
            "started": False,
            "state": state,
            "lastState": {"terminated": ended} if always else {},
            "restartCount": c["restartCount"] + always,
        }
        for c in pod.status["containerStatuses"]
    ]
    conditions = _conditions(pod, pod.status.get("conditions") or [], False, now, completed=not always)
    phase = "Running" if always else "Succeeded"
    tx.put(
        {
            **pod.body,
            "status": {**pod.status, "phase": phase, "containerStatuses": statuses, "conditions": conditions},
        }
    )
