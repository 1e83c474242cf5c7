"""Endpoints and EndpointSlices: who stands behind each Service with a selector (pkg/controller/endpoint*).

In: pods that match, have an address and are not finished. Ready ones become addresses, others not-ready ones;
pods that are being deleted leave Endpoints at once but stay in the slice, serving as before, ready no more.
"""

from collections.abc import Iterable, Iterator

from ..cluster.apiserver import Transaction
from ..cluster.changes import Body, Change, Key
from ..cluster.objects import SERVICE_NAME_LABEL, EndpointSlice, Obj, Pod, Service, ServicePort, wrap
from ..cluster.state import Cluster
from .watching import itself, owner_reference

MANAGED_BY = "endpointslice.kubernetes.io/managed-by"
CONTROLLER = "endpointslice-controller.k8s.io"
MOST = 100
"""Endpoints a slice holds."""

TRIGGER = "endpoints.kubernetes.io/last-change-trigger-time"

Ports = tuple[tuple[str, int, str, str], ...]
"""(name, number, protocol, appProtocol or "") of each port that a pod could resolve."""


def _services_of_pod(cluster: Cluster, change: Change) -> Iterable[Key]:
    keys = set()
    for body in (change.body, change.old):
        if body is not None:
            keys |= {service.key for service in cluster.services_selecting(wrap(body))}
    return sorted(keys)


def _service_of_child(cluster: Cluster, change: Change) -> Iterable[Key]:
    """Somebody deleted what we keep: it comes back."""
    if change.op == "deleted" and change.old is not None:
        metadata = change.old["metadata"]
        name = (metadata.get("labels") or {}).get(SERVICE_NAME_LABEL, metadata["name"])
        yield ("Service", metadata["namespace"], name)


WATCHES = {
    "Service": itself,
    "Pod": _services_of_pod,
    "EndpointSlice": _service_of_child,
    "Endpoints": _service_of_child,
}


def reconcile(tx: Transaction, key: Key) -> None:
    """A Service that became ExternalName keeps the endpoints it had, as one whose selector was removed."""
    service = tx.cluster.find(key)
    if service is None or not service.selector or service.type == "ExternalName":
        return
    pods = [p for p in tx.cluster.selected_pods(service.namespace, service.selector) if p.ip and not p.finished]
    _write_endpoints(tx, service, pods)
    _write_slices(tx, service, pods)


def target_port(pod: Pod, port: ServicePort) -> int | None:
    """A number stands for itself, declared or not; a name for the container port of that name and protocol."""
    if isinstance(port.target, int):
        return port.target
    for declared in pod.container_ports:
        if declared.get("name") == port.target and declared.get("protocol", "TCP") == port.protocol:
            return declared["containerPort"]
    return None


def resolved_ports(pod: Pod, service: Service) -> Ports:
    spoken = [port.get("appProtocol") or "" for port in service.spec.get("ports") or ()]
    found = ((p.name, target_port(pod, p), p.protocol, spoken[p.position]) for p in service.ports)
    return tuple((name, number, protocol, said) for name, number, protocol, said in found if number is not None)


def _target(pod: Pod) -> Body:
    return {"kind": "Pod", "name": pod.name, "namespace": pod.namespace, "uid": pod.uid}


# ── what set off the last change ──


def _marked(metadata: Body, time: str) -> Body:
    """With the moment of the change that led to this version; where a pod only left, there is none
    (pkg/controller/util/endpoint TriggerTimeTracker)."""
    rest = {k: v for k, v in (metadata.get("annotations") or {}).items() if k != TRIGGER}
    annotations = {**rest, TRIGGER: time} if time else rest
    bare = {k: v for k, v in metadata.items() if k != "annotations"}
    return {**bare, "annotations": annotations} if annotations else bare


def _trigger(pods: Iterable[Pod], before: dict[str, bool]) -> str:
    """When the first of the pods that are new, or ready in another way than *before* (IP → ready), became so."""
    changed = [pod for pod in pods if before.get(pod.ip) is not pod.ready]
    conditions = (c for pod in changed for c in pod.status.get("conditions") or () if c["type"] == "Ready")
    return min((c.get("lastTransitionTime") or "" for c in conditions), default="")


# ── Endpoints ──


def _write_endpoints(tx: Transaction, service: Service, pods: list[Pod]) -> None:
    body: Body = {
        "apiVersion": "v1",
        "kind": "Endpoints",
        "metadata": {
            "name": service.name,
            "namespace": service.namespace,
            "labels": {**service.labels, "endpoints.kubernetes.io/managed-by": "endpoint-controller"},
        },
    }
    if service.headless:
        body["metadata"]["labels"]["service.kubernetes.io/headless"] = ""
    subsets = _subsets(service, pods)
    if subsets:
        body["subsets"] = subsets
    old = tx.cluster.get("Endpoints", service.namespace, service.name)
    if old is None:
        tx.put({**body, "metadata": _marked(body["metadata"], service.created)})
    elif (old.body.get("subsets") or []) != subsets or old.labels != body["metadata"]["labels"]:
        time = _trigger((p for p in pods if not p.terminating), _readiness(old))
        tx.put({**body, "metadata": _marked({**old.metadata, "labels": body["metadata"]["labels"]}, time)})


def _readiness(endpoints: Obj) -> dict[str, bool]:
    return {
        address["ip"]: key == "addresses"
        for subset in endpoints.body.get("subsets") or ()
        for key in ("addresses", "notReadyAddresses")
        for address in subset.get(key) or ()
    }


def _subsets(service: Service, pods: list[Pod]) -> list[Body]:
    """One subset for each set of port numbers; within it addresses in order of their text (LessEndpointAddress)."""
    groups: dict[Ports, tuple[list[Body], list[Body]]] = {}
    publish = service.spec.get("publishNotReadyAddresses")
    for pod in sorted((p for p in pods if not p.terminating), key=lambda p: p.ip):
        ports = resolved_ports(pod, service)
        if service.ports and not ports:
            continue
        ready, unready = groups.setdefault(ports, ([], []))
        (ready if pod.ready or publish else unready).append(_address(service, pod))
    return [_subset(ports, *addresses) for ports, addresses in groups.items()]


def _address(service: Service, pod: Pod) -> Body:
    address: Body = {"ip": pod.ip}
    if pod.node:
        address["nodeName"] = pod.node
    if _has_own_name(service, pod):
        address["hostname"] = pod.spec["hostname"]
    return {**address, "targetRef": _target(pod)}


def _has_own_name(service: Service, pod: Pod) -> bool:
    """A pod of a subdomain called like the Service has a DNS name of its own."""
    return bool(pod.spec.get("hostname")) and pod.spec.get("subdomain") == service.name


def _subset(ports: Ports, ready: list[Body], unready: list[Body]) -> Body:
    subset: Body = {}
    if ready:
        subset["addresses"] = ready
    if unready:
        subset["notReadyAddresses"] = unready
    if ports:
        subset["ports"] = [{k: v for k, v in port.items() if k != "name" or v} for port in listed_ports(ports)]
    return subset


def listed_ports(ports: Ports) -> list[Body]:
    return [
        {"name": name, "port": number, "protocol": protocol, **({"appProtocol": said} if said else {})}
        for name, number, protocol, said in ports
    ]


# ── EndpointSlices ──


def _write_slices(tx: Transaction, service: Service, pods: list[Pod]) -> None:
    """Each set of ports has its own slices; what is in a slice already stays in its place."""
    slices = [s for s in tx.cluster.of_service(service.key) if s.labels.get(MANAGED_BY) == CONTROLLER]
    serving = {e["addresses"][0]: bool(e["conditions"].get("serving")) for _, e in all_endpoints(slices)}
    time = _trigger(pods, serving) if slices else service.created
    wanted: dict[Ports, dict[str, Body]] = {}
    for pod in pods:
        wanted.setdefault(resolved_ports(pod, service), {})[pod.ip] = _endpoint(service, pod)
    for ports, endpoints in wanted.items():
        mine = [s for s in slices if _ports_of(s) == ports]
        _fill_slices(tx, service, mine, ports, endpoints, time)
    _drop_spare(tx, service, [s for s in slices if _ports_of(s) not in wanted], bool(wanted), time)


def _ports_of(piece: EndpointSlice) -> Ports:
    ports = piece.body.get("ports") or ()
    return tuple((p.get("name") or "", p["port"], p["protocol"], p.get("appProtocol") or "") for p in ports)


def _endpoint(service: Service, pod: Pod) -> Body:
    publish = bool(service.spec.get("publishNotReadyAddresses"))
    conditions = {
        "ready": publish or (pod.ready and not pod.terminating),
        "serving": pod.ready,
        "terminating": pod.terminating,
    }
    endpoint: Body = {"addresses": [pod.ip], "conditions": conditions}
    if _has_own_name(service, pod):
        endpoint["hostname"] = pod.spec["hostname"]
    return {**endpoint, "nodeName": pod.node, "targetRef": _target(pod)}


def _fill_slices(
    tx: Transaction, service: Service, mine: list[EndpointSlice], ports: Ports, endpoints: dict[str, Body], time: str
) -> None:
    kept: list[list[Body]] = []
    for piece in mine:
        kept.append(
            [
                endpoints.pop(e["addresses"][0])
                for e in piece.body.get("endpoints") or ()
                if e["addresses"][0] in endpoints
            ]
        )
    rest = list(endpoints.values())
    for group in kept:
        space = MOST - len(group)
        group.extend(rest[:space])
        rest = rest[space:]
    for piece, group in zip(mine, kept, strict=True):
        if group:
            _save_slice(tx, service, ports, group, piece, time)
        else:
            tx.remove(piece.key)
    for start in range(0, len(rest), MOST):
        _save_slice(tx, service, ports, rest[start : start + MOST], None, time)


def _drop_spare(tx: Transaction, service: Service, spare: list[EndpointSlice], filled: bool, time: str) -> None:
    """A Service without any pod keeps one empty slice."""
    if not filled:
        _save_slice(tx, service, (), [], spare.pop(0) if spare else None, time)
    for piece in spare:
        tx.remove(piece.key)


def _save_slice(
    tx: Transaction, service: Service, ports: Ports, endpoints: list[Body], old: EndpointSlice | None, time: str
) -> None:
    content: Body = {
        "endpoints": endpoints or None,
        "ports": listed_ports(ports) or None,
    }
    labels = {**service.labels, MANAGED_BY: CONTROLLER, SERVICE_NAME_LABEL: service.name}
    if service.headless:
        labels["service.kubernetes.io/headless"] = ""
    if old is not None:
        if any(old.body.get(k) != v for k, v in content.items()) or old.labels != labels:
            tx.put({**old.body, **content, "metadata": _marked({**old.metadata, "labels": labels}, time)})
        return
    tx.put(
        {
            "addressType": "IPv4",
            "apiVersion": "discovery.k8s.io/v1",
            "kind": "EndpointSlice",
            **content,
            "metadata": _marked(slice_metadata(tx, service.body, labels), time),
        }
    )


def slice_metadata(tx: Transaction, owner: Body, labels: Body) -> Body:
    name = owner["metadata"]["name"]
    return {
        "generateName": f"{name}-",
        "name": f"{name}-{tx.suffix('slice', name)}",
        "namespace": owner["metadata"]["namespace"],
        "labels": labels,
        "ownerReferences": [owner_reference(owner)],
    }


def all_endpoints(slices: list[EndpointSlice]) -> Iterator[tuple[EndpointSlice, Body]]:
    for piece in slices:
        for endpoint in piece.body.get("endpoints") or ():
            yield piece, endpoint
