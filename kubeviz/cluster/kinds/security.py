"""Security contexts of pods and containers (pkg/apis/core/validation: ValidateSecurityContext and its neighbours)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, duplicate, each_invalid, forbidden, invalid, not_supported, required, too_long
from . import windows

Body = dict[str, Any]
IDS_OF_POD = ("fsGroup", "runAsUser", "runAsGroup")
PROFILES = ("Localhost", "RuntimeDefault", "Unconfined")
LONGEST_PATH = 4095


def of_pod(spec: Body, path: str) -> Iterable[FieldError]:
    context = spec.get("securityContext") or {}
    for field in IDS_OF_POD:
        yield from _identity(context, field, path)
    for i, group in enumerate(context.get("supplementalGroups") or ()):
        yield from each_invalid(f"{path}.supplementalGroups[{i}]", group, names.user_or_group_id(group))
    if spec.get("shareProcessNamespace") and spec.get("hostPID"):
        text = "ShareProcessNamespace and HostPID cannot both be enabled"
        yield invalid(f"{path}.shareProcessNamespace", True, text)
    yield from _sysctls(context.get("sysctls") or (), spec, f"{path}.sysctls")
    yield from _choice(context, "fsGroupChangePolicy", ("Always", "OnRootMismatch"), path)
    yield from _seccomp(context.get("seccompProfile"), f"{path}.seccompProfile")
    yield from windows.options(context.get("windowsOptions"), f"{path}.windowsOptions")
    yield from _app_armor(context.get("appArmorProfile"), f"{path}.appArmorProfile")
    yield from _choice(context, "supplementalGroupsPolicy", ("Merge", "Strict"), path)
    yield from _choice(context, "seLinuxChangePolicy", ("MountOption", "Recursive"), path)


def of_container(container: Body, path: str, host_users: bool) -> Iterable[FieldError]:
    context = container.get("securityContext")
    if context is None:
        return
    for field in ("runAsUser", "runAsGroup"):
        yield from _identity(context, field, path)
    mount = context.get("procMount")
    if mount is not None and mount not in ("Default", "Unmasked"):
        yield not_supported(f"{path}.procMount", mount, ("Default", "Unmasked"))
    if mount == "Unmasked" and host_users:
        yield invalid(f"{path}.procMount", mount, "`hostUsers` must be false to use `Unmasked`")
    yield from _seccomp(context.get("seccompProfile"), f"{path}.seccompProfile")
    yield from _escalation(context, path)
    yield from windows.options(context.get("windowsOptions"), f"{path}.windowsOptions")
    yield from _app_armor(context.get("appArmorProfile"), f"{path}.appArmorProfile")


def _identity(context: Body, field: str, path: str) -> list[FieldError]:
    value = context.get(field)
    return [] if value is None else each_invalid(f"{path}.{field}", value, names.user_or_group_id(value))


def _choice(context: Body, field: str, allowed: tuple[str, ...], path: str) -> Iterable[FieldError]:
    value = context.get(field)
    if value is not None and value not in allowed:
        yield not_supported(f"{path}.{field}", value, allowed)


def _sysctls(found: Iterable[Body], spec: Body, path: str) -> Iterable[FieldError]:
    """Kernel parameters of a namespace that the pod shares with its host are not the pod's to set."""
    seen: set[str] = set()
    for i, entry in enumerate(found):
        name, here = entry.get("name") or "", f"{path}[{i}].name"
        if not name:
            yield required(here)
        elif names.sysctl(name):
            yield from each_invalid(here, name, names.sysctl(name))
        elif name in seen:
            yield duplicate(here, name)
        dotted = name.replace("/", ".")
        if spec.get("hostNetwork") and dotted.startswith("net."):
            yield invalid(here, name, "may not be specified when 'hostNetwork' is true")
        elif spec.get("hostIPC") and dotted.startswith(("kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue.")):
            yield invalid(here, name, "may not be specified when 'hostIPC' is true")
        seen.add(name)


def _seccomp(profile: Body | None, path: str) -> Iterable[FieldError]:
    if profile is None:
        return
    kind, local = profile.get("type") or "", profile.get("localhostProfile")
    if not kind:
        yield required(f"{path}.type", "type is required when seccompProfile is set")
    elif kind not in PROFILES:
        yield not_supported(f"{path}.type", kind, PROFILES)
    if kind != "Localhost" and local is not None:
        shown = {"Type": kind, "LocalhostProfile": local}
        yield invalid(f"{path}.localhostProfile", shown, "can only be set when seccomp type is Localhost")
    elif kind == "Localhost" and local is None:
        yield required(f"{path}.localhostProfile", "must be set when seccomp type is Localhost")
    elif local is not None:
        yield from each_invalid(f"{path}.localhostProfile", local, names.descending_path(local))


def _app_armor(profile: Body | None, path: str) -> Iterable[FieldError]:
    if profile is None:
        return
    kind, local = profile.get("type") or "", profile.get("localhostProfile")
    if kind == "Localhost":
        yield from _local_profile(local, f"{path}.localhostProfile")
    elif not kind:
        yield required(f"{path}.type", "type is required when appArmorProfile is set")
    elif kind not in PROFILES:
        yield not_supported(f"{path}.type", kind, PROFILES)
    elif local is not None:
        yield invalid(f"{path}.localhostProfile", local, "can only be set when AppArmor type is Localhost")


def _local_profile(local: str | None, path: str) -> Iterable[FieldError]:
    if local is None:
        yield required(path, "must be set when AppArmor type is Localhost")
        return
    if local != local.strip():
        yield invalid(path, local, "must not be padded with whitespace")
    elif not local:
        yield required(path, "must be set when AppArmor type is Localhost")
    if len(local) > LONGEST_PATH:
        yield too_long(path, LONGEST_PATH)


def _escalation(context: Body, path: str) -> Iterable[FieldError]:
    """Who may do everything cannot be kept from gaining more."""
    if context.get("allowPrivilegeEscalation") is not False:
        return
    if context.get("privileged"):
        text = "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"
        yield invalid(path, _as_go(context), text)
    for capability in (context.get("capabilities") or {}).get("add") or ():
        if capability == "CAP_SYS_ADMIN":
            text = "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN"
            yield invalid(path, _as_go(context), text)


def _as_go(context: Body) -> Body:
    """The context as the API server prints its Go structure."""
    fields = (
        "capabilities", "privileged", "seLinuxOptions", "windowsOptions", "runAsUser", "runAsGroup", "runAsNonRoot",
        "readOnlyRootFilesystem", "allowPrivilegeEscalation", "procMount", "seccompProfile", "appArmorProfile",
    )  # fmt: skip
    return {("SELinuxOptions" if f == "seLinuxOptions" else f[0].upper() + f[1:]): context.get(f) for f in fields}


def host_users(spec: Body, path: str) -> Iterable[FieldError]:
    """A pod with users of its own shares no namespace with its host."""
    if spec.get("hostUsers") is not False:
        return
    for field, shown in (("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC")):
        if spec.get(field):
            yield forbidden(f"{path}.{shown}", "when `pod.Spec.HostUsers` is false")
