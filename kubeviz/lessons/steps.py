"""Steps: what an author does to a cluster, as a start, as a solution, or "after …" in a check.

Each step knows the command line that it stands for, so that a solution that is shown can be typed as well.
"""

import json
import shlex
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from ..cluster import manifest
from ..cluster.apiserver import Transaction
from ..cluster.objects import APP_ANNOTATION, POWER_ANNOTATION, Obj
from ..cluster.references import select
from ..controllers import loading

Text = Annotated[str, Meta(max_length=20_000)]
Line = Annotated[str, Meta(max_length=400)]


class StepFailed(Exception):
    """A step that this cluster does not allow, in words for the author."""


class Step(msgspec.Struct, tag_field="do", forbid_unknown_fields=True, kw_only=True):
    """`say` explains the step to whoever has the solution shown."""

    say_ko: Text = ""
    say_en: Text = ""

    def run(self, tx: Transaction) -> None:
        """Change the cluster. Raises StepFailed, Rejected, ManifestError, LoadError."""
        raise NotImplementedError

    def command(self) -> str:
        """The line of the terminal that it stands for."""
        raise NotImplementedError


class Apply(Step, tag="apply", kw_only=True):
    """`kubectl apply -f -` of some manifests."""

    manifests: Text

    def run(self, tx: Transaction) -> None:
        loading.load(tx, [manifest.load(self.manifests, browser=True)])

    def command(self) -> str:
        return f"kubectl apply -f - <<'EOF'\n{self.manifests.strip()}\nEOF"


class _OnObjects(Step, kw_only=True):
    """A step on what a reference stands for: one object, or all that carry some labels."""

    ref: Line

    def targets(self, tx: Transaction) -> list[Obj]:
        found = select(tx.cluster, self.ref)
        if not found:
            raise StepFailed(f"there is no {self.ref}")
        return found

    def words(self) -> str:
        """`service order -n snackbar`, `pod -l app=order -n snackbar`."""
        word, *rest = self.ref.split("/")
        name = f"-l {rest[-1]}" if "=" in rest[-1] else rest[-1]
        namespace = f" -n {rest[0]}" if len(rest) == 2 and rest[0] != "default" else ""
        return f"{word} {name}{namespace}"


class Delete(_OnObjects, tag="delete", kw_only=True):
    def run(self, tx: Transaction) -> None:
        for target in self.targets(tx):
            tx.delete(target.key)

    def command(self) -> str:
        return f"kubectl delete {self.words()}"


class Patch(_OnObjects, tag="patch", kw_only=True, rename={"change": "with"}):
    """A JSON merge patch (RFC 7396)."""

    change: dict[str, Any]

    def run(self, tx: Transaction) -> None:
        for target in self.targets(tx):
            tx.patch(target.key, self.change)

    def command(self) -> str:
        patch = json.dumps(self.change, ensure_ascii=False, separators=(",", ":"))
        return f"kubectl patch {self.words()} --type=merge -p {shlex.quote(patch)}"


class Label(_OnObjects, tag="label", kw_only=True):
    labels: dict[str, str | None]

    def run(self, tx: Transaction) -> None:
        for target in self.targets(tx):
            tx.patch(target.key, {"metadata": {"labels": self.labels}})

    def command(self) -> str:
        pairs = " ".join(f"{k}={v}" if v is not None else f"{k}-" for k, v in self.labels.items())
        return f"kubectl label {self.words()} {pairs} --overwrite"


class Selector(_OnObjects, tag="selector", kw_only=True):
    """As `kubectl set selector`: the Service's selector becomes just these pairs."""

    selector: dict[str, str]

    def run(self, tx: Transaction) -> None:
        for target in self.targets(tx):
            tx.replace({**target.body, "spec": {**target.spec, "selector": self.selector}})

    def command(self) -> str:
        return f"kubectl set selector {self.words()} {','.join(f'{k}={v}' for k, v in self.selector.items())}"


class Scale(_OnObjects, tag="scale", kw_only=True):
    replicas: Annotated[int, Meta(ge=0, le=100)]

    def run(self, tx: Transaction) -> None:
        for target in self.targets(tx):
            tx.patch(target.key, {"spec": {"replicas": self.replicas}})

    def command(self) -> str:
        return f"kubectl scale {self.words()} --replicas={self.replicas}"


class Restart(_OnObjects, tag="restart", kw_only=True):
    """New pods from the same template."""

    def run(self, tx: Transaction) -> None:
        for target in self.targets(tx):
            restarted = {"kubectl.kubernetes.io/restartedAt": tx.now.strftime("%Y-%m-%dT%H:%M:%SZ")}
            tx.patch(target.key, {"spec": {"template": {"metadata": {"annotations": restarted}}}})

    def command(self) -> str:
        return f"kubectl rollout restart {self.words()}"


class Behave(_OnObjects, tag="app", kw_only=True):
    """What the app of these pods (or of a workload's template) does from now on: the whole annotation."""

    app: Text

    def run(self, tx: Transaction) -> None:
        for target in self.targets(tx):
            metadata = {"metadata": {"annotations": {APP_ANNOTATION: self.app}}}
            tx.patch(target.key, {"spec": {"template": metadata}} if "template" in target.spec else metadata)

    def command(self) -> str:
        return f"kubectl annotate {self.words()} --overwrite {APP_ANNOTATION}={shlex.quote(self.app.strip())}"


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


class Send(Step, tag="send", kw_only=True, rename={"source": "from"}):
    """A request; it changes nothing, and is seen."""

    source: Line = "internet"
    url: Line

    def run(self, tx: Transaction) -> None:
        """Whoever plays the solution sends it."""

    def command(self) -> str:
        kind, _, rest = self.source.partition("/")
        if kind == "pod" and rest.count("/") == 1:
            namespace, pod = rest.split("/")
            return f"kubectl exec {pod} -n {namespace} -- curl -s {shlex.quote(self.url)}"
        return f"curl {shlex.quote(self.url)}"


class Answer(Step, tag="answer", kw_only=True):
    """The right answer to a question among the checks; it changes nothing in the cluster."""

    check: Line
    value: Line

    def run(self, tx: Transaction) -> None:
        """Whoever plays the solution gives the answer to the check."""

    def command(self) -> str:
        return ""


AnyStep = (
    Apply | Delete | Patch | Label | Selector | Scale | Restart | Behave | Power | Firewall | Tunnel | Send | Answer
)
Steps = Annotated[list[AnyStep], Meta(max_length=40)]
