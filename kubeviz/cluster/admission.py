"""What the API server does with an object before it stores it.

Decode strictly, fill in defaults, check what is asked of the allocators, validate, allocate. Nothing is stored
here; a refusal is raised as `errors.Rejected`.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

from . import allocation, metadata, names, schema
from .errors import FieldError, Rejected, already_exists, not_found, rejected_fields
from .identity import PRIVATE
from .ingresses import default_class
from .kinds import BY_API, RBAC, Kind, rules
from .objects import LEGACY_CLASS_ANNOTATION
from .state import Cluster

Body = dict[str, Any]
Validation = Literal["strict", "warn", "ignore"]
"""kubectl's --validate: what becomes of unknown fields."""
NAME_ALPHABET = "bcdfghjklmnpqrstvwxz2456789"
MOST_GENERATED = 58
"""A generated name has five random characters and fits into a label of 63."""


DEPRECATED = {"Endpoints": "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"}


class Admitted(NamedTuple):
    """An object as it may be stored, and what the API server warns about (without the `299 -`)."""

    body: Body
    warnings: list[str]


def admit_create(
    body: Body,
    cluster: Cluster,
    rng: random.Random,
    *,
    dump: bool = False,
    validation: Validation = "strict",
    dry_run: bool = False,
    uid: str = "",
) -> Admitted:
    """A new object, which is to bear *uid*.

    With *dump* it comes from a real cluster: identity and status stay, nothing is allocated.

    Raises Rejected: BadRequest, NotFound (its namespace), Invalid, AlreadyExists, InternalError (range is full).
    """
    kind = _kind(body)
    with _warned(kind) as warned:
        copy = _decoded(body, "ignore" if dump else validation, warned)
        _namespaced(kind, copy)
        if not dump:
            _without_identity(kind, copy)
            _require_namespace(kind, copy, cluster)
        _generate_name(copy, rng)
        rules(kind.kind).default(copy)
        if not dump:
            _complete(kind, copy, cluster, uid)
        if not dump:
            _raise(kind, copy, allocation.check(copy, None, cluster, dry_run))
        _raise(kind, copy, _errors(kind, copy, None))
        if not dump:
            _require_absent(kind, copy, cluster)
            allocation.allocate(copy, None, cluster, rng)
    return Admitted(copy, warned + rules(kind.kind).warnings(copy))


def admit_update(
    body: Body,
    old: Body,
    cluster: Cluster,
    rng: random.Random,
    *,
    validation: Validation = "strict",
    dry_run: bool = False,
) -> Admitted:
    """A new version of *old*, which keeps what the user leaves out and the server has allocated.

    Raises Rejected: BadRequest, Invalid, InternalError (range is full).
    """
    kind = _kind(body)
    known = rules(kind.kind)
    with _warned(kind) as warned:
        copy = _decoded({k: v for k, v in body.items() if k != PRIVATE}, validation, warned)
        _namespaced(kind, copy)
        known.default(copy)
        if kind.kind == "Service":
            known.normalize_ips(copy, old)
            allocation.keep_allocated(copy, old)
            _raise(kind, copy, allocation.check(copy, old, cluster, dry_run))
            known.prepare_update(copy, old)
        _raise(kind, copy, _errors(kind, copy, old))
        allocation.allocate(copy, old, cluster, rng)
    if PRIVATE in old:
        copy[PRIVATE] = old[PRIVATE]
    return Admitted(copy, warned + known.warnings(copy, old))


def _kind(body: Body) -> Kind:
    kind = BY_API.get((body.get("apiVersion") or "", body.get("kind") or ""))
    if kind is None:
        raise Rejected(404, "NotFound", "the server could not find the requested resource")
    return kind


@contextmanager
def _warned(kind: Kind) -> Iterator[list[str]]:
    """Warnings about the request itself are heard even if the object is refused."""
    warned = [DEPRECATED[kind.kind]] if kind.kind in DEPRECATED else []
    try:
        yield warned
    except Rejected as refusal:
        refusal.warnings = warned
        raise


def _decoded(body: Body, validation: Validation, warned: list[str]) -> Body:
    unknown = schema.strict_decode(body)
    if unknown and validation == "strict":
        raise schema.refusal(body, "strict decoding error: " + ", ".join(unknown), unknown[0].split('"')[1])
    if validation == "warn":
        warned += unknown
    copy = schema.copied(body)
    copy.setdefault("metadata", {})
    return copy


def _namespaced(kind: Kind, body: Body) -> None:
    if not kind.namespaced:
        body["metadata"].pop("namespace", None)


def _without_identity(kind: Kind, body: Body) -> None:
    """Identity and status of a new object are the server's to give (a Node's kubelet reports its own)."""
    for field in (
        "uid",
        "creationTimestamp",
        "deletionTimestamp",
        "generation",
        "selfLink",
        "resourceVersion",
        "managedFields",
    ):
        body["metadata"].pop(field, None)
    if kind.checked and kind.kind != "Node":
        body.pop("status", None)


def _require_namespace(kind: Kind, body: Body, cluster: Cluster) -> None:
    namespace = body["metadata"].get("namespace")
    if kind.namespaced and namespace and cluster.get("Namespace", "", namespace) is None:
        raise not_found(("Namespace", "", namespace))


def _complete(kind: Kind, body: Body, cluster: Cluster, uid: str) -> None:
    """What a new object gets beyond its kind's defaults: its uid, and what follows from that or from the cluster."""
    if uid:
        body["metadata"]["uid"] = uid
    if kind.kind == "Job":
        rules("Job").generate_selector(body)
    if kind.kind == "Ingress":
        _default_class(body, cluster)


def _default_class(body: Body, cluster: Cluster) -> None:
    """An Ingress that names no class gets the default one (admission plugin DefaultIngressClass)."""
    annotated = (body["metadata"].get("annotations") or {}).get(LEGACY_CLASS_ANNOTATION)
    found = None if annotated or body["spec"].get("ingressClassName") is not None else default_class(cluster)
    if found is not None:
        body["spec"]["ingressClassName"] = found.name


def _require_absent(kind: Kind, body: Body, cluster: Cluster) -> None:
    key = (kind.kind, body["metadata"].get("namespace") or "", body["metadata"]["name"])
    if cluster.get(*key) is not None:
        raise already_exists(key)


def _generate_name(body: Body, rng: random.Random) -> None:
    """generateName plus five characters that spell no words (names.SimpleNameGenerator)."""
    prefix = body["metadata"].get("generateName")
    if prefix and not body["metadata"].get("name"):
        body["metadata"]["name"] = prefix[:MOST_GENERATED] + "".join(rng.choice(NAME_ALPHABET) for _ in range(5))


def _errors(kind: Kind, body: Body, old: Body | None) -> list[FieldError]:
    known = rules(kind.kind)
    check = names.path_segment if kind.group == RBAC else known.NAME
    errors = metadata.validate_update(body["metadata"], old["metadata"]) if old else []
    if not old or not errors:
        errors += metadata.validate(body["metadata"], kind.namespaced, check)
    return errors + known.validate(body, old)


def _raise(kind: Kind, body: Body, errors: list[FieldError]) -> None:
    if errors:
        raise rejected_fields(kind.kind, kind.group, body["metadata"].get("name") or "", errors)
