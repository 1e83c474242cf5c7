"""What is done to workloads."""

from ...cluster.apiserver import Transaction
from ...cluster.clock import stamp
from ...cluster.editing import without
from ...cluster.objects import Obj
from ...controllers.scaling import revision
from ..errors import Problem, Refused

HASH = ("metadata", "labels", "pod-template-hash")
RESTARTED = "kubectl.kubernetes.io/restartedAt"


def scale(tx: Transaction, target: Obj, replicas: int) -> None:
    tx.patch(target.key, {"spec": {"replicas": replicas}})


def restart(tx: Transaction, target: Obj) -> None:
    """A new annotation in the template is a new template, and so a rollout."""
    tx.patch(target.key, {"spec": {"template": {"metadata": {"annotations": {RESTARTED: stamp(tx.now)}}}}})


def set_image(tx: Transaction, target: Obj, container: str, image: str) -> None:
    containers = [dict(c) for c in target.spec["template"]["spec"]["containers"]]
    found = next((c for c in containers if c["name"] == container), None)
    if found is None:
        raise Refused(Problem(f"unable to find container named {container!r}", "container"))
    found["image"] = image
    tx.patch(target.key, {"spec": {"template": {"spec": {"containers": containers}}}})


def rollout_undo(tx: Transaction, target: Obj) -> None:
    """The template of the revision before: that of the ReplicaSet with the second highest number."""
    sets = sorted(tx.cluster.owned_by(target.key, "ReplicaSet"), key=revision)
    if len(sets) < 2:
        raise Refused(f"no rollout history found for deployment {target.name!r}")
    template = sets[-2].spec["template"]
    tx.replace({**target.body, "spec": {**target.spec, "template": without(template, HASH)}})
