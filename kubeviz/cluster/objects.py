"""Objects as the engine and the controllers read them: an immutable body and typed views, each computed once."""

from functools import cached_property
from typing import Any, NamedTuple

from .app import App
from .app import parse as parse_app
from .changes import Body, Key, ref

APP_ANNOTATION = "kubeviz.dev/app"
POWER_ANNOTATION = "kubeviz.dev/power"
DEFAULT_CLASS_ANNOTATION = "ingressclass.kubernetes.io/is-default-class"
LEGACY_CLASS_ANNOTATION = "kubernetes.io/ingress.class"
SERVICE_NAME_LABEL = "kubernetes.io/service-name"


class Obj:
    """One stored version of an object. Never changed: a new version is a new Obj."""

    def __init__(self, body: Body) -> None:
        self.body = body
        metadata = body["metadata"]
        self.kind: str = body["kind"]
        self.namespace: str = metadata.get("namespace") or ""
        self.name: str = metadata["name"]
        self.key: Key = (self.kind, self.namespace, self.name)
        self.labels: dict[str, str] = metadata.get("labels") or {}
        self.spec: Body = body.get("spec") or {}

    def __repr__(self) -> str:
        return f"<{self.ref}>"

    @cached_property
    def ref(self) -> str:
        return ref(*self.key)

    @property
    def metadata(self) -> Body:
        return self.body["metadata"]

    @property
    def annotations(self) -> dict[str, str]:
        return self.metadata.get("annotations") or {}

    @property
    def uid(self) -> str:
        return self.metadata.get("uid", "")

    @property
    def status(self) -> Body:
        return self.body.get("status") or {}

    @property
    def created(self) -> str:
        return self.metadata.get("creationTimestamp", "")

    @property
    def terminating(self) -> bool:
        return "deletionTimestamp" in self.metadata

    @cached_property
    def controller(self) -> Key | None:
        """The owner that manages this object (ownerReferences with controller: true)."""
        for owner in self.metadata.get("ownerReferences") or ():
            if owner.get("controller"):
                return (owner["kind"], self.namespace, owner["name"])
        return None

    def condition(self, kind: str) -> str:
        """The status of a condition: "True", "False", "Unknown", or "" where it is not set."""
        for condition in self.status.get("conditions") or ():
            if condition["type"] == kind:
                return condition["status"]
        return ""


class Pod(Obj):
    @cached_property
    def ip(self) -> str:
        return self.status.get("podIP") or ""

    @cached_property
    def ips(self) -> tuple[str, ...]:
        return tuple(i["ip"] for i in self.status.get("podIPs") or () if i.get("ip")) or ((self.ip,) if self.ip else ())

    @cached_property
    def node(self) -> str:
        return self.spec.get("nodeName") or ""

    @property
    def phase(self) -> str:
        return self.status.get("phase") or "Pending"

    @cached_property
    def ready(self) -> bool:
        return self.condition("Ready") == "True"

    @property
    def waits_for(self) -> str:
        """Why the first container that waits has not started: CrashLoopBackOff, ImagePullBackOff…"""
        states = ((status.get("state") or {}).get("waiting") for status in self.status.get("containerStatuses") or ())
        return next((str(waiting.get("reason") or "") for waiting in states if waiting), "")

    @property
    def finished(self) -> bool:
        return self.phase in ("Succeeded", "Failed")

    @cached_property
    def host_network(self) -> bool:
        return bool(self.spec.get("hostNetwork"))

    @cached_property
    def app(self) -> App | None:
        """What the annotation says the container does, or what a dump showed it doing; None where nothing is said."""
        text = self.annotations.get(APP_ANNOTATION) or (self.body.get("kubeviz") or {}).get("app")
        return parse_app(text) if text else None

    @cached_property
    def container_ports(self) -> tuple[Body, ...]:
        containers = (self.spec.get("initContainers") or []) + (self.spec.get("containers") or [])
        return tuple(port for container in containers for port in container.get("ports") or ())

    @cached_property
    def listening(self) -> frozenset[tuple[int, str]]:
        """(port, protocol) pairs that answer. Without an annotation we assume the declared containerPorts, else 80."""
        if self.app is not None and self.app.listen is not None:
            return frozenset(self.app.listen)
        declared = frozenset((p["containerPort"], p.get("protocol", "TCP")) for p in self.container_ports)
        return declared or frozenset({(80, "TCP")})

    @cached_property
    def host_ports(self) -> dict[tuple[int, str], int]:
        """Ports of the node that lead to this pod: (port, protocol) -> the pod's own port. A hostIP that is not the
        node's (as 127.0.0.1) is reached by nobody from elsewhere."""
        if self.host_network:
            return {(port, protocol): port for port, protocol in self.listening}
        everywhere = ("", "0.0.0.0", "::", self.status.get("hostIP"))
        mapped = (p for p in self.container_ports if p.get("hostPort") and (p.get("hostIP") or "") in everywhere)
        return {(p["hostPort"], p.get("protocol", "TCP")): p["containerPort"] for p in mapped}

    @cached_property
    def running(self) -> bool:
        return any("running" in (s.get("state") or {}) for s in self.status.get("containerStatuses") or ())

    @cached_property
    def template_hash(self) -> str:
        return self.labels.get("pod-template-hash", "")


class Node(Obj):
    @cached_property
    def addresses(self) -> dict[str, str]:
        """The first address of each type: InternalIP, ExternalIP, Hostname."""
        found: dict[str, str] = {}
        for address in self.status.get("addresses") or ():
            found.setdefault(address["type"], address["address"])
        return found

    @cached_property
    def internal_ip(self) -> str:
        return self.addresses.get("InternalIP", "")

    @cached_property
    def external_ip(self) -> str:
        return self.addresses.get("ExternalIP", "")

    @cached_property
    def bridge_ip(self) -> str:
        """The node's own address in its pod network, which pods see on masqueraded local traffic."""
        return (self.spec.get("podCIDR") or "10.244.0.0/24").rsplit(".", 1)[0] + ".1"

    @cached_property
    def up(self) -> bool:
        """Whether the machine has power; Ready lags behind it by the grace period."""
        return self.annotations.get(POWER_ANNOTATION) != "off"

    @property
    def ready(self) -> bool:
        return self.condition("Ready") == "True"

    @property
    def schedulable(self) -> bool:
        return self.ready and not self.spec.get("unschedulable")


class ServicePort(NamedTuple):
    position: int
    name: str
    protocol: str
    port: int
    target: int | str
    node_port: int


def stand_in(name: str) -> str:
    """An address of the documentation range (RFC 5737) for a machine outside of which only the name is known."""
    return f"198.51.100.{20 + sum(name.encode()) % 200}"


def _entrances(status: Body) -> tuple[str, ...]:
    """A balancer's addresses; where a cloud gives a host name instead, an address that stands for it."""
    listed = (status.get("loadBalancer") or {}).get("ingress") or ()
    return tuple(i.get("ip") or stand_in(i["hostname"]) for i in listed if i.get("ip") or i.get("hostname"))


def _host_names(status: Body) -> tuple[str, ...]:
    listed = (status.get("loadBalancer") or {}).get("ingress") or ()
    return tuple(i["hostname"] for i in listed if i.get("hostname"))


class Balanced(Obj):
    """What a balancer may stand before: a Service, an Ingress."""

    @cached_property
    def entrances(self) -> tuple[str, ...]:
        return _entrances(self.status)

    @property
    def balancer_names(self) -> tuple[str, ...]:
        return _host_names(self.status)


class Service(Balanced):
    @cached_property
    def type(self) -> str:
        return self.spec.get("type") or "ClusterIP"

    @cached_property
    def cluster_ips(self) -> tuple[str, ...]:
        """Assigned cluster IPs; empty for headless and ExternalName."""
        spec = self.spec
        found = spec.get("clusterIPs") or [spec.get("clusterIP") or ""]
        return tuple(ip for ip in found if ip and ip != "None")

    @property
    def cluster_ip(self) -> str:
        return self.cluster_ips[0] if self.cluster_ips else ""

    @cached_property
    def headless(self) -> bool:
        return self.spec.get("clusterIP") == "None"

    @cached_property
    def selector(self) -> dict[str, str]:
        return self.spec.get("selector") or {}

    @cached_property
    def ports(self) -> tuple[ServicePort, ...]:
        return tuple(
            ServicePort(
                i,
                p.get("name") or "",
                p.get("protocol") or "TCP",
                p["port"],
                p.get("targetPort") or p["port"],
                p.get("nodePort") or 0,
            )
            for i, p in enumerate(self.spec.get("ports") or ())
        )

    @cached_property
    def by_port(self) -> dict[tuple[int, str], ServicePort]:
        return {(p.port, p.protocol): p for p in self.ports}

    @cached_property
    def by_node_port(self) -> dict[tuple[int, str], ServicePort]:
        return {(p.node_port, p.protocol): p for p in self.ports if p.node_port}

    @cached_property
    def balancer_ips(self) -> tuple[str, ...]:
        ingress = (self.status.get("loadBalancer") or {}).get("ingress") or ()
        return tuple(i["ip"] for i in ingress if i.get("ip"))

    @cached_property
    def external_ips(self) -> tuple[str, ...]:
        return tuple(self.spec.get("externalIPs") or ())

    @cached_property
    def local_external(self) -> bool:
        return self.spec.get("externalTrafficPolicy") == "Local"

    @cached_property
    def local_internal(self) -> bool:
        return self.spec.get("internalTrafficPolicy") == "Local"

    @cached_property
    def sticky(self) -> bool:
        return self.spec.get("sessionAffinity") == "ClientIP"


class EndpointSlice(Obj):
    @property
    def service(self) -> Key:
        return ("Service", self.namespace, self.labels.get(SERVICE_NAME_LABEL, ""))


class Ingress(Balanced):
    @cached_property
    def class_name(self) -> str:
        return self.spec.get("ingressClassName") or self.annotations.get(LEGACY_CLASS_ANNOTATION) or ""

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        ingress = (self.status.get("loadBalancer") or {}).get("ingress") or ()
        return tuple(i.get("ip") or i.get("hostname") or "" for i in ingress)


class IngressClass(Obj):
    @property
    def controller_name(self) -> str:
        return self.spec.get("controller") or ""

    @property
    def is_default(self) -> bool:
        return self.annotations.get(DEFAULT_CLASS_ANNOTATION) == "true"


_CLASSES: dict[str, type[Obj]] = {c.__name__: c for c in (Pod, Node, Service, EndpointSlice, Ingress, IngressClass)}


def wrap(body: Body) -> Any:
    """The view class of the body's kind; kinds nobody reads specially are plain `Obj`."""
    return _CLASSES.get(body["kind"], Obj)(body)
