"""What is done around the cluster: firewall rules, minikube's tunnel."""

from typing import Any

from ...cluster import surroundings
from ...cluster.apiserver import Transaction
from ...cluster.objects import Obj
from ..errors import Problem, Refused


def firewall_allow(tx: Transaction, target: Obj | None, port: int) -> dict[str, Any]:
    name = f"allow-{port}"
    surroundings.allow(tx, name, [port])
    return {"rule": name}


def firewall_deny(tx: Transaction, target: Obj | None, rule: str) -> None:
    if tx.cluster.get("FirewallRule", "", rule) is None:
        raise Refused(Problem(f"there is no firewall rule {rule}", "rule"), code=404)
    tx.delete(("FirewallRule", "", rule))


def tunnel(tx: Transaction, target: Obj | None, open: bool) -> None:
    if tx.cluster.environment.get("provider") != "minikube":
        raise Refused("only minikube needs a tunnel")
    surroundings.tunnel(tx, open)
