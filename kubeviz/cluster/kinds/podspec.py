"""The spec of a pod or of a pod template: defaults and rules (ValidatePodSpec in pkg/apis/core/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, duplicate, each_invalid, forbidden, invalid, not_supported, required, too_long
from ..metadata import labels
from . import containers, resources, scheduling, security, volumes, windows
from .defaults import fill

Body = dict[str, Any]
RESTART_POLICIES = ("Always", "OnFailure", "Never")
PREEMPTION = ("PreemptLowerPriority", "Never")
DNS_POLICIES = ("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None")
MOST_HOST_NAME = 64
MOST_NAMESERVERS, MOST_SEARCHES, MOST_SEARCH_LENGTH = 3, 32, 2048


def all_containers(spec: Body) -> list[Body]:
    return [*(spec.get("initContainers") or ()), *(spec.get("containers") or ())]


def default(spec: Body) -> None:
    for container in all_containers(spec):
        containers.default(container)
    volumes.default(spec.get("volumes") or ())
    fill(spec, "dnsPolicy", "ClusterFirst")
    fill(spec, "restartPolicy", "Always")
    fill(spec, "schedulerName", "default-scheduler")
    spec.setdefault("terminationGracePeriodSeconds", 30)
    spec.setdefault("securityContext", {})


def validate(spec: Body, path: str, is_pod: bool = False) -> list[FieldError]:
    """Errors in the API server's order. A template may leave out what its pods will get."""
    volume_errors, sound = volumes.validate(spec.get("volumes") or (), f"{path}.volumes")
    return [
        *volume_errors,
        *_claims(spec.get("resourceClaims") or (), f"{path}.resourceClaims"),
        *containers.validate_all(spec, sound, path),
        *resources.of_pod(spec, f"{path}.resources"),
        *_host_ports(spec, path, is_pod),
        *_choice(spec, "restartPolicy", RESTART_POLICIES, path),
        *_choice(spec, "dnsPolicy", DNS_POLICIES, path),
        *labels(spec.get("nodeSelector"), f"{path}.nodeSelector"),
        *security.of_pod(spec, f"{path}.securityContext"),
        *scheduling.affinity(spec.get("affinity") or {}, f"{path}.affinity"),
        *_dns_config(spec, path),
        *scheduling.gates(spec, path),
        *scheduling.spread(spec.get("topologySpreadConstraints") or [], f"{path}.topologySpreadConstraints"),
        *windows.host_processes(spec, path),
        *security.host_users(spec, path),
        *_reference(spec, "serviceAccountName", path),
        *_reference(spec, "nodeName", path),
        *_seconds(spec, path),
        *_host_name(spec, path),
        *scheduling.tolerations(spec.get("tolerations") or (), f"{path}.tolerations"),
        *_host_aliases(spec, path),
        *_reference(spec, "priorityClassName", path),
        *_reference(spec, "runtimeClassName", path),
        *(_choice(spec, "preemptionPolicy", PREEMPTION, path) if "preemptionPolicy" in spec else ()),
        *resources.validate({"limits": spec.get("overhead") or {}}, f"{path}.overhead"),
        *windows.operating_system(spec, path),
        *(_only_pods(spec, path) if is_pod else ()),
    ]


def _only_pods(spec: Body, path: str) -> Iterable[FieldError]:
    """What only a pod is held to, and its template is not."""
    for i, volume in enumerate(spec.get("volumes") or () if not spec.get("serviceAccountName") else ()):
        for j, source in enumerate((volume.get("projected") or {}).get("sources") or ()):
            if source.get("serviceAccountToken") is not None:
                here = f"{path}.volumes[{i}].projected.sources[{j}].serviceAccountToken"
                yield forbidden(here, "must not be specified when serviceAccountName is not set")
    yield from containers.image_spaces(spec, path)


def _claims(found: Iterable[Body], path: str) -> Iterable[FieldError]:
    """Dynamic resources that the pod claims, by name."""
    seen: set[str] = set()
    for i, claim in enumerate(found):
        here, name = f"{path}[{i}]", claim.get("name") or ""
        if not name:
            yield required(f"{here}.name")
        elif name in seen:
            yield duplicate(f"{here}.name", name)
        else:
            yield from each_invalid(f"{here}.name", name, names.dns_label(name))
            seen.add(name)
        for field in ("resourceClaimName", "resourceClaimTemplateName"):
            if claim.get(field) is not None:
                yield from each_invalid(f"{here}.{field}", claim[field], names.dns_subdomain(claim[field]))


def _choice(spec: Body, field: str, allowed: tuple[str, ...], path: str) -> Iterable[FieldError]:
    value = spec.get(field) or ""
    if value not in allowed:
        yield not_supported(f"{path}.{field}", value, allowed) if value else required(f"{path}.{field}")


def _host_ports(spec: Body, path: str, is_pod: bool) -> Iterable[FieldError]:
    """In the host's network a container's port is the host's port."""
    for i, container in enumerate(spec.get("containers") or () if spec.get("hostNetwork") else ()):
        for j, port in enumerate(container.get("ports") or ()):
            number = port.get("hostPort") or 0
            if (is_pod or number) and number != port.get("containerPort"):
                text = "must match `containerPort` when `hostNetwork` is true"
                yield invalid(f"{path}.containers[{i}].ports[{j}].hostPort", number, text)


def _dns_config(spec: Body, path: str) -> Iterable[FieldError]:
    config, here = spec.get("dnsConfig"), f"{path}.dnsConfig"
    if spec.get("dnsPolicy") == "None":
        if config is None:
            yield required(here, "must provide `dnsConfig` when `dnsPolicy` is None")
            return
        if not config.get("nameservers"):
            yield required(f"{here}.nameservers", "must provide at least one DNS nameserver when `dnsPolicy` is None")
            return
    servers, searches = (config or {}).get("nameservers") or [], (config or {}).get("searches") or []
    if len(servers) > MOST_NAMESERVERS:
        yield invalid(f"{here}.nameservers", servers, f"must not have more than {MOST_NAMESERVERS} nameservers")
    for i, server in enumerate(servers):
        yield from each_invalid(f"{here}.nameservers[{i}]", server, names.ip(server))
    if len(searches) > MOST_SEARCHES:
        yield invalid(f"{here}.searches", searches, f"must not have more than {MOST_SEARCHES} search paths")
    if len(" ".join(searches)) > MOST_SEARCH_LENGTH:
        text = f"must not have more than {MOST_SEARCH_LENGTH} characters (including spaces) in the search list"
        yield invalid(f"{here}.searches", searches, text)
    for i, search in enumerate(searches):
        name = search.removesuffix(".")
        if search != ".":
            yield from each_invalid(f"{here}.searches[{i}]", name, names.underscore_subdomain(name))
    for i, option in enumerate((config or {}).get("options") or ()):
        if not option.get("name"):
            yield required(f"{here}.options[{i}]", "must not be empty")


def _reference(spec: Body, field: str, path: str) -> list[FieldError]:
    """The name of another object."""
    name = spec.get(field) or ""
    return each_invalid(f"{path}.{field}", name, names.dns_subdomain(name)) if name else []


def _seconds(spec: Body, path: str) -> Iterable[FieldError]:
    deadline = spec.get("activeDeadlineSeconds")
    if deadline is not None and not 1 <= deadline <= 2147483647:
        yield invalid(f"{path}.activeDeadlineSeconds", deadline, "must be between 1 and 2147483647, inclusive")


def _host_name(spec: Body, path: str) -> Iterable[FieldError]:
    for field in ("hostname", "subdomain"):
        if spec.get(field):
            yield from each_invalid(f"{path}.{field}", spec[field], names.dns_label(spec[field]))
    override, here = spec.get("hostnameOverride"), f"{path}.hostnameOverride"
    if override is None:
        return
    if len(override) > MOST_HOST_NAME:
        yield too_long(here, MOST_HOST_NAME)
    yield from each_invalid(here, override, names.dns_subdomain(override))
    for field in ("setHostnameAsFQDN", "hostNetwork"):
        if spec.get(field):
            yield forbidden(here, f"may not be specified when `{field}` is true")


def _host_aliases(spec: Body, path: str) -> Iterable[FieldError]:
    for i, alias in enumerate(spec.get("hostAliases") or ()):
        yield from each_invalid(f"{path}.hostAliases[{i}].ip", alias.get("ip") or "", names.ip(alias.get("ip") or ""))
        for j, host in enumerate(alias.get("hostnames") or ()):
            yield from each_invalid(f"{path}.hostAliases[{i}].hostnames[{j}]", host, names.dns_subdomain(host))


def template_only(template: Body, path: str) -> Iterable[FieldError]:
    """What a pod may have and a template must not."""
    if (template.get("spec") or {}).get("ephemeralContainers"):
        yield forbidden(f"{path}.spec.ephemeralContainers", "ephemeral containers not allowed in pod template")
