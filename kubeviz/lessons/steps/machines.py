"""Steps on what the cluster stands on: machines, the cloud's firewall, minikube's tunnel."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from ...cluster.apiserver import Transaction
from ...cluster.objects import POWER_ANNOTATION
from .step import Line, Step, StepFailed


class Power(Step, tag="power", kw_only=True):
    """A machine goes off or on."""

    node: Line
    to: Literal["on", "off"]

    def run(self, tx: Transaction) -> None:
        if tx.cluster.get("Node", "", self.node) is None:
            raise StepFailed(f"there is no node {self.node}")
        power = "off" if self.to == "off" else None
        tx.patch(("Node", "", self.node), {"metadata": {"annotations": {POWER_ANNOTATION: power}}})

    def command(self) -> str:
        return f"gcloud compute instances {'stop' if self.to == 'off' else 'start'} {self.node}"


class Firewall(Step, tag="firewall", kw_only=True):
    """Open the cloud's firewall for one port, or close it again."""

    port: Annotated[int, Meta(ge=1, le=65535)]
    to: Literal["open", "closed"] = "open"

    def run(self, tx: Transaction) -> None:
        if self.to == "open":
            tx.apply(firewall_rule(self.port))
        elif tx.cluster.get("FirewallRule", "", f"allow-{self.port}") is not None:
            tx.delete(("FirewallRule", "", f"allow-{self.port}"))

    def command(self) -> str:
        if self.to == "open":
            return f"gcloud compute firewall-rules create allow-{self.port} --allow=tcp:{self.port}"
        return f"gcloud compute firewall-rules delete allow-{self.port}"


def firewall_rule(port: int) -> dict[str, Any]:
    return {
        "apiVersion": "kubeviz.dev/v1",
        "kind": "FirewallRule",
        "metadata": {"name": f"allow-{port}"},
        "spec": {"ports": [port], "protocol": "TCP"},
    }


class Tunnel(Step, tag="tunnel", kw_only=True):
    """`minikube tunnel`."""

    def run(self, tx: Transaction) -> None:
        if tx.cluster.environment.get("provider") != "minikube":
            raise StepFailed("only minikube needs a tunnel")
        tx.patch(("Environment", "", "lab"), {"spec": {"tunnel": True}})

    def command(self) -> str:
        return "minikube tunnel"
