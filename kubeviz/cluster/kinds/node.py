"""Node: rules (ValidateNode in pkg/apis/core/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, duplicate, each_invalid, forbidden, invalid, not_supported, required

Body = dict[str, Any]
NAME = names.dns_subdomain
EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    if spec.get("podCIDR") and not spec.get("podCIDRs"):
        spec["podCIDRs"] = [spec["podCIDR"]]
    for address in (body.get("status") or {}).get("addresses") or ():
        address.setdefault("type", "")
        address.setdefault("address", "")


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    return [
        *_taints(spec.get("taints") or ()),
        *_ranges(spec.get("podCIDRs") or []),
        *(_unchanged(spec, old["spec"]) if old else ()),
    ]


def _taints(taints: Iterable[Body]) -> Iterable[FieldError]:
    seen: set[tuple[Any, Any]] = set()
    for i, taint in enumerate(taints):
        path = f"metadata.taints[{i}]"
        key, effect, value = (taint.get(field) or "" for field in ("key", "effect", "value"))
        yield from each_invalid(f"{path}.key", key, names.qualified_name(key))
        if names.label_value(value):
            yield invalid(f"{path}.value", value, ";".join(names.label_value(value)))
        if effect not in EFFECTS:
            yield not_supported(f"{path}.effect", effect, EFFECTS) if effect else required(f"{path}.effect")
        if (key, effect) in seen:
            error = duplicate(path, {"Key": key, "Value": value, "Effect": effect, "TimeAdded": None})
            yield error._replace(message=f"{error.message}: taints must be unique by key and effect pair")
        seen.add((key, effect))


def _ranges(ranges: list[str]) -> Iterable[FieldError]:
    networks = [names.parse_cidr(text) for text in ranges]
    for i, text in enumerate(ranges):
        yield from each_invalid(f"spec.podCIDRs[{i}]", text, names.cidr(text))
    if len(ranges) > 1 and sorted(n.version for n in networks if n) != [4, 6]:
        yield invalid("spec.podCIDRs", ranges, "may specify no more than one CIDR for each IP family")
    for i, text in enumerate(ranges):
        if text in ranges[:i]:
            yield duplicate(f"spec.podCIDRs[{i}]", text)


def _unchanged(spec: Body, old: Body) -> Iterable[FieldError]:
    """A node's pod range and provider, once known, stay (ValidateNodeUpdate)."""
    if old.get("podCIDRs") and spec.get("podCIDRs") != old["podCIDRs"]:
        yield forbidden("spec.podCIDRs", 'node updates may not change podCIDR except from "" to valid')
    if old.get("providerID") and spec.get("providerID") != old["providerID"]:
        yield forbidden("spec.providerID", 'node updates may not change providerID except from "" to valid')


def warnings(body: Body, old: Body | None = None) -> list[str]:
    return []
