"""IngressClass: which controller obeys the Ingresses of a class (pkg/apis/networking/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, forbidden, not_supported, required, too_long
from ..metadata import domain_prefixed_path, immutable

Body = dict[str, Any]
NAME = names.dns_subdomain
MOST_CONTROLLER = 250
SCOPES = ("Cluster", "Namespace")


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    if spec.get("parameters") is not None and not spec["parameters"].get("scope"):
        spec["parameters"]["scope"] = "Cluster"


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    kept = immutable(spec.get("controller"), old["spec"].get("controller"), "spec.controller") if old else []
    return [*kept, *_controller(spec.get("controller") or ""), *_parameters(spec.get("parameters"))]


def _controller(name: str) -> Iterable[FieldError]:
    """A domain, a slash and a path, such as k8s.io/ingress-nginx."""
    if not name:
        yield required("spec.controller")
        return
    if len(name) > MOST_CONTROLLER:
        yield too_long("spec.controller", MOST_CONTROLLER)
    yield from domain_prefixed_path(name, "spec.controller")


def _parameters(found: Body | None) -> Iterable[FieldError]:
    if found is None:
        return
    path = "spec.parameters"
    if found.get("apiGroup") is not None:
        yield from each_invalid(f"{path}.apiGroup", found["apiGroup"], names.dns_subdomain(found["apiGroup"]))
    for field in ("kind", "name"):
        value = found.get(field) or ""
        yield from (
            each_invalid(f"{path}.{field}", value, names.path_segment(value))
            if value
            else [required(f"{path}.{field}")]
        )
    scope, namespace = found["scope"], found.get("namespace")
    if scope not in SCOPES:
        yield not_supported(f"{path}.scope", scope, SCOPES)
    elif scope == "Namespace" and namespace is None:
        yield required(f"{path}.namespace", "`parameters.scope` is set to 'Namespace'")
    elif scope == "Namespace":
        yield from each_invalid(f"{path}.namespace", namespace, names.dns_label(namespace))
    elif namespace is not None:
        yield forbidden(f"{path}.namespace", "`parameters.scope` is set to 'Cluster'")


def warnings(body: Body, old: Body | None = None) -> list[str]:
    return []
