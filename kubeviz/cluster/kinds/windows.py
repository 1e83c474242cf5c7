"""Windows containers (validateWindowsSecurityContextOptions and validateWindowsHostProcessPod in core/validation)."""

import re
from collections.abc import Iterator
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, forbidden, invalid, not_supported, required

Body = dict[str, Any]
MOST_CREDENTIAL_KIB, MOST_DOMAIN, MOST_USER = 64, 256, 104
NET_BIOS = r"[^\\/:*?\"<>|.][^\\/:*?\"<>|]{0,14}"
DNS_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
FORBIDDEN_IN_USER = r"[\"/\\:;|=,+*?<>@\[\]]"
LINUX_ONLY = "windows options cannot be set for a linux pod"
NOT_OF_WINDOWS = "cannot be set for a windows pod"
ON_LINUX_PODS = (
    "securityContext.appArmorProfile", "securityContext.seLinuxOptions", "hostUsers", "hostPID", "hostIPC",
    "securityContext.seccompProfile", "securityContext.fsGroup", "securityContext.fsGroupChangePolicy",
    "securityContext.sysctls", "shareProcessNamespace", "securityContext.runAsUser", "securityContext.runAsGroup",
    "securityContext.supplementalGroups", "securityContext.supplementalGroupsPolicy",
)  # fmt: skip
ON_LINUX_CONTAINERS = (
    "appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities", "readOnlyRootFilesystem", "privileged",
    "allowPrivilegeEscalation", "procMount", "runAsUser", "runAsGroup",
)  # fmt: skip
"""In the order in which the API server looks for them."""
IN_NODE_NETWORK = "hostNetwork must be true if pod contains any hostProcess containers"
ALL_OR_NONE = "If pod contains any hostProcess containers then all containers must be HostProcess containers"


def options(found: Body | None, path: str) -> Iterator[FieldError]:
    if found is None:
        return
    name, credential = found.get("gmsaCredentialSpecName"), found.get("gmsaCredentialSpec")
    if name is not None:
        yield from each_invalid(f"{path}.gmsaCredentialSpecName", name, names.dns_subdomain(name))
    if credential is not None:
        yield from _credential(credential, f"{path}.gmsaCredentialSpec")
    if found.get("runAsUserName") is not None:
        for problem in _user_problems(found["runAsUserName"]):
            yield invalid(f"{path}.runAsUserName", found["runAsUserName"], problem)


def _credential(text: str, path: str) -> Iterator[FieldError]:
    if not text:
        yield invalid(path, text, "gmsaCredentialSpec cannot be an empty string")
    elif len(text.encode()) > MOST_CREDENTIAL_KIB * 1024:
        yield invalid(path, text, f"gmsaCredentialSpec size must be under {MOST_CREDENTIAL_KIB} KiB")


def _user_problems(name: str) -> Iterator[str]:
    """A user, perhaps after a domain and a backslash."""
    parts = name.split("\\")
    if not name:
        yield "runAsUserName cannot be an empty string"
    elif any(c < " " or c == "\x7f" for c in name):
        yield "runAsUserName cannot contain control characters"
    elif len(parts) > 2:
        yield "runAsUserName cannot contain more than one backslash"
    else:
        if len(parts) == 2:
            yield from _domain_problems(parts[0])
        yield from _plain_user_problems(parts[-1])


def _domain_problems(domain: str) -> Iterator[str]:
    if len(domain) >= MOST_DOMAIN:
        yield f"runAsUserName's Domain length must be under {MOST_DOMAIN} characters"
    if not (re.fullmatch(NET_BIOS, domain) or re.fullmatch(rf"{DNS_LABEL}(?:\.{DNS_LABEL})*", domain)):
        yield "runAsUserName's Domain doesn't match the NetBios nor the DNS format"


def _plain_user_problems(user: str) -> Iterator[str]:
    if not user:
        yield "runAsUserName's User cannot be empty"
    elif len(user) > MOST_USER:
        yield f"runAsUserName's User length must not be longer than {MOST_USER} characters"
    if user and not user.strip(". "):
        yield "runAsUserName's User cannot contain only periods or spaces"
    if re.search(FORBIDDEN_IN_USER, user):
        yield "runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]"


def host_processes(spec: Body, path: str) -> Iterator[FieldError]:
    """Containers that are processes of the node itself: all of a pod or none, and in the node's network."""
    whole, flags = _host_process(spec), []
    for here, container in visited(spec, path):
        own = _host_process(container)
        if None not in (whole, own) and whole != own:
            text = f"pod hostProcess value must be identical if both are specified, was {str(whole).lower()}"
            yield invalid(f"{here}.securityContext.windowsOptions.hostProcess", own, text)
        flags.append(bool(whole if own is None else own))
    if any(flags) and not all(flags):
        yield invalid(path, "", ALL_OR_NONE)
    if any(flags) and not spec.get("hostNetwork"):
        yield invalid(
            f"{path}.hostNetwork", False, "hostNetwork must be true if pod contains any hostProcess containers"
        )


def _host_process(owner: Body) -> bool | None:
    found: bool | None = ((owner.get("securityContext") or {}).get("windowsOptions") or {}).get("hostProcess")
    return found


def operating_system(spec: Body, path: str) -> Iterator[FieldError]:
    """Who names the system of the pod's nodes must not use what only the other system has."""
    system = spec.get("os")
    if system is None:
        return
    name = system.get("name") or ""
    if not name:
        yield required(f"{path}.os.name", "cannot be empty")
    elif name == "linux":
        yield from _linux(spec, path)
    elif name == "windows":
        yield from _windows(spec, path)
    else:
        yield not_supported(f"{path}.os", name, ("linux", "windows"))


def _linux(spec: Body, path: str) -> Iterator[FieldError]:
    for here, owner in ((path, spec), *visited(spec, path)):
        if (owner.get("securityContext") or {}).get("windowsOptions") is not None:
            yield forbidden(f"{here}.securityContext.windowsOptions", LINUX_ONLY)


def _windows(spec: Body, path: str) -> Iterator[FieldError]:
    for field in ON_LINUX_PODS:
        owner, _, name = field.rpartition(".")
        value = ((spec.get(owner) or {}) if owner else spec).get(name)
        if value is not None and (value or name not in ("hostPID", "hostIPC", "sysctls")):
            yield forbidden(f"{path}.{field}", NOT_OF_WINDOWS)
    for here, container in visited(spec, path):
        context = container.get("securityContext") or {}
        for name in ON_LINUX_CONTAINERS:
            if context.get(name) is not None:
                yield forbidden(f"{here}.securityContext.{name}", NOT_OF_WINDOWS)


def visited(spec: Body, path: str) -> Iterator[tuple[str, Body]]:
    """All containers with their fields, in the order in which the API server visits them."""
    for field in ("initContainers", "containers", "ephemeralContainers"):
        for i, container in enumerate(spec.get(field) or ()):
            yield f"{path}.{field}[{i}]", container
