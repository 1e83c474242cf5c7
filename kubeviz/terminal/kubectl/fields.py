"""--field-selector: the few fields by which the server lets one choose (pkg/apis/*/conversion.go, strategies)."""

import re
from collections.abc import Iterable
from typing import Any

from ...cluster.errors import Rejected, bad_request
from ...cluster.kinds import Kind
from ...cluster.objects import Obj

EVERY = ("metadata.name", "metadata.namespace")
OF_KIND: dict[str, tuple[str, ...]] = {
    "Pod": ("spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName",
            "spec.hostNetwork", "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName"),
    "Event": ("involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
              "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
              "reportingComponent", "source", "type"),
    "Service": ("spec.clusterIP", "spec.type"),
    "Node": ("spec.unschedulable",),
    "Namespace": ("status.phase",),
    "Secret": ("type",),
    "Job": ("status.successful",),
    "ReplicaSet": ("status.replicas",),
    "ReplicationController": ("status.replicas",),
}  # fmt: skip
_TERM = re.compile(r"([^=!]+)(==|!=|=)(.*)")


def matching(objects: Iterable[Obj], kind: Kind, text: str, labels: str) -> list[Obj]:
    """Raises Rejected for a field that cannot be asked."""
    terms = [_term(part, kind, text, labels) for part in text.split(",") if part]
    return [obj for obj in objects if all((value(obj, f) == wanted) is equal for f, equal, wanted in terms)]


def _term(part: str, kind: Kind, text: str, labels: str) -> tuple[str, bool, str]:
    found = _TERM.fullmatch(part)
    if found is None:
        raise bad_request(f"invalid selector: '{text}'; can't understand '{part}'")
    field = found[1]
    if field not in (*EVERY, *OF_KIND.get(kind.kind, ())):
        raise unfound(kind, labels, text, f"field label not supported: {field}")
    return field, found[2] != "!=", found[3]


def unfound(kind: Kind, labels: str, text: str, why: str) -> Rejected:
    """How the server says that it cannot read a selector."""
    group = f"{kind.group}/{kind.version}" if kind.group else f"/{kind.version}"
    return bad_request(
        f'Unable to find "{group}, Resource={kind.plural}" that match label selector "{labels}", '
        f'field selector "{text}": {why}'
    )


def value(obj: Obj, field: str) -> str:
    if field == "source":
        return str((obj.body.get("source") or {}).get("component") or "")
    if field == "status.successful":
        field = "status.succeeded"
    found: Any = obj.body
    for step in field.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    if isinstance(found, bool) or (found is None and field in ("spec.unschedulable", "spec.hostNetwork")):
        return str(bool(found)).lower()
    return "" if found is None else str(found)
