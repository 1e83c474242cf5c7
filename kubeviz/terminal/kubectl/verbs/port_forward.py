"""port-forward: a port of the laptop leads to a pod. It stays open beside the prompt, as with & in a real shell."""

from ....cluster.objects import Pod, Service
from ....controllers.endpoints import target_port
from ...session import Forward
from ..call import Call
from ..errors import KubectlError, usage
from ..pods import pods_of
from ..resources import kind_named
from ..select import one, targets

MOST = 65535


def run(call: Call) -> None:
    if len(call.args) < 2:
        raise usage("port-forward", "TYPE/NAME and list of ports are required for port-forward")
    thing, *ports = call.args
    kind, name = targets([thing])[0] if "/" in thing else (kind_named("pods"), thing)
    obj = one(call, kind, str(name))
    pod = obj if isinstance(obj, Pod) else _first(call, obj)
    pairs = [_pair(text, obj, pod) for text in ports]
    if not pod.running:
        raise KubectlError(f"unable to forward port because pod is not running. Current status={pod.phase}")
    for local, remote in pairs:
        local = local or _free(call)
        call.session.forwards[local] = Forward(pod.namespace, pod.name, remote)
        call.line(f"Forwarding from 127.0.0.1:{local} -> {remote}")
        call.line(f"Forwarding from [::1]:{local} -> {remote}")
        call.result.note("ForwardStays", port=local)


def _first(call: Call, obj: object) -> Pod:
    pods = pods_of(call, obj)  # type: ignore[arg-type]
    if not pods:
        raise KubectlError("timed out waiting for the condition")
    return pods[0]


def _pair(text: str, obj: object, pod: Pod) -> tuple[int, int]:
    """[LOCAL:]REMOTE; a Service's port stands for its target port in the pod."""
    local, colon, remote = text.partition(":")
    remote = remote if colon else local
    number = _number(remote) if remote.isdecimal() else _named(remote, obj, pod)
    here = _number(local) if local.isdecimal() else 0 if colon and not local else number
    if isinstance(obj, Service):
        port = next((p for p in obj.ports if p.port == number or p.name == remote), None)
        if port is None:
            raise KubectlError(f"Service {obj.name} does not have a service port {remote}")
        there = target_port(pod, port)
        if obj.headless:
            there = number
        if there is None:
            raise KubectlError(f"Pod '{pod.name}' does not have a named port '{port.target}'")
        return here, there
    return here, number


def _number(text: str) -> int:
    if not 0 < int(text) <= MOST:
        raise KubectlError(
            "error parsing remote port error converting input to port: "
            f'strconv.ParseUint: parsing "{text}": value out of range'
        )
    return int(text)


def _named(text: str, obj: object, pod: Pod) -> int:
    if isinstance(obj, Service):
        found = next((p.port for p in obj.ports if p.name == text), None)
        if found is None:
            raise KubectlError(f"Service '{obj.name}' does not have a named port '{text}'")
        return found
    ports = [p["containerPort"] for p in pod.container_ports if p.get("name") == text]
    if not ports:
        raise KubectlError(f"Pod '{pod.name}' does not have a named port '{text}'")
    return int(ports[0])


def _free(call: Call) -> int:
    return next(port for port in range(40000, MOST) if port not in call.session.forwards)
