"""What a container knows from its environment: the Services, ConfigMaps and Secrets as they were when it started.

Both are kept once per content (an `EnvSnapshot` named by its hash); a pod points to them in its private part.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .changes import Body
from .identity import PRIVATE
from .objects import Pod, Service
from .state import Cluster

if TYPE_CHECKING:
    from .apiserver import Transaction

KIND = "EnvSnapshot"
API_SERVER = ("Service", "default", "kubernetes")


def started(tx: "Transaction", pod: Pod) -> Body:
    """The private part of a pod whose containers start now: where its environment is kept."""
    source = tx.cluster.lookup("kind", ("Service", pod.namespace))
    services = tx.cluster.derived(
        ("links", pod.namespace), source, lambda: _services(tx.cluster.of_kind("Service", pod.namespace))
    )
    private = {**(pod.body.get(PRIVATE) or {}), "links": _keep(tx, pod.namespace, {"services": services})}
    private.pop("given", None)
    given = {
        f"{kind}/{name}": _content(tx.cluster, kind, pod.namespace, name) for kind, name in sorted(_references(pod))
    }
    return {**private, "given": _keep(tx, pod.namespace, {"given": given})} if given else private


def _keep(tx: "Transaction", namespace: str, spec: Body) -> str:
    """Remember it; returns the name under which it is kept."""
    text = json.dumps(spec, separators=(",", ":"))
    name = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
    if tx.cluster.get(KIND, namespace, name) is None:
        metadata = {"name": name, "namespace": namespace}
        tx.put({"apiVersion": "kubeviz.dev/v1", "kind": KIND, "metadata": metadata, "spec": spec})
    return name


def _kept(cluster: Cluster, pod: Pod, field: str) -> Body | None:
    name = (pod.body.get(PRIVATE) or {}).get(field)
    found = cluster.get(KIND, pod.namespace, name) if name else None
    return found.spec if found is not None else None


# ── ConfigMaps and Secrets ──


def _references(pod: Pod) -> set[tuple[str, str]]:
    return {
        (kind, source[field].get("name") or "")
        for source in _sources(pod)
        for field, kind in (
            ("configMapRef", "ConfigMap"),
            ("configMapKeyRef", "ConfigMap"),
            ("secretRef", "Secret"),
            ("secretKeyRef", "Secret"),
        )
        if source.get(field)
    }


def _sources(pod: Pod) -> Iterator[Body]:
    for container in pod.spec.get("containers") or ():
        yield from container.get("envFrom") or ()
        yield from (entry["valueFrom"] for entry in container.get("env") or () if entry.get("valueFrom"))


def _content(cluster: Cluster, kind: str, namespace: str, name: str) -> dict[str, str]:
    found = cluster.get(kind, namespace, name)
    if found is None:
        return {}
    data = found.body.get("data") or {}
    if kind == "ConfigMap":
        return dict(data)
    return {key: _decoded(value) for key, value in data.items()}


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return value


def data(cluster: Cluster, pod: Pod, kind: str, name: str) -> dict[str, str]:
    """What a ConfigMap or Secret held when the pod's containers started; of pods that we did not start, what it
    holds now."""
    kept = _kept(cluster, pod, "given")
    if kept is not None:
        found: dict[str, str] = kept["given"].get(f"{kind}/{name}", {})
        return found
    return _content(cluster, kind, pod.namespace, name)


# ── Services ──


def _services(services: list[Service]) -> list[Body]:
    """Services with a cluster IP; headless and ExternalName ones give no variables."""
    return [_entry(s) for s in services if s.cluster_ip]


def _entry(service: Service) -> Body:
    ports = [[p.name, p.protocol, p.port] for p in service.ports]
    return {"name": service.name, "ip": service.cluster_ip, "ports": ports}


def service_variables(cluster: Cluster, pod: Pod) -> dict[str, str]:
    """{NAME}_SERVICE_HOST and so on as the pod's containers got them (pkg/kubelet/envvars).

    The API server's own Service is there in every namespace that has no other of its name; `enableServiceLinks:
    false` leaves only it.
    """
    api = cluster.find(API_SERVER)
    seen = {s["name"]: s for s in _services([api] if api is not None else [])}
    if pod.spec.get("enableServiceLinks", True):
        seen |= {s["name"]: s for s in _seen(cluster, pod)}
    return {name: value for service in seen.values() for name, value in _variables(service).items()}


def _seen(cluster: Cluster, pod: Pod) -> list[Body]:
    """The Services that were there when the containers started; for a pod of a dump, those older than it."""
    kept = _kept(cluster, pod, "links")
    if kept is not None:
        found: list[Body] = kept["services"]
        return found
    since = pod.status.get("startTime") or ""
    return _services([s for s in cluster.of_kind("Service", pod.namespace) if s.created <= since])


def _variables(service: Body) -> dict[str, str]:
    prefix = service["name"].upper().replace("-", "_")
    ip, ports = service["ip"], service["ports"]
    if not ports:
        return {}
    found = {f"{prefix}_SERVICE_HOST": ip, f"{prefix}_SERVICE_PORT": str(ports[0][2])}
    for name, _, port in ports:
        if name:
            found[f"{prefix}_SERVICE_PORT_{name.upper().replace('-', '_')}"] = str(port)
    for i, (_, protocol, port) in enumerate(ports):
        url = f"{protocol.lower()}://{ip}:{port}"
        if i == 0:
            found[f"{prefix}_PORT"] = url
        one = f"{prefix}_PORT_{port}_{protocol}"
        found |= {one: url, f"{one}_PROTO": protocol.lower(), f"{one}_PORT": str(port), f"{one}_ADDR": ip}
    return found
