"""expose: a Service for what is there already."""

from typing import Any

from ....cluster.changes import Body
from ....cluster.kinds import kind_of
from ....cluster.objects import Obj
from ....cluster.tables.columns import label_selector
from ..call import Call
from ..errors import KubectlError
from ..generate import metadata, overridden
from ..select import select
from ..writing import Teller, as_object, send, served

EXPOSABLE = ("Deployment", "Pod", "ReplicaSet", "ReplicationController", "Service")


def run(call: Call) -> None:
    teller = Teller(call)
    selector = call.values.pop("selector")  # of the Service, not of what is exposed
    found = select(call, allow_all=False)
    for error in found.errors:
        raise error
    for obj in found.objects:
        _expose(call, teller, overridden(call, _service(call, obj, selector)))


def _expose(call: Call, teller: Teller, body: Body) -> None:
    if call.dry_run == "client":
        teller.tell(as_object(body), "exposed")
    else:
        teller.tell(send(call, lambda: call.tx.create(body, dry_run=served(call))), "exposed")


def _service(call: Call, obj: Obj, selector: str) -> Body:
    if obj.kind not in EXPOSABLE:
        raise KubectlError(f"cannot expose a {_group_kind(obj)}")
    spec: Body = {"ports": _ports(call, obj), "selector": _labels(selector) if selector else _selector(obj)}
    for flag, field in (("type", "type"), ("cluster-ip", "clusterIP"), ("session-affinity", "sessionAffinity"),
                        ("load-balancer-ip", "loadBalancerIP")):  # fmt: skip
        if call[flag]:
            spec[field] = call[flag]
    if call["external-ip"]:
        spec["externalIPs"] = [call["external-ip"]]
    labels = _labels(call["labels"]) if call["labels"] else obj.labels
    named = metadata(call, call["name"] or obj.name[:63], dict(labels))
    body: Body = {"apiVersion": "v1", "kind": "Service", "metadata": named, "spec": spec}
    return {**body, "status": {"loadBalancer": {}}}


def _group_kind(obj: Obj) -> str:
    group = kind_of(obj.body).group
    return f"{obj.kind}.{group}" if group else obj.kind


def _selector(obj: Obj) -> dict[str, str]:
    if obj.kind == "Pod":
        return dict(obj.labels) or _cannot("the pod has no labels and cannot be exposed")
    selector = obj.spec.get("selector") or {}
    if obj.kind in ("Deployment", "ReplicaSet"):
        if selector.get("matchExpressions"):
            shown = label_selector({"matchExpressions": selector["matchExpressions"]})
            _cannot(f'couldn\'t convert expressions - "{shown}" to map-based selector format')
        selector = selector.get("matchLabels") or {}
    if obj.kind == "Service":
        return dict(selector) or _cannot("the service has no pod selector set")
    return dict(selector) or _cannot("invalid deployment: no selectors, therefore cannot be exposed")


def _cannot(why: str) -> dict[str, str]:
    raise KubectlError(f"couldn't retrieve selectors via --selector flag or introspection: {why}")


def _labels(text: str) -> dict[str, str]:
    found = {}
    for pair in text.split(","):
        key, equals, value = pair.partition("=")
        if not equals or not key:
            raise KubectlError(f"unexpected label spec: {pair}")
        found[key] = value
    return found


def _ports(call: Call, obj: Obj) -> list[Body]:
    """--port, or the ports the object declares; each protocol as declared."""
    protocols = dict(_declared(obj))
    numbers = [int(p) if p.isdecimal() else _wrong(p) for p in call["port"].split(",") if p] or list(protocols)
    if not numbers:
        raise KubectlError("couldn't find port via --port flag or introspection\n"
                           "See 'kubectl expose -h' for help and examples")  # fmt: skip
    target: Any = call["target-port"]
    target = int(target) if target.isdecimal() else target
    several = len(numbers) > 1
    return [
        {
            **({"name": f"port-{i}"} if several else {}),
            "port": number,
            "protocol": call["protocol"] or protocols.get(number, "TCP"),
            "targetPort": target or number,
        }
        for i, number in enumerate(numbers, 1)
    ]


def _wrong(text: str) -> int:
    raise KubectlError(f'strconv.Atoi: parsing "{text}": invalid syntax')


def _declared(obj: Obj) -> list[tuple[int, str]]:
    if obj.kind == "Service":
        return [(p["port"], p.get("protocol") or "TCP") for p in obj.spec.get("ports") or ()]
    spec = obj.spec if obj.kind == "Pod" else (obj.spec.get("template") or {}).get("spec") or {}
    ports = [p for c in spec.get("containers") or () for p in c.get("ports") or ()]
    return [(p["containerPort"], p.get("protocol") or "TCP") for p in ports]
