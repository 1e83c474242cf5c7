"""What is done around the cluster: firewall rules, addons, minikube's tunnel."""

from typing import Any

from ...cluster import surroundings
from ...cluster.apiserver import Transaction
from ...cluster.objects import Obj
from ...cluster.state import Cluster
from ...controllers import bootstrap
from ...lessons.repair.ingresses import HELM
from ..errors import Problem, Refused


def firewall_allow(tx: Transaction, target: Obj | None, port: int) -> dict[str, Any]:
    name = f"allow-{port}"
    surroundings.allow(tx, name, [port])
    return {"rule": name}


def firewall_deny(tx: Transaction, target: Obj | None, rule: str) -> None:
    if tx.cluster.get("FirewallRule", "", rule) is None:
        raise Refused(Problem(f"there is no firewall rule {rule}", "rule"), code=404)
    tx.delete(("FirewallRule", "", rule))


def tunnel(tx: Transaction, target: Obj | None, open: bool) -> dict[str, Any]:
    if tx.cluster.environment.get("provider") != "minikube":
        raise Refused("only minikube needs a tunnel")
    surroundings.tunnel(tx, open)
    return {"line": "minikube tunnel" if open else "minikube tunnel --cleanup"}


def addon_command(addon: str, cluster: Cluster, install: bool) -> str:
    """minikube has addons of its own; elsewhere one installs with helm, as the project's own quick start does."""
    if cluster.environment.get("provider") == "minikube":
        return f"minikube addons {'enable' if install else 'disable'} ingress"
    return HELM if install else f"helm uninstall {addon} -n {addon}"


def install_addon(tx: Transaction, target: Obj | None, addon: str) -> dict[str, Any]:
    line = addon_command(addon, tx.cluster, install=True)
    bootstrap.install(tx, addon)
    return {"line": line}


def remove_addon(tx: Transaction, target: Obj | None, addon: str) -> dict[str, Any]:
    if tx.cluster.get("Namespace", "", addon) is None:
        raise Refused(Problem(f"{addon} is not installed", "addon"))
    bootstrap.uninstall(tx, addon)
    return {"line": addon_command(addon, tx.cluster, install=False)}
