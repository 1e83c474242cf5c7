"""Pods."""

from ...cluster.objects import Pod
from ...cluster.tables.columns import since
from .containers import containers, seccomp, spread, tolerations
from .page import Page
from .volumes import volumes


def describe(page: Page, pod: Pod) -> None:
    _identity(page, pod)
    page.marks(pod)
    _status(page, pod)
    _addresses(page, pod)
    page.controller(pod)
    if pod.status.get("nominatedNodeName"):
        page.field("NominatedNodeName", pod.status["nominatedNodeName"])
    env = _fields(pod)
    for title, key, statuses in (("Init Containers", "initContainers", "initContainerStatuses"),
                                 ("Containers", "containers", "containerStatuses")):  # fmt: skip
        if pod.spec.get(key) or key == "containers":
            containers(page, title, pod.spec.get(key) or [], pod.status.get(statuses) or [], "", env)
    _conditions(page, pod)
    volumes(page, pod.spec.get("volumes") or [], "")
    page.field("QoS Class", pod.status.get("qosClass") or "BestEffort")
    page.labels("Node-Selectors", pod.spec.get("nodeSelector"))
    tolerations(page, "Tolerations", pod.spec.get("tolerations"))
    spread(page, "Topology Spread Constraints", pod.spec.get("topologySpreadConstraints"))


def _identity(page: Page, pod: Pod) -> None:
    page.head(pod)
    if pod.spec.get("priority") is not None:
        page.field("Priority", pod.spec["priority"])
    for title, key in (("Priority Class Name", "priorityClassName"), ("Runtime Class Name", "runtimeClassName"),
                       ("Service Account", "serviceAccountName")):  # fmt: skip
        if pod.spec.get(key):
            page.field(title, pod.spec[key])
    page.field("Node", f"{pod.node}/{pod.status.get('hostIP') or ''}" if pod.node else "<none>")
    if pod.status.get("startTime"):
        page.field("Start Time", page.time(pod.status["startTime"]))


def _status(page: Page, pod: Pod) -> None:
    if pod.terminating and not pod.finished:
        page.field("Status", f"Terminating (lasts {since(pod.metadata['deletionTimestamp'], page.now)})")
        page.field("Termination Grace Period", f"{pod.metadata.get('deletionGracePeriodSeconds', 0)}s")
    else:
        page.field("Status", pod.phase)
    for title, key in (("Reason", "reason"), ("Message", "message")):
        if pod.status.get(key):
            page.field(title, pod.status[key])
    seccomp(page, pod.spec, 0)


def _addresses(page: Page, pod: Pod) -> None:
    page.field("IP", pod.ip)
    if not pod.status.get("podIPs"):
        page.field("IPs", "<none>")
        return
    page.write(0, "IPs:\n")
    for ip in pod.ips:
        page.field("IP", ip, 1)


def _conditions(page: Page, pod: Pod) -> None:
    if pod.spec.get("readinessGates"):
        page.write(0, "Readiness Gates:\n  Type\tStatus\n")
        for gate in pod.spec["readinessGates"]:
            kind = gate["conditionType"]
            page.line(1, f"{kind} ", f"{pod.condition(kind) or '<none>'} ")
    if pod.status.get("conditions"):
        page.write(0, "Conditions:\n  Type\tStatus\n")
        for condition in pod.status["conditions"]:
            page.line(1, f"{condition['type']} ", f"{condition['status']} ")


def _fields(pod: Pod) -> dict[str, str]:
    """What the downward API's paths stand for."""
    return {
        "metadata.name": pod.name,
        "metadata.namespace": pod.namespace,
        "metadata.uid": pod.uid,
        "spec.nodeName": pod.node,
        "spec.serviceAccountName": pod.spec.get("serviceAccountName") or "",
        "status.hostIP": pod.status.get("hostIP") or "",
        "status.podIP": pod.ip,
        "status.podIPs": ",".join(pod.ips),
        **{f"metadata.labels['{k}']": v for k, v in pod.labels.items()},
        **{f"metadata.annotations['{k}']": v for k, v in pod.annotations.items()},
    }
