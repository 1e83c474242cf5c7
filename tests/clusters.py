"""Clusters for tests: YAML in view, at rest, ready to be asked."""

import textwrap
from typing import Any

from kubeviz.cluster import manifest
from kubeviz.cluster.apiserver import Transaction
from kubeviz.cluster.state import Cluster
from kubeviz.controllers import loading, quiesce
from kubeviz.controllers.bootstrap import READY, new_cluster
from kubeviz.engine import Request, Trace, trace


def begin(
    text: str = "",
    provider: str = "cloud",
    addons: tuple[str, ...] = (),
    firewall: str = "open",
    seed: int = 0,
) -> Transaction:
    """A transaction on a cluster that holds what *text* describes, at rest."""
    tx = Transaction(new_cluster(provider, addons, seed, firewall), READY)
    loading.load(tx, [manifest.load(textwrap.dedent(text))])
    quiesce(tx)
    return tx


def build(text: str = "", **options: Any) -> Cluster:
    return begin(text, **options).cluster


def send(cluster: Cluster, url: str, source: str = "internet", **request: Any) -> Trace:
    return trace(cluster, Request(url=url, source=source, **request))


def pod(cluster: Cluster, app: str, namespace: str = "default") -> Any:
    """The first pod of an app."""
    return next(p for p in cluster.of_kind("Pod", namespace) if p.labels.get("app") == app)


def app(name: str, listen: int = 8080, replicas: int = 1, namespace: str = "default", more: str = "") -> str:
    """A Deployment whose app answers every path with its name."""
    return textwrap.dedent(f"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {{name: {name}, namespace: {namespace}}}
        spec:
          replicas: {replicas}
          selector: {{matchLabels: {{app: {name}}}}}
          template:
            metadata:
              labels: {{app: {name}}}
              annotations: {{kubeviz.dev/app: "{{listen: [{listen}]{more}}}"}}
            spec:
              containers: [{{name: {name}, image: "{name}:1.0", ports: [{{name: http, containerPort: {listen}}}]}}]
        ---
        """)


def service(name: str, spec: str, namespace: str = "default") -> str:
    return f"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: {namespace}}}\nspec: {{{spec}}}\n---\n"
