"""What is done to machines."""

from typing import Any

from ...cluster import surroundings
from ...cluster.apiserver import Transaction
from ...cluster.objects import Node, Pod

POWER = {
    "cloud": "gcloud compute instances {stop} {name}",
    "minikube": "minikube {stop}",
    "bare": "ipmitool -H {name} chassis power {power}",
}
"""How a machine is switched, where it stands."""


def set_power(tx: Transaction, target: Node, power: str) -> dict[str, Any]:
    """The machine goes off at once; that its node is NotReady is noticed after the grace period."""
    surroundings.set_power(tx, target.name, power != "off")
    provider = tx.cluster.environment.get("provider", "cloud")
    return {"line": POWER[provider].format(name=target.name, stop="stop" if power == "off" else "start", power=power)}


def cordon(tx: Transaction, target: Node) -> None:
    tx.patch(target.key, {"spec": {"unschedulable": True}})


def uncordon(tx: Transaction, target: Node) -> None:
    tx.patch(target.key, {"spec": {"unschedulable": None}})


def drain(tx: Transaction, target: Node) -> dict[str, Any]:
    """Cordon, then evict every pod but those a DaemonSet would bring back.

    kubectl asks for --force where a pod has no controller to replace it, and for --delete-emptydir-data where one
    would lose its scratch space.
    """
    if not target.spec.get("unschedulable"):
        cordon(tx, target)
    leaving = [p for p in tx.cluster.lookup("node", target.name).values() if isinstance(p, Pod) and _leaves(p)]
    for pod in sorted(leaving, key=lambda pod: pod.key):
        tx.delete(pod.key)
    force = " --force" if any(pod.controller is None for pod in leaving) else ""
    return {"flags": force + (" --delete-emptydir-data" if any(map(_has_scratch, leaving)) else "")}


def _leaves(pod: Pod) -> bool:
    return not pod.terminating and (pod.controller is None or pod.controller[0] != "DaemonSet")


def _has_scratch(pod: Pod) -> bool:
    return any("emptyDir" in volume for volume in pod.spec.get("volumes") or ())
