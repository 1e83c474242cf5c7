"""The pod: whether anybody listens, and what the app answers."""

from typing import Any

from ..cluster import ingresses
from ..cluster.app import Route
from ..cluster.objects import APP_ANNOTATION, Pod
from . import policy
from .journey import Journey, Story
from .model import Evidence, Http, Step
from .networks import in_cluster
from .routes import Endpoint

APP_PATH = f"metadata.annotations[{APP_ANNOTATION}]"
MOST_CALLS = 8
"""Apps that call each other deeper than this go in circles."""


def receive(j: Journey, endpoint: Endpoint) -> None:
    """The packet reaches *endpoint*: it connects and is answered, or is refused there."""
    pod = find(j, endpoint)
    if pod is None:
        beyond(j, endpoint)
    elif connects(j, pod, endpoint.port):
        if j.protocol == "TCP" and (j.front is not None or ingresses.is_controller(pod)):
            from . import ingress

            ingress.route(j, pod, endpoint.port)
        elif j.target.scheme == "https" and j.protocol == "TCP":
            j.stop("TLSNotSpoken", _no_tls, pod, endpoint.port)
        else:
            answer(j, pod)


def receive_from_proxy(j: Journey, endpoint: Endpoint) -> None:
    """The ingress controller's request, which is plain HTTP whatever the client spoke."""
    j.verdict = j.reason = ""
    j.front = None
    pod = find(j, endpoint)
    if pod is None:
        beyond(j, endpoint)
    elif connects(j, pod, endpoint.port):
        answer(j, pod)


def find(j: Journey, endpoint: Endpoint) -> Pod | None:
    """The pod behind an endpoint, by its name or by its address."""
    if endpoint.key is not None:
        return j.cluster.find(endpoint.key)
    return j.cluster.pod_by_ip(endpoint.ip)


def connects(j: Journey, pod: Pod, port: int) -> bool:
    """Whether a connection to the pod's port comes about; if not, the journey has stopped."""
    node = j.cluster.get("Node", "", pod.node)
    if node is not None and not node.up:
        j.stop("NodeDown", _node_down, pod, node)
    elif j.cluster.policed and not _let_through(j, pod, port):
        return False
    elif not pod.running:
        j.stop("PodNotRunning", _not_running, pod)
    elif (port, j.protocol) not in pod.listening:
        j.stop("TargetPortClosed", _port_closed, pod, port)
    else:
        return True
    return False


def _let_through(j: Journey, pod: Pod, port: int) -> bool:
    """Whether the NetworkPolicies let the packet out of its sender and into the pod."""
    packet = policy.between(j.pod, j.node, pod, j.source_ip or j.client, port, j.protocol)
    denial = policy.denied(j.cluster, packet)
    if denial is not None:
        j.stop("PolicyDenied", _denied, pod, denial)
        return False
    j.log.append((_allowed, pod, packet))
    return True


def beyond(j: Journey, endpoint: Endpoint) -> None:
    """No pod stands behind the address: a machine outside answers, unless the address is one of nobody inside."""
    if in_cluster(j.cluster, endpoint.ip):
        j.stop("PodIPGone", _gone, endpoint)
        return
    if j.pod is not None:
        packet = policy.leaving(j.pod, endpoint.ip, endpoint.port, j.protocol)
        if (denial := policy.denied(j.cluster, packet)) is not None:
            j.stop("PolicyDenied", _denied_outside, endpoint, denial)
            return
    j.http = Http(200, endpoint.address) if j.protocol == "TCP" else None
    j.stop("Delivered", _outside_answered, endpoint.address)


def answer(j: Journey, pod: Pod) -> None:
    """The app's answer to the path, or plain delivery where no HTTP is spoken."""
    j.served_by = pod.ref
    j.log.append((_connected, pod))
    if j.protocol != "TCP":
        j.stop("Delivered", _answered, pod, None)
        return
    path = j.path
    route = find_route(pod, path)
    if route is not None and route.call:
        _pass_on(j, pod, path, route)
        return
    j.http = _response(pod, path, route)
    j.stop(_reason(j.http.status), _answered, pod, path)


def _reason(status: int) -> str:
    if status < 300:
        return "Delivered"
    return "Redirected" if status < 400 else "AppError"


def find_route(pod: Pod, path: str) -> Route | None:
    """The longest route that is the path or an element-wise beginning of it."""
    routes = pod.app.routes if pod.app else {}
    at = path
    while True:
        if at in routes:
            return routes[at]
        if at in ("", "/"):
            return None
        at = at[: at.rfind("/")] or "/"


def _response(pod: Pod, path: str, route: Route | None) -> Http:
    if route is not None:
        return Http(route.status, route.body, dict(route.headers) if route.headers else {})
    if pod.app is not None and pod.app.routes:
        return Http(404, f"404 {path}")
    return Http(200, pod.name)


def _pass_on(j: Journey, pod: Pod, path: str, route: Route) -> None:
    """The app calls another one and passes its answer on; a failed call becomes 502, a silent one 504."""
    from . import env
    from .calls import follow

    url, missing = env.expand(j.cluster, pod, route.call or "")
    if j.depth >= MOST_CALLS:
        j.http = Http(508, "Loop")
        j.stop("Loop", _looped, pod, path, url)
        return
    j.log.append((_calls, pod, path, url))
    inner = follow(j, pod, url, missing)
    j.calls = (*j.calls, inner)
    if inner.reason == "Loop":
        j.stop("Loop", _looped, pod, path, url)
    elif inner.http is not None:
        j.http = inner.http
        j.stop(_reason(inner.http.status), _answered, pod, path)
    else:
        status = 504 if inner.verdict == "timeout" else 502
        j.http = Http(status, f"{pod.labels.get('app', pod.name)}: {url}: {inner.curl.message}")
        j.stop("AppError", _answered, pod, path)


# ── explanations ──


def _assumed(pod: Pod) -> str | None:
    return None if pod.app is not None else "AppAssumed"


def _connected(story: Story, pod: Pod) -> None:
    port = int(story.dst.rpartition(":")[2] or 0)
    _last(
        story,
        pod.ref,
        Step("Connected", {"pod": pod.ref, "port": port}, _listen_evidence(pod), note=_assumed(pod)),
    )


def _answered(story: Story, pod: Pod, path: str | None) -> None:
    j = story.journey
    status = j.http.status if j.http else None
    evidence = [Evidence(pod.ref, APP_PATH, path)] if pod.app is not None and path else []
    step = Step(
        "AppAnswered" if j.reason != "AppError" else "AppError",
        {"pod": pod.ref, "status": status, "path": path, "source_ip": j.source_ip, "client": story.client},
        evidence,
    )
    story.stay(pod.ref, "l7" if status else "l4", [step])


def _listen_evidence(pod: Pod) -> list[Evidence]:
    ports: Any = [port for port, _ in sorted(pod.listening)]
    return [
        Evidence(
            pod.ref,
            APP_PATH if pod.app is not None and pod.app.listen is not None else "spec.containers[0].ports",
            ports,
        )
    ]


def _last(story: Story, pod_ref: str, step: Step) -> None:
    """What happens on arrival belongs to the hop that led here, in both views."""
    if story.hops and story.hops[-1].object == pod_ref:
        for hop in story.hops[-2:]:
            if hop.object == pod_ref:
                hop.steps = [*hop.steps, step]
    else:
        story.move(pod_ref, "l4", [step], story.dst)


def _node_down(story: Story, pod: Pod, node: Any) -> None:
    evidence = [Evidence(node.ref, "metadata.annotations[kubeviz.dev/power]", "off")]
    _last(story, pod.ref, Step("NodeDown", {"node": node.name, "pod": pod.ref, "ip": pod.ip}, evidence))


def _not_running(story: Story, pod: Pod) -> None:
    statuses = pod.status.get("containerStatuses") or [{}]
    waiting = (statuses[0].get("state") or {}).get("waiting") or {}
    evidence = [Evidence(pod.ref, "status.containerStatuses[0].state", waiting.get("reason") or pod.phase)]
    _last(
        story,
        pod.ref,
        Step("PodNotRunning", {"pod": pod.ref, "state": waiting.get("reason") or pod.phase}, evidence),
    )


def _port_closed(story: Story, pod: Pod, port: int) -> None:
    listening = [number for number, _ in sorted(pod.listening)]
    step = Step(
        "TargetPortClosed",
        {"pod": pod.ref, "port": port, "listening": listening},
        _listen_evidence(pod),
        note=_assumed(pod),
    )
    _last(story, pod.ref, step)


def _no_tls(story: Story, pod: Pod, port: int) -> None:
    _last(story, pod.ref, Step("TLSNotSpoken", {"pod": pod.ref, "port": port}))


def _allowed(story: Story, pod: Pod, packet: policy.Packet) -> None:
    for step in policy.passed_steps(story.cluster, packet):
        _last(story, pod.ref, step)


def _denied(story: Story, pod: Pod, denial: policy.Denial) -> None:
    _last(story, pod.ref, policy.denial_step(story.cluster, denial))


def _denied_outside(story: Story, endpoint: Endpoint, denial: policy.Denial) -> None:
    _last(story, endpoint.ref, policy.denial_step(story.cluster, denial))


def _gone(story: Story, endpoint: Endpoint) -> None:
    _last(story, endpoint.ref, Step("PodIPGone", {"address": endpoint.address}))


def _outside_answered(story: Story, address: str) -> None:
    story.stay(story.at, "l7", [Step("OutsideAnswered", {"address": address}, note="OutsideAssumed")])


def _calls(story: Story, pod: Pod, path: str, url: str) -> None:
    story.stay(
        pod.ref,
        "l7",
        [Step("AppCalls", {"pod": pod.ref, "path": path, "url": url}, [Evidence(pod.ref, APP_PATH, path)])],
    )


def _looped(story: Story, pod: Pod, path: str, url: str) -> None:
    story.stay(
        pod.ref,
        "l7",
        [Step("Loop", {"pod": pod.ref, "url": url, "most": MOST_CALLS}, [Evidence(pod.ref, APP_PATH, path)])],
    )
