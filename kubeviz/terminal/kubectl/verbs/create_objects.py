"""create namespace, deployment, service …, ingress, configmap …: objects from flags."""

from ....cluster.changes import Body
from ....cluster.errors import Rejected
from ....cluster.patches.applying import annotated
from .. import generate
from ..call import Call
from ..errors import KubectlError
from ..writing import Teller, validation
from .create import store


def _name(call: Call) -> str:
    before = call.args if call.dash < 0 else call.args[: call.dash]
    if len(before) != 1:
        raise call.usage(f"exactly one NAME is required, got {len(before)}")
    return before[0]


def _command(call: Call) -> list[str]:
    return [] if call.dash < 0 else call.args[call.dash :]


def require(call: Call, *flags: str) -> None:
    """cobra's required flags."""
    missing = [f'"{flag}"' for flag in flags if not call.has(flag)]
    if missing:
        raise KubectlError(f"required flag(s) {', '.join(missing)} not set")


def _create(call: Call, body: Body, what: str = "") -> None:
    """A refusal is told as `failed to create WHAT` (kubectl/pkg/cmd/create); a namespace's as the server words it."""
    teller, mode = Teller(call), validation(call)
    body = annotated(body) if call["save-config"] else body
    if call.dry_run != "client" and "namespace" not in body["metadata"] and body["kind"] != "Namespace":
        body = {**body, "metadata": {**body["metadata"], "namespace": call.namespace}}
    try:
        teller.tell(store(call, body, mode), "created")
    except Rejected as error:
        if not what:
            raise
        raise KubectlError(f"failed to create {what} {error.message}") from None


def namespace(call: Call) -> None:
    _create(call, generate.namespace(_name(call)))


def deployment(call: Call) -> None:
    require(call, "image")
    images, port = call["image"], call["port"]
    _create(call, generate.deployment(call, _name(call), images, call["replicas"], port, _command(call)), "deployment:")


def job(call: Call) -> None:
    if not call["image"]:
        raise KubectlError("either --image or --from must be specified")
    _create(call, generate.job(call, _name(call), call["image"], _command(call)), "job:")


def clusterip(call: Call) -> None:
    headless = call["clusterip"] == "None"
    name = _name(call)
    ports = _ports(call, optional=headless)
    more = {"clusterIP": call["clusterip"]} if call["clusterip"] else {}
    _create(call, generate.service(call, name, "ClusterIP", ports, **more), "ClusterIP service:")


def nodeport(call: Call) -> None:
    _create(
        call,
        generate.service(call, _name(call), "NodePort", _ports(call, node_port=call["node-port"])),
        "NodePort service:",
    )


def loadbalancer(call: Call) -> None:
    _create(call, generate.service(call, _name(call), "LoadBalancer", _ports(call)), "LoadBalancer service:")


def externalname(call: Call) -> None:
    require(call, "external-name")
    ports = _ports(call, optional=True)
    _create(
        call,
        generate.service(call, _name(call), "ExternalName", ports, externalName=call["external-name"]),
        "ExternalName service:",
    )


def _ports(call: Call, optional: bool = False, node_port: int = 0) -> list[Body]:
    _name(call)
    if not call["tcp"] and not optional:
        raise KubectlError("at least one tcp port specifier must be provided")
    return [generate.service_port(text, node_port) for text in call["tcp"]]


def ingress(call: Call) -> None:
    _create(call, generate.ingress(call, _name(call)), "ingress:")


def configmap(call: Call) -> None:
    _create(call, generate.configmap(call, _name(call)), "configmap:")


def secret(call: Call) -> None:
    _create(call, generate.secret(call, _name(call)), "secret")


def serviceaccount(call: Call) -> None:
    body = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": generate.metadata(call, _name(call))}
    _create(call, body, "serviceaccount:")
