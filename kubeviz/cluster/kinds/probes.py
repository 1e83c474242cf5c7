"""Probes and lifecycle hooks of a container (pkg/apis/core/validation: validateProbe, validateHandler)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, forbidden, invalid, not_supported, required
from .defaults import fill

Body = dict[str, Any]
PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
ACTIONS = ("exec", "httpGet", "tcpSocket", "grpc", "sleep")
SCHEMES = ("HTTP", "HTTPS")
NUMBERS = ("initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")
GRACE = "terminationGracePeriodSeconds"
DEFAULTS = (("timeoutSeconds", 1), ("periodSeconds", 10), ("successThreshold", 1), ("failureThreshold", 3))


def default(container: Body) -> None:
    for field in PROBES:
        probe = container.get(field)
        if probe is not None:
            for name, value in DEFAULTS:
                probe[name] = probe.get(name) or value
            _default_action(probe)
    for hook in ("postStart", "preStop"):
        found = (container.get("lifecycle") or {}).get(hook)
        if found is not None:
            _default_action(found)


def _default_action(action: Body) -> None:
    if action.get("httpGet") is not None:
        fill(action["httpGet"], "path", "/")
        fill(action["httpGet"], "scheme", "HTTP")
    if action.get("grpc") is not None:
        action["grpc"].setdefault("service", "")


def validate(container: Body, grace: int, path: str) -> Iterable[FieldError]:
    """*grace*: the pod's terminationGracePeriodSeconds, which a hook that only sleeps must not exceed."""
    for hook in ("postStart", "preStop"):
        found = (container.get("lifecycle") or {}).get(hook)
        if found is not None:
            yield from _action(found, grace, f"{path}.lifecycle.{hook}")
    for field in PROBES:
        if container.get(field) is not None:
            yield from _probe(container[field], field, grace, f"{path}.{field}")


def _probe(probe: Body, field: str, grace: int, path: str) -> Iterable[FieldError]:
    yield from _action(probe, grace, path)
    for name in NUMBERS:
        if (probe.get(name) or 0) < 0:
            yield invalid(f"{path}.{name}", probe[name], names.NON_NEGATIVE)
    own = probe.get(GRACE)
    if own is not None and own <= 0:
        yield invalid(f"{path}.{GRACE}", own, "must be greater than 0")
    if field == "readinessProbe":
        if own is not None:
            yield invalid(f"{path}.{GRACE}", own, "must not be set for readinessProbes")
    elif probe["successThreshold"] != 1:
        yield invalid(f"{path}.successThreshold", probe["successThreshold"], "must be 1")


def _action(found: Body, grace: int, path: str) -> Iterable[FieldError]:
    given = [action for action in ACTIONS if found.get(action) is not None]
    if not given:
        yield required(path, "must specify a handler type")
        return
    yield from _checked(given[0], found[given[0]], grace, f"{path}.{given[0]}")
    yield from (forbidden(f"{path}.{extra}", "may not specify more than 1 handler type") for extra in given[1:])


def _checked(action: str, found: Body, grace: int, path: str) -> Iterable[FieldError]:
    if action == "exec" and not found.get("command"):
        yield required(f"{path}.command")
    if action in ("httpGet", "tcpSocket", "grpc"):
        yield from _port(found.get("port", 0), f"{path}.port")
    if action == "httpGet":
        yield from _http(found, path)
    if action == "sleep" and not 0 <= (found.get("seconds") or 0) <= grace:
        text = f"must be non-negative and less than terminationGracePeriodSeconds ({grace})"
        yield invalid(path, found.get("seconds") or 0, text)


def _http(found: Body, path: str) -> Iterable[FieldError]:
    if found["scheme"] not in SCHEMES:
        yield not_supported(f"{path}.scheme", found["scheme"], SCHEMES)
    for header in found.get("httpHeaders") or ():
        name = header.get("name") or ""
        yield from each_invalid(f"{path}.httpHeaders", name, names.header_name(name))


def _port(port: int | str, path: str) -> list[FieldError]:
    return each_invalid(path, port, names.port_name(port) if isinstance(port, str) else names.port_number(port))
