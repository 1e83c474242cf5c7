"""What is done to machines."""

from typing import Any

from ...cluster.apiserver import Transaction
from ...cluster.objects import POWER_ANNOTATION, Node


def set_power(tx: Transaction, target: Node, power: str) -> dict[str, Any]:
    """The machine goes off at once; that its node is NotReady is noticed after the grace period."""
    tx.patch(target.key, {"metadata": {"annotations": {POWER_ANNOTATION: "off" if power == "off" else None}}})
    return {"startstop": "stop" if power == "off" else "start"}


def cordon(tx: Transaction, target: Node) -> None:
    tx.patch(target.key, {"spec": {"unschedulable": True}})


def uncordon(tx: Transaction, target: Node) -> None:
    tx.patch(target.key, {"spec": {"unschedulable": None}})
