"""Repairs of names: where a Service really is, how it is spelled, and what an app should call.

Whoever typed the name types another; where an app called it, the address in its annotation is changed.
"""

import re
from collections.abc import Iterator
from typing import Any

from ...cluster.changes import Body
from ...cluster.objects import APP_ANNOTATION, Obj, Service
from . import pods
from .case import Case, nearest
from .pods import owner, template_app
from .proposal import Create, Patch, Proposal, kubectl_patch, n

ALIKE = 0.6
WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")
VARIABLE = re.compile(r"\$\((?P<name>[A-Z0-9_]+)_SERVICE_HOST\)(?::\$\((?P=name)_SERVICE_PORT\))?")


def other_namespace(case: Case) -> Iterator[Proposal]:
    """A Service of that name lives in another namespace: its longer name works from everywhere inside."""
    for namespace in dict.fromkeys(case.params.get("elsewhere") or ()):
        name = case.target.host.partition(".")[0]
        yield from _called(case, "UseFullName", f"{name}.{namespace}", namespace=namespace)


def spelling(case: Case) -> Iterator[Proposal]:
    """The Service of the sender's namespace whose name looks most like it."""
    sender = case.sender
    if sender is None:
        return
    first, dot, rest = case.target.host.partition(".")
    known = [s.name for s in case.cluster.of_kind("Service", sender.namespace)]
    for name in nearest(first, known, ALIKE)[:2]:
        yield from _called(case, "UseName", f"{name}{dot}{rest}", name=name)


def _called(case: Case, code: str, host: str, **params: Any) -> Iterator[Proposal]:
    """By the one who asked, or by the app whose own call it was."""
    request = case.ask(host=host)
    if not case.inner:
        yield Proposal(code, {**params, "url": request.url}, request=request)
    else:
        authority = re.escape(case.target.host)
        yield from _app_changed(case, rf"(?<=//){authority}(?![\w.-])", host)


def _app_changed(case: Case, pattern: str, host: str) -> Iterator[Proposal]:
    workload = owner(case, case.sender) if case.sender is not None else None
    written = template_app(workload) if workload is not None else ""
    changed = re.sub(pattern, host, written)
    if workload is not None and changed != written:
        patch = {"spec": {"template": {"metadata": {"annotations": {APP_ANNOTATION: changed}}}}}
        params = {"name": workload.name, "host": host}
        yield Proposal("CallByName", params, kubectl_patch(workload, patch), (Patch(workload.key, patch),))


def by_name(case: Case) -> Iterator[Proposal]:
    """A DNS name in place of the environment variables, which exist for Services of the own namespace only."""
    sender = case.pod or case.sender
    written = VARIABLE.search(str(case.params.get("url") or ""))
    if sender is None or written is None:
        return
    wanted = written["name"].lower().replace("_", "-")
    for service in case.cluster.of_kind("Service"):
        if service.name == wanted:
            host = wanted if service.namespace == sender.namespace else f"{wanted}.{service.namespace}"
            port = f":{service.ports[0].port}" if service.ports else ""
            yield from _app_changed(case, re.escape(written[0]), f"{host}{port}")


def expose(case: Case) -> Iterator[Proposal]:
    """The workload is there, but no Service stands before it. Variables need a restart as well."""
    sender = case.pod or case.sender
    name, port = _wanted(case)
    for kind in WORKLOADS if sender is not None else ():
        workload = case.cluster.get(kind, sender.namespace, name) if sender is not None else None
        target = _listens(case, workload)
        if workload is not None and target is not None:
            command = f"kubectl expose {kind.lower()} {name}{n(workload)} --port={port} --target-port={target}"
            body = _service(name, workload.namespace, _labels(workload), port, target)
            again = list(pods.restart(case)) if case.reason == "EnvMissing" else []
            edits = (Create(body), *(edit for proposal in again for edit in proposal.edits))
            code = "ExposeAndRestart" if again else "Expose"
            yield Proposal(code, {"name": name}, " && ".join([command, *(p.command for p in again)]), edits)


def _wanted(case: Case) -> tuple[str, int]:
    """The name and port that were called, by address or by variable."""
    written = VARIABLE.search(str(case.params.get("url") or ""))
    if written is not None:
        return written["name"].lower().replace("_", "-"), 80
    return case.target.host.partition(".")[0], case.target.port


def _labels(workload: Obj) -> dict[str, str]:
    found: dict[str, str] = (workload.spec.get("selector") or {}).get("matchLabels") or {}
    return found


def _listens(case: Case, workload: Obj | None) -> int | None:
    running = case.cluster.selected_pods(workload.namespace, _labels(workload)) if workload is not None else []
    return min((port for port, _ in running[0].listening), default=None) if running else None


def _service(name: str, namespace: str, selector: dict[str, str], port: int, target: int) -> Body:
    ports = [{"port": port, "protocol": "TCP", "targetPort": target}]
    metadata = {"name": name, "namespace": namespace}
    return {"apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": {"selector": selector, "ports": ports}}


def address(case: Case) -> Iterator[Proposal]:
    """A node does not ask the cluster's DNS: there a Service is reached by its cluster IP."""
    name, _, rest = case.target.host.partition(".")
    namespace = rest.partition(".")[0]
    for service in case.cluster.of_kind("Service") if case.sent.source.startswith("node/") else ():
        if service.name == name and namespace in ("", service.namespace) and isinstance(service, Service):
            request = case.ask(host=service.cluster_ip)
            yield Proposal("UseClusterIP", {"service": service.ref, "url": request.url}, request=request)
