"""What a Kubernetes 1.36 API server serves: the rows of `kubectl api-resources`."""

from typing import NamedTuple

from ...cluster.kinds import KINDS, Kind
from .resources import shown


class Resource(NamedTuple):
    name: str
    short_names: tuple[str, ...]
    api_version: str
    namespaced: bool
    kind: str
    verbs: str = "create,delete,deletecollection,get,list,patch,update,watch"
    categories: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        return self.api_version.rpartition("/")[0]


CREATE = "create"
STORED_ELSEWHERE = (
    Resource("bindings", (), "v1", True, "Binding", CREATE),
    Resource("componentstatuses", ("cs",), "v1", False, "ComponentStatus", "get,list"),
    Resource("selfsubjectreviews", (), "authentication.k8s.io/v1", False, "SelfSubjectReview", CREATE),
    Resource("tokenreviews", (), "authentication.k8s.io/v1", False, "TokenReview", CREATE),
    Resource("localsubjectaccessreviews", (), "authorization.k8s.io/v1", True, "LocalSubjectAccessReview", CREATE),
    Resource("selfsubjectaccessreviews", (), "authorization.k8s.io/v1", False, "SelfSubjectAccessReview", CREATE),
    Resource("selfsubjectrulesreviews", (), "authorization.k8s.io/v1", False, "SelfSubjectRulesReview", CREATE),
    Resource("subjectaccessreviews", (), "authorization.k8s.io/v1", False, "SubjectAccessReview", CREATE),
    Resource("events", ("ev",), "events.k8s.io/v1", True, "Event"),
)  # fmt: skip
"""Resources a real cluster has and a lab never holds."""


def resources() -> list[Resource]:
    """By group and name, as kubectl lists them."""
    from .resources import ALL

    stored = [_row(kind, kind.kind in ALL) for kind in shown(KINDS.values())]
    return sorted((*stored, *STORED_ELSEWHERE), key=lambda r: (r.group, r.name))


def _row(kind: Kind, in_all: bool) -> Resource:
    categories = ("all",) if in_all else ("api-extensions",) if kind.group.startswith(("admission", "api")) else ()
    return Resource(kind.plural, kind.short_names, kind.api_version, kind.namespaced, kind.kind, categories=categories)


OTHER_VERSIONS = ("autoscaling/v1",)


def api_versions() -> list[str]:
    return sorted({r.api_version for r in resources()} | set(OTHER_VERSIONS))
