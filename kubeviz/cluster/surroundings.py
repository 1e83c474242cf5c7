"""What stands around the nodes: the cloud's firewall rules, minikube's tunnel, the power of a machine."""

from typing import TYPE_CHECKING, Any

from .changes import Key
from .objects import POWER_ANNOTATION

if TYPE_CHECKING:
    from .apiserver import Transaction

ENVIRONMENT: Key = ("Environment", "", "lab")


def allow(tx: "Transaction", name: str, ports: list[int], protocol: str = "TCP") -> Any:
    """A rule that lets *ports* of every node in. Raises Rejected."""
    return tx.apply(
        {
            "apiVersion": "kubeviz.dev/v1",
            "kind": "FirewallRule",
            "metadata": {"name": name},
            "spec": {"ports": ports, "protocol": protocol},
        }
    )


def tunnel(tx: "Transaction", open: bool) -> None:
    """`minikube tunnel` routes the Services' network from the laptop to the node."""
    tx.patch(ENVIRONMENT, {"spec": {"tunnel": open}})


def set_power(tx: "Transaction", node: str, on: bool) -> None:
    """The machine itself; that its node is NotReady is noticed later."""
    tx.patch(("Node", "", node), {"metadata": {"annotations": {POWER_ANNOTATION: None if on else "off"}}})
