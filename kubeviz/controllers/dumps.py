"""The dump of a real cluster: what it brings takes the place of what the lab made up."""

from collections.abc import Iterable
from typing import Any

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body
from ..cluster.editing import with_value
from ..cluster.identity import PRIVATE
from ..cluster.objects import Pod
from .bootstrap import nodes

SYSTEM = "kube-system"
OF_DNS = {"k8s-app": "kube-dns"}.items()
KINDS_OF_DNS = ("Pod", "ReplicaSet", "Deployment", "EndpointSlice", "Endpoints")
STATES = {"CrashLoopBackOff": "crash", "ImagePullBackOff": "image-pull-error", "ErrImagePull": "image-pull-error"}


def is_dump(body: Body) -> bool:
    """An object that a real cluster gave out bears its uid."""
    return bool(body["metadata"].get("uid"))


def make_room(tx: Transaction, bodies: Iterable[Body]) -> None:
    """Before a dump is taken: its nodes are all that there are, and so are its DNS pods, if it has any. What the lab
    keeps running (its own DNS otherwise, an addon that was asked for) moves to the first of the dump's nodes.
    """
    brought = [body for body in bodies if is_dump(body)]
    if any(b["kind"] == "Pod" and _serves_dns(b["metadata"]) for b in brought):
        for obj in [o for o in tx.cluster if o.kind in KINDS_OF_DNS and o.namespace == SYSTEM]:
            tx.remove(obj.key)
    names = [body["metadata"]["name"] for body in brought if body["kind"] == "Node"]
    if names:
        _replace_nodes(tx, names)


def _serves_dns(metadata: Body) -> bool:
    return metadata.get("namespace") == SYSTEM and (metadata.get("labels") or {}).items() >= OF_DNS


def _replace_nodes(tx: Transaction, names: list[str]) -> None:
    made_up = {body["metadata"]["name"] for body in nodes(tx.cluster.environment.get("provider", "cloud"))}
    gone = made_up - set(names)
    for name in sorted(gone):
        tx.remove(("Node", "", name))
    for pod in tx.cluster.of_kind("Pod"):
        if pod.node in gone:
            tx.put(with_value(pod.body, ("spec", "nodeName"), names[0]))
    for piece in tx.cluster.of_kind("EndpointSlice"):
        moved = [_moved(endpoint, gone, names[0]) for endpoint in piece.body.get("endpoints") or ()]
        if moved != piece.body.get("endpoints"):
            tx.put({**piece.body, "endpoints": moved})


def _moved(endpoint: dict[str, Any], gone: set[str], node: str) -> dict[str, Any]:
    return {**endpoint, "nodeName": node} if endpoint.get("nodeName") in gone else endpoint


def keep_behaviour(tx: Transaction, pod: Pod) -> None:
    """A pod that was not ready, crashed or had no image when the dump was taken goes on like that."""
    said = _behaviour(pod)
    if said and pod.app is None:
        tx.put({**pod.body, PRIVATE: {**(pod.body.get(PRIVATE) or {}), "app": said}})


def _behaviour(pod: Pod) -> str:
    for status in pod.status.get("containerStatuses") or ():
        reason = ((status.get("state") or {}).get("waiting") or {}).get("reason")
        if reason in STATES:
            return f"state: {STATES[reason]}"
    return "ready: false" if pod.running and not pod.ready else ""
