"""Faults of pods: not ready, crashing, none at all, or shut off by a policy."""

from collections.abc import Iterator

from ...cluster.app import parse
from ...cluster.objects import APP_ANNOTATION, Obj
from ...cluster.state import Cluster
from ..places import SYSTEM
from ..steps import Apply, Behave, Delete, Scale
from .fault import Fault


def ours(cluster: Cluster) -> list[Obj]:
    return [d for d in cluster.of_kind("Deployment") if d.namespace not in SYSTEM and d.spec.get("replicas")]


def unready_pods(cluster: Cluster) -> Iterator[Fault]:
    yield from _behaving(cluster, "unready_pods", "ready: false")


def crashing_pods(cluster: Cluster) -> Iterator[Fault]:
    yield from _behaving(cluster, "crashing_pods", "state: crash")


def _behaving(cluster: Cluster, kind: str, line: str) -> Iterator[Fault]:
    """All at once: pods are made anew, since a rollout would wait for ever and leave the old ones serving."""
    for workload in ours(cluster):
        app = (workload.spec["template"]["metadata"].get("annotations") or {}).get(APP_ANNOTATION)
        if not app or app.lstrip().startswith("{") or parse(app).ready is not True or parse(app).state != "running":
            continue
        down = Scale(ref=workload.ref, replicas=0)
        worse = Behave(ref=workload.ref, app=f"{app.rstrip()}\n{line}\n")
        back = Scale(ref=workload.ref, replicas=workload.spec["replicas"])
        repairs = [Behave(ref=workload.ref, app=app)]
        yield Fault(kind, workload.ref, frozenset({workload.ref}), [down, worse, back], repairs)


def no_pods(cluster: Cluster) -> Iterator[Fault]:
    for workload in ours(cluster):
        repairs = [Scale(ref=workload.ref, replicas=workload.spec["replicas"])]
        yield Fault("no_pods", workload.ref, frozenset({workload.ref}), [Scale(ref=workload.ref, replicas=0)], repairs)


DENY = """
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: {name}-locked, namespace: {namespace}}}
spec:
  podSelector: {{matchLabels: {{{label}}}}}
  policyTypes: [Ingress]
"""


def policy_denies(cluster: Cluster) -> Iterator[Fault]:
    """A policy that selects a pod and allows nothing denies everything."""
    for workload in ours(cluster):
        labels = (workload.spec.get("selector") or {}).get("matchLabels") or {}
        if not labels:
            continue
        key, value = next(iter(labels.items()))
        name, namespace = workload.name, workload.namespace
        manifests = DENY.format(name=name, namespace=namespace, label=f'"{key}": "{value}"').lstrip()
        policy = f"networkpolicy/{namespace}/{name}-locked"
        touched = frozenset({policy, workload.ref})
        yield Fault("policy_denies", workload.ref, touched, [Apply(manifests=manifests)], [Delete(ref=policy)])
