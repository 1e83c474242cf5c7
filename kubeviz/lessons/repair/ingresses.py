"""Repairs of Ingresses: controller, class, host, path, backend."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from ...cluster import ingresses
from ...cluster.objects import Ingress
from ...engine.ingress import host_in, rules_of
from .case import Case, nearest
from .proposal import Edit, Install, Patch, Proposal, kubectl_patch, kubectl_set

HELM = (
    "helm upgrade --install ingress-nginx ingress-nginx "
    "--repo https://kubernetes.github.io/ingress-nginx -n ingress-nginx --create-namespace"
)
ALIKE = 0.6


def controller(case: Case) -> Iterator[Proposal]:
    """Nobody obeys Ingresses: a controller is installed, and Ingresses are given its class."""
    if ingresses.controller_service(case.cluster) is not None:
        return
    command = "minikube addons enable ingress" if case.provider == "minikube" else HELM
    edits: list[Edit] = [Install("ingress-nginx")]
    for ingress in _unserved(case):
        if ingress.class_name != "nginx":
            edits.append(Patch(ingress.key, {"spec": {"ingressClassName": "nginx"}}))
    yield Proposal("InstallController", {}, command, tuple(edits))


def _unserved(case: Case) -> list[Ingress]:
    if case.ingress is not None:
        return [case.ingress]
    return [i for i in case.cluster.of_kind("Ingress") if not ingresses.served(case.cluster, i)]


def ingress_class(case: Case) -> Iterator[Proposal]:
    """A class that some controller serves, the one spelled most like it first."""
    served = [c.name for c in case.cluster.of_kind("IngressClass") if c.controller_name == ingresses.CONTROLLER]
    for ingress in _unserved(case):
        for name in nearest(ingress.class_name, served)[:2]:
            patch = {"spec": {"ingressClassName": name}}
            params = {"ingress": ingress.ref, "class": name}
            yield Proposal("SetClass", params, kubectl_patch(ingress, patch), (Patch(ingress.key, patch),))


def host(case: Case) -> Iterator[Proposal]:
    """A host that some rule has, if it looks like the one asked for, or if only an address was asked for."""
    asked = host_in(case.sent.headers, case.target.host)
    known = sorted(
        {r["host"] for i in case.cluster.of_kind("Ingress") for r in i.spec.get("rules") or () if r.get("host")}
    )
    if asked in known:
        return
    for name in nearest(asked, known, 0.0 if case.target.address else ALIKE)[:2]:
        if not case.inner:
            yield _asked_for(case, name)
        if not case.target.address:
            yield from _hosts_renamed(case, name, asked)


def _asked_for(case: Case, name: str) -> Proposal:
    """At the same address the name is said in the Host header; a name of the wrong spelling is written anew."""
    if case.target.address or case.sent.headers:
        request = case.ask(headers={**case.sent.headers, "Host": name})
        return Proposal("SayHost", {"host": name}, request=request)
    request = case.ask(host=name)
    return Proposal("UseHost", {"host": name, "url": request.url}, request=request)


def _hosts_renamed(case: Case, before: str, after: str) -> Iterator[Proposal]:
    for ingress in case.cluster.of_kind("Ingress"):
        for i, rule in enumerate(ingress.spec.get("rules") or ()):
            if rule.get("host") == before:
                rules = deepcopy(ingress.spec["rules"])
                rules[i]["host"] = after
                yield _edited(ingress, "SetHost", {"host": after}, f"/spec/rules/{i}/host", after, rules)


def path(case: Case) -> Iterator[Proposal]:
    """For the host asked for: a path that some rule has, or a rule that takes the path asked for."""
    asked, wanted = host_in(case.sent.headers, case.target.host), case.target.route
    for ingress in case.cluster.of_kind("Ingress"):
        for rule in rules_of(ingress):
            if rule.host not in (asked, ""):
                continue
            if wanted.startswith(rule.path) and rule.type != "Prefix":
                yield _path_changed(ingress, rule.field, "pathType", "Prefix")
            elif nearest(wanted, [rule.path], ALIKE if wanted != "/" else 0.0):
                if not case.inner:
                    request = case.ask(path=rule.path)
                    yield Proposal("UsePath", {"path": rule.path, "url": request.url}, request=request)
                yield _path_changed(ingress, rule.field, "path", wanted)


def backend(case: Case) -> Iterator[Proposal]:
    """The Service of the namespace whose name looks most like the one that is not there."""
    ingress = case.ingress
    if ingress is None or not case.step["evidence"]:
        return
    field = case.step["evidence"][0]["path"]
    known = [s.name for s in case.cluster.of_kind("Service", ingress.namespace)]
    for name in nearest(str(case.params["service"]), known)[:2]:
        yield _set(ingress, "SetBackend", {"service": name}, field, name)


def backend_port(case: Case) -> Iterator[Proposal]:
    """A port that the Service has."""
    service, ingress = case.service, case.ingress
    if service is None or ingress is None or case.params.get("cause") != "ServicePortClosed":
        return
    for evidence in case.step["evidence"]:
        for port in service.ports[:2]:
            yield _set(ingress, "SetBackendPort", {"port": port.port}, evidence["path"], {"number": port.port})


# ── one field of an Ingress ──


def _path_changed(ingress: Ingress, field: str, key: str, value: str) -> Proposal:
    code = "SetPathType" if key == "pathType" else "SetPath"
    return _set(ingress, code, {key: value}, f"{field}.{key}", value)


def _set(ingress: Ingress, code: str, params: dict[str, Any], field: str, value: Any) -> Proposal:
    """*field* as evidence writes it: spec.rules[0].http.paths[1].path."""
    keys = [int(k) if k.isdecimal() else k for k in field.replace("[", ".").replace("]", "").split(".")][1:]
    spec: Any = deepcopy(ingress.spec)
    at = spec
    for key in keys[:-1]:
        at = at[key]
    at[keys[-1]] = value
    part = str(keys[0])
    pointer = "/spec/" + "/".join(map(str, keys))
    return Proposal(
        code,
        {**params, "ingress": ingress.ref},
        kubectl_set(ingress, pointer, value),
        (Patch(ingress.key, {"spec": {part: spec[part]}}),),
    )


def _edited(
    ingress: Ingress, code: str, params: dict[str, Any], pointer: str, value: Any, rules: list[Any]
) -> Proposal:
    edit = Patch(ingress.key, {"spec": {"rules": rules}})
    return Proposal(code, {**params, "ingress": ingress.ref}, kubectl_set(ingress, pointer, value), (edit,))
