"""`kubectl port-forward` at work: a port of the laptop that leads to a pod."""

import msgspec

from ..cluster.state import Cluster
from ..engine import Request
from ..engine.request import parse_url
from .session import Forward

LAPTOP = ("localhost", "127.0.0.1")
OUTSIDE = ("internet", "vpc")


class LostForward(Exception):
    """The pod that the port led to is gone."""


def of_laptop(request: Request) -> bool:
    """Whether the laptop asks itself. Raises InvalidRequest for no URL."""
    return request.source in OUTSIDE and not request.connect_to and parse_url(request.url).host in LAPTOP


def forwarded(cluster: Cluster, request: Request, forwards: dict[int, Forward]) -> Request | None:
    """The request as the pod gets it, from its own localhost (the kubelet opens the connection in the pod's network
    namespace); None where nobody listens. Raises LostForward."""
    target = parse_url(request.url)
    forward = forwards.get(target.port)
    if forward is None:
        return None
    pod = cluster.get("Pod", forward.namespace, forward.pod)
    if pod is None or not pod.running:
        raise LostForward
    url = f"{target.scheme}://localhost:{forward.port}{target.path}"
    headers = {"Host": target.host_header, **request.headers}
    return msgspec.structs.replace(request, url=url, source=pod.ref, headers=headers)
