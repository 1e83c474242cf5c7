"""Words for resources: svc, services, Service, deploy.apps, `all`."""

import re
from collections.abc import Iterable

from ...cluster.changes import Body
from ...cluster.kinds import KINDS, OURS, Kind, find
from .errors import KubectlError

ALL = ("Pod", "ReplicationController", "Service", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet",
       "HorizontalPodAutoscaler", "CronJob", "Job")  # fmt: skip
"""What `get all` shows, in the order of discovery."""
HIDDEN = frozenset(("Environment", "EnvSnapshot"))
"""The lab's own bookkeeping: no client sees it."""
ENDPOINTS_WARNING = "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"


def kind_named(word: str) -> Kind:
    """Raises KubectlError where the server has no such resource."""
    name, _, group = word.partition(".")
    version = re.match(r"v\d+\w*(\.|$)", group)
    plain = f"{name}.{group[version.end() :]}" if version else word
    kind = (find(plain) or _never_stored(plain)) if name else None
    if kind is None or kind.kind in HIDDEN:
        what = f'"{name}" in group "{group}"' if group else f'"{word}"'
        raise KubectlError(f"the server doesn't have a resource type {what}")
    return kind


def _never_stored(word: str) -> Kind | None:
    """A resource that every cluster has and a lab has no objects of."""
    from .api import STORED_ELSEWHERE

    name, _, group = word.lower().partition(".")
    for row in STORED_ELSEWHERE:
        if name in (row.name, row.kind.lower(), *row.short_names) and (not group or row.group == group):
            version = row.api_version.rpartition("/")[2]
            return Kind(row.kind, row.group, version, row.name, row.short_names, row.namespaced)
    return None


def kinds_named(words: str) -> list[Kind]:
    """`svc,deploy` or `all`."""
    found: list[Kind] = []
    for word in words.split(","):
        found += [KINDS[kind] for kind in ALL] if word == "all" else [kind_named(word)]
    return list(dict.fromkeys(found))


def qualified(kind: Kind) -> str:
    """deployment.apps, service: how kubectl names what it did something to."""
    return f"{kind.singular}.{kind.group}" if kind.group else kind.singular


def named(body: Body) -> str:
    return f"{qualified(KINDS[body['kind']])}/{body['metadata'].get('name') or ''}"


def shown(kinds: Iterable[Kind]) -> list[Kind]:
    return [k for k in kinds if k.kind not in HIDDEN and k.group != OURS]
