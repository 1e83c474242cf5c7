"""Annotations of a pod that mean something to the API server (ValidatePodSpecificAnnotations in core/validation)."""

import re
from collections.abc import Iterator
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, forbidden, invalid
from .windows import visited

Body = dict[str, Any]
MIRROR = "kubernetes.io/config.mirror"
DELETION_COST = "controller.kubernetes.io/pod-deletion-cost"
SECCOMP_OF_POD = "seccomp.security.alpha.kubernetes.io/pod"
SECCOMP = "container.seccomp.security.alpha.kubernetes.io/"
APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/"
LOCAL = "localhost/"
Profiles = dict[str, tuple[str, ...]]
SECCOMP_PROFILES: Profiles = {"RuntimeDefault": ("runtime/default", "docker/default"), "Unconfined": ("unconfined",)}
APP_ARMOR_PROFILES: Profiles = {"RuntimeDefault": ("runtime/default",), "Unconfined": ("unconfined",)}


def validate(metadata: Body, spec: Body, path: str) -> Iterator[FieldError]:
    found = metadata.get("annotations") or {}
    if MIRROR in found and not spec.get("nodeName"):
        yield invalid(f"{path}[{MIRROR}]", found[MIRROR], "must set spec.nodeName if mirror pod annotation is set")
    cost = found.get(DELETION_COST)
    if cost is not None and not _is_cost(cost):
        yield invalid(f"{path}[{DELETION_COST}]", cost, "must be a 32bit integer")
    for key in sorted(found, key=lambda key: (key != SECCOMP_OF_POD, key)):
        if key == SECCOMP_OF_POD or key.startswith(SECCOMP):
            yield from _seccomp(found[key], f"{path}.{key}")
    yield from _app_armor(found, spec, path)


def _is_cost(text: str) -> bool:
    """A number as people write it: no plus sign, no leading zeros."""
    return re.fullmatch(r"0|-?[1-9][0-9]{0,9}", text) is not None and -(1 << 31) <= int(text) < 1 << 31


def _seccomp(profile: str, path: str) -> list[FieldError]:
    if profile.startswith(LOCAL):
        local = profile.removeprefix(LOCAL)
        return each_invalid(path, local, names.descending_path(local))
    known = any(profile in profiles for profiles in SECCOMP_PROFILES.values())
    return [] if known else [invalid(path, profile, "must be a valid seccomp profile")]


def _app_armor(found: dict[str, str], spec: Body, path: str) -> Iterator[FieldError]:
    containers = {container.get("name") for _, container in visited(spec, "spec")}
    for key in sorted(key for key in found if key.startswith(APP_ARMOR)):
        name, profile = key.removeprefix(APP_ARMOR), found[key]
        if name not in containers:
            yield invalid(f"{path}[{key}]", name, "container not found")
        known = profile in ("", "runtime/default", "unconfined") or profile.startswith(LOCAL)
        if not known:
            yield invalid(f"{path}[{key}]", profile, f"invalid AppArmor profile name: {names.quoted(profile)}")


def matching_fields(metadata: Body, spec: Body) -> Iterator[FieldError]:
    """Of a new pod: where an annotation and the field that came after it are both there, they agree."""
    found = metadata.get("annotations") or {}
    whole = spec.get("securityContext") or {}
    if whole.get("seccompProfile") is not None and SECCOMP_OF_POD in found:
        path = "spec.securityContext.seccompProfile"
        yield from _match(found[SECCOMP_OF_POD], whole["seccompProfile"], SECCOMP_PROFILES, "seccomp", path)
    for path, container in visited(spec, "spec"):
        own = (container.get("securityContext") or {}).get("seccompProfile")
        said = found.get(SECCOMP + (container.get("name") or ""))
        if own is not None and said is not None:
            yield from _match(said, own, SECCOMP_PROFILES, "seccomp", f"{path}.securityContext.seccompProfile")
    if (spec.get("os") or {}).get("name") != "windows":
        yield from _matching_app_armor(found, spec, whole.get("appArmorProfile"))


def _matching_app_armor(found: dict[str, str], spec: Body, whole: Body | None) -> Iterator[FieldError]:
    """A container without a profile of its own has the pod's."""
    for path, container in visited(spec, "spec"):
        own = (container.get("securityContext") or {}).get("appArmorProfile")
        profile, said = own if own is not None else whole, found.get(APP_ARMOR + (container.get("name") or ""))
        if profile is not None and said is not None:
            yield from _match(said, profile, APP_ARMOR_PROFILES, "apparmor", f"{path}.securityContext.appArmorProfile")


def _match(said: str, profile: Body, known: Profiles, what: str, path: str) -> Iterator[FieldError]:
    kind = profile.get("type") or ""
    if kind == "Localhost":
        if not said.startswith(LOCAL):
            yield forbidden(f"{path}.type", f"{what} type in annotation and field must match")
        elif said.removeprefix(LOCAL) != profile.get("localhostProfile"):
            yield forbidden(f"{path}.localhostProfile", f"{what} profile in annotation and field must match")
    elif kind in known and said not in known[kind]:
        yield forbidden(f"{path}.type", f"{what} type in annotation and field must match")


def unchanged(metadata: Body, old: Body, path: str) -> Iterator[FieldError]:
    """What an existing pod keeps (ValidatePodSpecificAnnotationUpdates)."""
    new, before = metadata.get("annotations") or {}, old.get("annotations") or {}
    for key, word in ((APP_ARMOR, "AppArmor annotations"), (MIRROR, "mirror pod annotation")):
        for name in sorted(n for n in before if _is(n, key)):
            if new.get(name) != before[name]:
                yield forbidden(f"{path}[{name}]", f"may not remove or update {word}")
        for name in sorted(n for n in new if _is(n, key)):
            if name not in before:
                yield forbidden(f"{path}[{name}]", f"may not add {word}")


def _is(name: str, key: str) -> bool:
    return name.startswith(key) if key.endswith("/") else name == key
