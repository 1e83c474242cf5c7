"""StatefulSet: defaults and rules (ValidateStatefulSetSpec in pkg/apis/apps/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, forbidden, invalid, not_supported, required
from . import templates
from .defaults import fill
from .templates import non_negative

Body = dict[str, Any]
NAME = names.dns_subdomain
STRATEGY = "spec.updateStrategy"
RETENTION = ("Delete", "Retain")
UPDATABLE = (
    "replicas",
    "ordinals",
    "template",
    "updateStrategy",
    "revisionHistoryLimit",
    "persistentVolumeClaimRetentionPolicy",
    "minReadySeconds",
)
warnings = templates.named_warnings


def default(body: Body) -> None:
    spec = body.setdefault("spec", {})
    fill(spec, "podManagementPolicy", "OrderedReady")
    spec.setdefault("replicas", 1)
    spec.setdefault("revisionHistoryLimit", 10)
    strategy = spec.setdefault("updateStrategy", {})
    if not strategy.get("type"):
        strategy["type"] = "RollingUpdate"
    if strategy["type"] == "RollingUpdate":
        strategy.setdefault("rollingUpdate", {}).setdefault("partition", 0)
    retention = spec.setdefault("persistentVolumeClaimRetentionPolicy", {})
    fill(retention, "whenDeleted", "Retain")
    fill(retention, "whenScaled", "Retain")
    templates.default(body)
    for claim in spec.get("volumeClaimTemplates") or ():
        _default_claim(claim)
    body.setdefault("status", {"replicas": 0, "availableReplicas": 0})


def _default_claim(claim: Body) -> None:
    """A claim template is an object of its own; what it asks for is not checked before a claim is made of it."""
    fill(claim, "apiVersion", "v1")
    fill(claim, "kind", "PersistentVolumeClaim")
    claim.setdefault("spec", {}).setdefault("volumeMode", "Filesystem")
    fill(claim.setdefault("status", {}), "phase", "Pending")


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    spec = body["spec"]
    return [
        *_policies(spec),
        *non_negative(spec, "replicas"),
        *non_negative(spec, "minReadySeconds"),
        *non_negative(spec.get("ordinals") or {}, "start", "spec.ordinals"),
        *_selector_and_template(spec),
        *templates.long_running(spec["template"], "StatefulSet"),
        *(_unchanged(spec, old["spec"]) if old else _service_name(spec)),
    ]


def _service_name(spec: Body) -> list[FieldError]:
    name = spec.get("serviceName") or ""
    return each_invalid("spec.serviceName", name, names.dns_subdomain(name)) if name else []


def _policies(spec: Body) -> Iterable[FieldError]:
    if spec["podManagementPolicy"] not in ("OrderedReady", "Parallel"):
        yield invalid("spec.podManagementPolicy", spec["podManagementPolicy"], "must be 'OrderedReady' or 'Parallel'")
    strategy = spec["updateStrategy"]
    rolling = strategy.get("rollingUpdate")
    if strategy["type"] == "OnDelete":
        if rolling is not None:
            yield invalid(
                f"{STRATEGY}.rollingUpdate",
                _rolling_as_go(rolling),
                "only allowed for updateStrategy 'RollingUpdate'",
            )
    elif strategy["type"] == "RollingUpdate":
        yield from non_negative(rolling, "partition", f"{STRATEGY}.rollingUpdate")
        yield from _max_unavailable(rolling)
    else:
        shown = {"Type": strategy["type"], "RollingUpdate": _rolling_as_go(rolling)}
        yield invalid(STRATEGY, shown, "must be 'RollingUpdate' or 'OnDelete'")
    for field in ("whenDeleted", "whenScaled"):
        value = spec["persistentVolumeClaimRetentionPolicy"][field]
        if value not in RETENTION:
            yield not_supported(f"spec.persistentVolumeClaimRetentionPolicy.{field}", value, ("Retain", "Delete"))


def _max_unavailable(rolling: Body) -> Iterable[FieldError]:
    value = rolling.get("maxUnavailable")
    if value is None:
        return
    path = f"{STRATEGY}.rollingUpdate.maxUnavailable"
    yield from templates.count_or_percent(value, path)
    if templates.is_zero(value):
        yield invalid(path, value, "cannot be 0")
    yield from templates.at_most_all(value, path)


def _rolling_as_go(rolling: Body | None) -> Body | None:
    return (
        None
        if rolling is None
        else {"Partition": rolling.get("partition") or 0, "MaxUnavailable": rolling.get("maxUnavailable")}
    )


def _selector_and_template(spec: Body) -> Iterable[FieldError]:
    selector, template = spec.get("selector"), spec["template"]
    problems = templates.selector_errors(selector)
    if selector is None:
        yield required("spec.selector")
    else:
        yield from problems
        if templates.is_empty(selector):
            yield templates.invalid_selector(selector, "empty selector is invalid for statefulset")
    if problems:
        yield templates.invalid_selector(selector, "")
        return
    yield from templates.selector_mismatch(selector, template)
    claims = [((c.get("metadata") or {}).get("name") or "") for c in spec.get("volumeClaimTemplates") or ()]
    volumes = {
        v.get("name") for v in (template.get("spec") or {}).get("volumes") or ()
    }  # a claim replaces a volume of its name
    yield from templates.validate(template, [c for c in claims if c not in volumes])


def _unchanged(spec: Body, old: Body) -> Iterable[FieldError]:
    fixed = [{k: v for k, v in s.items() if k not in UPDATABLE} for s in (spec, old)]
    if fixed[0] != fixed[1]:
        listed = ", ".join(f"'{field}'" for field in UPDATABLE[:-1])
        yield forbidden(
            "spec",
            f"updates to statefulset spec for fields other than {listed} and '{UPDATABLE[-1]}' are forbidden",
        )
