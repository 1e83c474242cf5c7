"""Ingress (pkg/apis/networking/validation ValidateIngress)."""

import ipaddress

from ..errors import FieldError, invalid, not_supported, printed, required
from . import checks
from .checks import Body, Errors

PATH_TYPES = ["Exact", "ImplementationSpecific", "Prefix"]
NOT_IN_PATH = ("//", "/./", "/../", "%2f", "%2F")
NOT_AT_END = ("/..", "/.")
CLASS_ANNOTATION = "kubernetes.io/ingress.class"


def default(body: Body) -> None:
    body.setdefault("spec", {})
    body.setdefault("status", {"loadBalancer": {}})


def validate(body: Body, old: Body | None = None) -> Errors:
    spec = body["spec"] or {}
    errors: Errors = []
    if not spec.get("rules") and spec.get("defaultBackend") is None:
        errors.append(invalid("spec", spec.get("rules"), "either `defaultBackend` or `rules` must be specified"))
    if spec.get("defaultBackend") is not None:
        errors += _backend(spec["defaultBackend"], "spec.defaultBackend")
    for i, rule in enumerate(spec.get("rules") or ()):
        errors += _rule(rule, f"spec.rules[{i}]")
    for i, tls in enumerate(spec.get("tls") or ()):
        for k, host in enumerate(tls.get("hosts") or ()):
            errors += _host(host, f"spec.tls[{i}].hosts[{k}]")
    if spec.get("ingressClassName") is not None:
        name = spec["ingressClassName"]
        errors += checks.all_invalid("spec.ingressClassName", name, checks.dns_subdomain(name))
    if old is None:
        errors = _class_annotation(body) + errors
    return errors


def _class_annotation(body: Body) -> Errors:
    named = (body["spec"] or {}).get("ingressClassName")
    annotated = (body["metadata"].get("annotations") or {}).get(CLASS_ANNOTATION)
    if annotated and named is not None and annotated != named:
        return [invalid(f"annotations.{CLASS_ANNOTATION}", annotated, "must match `ingressClassName` when both are specified")]
    return []


def _host(host: str, field: str) -> Errors:
    if "*" in host:
        return checks.all_invalid(field, host, checks.wildcard_subdomain(host))
    return checks.all_invalid(field, host, checks.dns_subdomain(host))


def _rule(rule: Body, field: str) -> Errors:
    host = rule.get("host") or ""
    errors: Errors = []
    if host:
        if _is_ip(host):
            errors.append(invalid(f"{field}.host", host, "must be a DNS name, not an IP address"))
        errors += _host(host, f"{field}.host")
    http = rule.get("http")
    if http is not None:
        if not http.get("paths"):
            errors.append(required(f"{field}.http.paths"))
        for i, path in enumerate(http.get("paths") or ()):
            errors += _path(path, f"{field}.http.paths[{i}]")
    return errors


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _path(path: Body, field: str) -> Errors:
    kind, text = path.get("pathType"), path.get("path") or ""
    if kind is None:
        return [required(f"{field}.pathType", "pathType must be specified")]
    errors: Errors = []
    if kind in ("Exact", "Prefix"):
        if not text.startswith("/"):
            errors.append(invalid(f"{field}.path", text, "must be an absolute path"))
        if text:
            errors += [invalid(f"{field}.path", text, f"must not contain '{bad}'") for bad in NOT_IN_PATH if bad in text]
            errors += [invalid(f"{field}.path", text, f"cannot end with '{bad}'") for bad in NOT_AT_END if text.endswith(bad)]
    elif kind == "ImplementationSpecific":
        if text and not text.startswith("/"):
            errors.append(invalid(f"{field}.path", text, "must be an absolute path"))
    else:
        errors.append(not_supported(f"{field}.pathType", kind, PATH_TYPES))
    return errors + _backend(path.get("backend") or {}, f"{field}.backend")


def _backend(backend: Body, field: str) -> Errors:
    service, resource = backend.get("service"), backend.get("resource")
    if service is not None and resource is not None:
        return [FieldError("FieldValueInvalid", field, 'Invalid value: "": cannot set both resource and service backends')]
    if resource is not None:
        return [] if resource.get("kind") and resource.get("name") else [required(f"{field}.resource.kind")]
    if service is None:
        return [FieldError("FieldValueInvalid", field, f"Invalid value: {printed('')}: resource or service backend is required")] if not backend else []
    errors: Errors = []
    name = service.get("name") or ""
    if not name:
        errors.append(required(f"{field}.service.name"))
    else:
        errors += checks.all_invalid(f"{field}.service.name", name, checks.dns_label(name))
    return errors + _port(service.get("port") or {}, field)


def _port(port: Body, field: str) -> Errors:
    name, number = port.get("name") or "", port.get("number") or 0
    if name and number:
        return [FieldError("FieldValueInvalid", field, 'Invalid value: "": cannot set both port name & port number')]
    if name:
        return checks.all_invalid(f"{field}.service.port.name", name, checks.port_name(name))
    if number:
        return checks.port_number(number, f"{field}.service.port.number")
    return [required(field, "port name or number is required")]
