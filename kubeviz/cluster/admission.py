"""What happens to an object between a request and its storage: decode, default, allocate, validate."""

import copy
import random
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

from . import allocation, schema
from .changes import Body
from .errors import FieldError, Rejected, already_exists, rejected_fields
from .kinds import KINDS, OURS, kind_of, metadata
from .objects import LEGACY_CLASS_ANNOTATION

NAME_ALPHABET = "bcdfghjklmnpqrstvwxz2456789"


class Admitted(NamedTuple):
    body: Body
    warnings: list[str]


def rules(kind: str) -> ModuleType | None:
    """The module of a kind that has rules of its own."""
    return _RULES.get(kind)


_RULES = {
    name: import_module(f"{__package__}.kinds.{name.lower()}")
    for name in ("Service", "Pod", "Deployment", "ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet", "Job", "Ingress",
                 "IngressClass", "Endpoints", "EndpointSlice", "NetworkPolicy", "Namespace", "FirewallRule")
}  # fmt: skip


def admit_create(body: Body, cluster: Any, rng: random.Random, dump: bool = False) -> Admitted:
    """Raises Rejected. *dump*: an object of a real cluster keeps its identity and addresses."""
    schema.strict_decode(body)
    body = _normalised(body)
    _generate_name(body, rng)
    _find_namespace(body, cluster)
    key = (body["kind"], body["metadata"].get("namespace") or "", body["metadata"].get("name") or "")
    if cluster.find(key) is not None:
        raise already_exists(key)
    if not dump:
        _drop_system_fields(body)
    _default(body)
    if body["kind"] == "Ingress":
        _default_class(body, cluster)
    if dump:
        return Admitted(body, [])
    return _finish(body, None, cluster, rng)


def admit_update(body: Body, old: Body, cluster: Any, rng: random.Random) -> Admitted:
    """Raises Rejected."""
    schema.strict_decode(body)
    body = _normalised(body)
    if body["kind"] == "Service":
        _keep_allocated(body["spec"], old["spec"])
    _default(body)
    return _finish(body, old, cluster, rng)


def _normalised(body: Body) -> Body:
    """A copy of one's own, without nulls (which mean: not given) and under the kind's present version."""
    kind = kind_of(body)
    body = _without_nulls(copy.deepcopy(body))
    body["apiVersion"] = kind.api_version if kind.group != "autoscaling" else body["apiVersion"]
    if body.get("spec") is None and kind.acts and kind.kind not in ("ConfigMap", "Endpoints", "EndpointSlice", "Event", "EnvSnapshot"):
        body["spec"] = {}
    return body


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    return [_without_nulls(v) for v in value] if isinstance(value, list) else value


def _generate_name(body: Body, rng: random.Random) -> None:
    meta = body["metadata"]
    if not meta.get("name") and meta.get("generateName"):
        meta["name"] = meta["generateName"] + "".join(rng.choice(NAME_ALPHABET) for _ in range(5))


def _find_namespace(body: Body, cluster: Any) -> None:
    namespace = body["metadata"].get("namespace") or ""
    if KINDS[body["kind"]].namespaced and cluster.get("Namespace", "", namespace) is None:
        raise Rejected(404, "NotFound", f'namespaces "{namespace}" not found', details={"name": namespace, "kind": "namespaces"})


def _drop_system_fields(body: Body) -> None:
    """Only the server gives identity and status."""
    for field in ("uid", "resourceVersion", "creationTimestamp", "generation", "deletionTimestamp", "managedFields", "selfLink"):
        body["metadata"].pop(field, None)
    if body["kind"] not in ("Node", "Event"):
        body.pop("status", None)


def _default(body: Body) -> None:
    module = rules(body["kind"])
    if module is not None and hasattr(module, "default"):
        module.default(body)


def _default_class(body: Body, cluster: Any) -> None:
    """The DefaultIngressClass admission plugin."""
    from .ingresses import default_class

    annotated = (body["metadata"].get("annotations") or {}).get(LEGACY_CLASS_ANNOTATION)
    if body["spec"].get("ingressClassName") is None and not annotated:
        found = default_class(cluster)
        if found is not None:
            body["spec"]["ingressClassName"] = found.name


def _finish(body: Body, old: Body | None, cluster: Any, rng: random.Random) -> Admitted:
    kind = KINDS[body["kind"]]
    errors: list[FieldError] = []
    if body["kind"] == "Service" and isinstance(body["spec"].get("type"), str):
        errors = allocation.check(body, old, cluster)
    errors = errors or _validate(body, old)
    if errors:
        raise rejected_fields(kind.kind, kind.group, body["metadata"].get("name") or "", errors)
    if body["kind"] == "Service":
        allocation.allocate(body, cluster, rng)
    module = rules(body["kind"])
    return Admitted(body, module.warnings(body) if module is not None and hasattr(module, "warnings") else [])


def _validate(body: Body, old: Body | None) -> list[FieldError]:
    errors = metadata.validate(body)
    if old is not None:
        errors += metadata.validate_update(body, old)
    module = rules(body["kind"])
    if module is None or not hasattr(module, "validate"):
        return errors
    return errors + module.validate(body, old)


def _keep_allocated(spec: Body, old: Body) -> None:
    """An update that leaves allocated values out keeps them; a type that does not use them lets them go."""
    kind, was = spec.get("type", "ClusterIP"), old.get("type", "ClusterIP")
    if kind == "ExternalName":
        if was != "ExternalName":
            for field in ("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy"):
                if spec.get(field) == old.get(field):
                    spec.pop(field, None)
    elif was != "ExternalName" and not spec.get("clusterIP") and not spec.get("clusterIPs"):
        spec["clusterIP"], spec["clusterIPs"] = old.get("clusterIP"), old.get("clusterIPs")
        spec.update({k: old[k] for k in ("ipFamilies", "ipFamilyPolicy") if k in old and k not in spec})
    _keep_node_ports(spec, old, kind)
    if kind not in ("NodePort", "LoadBalancer"):
        for field in ("externalTrafficPolicy", "allocateLoadBalancerNodePorts"):
            if spec.get(field) == old.get(field) and not spec.get("externalIPs"):
                spec.pop(field, None)
    if kind == "NodePort" and was == "LoadBalancer":
        spec.pop("allocateLoadBalancerNodePorts", None)


def _keep_node_ports(spec: Body, old: Body, kind: str) -> None:
    """Unchanged node ports go when the type needs none any more; missing ones stay as they were."""
    before = {(p.get("protocol", "TCP"), p.get("port")): p.get("nodePort") for p in old.get("ports") or ()}
    for port in spec.get("ports") or ():
        if not isinstance(port, dict):
            continue
        held = before.get((port.get("protocol", "TCP"), port.get("port")))
        if kind in ("NodePort", "LoadBalancer"):
            if held and not port.get("nodePort"):
                port["nodePort"] = held
        elif old.get("type") in ("NodePort", "LoadBalancer") and port.get("nodePort") in before.values():
            port.pop("nodePort", None)


__all__ = ["OURS", "Admitted", "admit_create", "admit_update", "rules"]
