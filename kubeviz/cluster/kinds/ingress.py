"""Ingress: rules of pkg/apis/networking/validation. A Service or class that is not there is no mistake."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, invalid, not_supported, required

Body = dict[str, Any]
NAME = names.dns_subdomain
CLASS_ANNOTATION = "kubernetes.io/ingress.class"
PATH_TYPES = ("Exact", "ImplementationSpecific", "Prefix")
BAD_SEQUENCES = ("//", "/./", "/../", "%2f", "%2F")
BAD_ENDS = ("/..", "/.")


def default(body: Body) -> None:
    body.setdefault("spec", {})
    body.setdefault("status", {}).setdefault("loadBalancer", {})


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    return [
        *_something(spec),
        *(backend(spec["defaultBackend"], "spec.defaultBackend") if spec.get("defaultBackend") is not None else ()),
        *_rules(spec.get("rules") or ()),
        *_tls(spec.get("tls") or ()),
        *_class(spec),
        *(() if old else _class_annotation(body)),
    ]


def _something(spec: Body) -> Iterable[FieldError]:
    if not spec.get("rules") and spec.get("defaultBackend") is None:
        yield invalid("spec", spec.get("rules"), "either `defaultBackend` or `rules` must be specified")


def _rules(rules: Iterable[Body]) -> Iterable[FieldError]:
    for i, rule in enumerate(rules):
        path, host = f"spec.rules[{i}]", rule.get("host") or ""
        if host and names.parse_ip(host) is not None:
            yield invalid(f"{path}.host", host, "must be a DNS name, not an IP address")
        if host:
            yield from _host(host, f"{path}.host")
        if rule.get("http") is not None:
            yield from _paths(rule["http"].get("paths") or (), f"{path}.http.paths")


def _host(host: str, path: str) -> list[FieldError]:
    check = names.wildcard_subdomain if "*" in host else names.dns_subdomain
    return each_invalid(path, host, check(host))


def _paths(paths: Iterable[Body], path: str) -> Iterable[FieldError]:
    if not paths:
        yield required(path)
    for i, item in enumerate(paths):
        here = f"{path}[{i}]"
        if item.get("pathType") is None:
            yield required(f"{here}.pathType", "pathType must be specified")
            continue
        yield from _path(item["pathType"], item.get("path") or "", here)
        yield from backend(item.get("backend") or {}, f"{here}.backend")


def _path(kind: str, text: str, here: str) -> Iterable[FieldError]:
    if kind not in PATH_TYPES:
        yield not_supported(f"{here}.pathType", kind, PATH_TYPES)
        return
    if not text.startswith("/") and (text or kind != "ImplementationSpecific"):
        yield invalid(f"{here}.path", text, "must be an absolute path")
    if kind == "ImplementationSpecific":
        return
    for sequence in BAD_SEQUENCES:
        if sequence in text:
            yield invalid(f"{here}.path", text, f"must not contain '{sequence}'")
    for end in BAD_ENDS:
        if text.endswith(end):
            yield invalid(f"{here}.path", text, f"cannot end with '{end}'")


def backend(found: Body, path: str) -> Iterable[FieldError]:
    """A Service with a port, or another resource, not both."""
    service, resource = found.get("service"), found.get("resource")
    if service is not None and resource is not None:
        yield invalid(path, "", "cannot set both resource and service backends")
    elif resource is not None:
        yield from _resource(resource, f"{path}.resource")
    elif service is not None:
        yield from _service(service, path)
    else:
        yield invalid(path, "", "resource or service backend is required")


def _service(service: Body, path: str) -> Iterable[FieldError]:
    name, port = service.get("name") or "", service.get("port") or {}
    if name:
        yield from each_invalid(f"{path}.service.name", name, names.dns_label(name))
    else:
        yield required(f"{path}.service.name")
    if port.get("name") and port.get("number"):
        yield invalid(path, "", "cannot set both port name & port number")
    elif port.get("name"):
        yield from each_invalid(f"{path}.service.port.name", port["name"], names.port_name(port["name"]))
    elif port.get("number"):
        yield from each_invalid(f"{path}.service.port.number", port["number"], names.port_number(port["number"]))
    else:
        yield required(path, "port name or number is required")


def _resource(resource: Body, path: str) -> Iterable[FieldError]:
    if resource.get("apiGroup") is not None:
        yield from each_invalid(f"{path}.apiGroup", resource["apiGroup"], names.dns_subdomain(resource["apiGroup"]))
    for field in ("kind", "name"):
        value = resource.get(field) or ""
        yield from (
            each_invalid(f"{path}.{field}", value, names.path_segment(value))
            if value
            else [required(f"{path}.{field}")]
        )


def _tls(entries: Iterable[Body]) -> Iterable[FieldError]:
    for i, entry in enumerate(entries):
        for j, host in enumerate(entry.get("hosts") or ()):
            yield from _host(host, f"spec.tls[{i}].hosts[{j}]")
        secret = entry.get("secretName") or ""
        if secret:
            yield from each_invalid(f"spec.tls[{i}].secretName", secret, names.dns_subdomain(secret))


def _class(spec: Body) -> Iterable[FieldError]:
    name = spec.get("ingressClassName")
    if name is not None:
        yield from each_invalid("spec.ingressClassName", name, names.dns_subdomain(name))


def _class_annotation(body: Body) -> Iterable[FieldError]:
    """The old annotation and the field must not contradict each other, on creation."""
    said = (body["metadata"].get("annotations") or {}).get(CLASS_ANNOTATION)
    name = body["spec"].get("ingressClassName")
    if said is not None and name is not None and said != name:
        yield invalid(f"annotations.{CLASS_ANNOTATION}", said, "must match `ingressClassName` when both are specified")


def warnings(body: Body, old: Body | None = None) -> list[str]:
    said = (body["metadata"].get("annotations") or {}).get(CLASS_ANNOTATION)
    if said is None or body["spec"].get("ingressClassName") is not None:
        return []
    return [f"annotation \"{CLASS_ANNOTATION}\" is deprecated, please use 'spec.ingressClassName' instead"]
