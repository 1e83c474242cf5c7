"""Repairs of pods, the workloads above them, and the machines below."""

from collections.abc import Iterator

from ...cluster.app import AppError, parse, with_field
from ...cluster.changes import Body
from ...cluster.clock import stamp
from ...cluster.objects import APP_ANNOTATION, POWER_ANNOTATION, Node, Obj, Pod
from .case import Case
from .proposal import Patch, Proposal, kubectl_patch, n

RESTARTED = "kubectl.kubernetes.io/restartedAt"
RESTARTABLE = ("Deployment", "StatefulSet", "DaemonSet")


def _pods(case: Case) -> list[Pod]:
    """Those that should have answered."""
    if case.pod is not None:
        return [case.pod]
    if case.service is None:
        return []
    return [p for p in case.cluster.selected_pods(case.service.namespace, case.service.selector) if not p.finished]


def health(case: Case) -> Iterator[Proposal]:
    """An app that crashes, or fails its readiness probe, is mended where that is written: pod or template."""
    pods = [pod for pod in _pods(case) if _ill(pod)]
    if not pods:
        return
    workload = owner(case, pods[0])
    written = template_app(workload) if workload is not None else ""
    if workload is not None and written and well(written) != written:
        patch = {"spec": {"template": {"metadata": {"annotations": {APP_ANNOTATION: well(written)}}}}}
        yield Proposal(
            "MendApp", {"name": workload.name}, kubectl_patch(workload, patch), (Patch(workload.key, patch),)
        )
        return
    edits = tuple(Patch(p.key, {"metadata": {"annotations": {APP_ANNOTATION: well(_app(p))}}}) for p in pods)
    first = pods[0]
    command = f"kubectl annotate pod {first.name}{n(first)} --overwrite {APP_ANNOTATION}='{well(_app(first)).strip()}'"
    yield Proposal("MendApp", {"name": ", ".join(p.name for p in pods)}, command, edits)


def _app(pod: Obj) -> str:
    return pod.annotations.get(APP_ANNOTATION) or ""


def _ill(pod: Pod) -> bool:
    return well(_app(pod)) != _app(pod)


def well(app: str) -> str:
    """The annotation of the same app, running and ready."""
    try:
        found = parse(app) if app else None
    except AppError:
        return app
    if found is not None and found.ready is False:
        app = with_field(app, "ready", "true")
    if found is not None and found.state in ("crash", "image-pull-error"):
        app = with_field(app, "state", "running")
    return app


def template_app(workload: Obj) -> str:
    metadata = (workload.spec.get("template") or {}).get("metadata") or {}
    return str((metadata.get("annotations") or {}).get(APP_ANNOTATION) or "")


def owner(case: Case, pod: Pod) -> Obj | None:
    """The workload that a user edits: above a ReplicaSet its Deployment."""
    above = case.cluster.find(pod.controller) if pod.controller else None
    if above is not None and above.controller and above.kind == "ReplicaSet":
        return case.cluster.find(above.controller) or above
    found: Obj | None = above
    return found


def uncordon(case: Case) -> Iterator[Proposal]:
    """Pods that no node takes, while nodes are cordoned."""
    if not any(not pod.node for pod in _pods(case)):
        return
    for node in case.cluster.of_kind("Node"):
        if node.spec.get("unschedulable"):
            edit = Patch(node.key, {"spec": {"unschedulable": None}})
            yield Proposal("Uncordon", {"node": node.name}, f"kubectl uncordon {node.name}", (edit,))


def wait(case: Case) -> Iterator[Proposal]:
    """Nothing is broken: things take their time (pods start, a dead node is noticed)."""
    namespace = case.service.namespace if case.service is not None else "default"
    yield Proposal("Wait", {}, f"kubectl get pods -n {namespace} -w")


def power(case: Case) -> Iterator[Proposal]:
    node = case.at(f"node/{case.params.get('node')}")
    if isinstance(node, Node) and not node.up:
        yield _switched_on(node)
    elif node is None:
        yield from (_switched_on(n) for n in case.cluster.of_kind("Node") if not n.up)


def _switched_on(node: Node) -> Proposal:
    edit = Patch(node.key, {"metadata": {"annotations": {POWER_ANNOTATION: None}}})
    return Proposal("PowerOn", {"node": node.name}, f"gcloud compute instances start {node.name}", (edit,))


def restart(case: Case) -> Iterator[Proposal]:
    """Environment variables are fixed when a container starts: a restart takes in the Services that came later."""
    pod = case.pod or case.sender
    workload = owner(case, pod) if pod is not None else None
    if workload is None or workload.kind not in RESTARTABLE:
        return
    patch: Body = {"spec": {"template": {"metadata": {"annotations": {RESTARTED: stamp(case.now)}}}}}
    command = f"kubectl rollout restart {workload.kind.lower()} {workload.name}{n(workload)}"
    yield Proposal("Restart", {"name": workload.name}, command, (Patch(workload.key, patch),))


def service_links(case: Case) -> Iterator[Proposal]:
    """A pod that wants no Service variables (enableServiceLinks: false) gets none, however often it restarts."""
    pod = case.pod or case.sender
    workload = owner(case, pod) if pod is not None else None
    if pod is None or workload is None or pod.spec.get("enableServiceLinks") is not False:
        return
    patch: Body = {"spec": {"template": {"spec": {"enableServiceLinks": True}}}}
    command = kubectl_patch(workload, patch)
    yield Proposal("LinkServices", {"name": workload.name}, command, (Patch(workload.key, patch),))
