"""What the kubelet reports of a pod's containers: started, crashed, waiting for an image, done."""

from datetime import datetime, timedelta
from typing import Literal

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body
from ..cluster.clock import moment, stamp
from ..cluster.objects import Pod
from .watching import set_condition

Outcome = Literal["running", "crash", "image-pull-error", "completed"]
FIRST_BACK_OFF, LONGEST_BACK_OFF = timedelta(seconds=10), timedelta(seconds=300)
ORDER = ("PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled")
"""In which the kubelet lists its conditions; others come first."""
CREATING, CONFIG_ERROR = "ContainerCreating", "CreateContainerConfigError"
WAITING = "CrashLoopBackOff"
KILLED = 143
"""Exit code of who obeys SIGTERM."""


def outcome(pod: Pod) -> Outcome:
    """What becomes of the container: the app's word, or completion for a Job's pod of which we know nothing."""
    if pod.app is not None:
        return pod.app.state
    return "completed" if pod.controller and pod.controller[0] == "Job" else "running"


def restarts_on(pod: Pod, exit_code: int) -> bool:
    """Whether the pod's restartPolicy starts a container again that ended like this."""
    policy = pod.spec.get("restartPolicy", "Always")
    return policy == "Always" or (policy == "OnFailure" and exit_code != 0)


def first_state(pod: Pod) -> Body:
    """The state of the first container, by which the others go too."""
    statuses = pod.status.get("containerStatuses") or ()
    return statuses[0].get("state") or {} if statuses else {}


def waits_for(pod: Pod, *reasons: str) -> bool:
    """Whether one of its containers waits for one of these reasons."""
    states = (status.get("state") or {} for status in pod.status.get("containerStatuses") or ())
    return any((state.get("waiting") or {}).get("reason") in reasons for state in states)


def back_off(pod: Pod) -> datetime | None:
    """When a container that ended is started again: after 10 s, 20 s, 40 s and so on, at most five minutes."""
    state = first_state(pod)
    if (state.get("waiting") or {}).get("reason") != WAITING:
        return None
    status = pod.status["containerStatuses"][0]
    ended = ((status.get("lastState") or {}).get("terminated") or {}).get("finishedAt")
    if not ended:
        return None
    return moment(ended) + delay(status["restartCount"])


def delay(restarts: int) -> timedelta:
    doubled: timedelta = FIRST_BACK_OFF * 2 ** min(max(restarts - 1, 0), 10)
    return min(doubled, LONGEST_BACK_OFF)


def started(tx: Transaction, pod: Pod, container: Body, restarts: int) -> Body:
    """A container that runs since now."""
    status = _identity(tx, pod, container, restarts)
    return {**status, "started": True, "state": {"running": {"startedAt": stamp(tx.now)}}}


def waiting(container: Body) -> Body:
    """A container that is not there yet."""
    return {**_bare(container, 0), "imageID": "", "state": {"waiting": {"reason": CREATING}}}


def without_image(container: Body, restarts: int) -> Body:
    image = container.get("image") or ""
    waiting = {"reason": "ImagePullBackOff", "message": f'Back-off pulling image "{image}"'}
    return {**_bare(container, restarts), "imageID": "", "state": {"waiting": waiting}}


def without_value(container: Body, restarts: int, why: str) -> Body:
    waiting = {"reason": CONFIG_ERROR, "message": why}
    return {**_bare(container, restarts), "imageID": "", "state": {"waiting": waiting}}


def ended(tx: Transaction, pod: Pod, container: Body, restarts: int, exit_code: int, since: str) -> Body:
    """A container that stopped: waiting to be started once more, or done for good."""
    now = stamp(tx.now)
    terminated = {
        "exitCode": exit_code,
        "reason": "Error" if exit_code else "Completed",
        "startedAt": since,
        "finishedAt": now,
    }
    if not restarts_on(pod, exit_code):
        return {**_identity(tx, pod, container, restarts), "state": {"terminated": terminated}}
    status = _identity(tx, pod, container, restarts + 1)
    seconds = int(delay(restarts + 1).total_seconds())
    pause = f"{seconds}s" if seconds < 60 else f"{seconds // 60}m{seconds % 60}s"
    waiting = {"reason": WAITING, "message": f"back-off {pause} restarting failed container"}
    return {**status, "state": {"waiting": waiting}, "lastState": {"terminated": terminated}}


def killed(tx: Transaction, status: Body, since: str) -> Body:
    """A container that was told to stop (SIGTERM) and did; one that was not running stays as it was."""
    if "running" not in (status.get("state") or {}):
        return status
    ended = {"exitCode": KILLED, "reason": "Error", "startedAt": since, "finishedAt": stamp(tx.now)}
    return {**status, "ready": False, "started": False, "state": {"terminated": ended}}


def _bare(container: Body, restarts: int) -> Body:
    return {
        "name": container["name"],
        "image": container.get("image") or "",
        "ready": False,
        "restartCount": restarts,
        "started": False,
        "lastState": {},
    }


def _identity(tx: Transaction, pod: Pod, container: Body, restarts: int) -> Body:
    image = container.get("image") or ""
    return {
        **_bare(container, restarts),
        "imageID": f"{image}@sha256:{tx.digest('image', image):032x}",
        "containerID": f"containerd://{tx.digest('container', tx.cluster.rv, *pod.key, container['name']):064x}",
    }


def init_statuses(tx: Transaction, pod: Pod) -> list[Body]:
    """Init containers are done before the others start; sidecars among them go on."""
    now, found = stamp(tx.now), []
    for container in pod.spec.get("initContainers") or ():
        if container.get("restartPolicy") == "Always":
            found.append({**started(tx, pod, container, 0), "ready": True})
            continue
        done = {"exitCode": 0, "reason": "Completed", "startedAt": now, "finishedAt": now}
        found.append({**_identity(tx, pod, container, 0), "ready": True, "state": {"terminated": done}})
    return found


def conditions(pod: Pod, known: list[Body], ready: bool, now: str, finished: str = "") -> list[Body]:
    """The pod's conditions; *finished* is PodCompleted or PodFailed once no container will run any more."""
    names = " ".join(c["name"] for c in pod.spec["containers"])
    unready = {"reason": "ContainersNotReady", "message": f"containers with unready status: [{names}]"}
    why = {"reason": finished} if finished else {} if ready else unready
    done = {"reason": "PodCompleted"} if finished == "PodCompleted" else {}
    value = "True" if ready else "False"
    for kind, status, more in (
        ("PodReadyToStartContainers", "False" if finished else "True", {}),
        ("Initialized", "True", done),
        ("Ready", value, why),
        ("ContainersReady", value, why),
    ):
        known = set_condition(known, {"type": kind, "status": status, "lastProbeTime": None, **more}, now)
    return sorted(known, key=_place)


def _place(condition: Body) -> int:
    return ORDER.index(condition["type"]) if condition["type"] in ORDER else -1
