"""Pods: STATUS is what a person wants to know, not the phase."""

from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from ..changes import Body
from ..objects import Pod
from .columns import NONE, age, of, since

COLUMNS = of("Name", "Ready", "Status", "Restarts", "Age", wide=("IP", "Node", "Nominated Node", "Readiness Gates"))


class Summary:
    """What the container statuses say together."""

    def __init__(self, pod: Pod) -> None:
        self.status = pod.status
        self.sidecars = {c["name"] for c in pod.spec.get("initContainers") or () if c.get("restartPolicy") == "Always"}
        self.total = len(pod.spec.get("containers") or ()) + len(self.sidecars)
        self.ready = self.restarts = 0
        self.last_restart = ""
        self.reason: str = self.status.get("reason") or self.status.get("phase") or ""
        if any(c.get("reason") == "SchedulingGated" for c in self._conditions("PodScheduled")):
            self.reason = "SchedulingGated"
        initializing = self._initialize(len(pod.spec.get("initContainers") or ()))
        if not initializing or pod.condition("Initialized") == "True":
            self._run(pod.condition("Ready") == "True")

    def _conditions(self, kind: str) -> list[Body]:
        return [c for c in self.status.get("conditions") or () if c["type"] == kind]

    def _initialize(self, total: int) -> bool:
        """Whether an init container is not done; the first such one gives the reason."""
        for i, container in enumerate(self.status.get("initContainerStatuses") or ()):
            self._count(container)
            state = container.get("state") or {}
            if "terminated" in state and not state["terminated"].get("exitCode"):
                continue
            if container["name"] in self.sidecars and container.get("started"):
                self.ready += bool(container.get("ready"))
                continue
            self.reason = _initializing(state, i, total)
            return True
        return False

    def _run(self, pod_ready: bool) -> None:
        self.restarts, self.last_restart = 0, ""
        for container in self.status.get("initContainerStatuses") or ():
            if container["name"] in self.sidecars:
                self._count(container)
        running = False
        for container in reversed(self.status.get("containerStatuses") or ()):
            self._count(container)
            state = container.get("state") or {}
            reason = _reason(state)
            if reason:
                self.reason = reason
            elif container.get("ready") and "running" in state:
                running = True
                self.ready += 1
        if self.reason == "Completed" and running:
            self.reason = "Running" if pod_ready else "NotReady"

    def _count(self, container: Body) -> None:
        self.restarts += container.get("restartCount") or 0
        ended = ((container.get("lastState") or {}).get("terminated") or {}).get("finishedAt") or ""
        self.last_restart = max(self.last_restart, ended)


def _initializing(state: Body, position: int, total: int) -> str:
    waiting = (state.get("waiting") or {}).get("reason")
    if "terminated" in state:
        return f"Init:{_ended(state['terminated'])}"
    if waiting and waiting != "PodInitializing":
        return f"Init:{waiting}"
    return f"Init:{position}/{total}"


def _reason(state: Body) -> str:
    if (state.get("waiting") or {}).get("reason"):
        return str(state["waiting"]["reason"])
    return _ended(state["terminated"]) if "terminated" in state else ""


def _ended(terminated: Body) -> str:
    if terminated.get("reason"):
        return str(terminated["reason"])
    if terminated.get("signal"):
        return f"Signal:{terminated['signal']}"
    return f"ExitCode:{terminated.get('exitCode', 0)}"


def status(pod: Pod, summary: Summary) -> str:
    """The STATUS column: CrashLoopBackOff, Completed, Init:0/1, Terminating …"""
    if pod.terminating and pod.status.get("reason") == "NodeLost":
        return "Unknown"
    if pod.terminating and not pod.finished:
        return "Terminating"
    return summary.reason


Row = tuple[str, str, str, int, str, str, str, str, str]
_ROWS: WeakKeyDictionary[Pod, Row] = WeakKeyDictionary()
"""A version of a pod never changes, and so never does what time has no part in."""


def _row(pod: Pod) -> Row:
    """name, ready, status, restarts, when the last one was, and the wide cells."""
    found = Summary(pod)
    wide = (pod.ips[0] if pod.ips else NONE, pod.node or NONE, pod.status.get("nominatedNodeName") or NONE, _gates(pod))
    ready = f"{found.ready}/{found.total}"
    return (pod.name, ready, status(pod, found), found.restarts, found.last_restart, *wide)


def cells(pod: Pod, now: datetime) -> tuple[Any, ...]:
    row = _ROWS.get(pod)
    if row is None:
        row = _ROWS[pod] = _row(pod)
    name, ready, said, restarts, last, *wide = row
    again = f"{restarts} ({since(last, now)} ago)" if restarts and last else str(restarts)
    return (name, ready, said, again, age(pod, now), *wide)


def _gates(pod: Pod) -> str:
    gates = pod.spec.get("readinessGates") or ()
    if not gates:
        return NONE
    return f"{sum(pod.condition(g['conditionType']) == 'True' for g in gates)}/{len(gates)}"
