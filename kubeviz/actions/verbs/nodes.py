"""What is done to machines."""

from typing import Any

from ...cluster import surroundings
from ...cluster.apiserver import Transaction
from ...cluster.objects import Node


def set_power(tx: Transaction, target: Node, power: str) -> dict[str, Any]:
    """The machine goes off at once; that its node is NotReady is noticed after the grace period."""
    surroundings.set_power(tx, target.name, power != "off")
    return {"startstop": "stop" if power == "off" else "start"}


def cordon(tx: Transaction, target: Node) -> None:
    tx.patch(target.key, {"spec": {"unschedulable": True}})


def uncordon(tx: Transaction, target: Node) -> None:
    tx.patch(target.key, {"spec": {"unschedulable": None}})
