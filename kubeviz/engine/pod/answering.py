"""What the app answers: a route of its annotation, another app's answer passed on, or its own name."""

from ...cluster.app import Route
from ...cluster.objects import Pod
from ..journey import Journey
from ..model import Http
from . import explain
from .explain import MOST_CALLS


def answer(j: Journey, pod: Pod) -> None:
    """The app's answer to the path, or plain delivery where no HTTP is spoken."""
    j.served_by = pod.ref
    j.log.append((explain.connected, pod))
    if j.protocol != "TCP":
        j.stop("Delivered", explain.answered, pod, None)
        return
    path = j.path
    route = find_route(pod, path)
    if route is not None and route.call:
        _pass_on(j, pod, path, route)
        return
    j.http = _response(pod, path, route)
    j.stop(_reason(j.http.status), explain.answered, pod, path)


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
    from .. import env
    from ..calls import follow

    url, missing = env.expand(j.cluster, pod, route.call or "")
    if j.depth >= MOST_CALLS:
        j.http = Http(508, "Loop")
        j.stop("Loop", explain.looped, pod, path, url)
        return
    j.log.append((explain.calls, pod, path, url))
    inner = follow(j, pod, url, missing)
    j.calls = (*j.calls, inner)
    if inner.reason == "Loop":
        j.stop("Loop", explain.looped, pod, path, url)
    elif inner.http is not None:
        j.http = inner.http
        j.stop(_reason(inner.http.status), explain.answered, pod, path)
    else:
        status = 504 if inner.verdict == "timeout" else 502
        j.http = Http(status, f"{pod.labels.get('app', pod.name)}: {url}: {inner.curl.message}")
        j.stop("AppError", explain.answered, pod, path)
