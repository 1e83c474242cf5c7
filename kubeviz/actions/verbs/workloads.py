"""What is done to workloads."""

from ...cluster.apiserver import Transaction
from ...cluster.clock import stamp
from ...cluster.objects import Obj

RESTARTED = "kubectl.kubernetes.io/restartedAt"


def scale(tx: Transaction, target: Obj, replicas: int) -> None:
    tx.patch(target.key, {"spec": {"replicas": replicas}})


def restart(tx: Transaction, target: Obj) -> None:
    """A new annotation in the template is a new template, and so a rollout."""
    tx.patch(target.key, {"spec": {"template": {"metadata": {"annotations": {RESTARTED: stamp(tx.now)}}}}})
