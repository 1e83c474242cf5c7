"""The cluster: an immutable, indexed snapshot.

Each version shares everything that did not change with the one before (hash array mapped tries), so a change
costs the same in a cluster of ten services and of ten thousand, and any number of readers hold old versions.
The indexes are the counterpart of client-go's indexers.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, cast

from immutables import Map

from .changes import Change, Key
from .objects import Node, Obj, Pod, Service, wrap

Bucket = Map[Key, Obj]
EMPTY: Bucket = Map()
ENVIRONMENT: Key = ("Environment", "", "lab")


def _of_kind(obj: Obj) -> Iterator[Hashable]:
    yield obj.kind
    yield (obj.kind, obj.namespace)


def _labels(obj: Obj) -> Iterator[Hashable]:
    return ((obj.namespace, key, value) for key, value in obj.labels.items())


def _selector_anchor(obj: Obj) -> Iterator[Hashable]:
    """One label of the selector: a pod that lacks it cannot match, so only holders of it are looked at."""
    selector = cast(Service, obj).selector
    if selector:
        yield (obj.namespace, *min(selector.items()))


def _policy_anchor(obj: Obj) -> Iterator[Hashable]:
    """One label that a NetworkPolicy's podSelector demands; None where it demands none by equality."""
    wanted = (obj.spec.get("podSelector") or {}).get("matchLabels") or {}
    yield (obj.namespace, *min(wanted.items())) if wanted else (obj.namespace, None)


def _owner(obj: Obj) -> Iterator[Hashable]:
    if obj.controller:
        yield obj.controller
    elif obj.kind == "ReplicaSet":
        yield ("orphan", obj.namespace)


def _progressing(obj: Obj) -> Iterator[Hashable]:
    """Deployments whose rollout is under way and has a deadline."""
    for condition in obj.status.get("conditions") or ():
        moving = condition["type"] == "Progressing" and condition["status"] == "True"
        if moving and condition.get("reason") != "NewReplicaSetAvailable":
            yield True


def _ripening(obj: Obj) -> Iterator[Hashable]:
    """Workloads whose pods count only some time after they are ready, by kind."""
    if obj.spec.get("minReadySeconds"):
        yield obj.kind


def _finite(obj: Obj) -> Iterator[Hashable]:
    """Jobs to which time does something: a deadline, a pause before the next pod, an end after the end."""
    timed = any(obj.spec.get(field) is not None for field in ("activeDeadlineSeconds", "ttlSecondsAfterFinished"))
    if timed or (obj.status.get("failed") and "True" not in (obj.condition("Complete"), obj.condition("Failed"))):
        yield True


def _addresses(obj: Obj) -> Iterator[Hashable]:
    """Every address at which an object can be reached; a pod on the host's network has none of its own."""
    if isinstance(obj, Pod):
        return iter(() if obj.finished or obj.host_network else obj.ips)
    if isinstance(obj, Node):
        return iter({ip for ip in (obj.internal_ip, obj.external_ip) if ip})
    service = cast(Service, obj)
    return iter({*service.cluster_ips, *service.external_ips, *service.entrances})


def _node_ports(obj: Obj) -> Iterator[Hashable]:
    yield from {(p.protocol, p.node_port) for p in cast(Service, obj).ports if p.node_port}


def _slice_service(obj: Obj) -> Iterator[Hashable]:
    yield cast(Any, obj).service


def _pod_node(obj: Obj) -> Iterator[Hashable]:
    node = cast(Pod, obj).node
    yield node


def _aloof(obj: Obj) -> Iterator[Hashable]:
    """Placed pods that keep others away from them."""
    pod = cast(Pod, obj)
    if (
        pod.node
        and not pod.finished
        and ((obj.spec.get("affinity") or {}).get("podAntiAffinity") or {}).get(
            "requiredDuringSchedulingIgnoredDuringExecution"
        )
    ):
        yield True


def _lost(obj: Obj) -> Iterator[Hashable]:
    """Pods whose node was deleted."""
    if "lost" in (obj.body.get("kubeviz") or ()):
        yield True


def _host_ports(obj: Obj) -> Iterator[Hashable]:
    """Pods that answer on a port of their node."""
    pod = cast(Pod, obj)
    if pod.running and not pod.finished:
        for port, protocol in pod.host_ports:
            yield (pod.node, port, protocol)


def _in_transit(obj: Obj) -> Iterator[Hashable]:
    """Pods to which something will happen by the mere passing of time."""
    pod = cast(Pod, obj)
    if pod.terminating or not (pod.ready or pod.finished):
        yield True


INDEXERS: dict[str, tuple[tuple[str, ...], Callable[[Obj], Iterator[Hashable]]]] = {
    "kind": ((), _of_kind),
    "label": (("Pod",), _labels),
    "selector": (("Service",), _selector_anchor),
    "policy": (("NetworkPolicy",), _policy_anchor),
    "owner": (("Pod", "ReplicaSet", "EndpointSlice", "Endpoints", "Job", "ControllerRevision"), _owner),
    "address": (("Pod", "Service", "Node"), _addresses),
    "node_port": (("Service",), _node_ports),
    "slices": (("EndpointSlice",), _slice_service),
    "node": (("Pod",), _pod_node),
    "aloof": (("Pod",), _aloof),
    "lost": (("Pod",), _lost),
    "host_port": (("Pod",), _host_ports),
    "transit": (("Pod",), _in_transit),
    "progressing": (("Deployment",), _progressing),
    "ripening": (("ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet"), _ripening),
    "finite": (("Job",), _finite),
}
_NAMES = tuple(INDEXERS)
_POSITION = {name: i for i, name in enumerate(_NAMES)}
_ADDRESS, _KIND = _POSITION["address"], _POSITION["kind"]


def _indexers_of(kind: str) -> list[tuple[int, Callable[[Obj], Iterator[Hashable]]]]:
    return [(_POSITION[n], fn) for n, (kinds, fn) in INDEXERS.items() if not kinds or kind in kinds]


_BY_KIND: dict[str, list[tuple[int, Callable[[Obj], Iterator[Hashable]]]]] = {}

Index = Map[Hashable, Bucket]


def _same(one: object, other: object) -> bool:
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        return False
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


class Cluster:
    """What is stored at version `rv`. Read it with `get`, `of_kind` and `lookup`; never change it."""

    __slots__ = ("_derived", "_indexes", "_objects", "environment", "judged", "policed", "rv")

    def __init__(self, rv: int, objects: Bucket, indexes: tuple[Index, ...], derived: dict[Hashable, Any]) -> None:
        lab = objects.get(ENVIRONMENT)
        self.environment: dict[str, Any] = lab.spec if lab is not None else {}
        """The spec of the lab's Environment: provider, addons, seed, firewall, tunnel."""
        self.policed = "NetworkPolicy" in indexes[_KIND]
        """Whether there is any NetworkPolicy; without one nothing is judged."""
        self.judged: dict[Any, Any] = {}
        """What the engine has found NetworkPolicies to say of a packet, in this version."""
        self.rv = rv
        self._objects = objects
        self._indexes = indexes
        self._derived = derived

    @classmethod
    def empty(cls) -> "Cluster":
        return cls(0, EMPTY, tuple(cast(Index, Map()) for _ in _NAMES), {})

    @classmethod
    def of(cls, rv: int, bodies: Iterable[dict[str, Any]]) -> "Cluster":
        """A cluster that holds just these objects."""
        cluster = cls.empty()
        for body in bodies:
            cluster = cluster._put(rv, wrap(body))
        return cls(rv, cluster._objects, cluster._indexes, {})

    def __len__(self) -> int:
        return len(self._objects)

    def __iter__(self) -> Iterator[Obj]:
        return iter(self._objects.values())

    def get(self, kind: str, namespace: str, name: str) -> Any:
        """The object, or None."""
        return self._objects.get((kind, namespace, name))

    def find(self, key: Key) -> Any:
        return self._objects.get(key)

    def lookup(self, index: str, value: Hashable) -> Bucket:
        """The objects that an index of INDEXERS files under *value*."""
        return self._indexes[_POSITION[index]].get(value, EMPTY)

    def first(self, index: str, value: Hashable) -> Any:
        """One object that an index files under *value*, or None."""
        bucket = self._indexes[_POSITION[index]].get(value)
        if bucket is None:
            return None
        return next(iter(bucket.values()))

    def of_kind(self, kind: str, namespace: str | None = None) -> list[Any]:
        """All objects of a kind (in a namespace), by namespace and name."""
        bucket = self.lookup("kind", kind if namespace is None else (kind, namespace))
        if namespace is not None:
            return [bucket[key] for key in sorted(bucket)]
        # Lists of everything are asked for again and again: sorted once for each version of the bucket.
        return list(self.derived(("in order", kind), bucket, lambda: [bucket[key] for key in sorted(bucket)]))

    def owned_by(self, key: Key, kind: str) -> list[Any]:
        """What *key* controls, by name."""
        bucket = self.lookup("owner", key)
        return [bucket[k] for k in sorted(bucket) if k[0] == kind]

    def orphaned_sets(self, namespace: str) -> list[Any]:
        """The ReplicaSets of a namespace that nothing controls, by name."""
        bucket = self.lookup("owner", ("orphan", namespace))
        return [bucket[key] for key in sorted(bucket)]

    def selected_pods(self, namespace: str, selector: dict[str, str]) -> list[Pod]:
        """Pods whose labels hold every pair of an equality selector, by name; none for an empty selector."""
        if not selector:
            return []
        bucket = self.lookup("label", (namespace, *min(selector.items())))
        wanted = selector.items()
        return [cast(Pod, bucket[k]) for k in sorted(bucket) if wanted <= bucket[k].labels.items()]

    def services_selecting(self, pod: Obj) -> list[Service]:
        """The Services of the pod's namespace whose selector matches its labels."""
        labels = pod.labels.items()
        found = {}
        for pair in pod.labels.items():
            for key, service in self.lookup("selector", (pod.namespace, *pair)).items():
                if cast(Service, service).selector.items() <= labels:
                    found[key] = cast(Service, service)
        return [found[key] for key in sorted(found)]

    def policies_about(self, pod: Obj) -> list[Obj]:
        """The NetworkPolicies whose selector may match the pod's labels, by name."""
        found = dict(self.lookup("policy", (pod.namespace, None)))
        for pair in pod.labels.items():
            found.update(self.lookup("policy", (pod.namespace, *pair)))
        return [found[key] for key in sorted(found)]

    def of_service(self, key: Key) -> list[Any]:
        """The EndpointSlices of a Service, by name."""
        bucket = self.lookup("slices", key)
        return [bucket[k] for k in sorted(bucket)]

    def holder(self, ip: str, port: int, protocol: str) -> Any:
        """Who answers at an address: a Service that has the port (the nodes' rules see a packet first), else the
        machine or the pod whose own address it is, else a Service without the port; None where it is nobody's."""
        bucket = self._indexes[_ADDRESS].get(ip)
        if bucket is None:
            return None
        if len(bucket) == 1:
            return next(iter(bucket.values()))
        found = [bucket[key] for key in sorted(bucket)]
        return next((o for o in found if isinstance(o, Service) and (port, protocol) in o.by_port), None) or found[0]

    def _by_ip(self, kind: str, ip: str) -> Any:
        bucket = self._indexes[_ADDRESS].get(ip, EMPTY)
        return next((obj for key, obj in bucket.items() if key[0] == kind), None)

    def service_by_ip(self, ip: str) -> Any:
        """A Service that holds this address as cluster, external or balancer IP, or None."""
        return self._by_ip("Service", ip)

    def pod_by_ip(self, ip: str) -> Any:
        return self._by_ip("Pod", ip)

    def services_by_node_port(self, protocol: str, port: int) -> list[Service]:
        return cast(list[Service], list(self.lookup("node_port", (protocol, port)).values()))

    def derived(self, name: Hashable, source: object, build: Callable[..., Any], *given: Any) -> Any:
        """`build(*given)`, computed once and shared by all versions in which *source* is the same object (or a tuple
        of the same objects)."""
        hit = self._derived.get(name)
        if hit is not None and (hit[0] is source or _same(hit[0], source)):
            return hit[1]
        value = build(*given)
        self._derived[name] = (source, value)
        return value

    def with_change(self, change: Change) -> "Cluster":
        """The version that follows from one entry of the change log."""
        if change.body is None:
            return self._drop(change.rv, change.key)
        return self._put(change.rv, wrap(change.body))

    def with_changes(self, changes: Iterable[Change]) -> "Cluster":
        cluster = self
        for change in changes:
            cluster = cluster.with_change(change)
        return cluster

    def _put(self, rv: int, obj: Obj) -> "Cluster":
        indexes = self._reindexed(self._objects.get(obj.key), obj)
        return Cluster(rv, self._objects.set(obj.key, obj), indexes, self._derived)

    def _drop(self, rv: int, key: Key) -> "Cluster":
        old = self._objects.get(key)
        if old is None:
            return Cluster(rv, self._objects, self._indexes, self._derived)
        return Cluster(rv, self._objects.delete(key), self._reindexed(old, None), self._derived)

    def _reindexed(self, old: Obj | None, new: Obj | None) -> tuple[Index, ...]:
        key, kind = (new or cast(Obj, old)).key, (new or cast(Obj, old)).kind
        if kind not in _BY_KIND:
            _BY_KIND[kind] = _indexers_of(kind)
        indexes = list(self._indexes)
        for position, values in _BY_KIND[kind]:
            index = indexes[position]
            now = set(values(new)) if new is not None else set()
            for value in set(values(old)) - now if old is not None else ():
                bucket = index[value].delete(key)
                index = index.set(value, bucket) if bucket else index.delete(value)
            for value in now:
                index = index.set(value, index.get(value, EMPTY).set(key, cast(Obj, new)))
            indexes[position] = index
        return tuple(indexes)
