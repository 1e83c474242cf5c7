"""Steps on objects, most of them as kubectl has them, and what an app does."""

import json
import shlex
from typing import Annotated, Any

from msgspec import Meta

from ...cluster import manifest
from ...cluster.apiserver import Transaction
from ...cluster.objects import APP_ANNOTATION, Obj
from ...cluster.references import select
from ...controllers import loading
from .step import Line, Step, StepFailed, Text


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
