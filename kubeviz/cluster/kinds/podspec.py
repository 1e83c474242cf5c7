"""The spec of a pod or of a pod template: defaults and rules (ValidatePodSpec in pkg/apis/core/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, forbidden, invalid, not_supported, required
from ..metadata import label_selector, labels
from . import containers, volumes

Body = dict[str, Any]
RESTART_POLICIES = ("Always", "OnFailure", "Never")
PREEMPTION = ("PreemptLowerPriority", "Never")
DNS_POLICIES = ("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None")
MOST_NAMESERVERS, MOST_SEARCHES, MOST_SEARCH_LENGTH = 3, 32, 2048


def all_containers(spec: Body) -> list[Body]:
    return [*(spec.get("initContainers") or ()), *(spec.get("containers") or ())]


def default(spec: Body) -> None:
    for container in all_containers(spec):
        containers.default(container)
    volumes.default(spec.get("volumes") or ())
    for field, value in (
        ("dnsPolicy", "ClusterFirst"),
        ("restartPolicy", "Always"),
        ("schedulerName", "default-scheduler"),
    ):
        spec[field] = spec.get(field) or value
    spec.setdefault("terminationGracePeriodSeconds", 30)
    spec.setdefault("securityContext", {})


def validate(spec: Body, path: str, is_pod: bool = False) -> list[FieldError]:
    """Errors in the API server's order. A template may leave out what its pods will get."""
    known = {v.get("name") for v in spec.get("volumes") or ()}
    return [
        *volumes.validate(spec.get("volumes") or (), f"{path}.volumes"),
        *containers.validate_all(spec, known, path),
        *_host_ports(spec, path, is_pod),
        *_choice(spec, "restartPolicy", RESTART_POLICIES, path),
        *_choice(spec, "dnsPolicy", DNS_POLICIES, path),
        *labels(spec.get("nodeSelector"), f"{path}.nodeSelector"),
        *_affinity(spec.get("affinity") or {}, f"{path}.affinity"),
        *_dns_config(spec, path),
        *_gates(spec, path),
        *_spread(spec, path),
        *_reference(spec, "serviceAccountName", path),
        *_reference(spec, "nodeName", path),
        *_seconds(spec, path),
        *_host_name(spec, path),
        *_tolerations(spec, path),
        *_host_aliases(spec, path),
        *_reference(spec, "priorityClassName", path),
        *_reference(spec, "runtimeClassName", path),
        *(_choice(spec, "preemptionPolicy", PREEMPTION, path) if "preemptionPolicy" in spec else ()),
        *(containers.image_spaces(spec, path) if is_pod else ()),
    ]


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


def _affinity(affinity: Body, path: str) -> Iterable[FieldError]:
    """Terms between pods need a topology key; weights go from 1 to 100."""
    for which in ("podAffinity", "podAntiAffinity"):
        found = affinity.get(which) or {}
        hard, soft = (
            "requiredDuringSchedulingIgnoredDuringExecution",
            "preferredDuringSchedulingIgnoredDuringExecution",
        )
        for i, term in enumerate(found.get(hard) or ()):
            yield from _affinity_term(term, f"{path}.{which}.{hard}[{i}]")
        for i, weighted in enumerate(found.get(soft) or ()):
            here = f"{path}.{which}.{soft}[{i}]"
            if not 1 <= (weighted.get("weight") or 0) <= 100:
                yield invalid(f"{here}.weight", weighted.get("weight") or 0, "must be in the range 1-100")
            yield from _affinity_term(weighted.get("podAffinityTerm") or {}, f"{here}.podAffinityTerm")


def _affinity_term(term: Body, path: str) -> Iterable[FieldError]:
    yield from label_selector(term.get("labelSelector"), f"{path}.labelSelector")
    key = term.get("topologyKey") or ""
    if not key:
        yield required(f"{path}.topologyKey", "can not be empty")
    yield from each_invalid(f"{path}.topologyKey", key, names.qualified_name(key))


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
        name = search if search == "." else search.removesuffix(".")
        yield from (
            ()
            if name == "."
            else each_invalid(f"{here}.searches[{i}]", search, names.dns_subdomain(name.replace("_", "-")))
        )
    for i, option in enumerate((config or {}).get("options") or ()):
        if not option.get("name"):
            yield required(f"{here}.options[{i}]", "must not be empty")


def _gates(spec: Body, path: str) -> Iterable[FieldError]:
    for i, gate in enumerate(spec.get("readinessGates") or ()):
        kind = gate.get("conditionType") or ""
        yield from each_invalid(f"{path}.readinessGates[{i}].conditionType", kind, names.qualified_name(kind))
    for i, gate in enumerate(spec.get("schedulingGates") or ()):
        name = gate.get("name") or ""
        yield from each_invalid(f"{path}.schedulingGates[{i}]", name, names.qualified_name(name))


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


def _tolerations(spec: Body, path: str) -> Iterable[FieldError]:
    for i, toleration in enumerate(spec.get("tolerations") or ()):
        yield from _toleration(toleration, f"{path}.tolerations[{i}]")


def _toleration(toleration: Body, path: str) -> Iterable[FieldError]:
    key, operator, effect = (toleration.get(f) or "" for f in ("key", "operator", "effect"))
    if key:
        yield from each_invalid(f"{path}.key", key, names.qualified_name(key))
    if not key and operator != "Exists":
        text = 'operator must be Exists when `key` is empty, which means "match all values and all keys"'
        yield invalid(f"{path}.operator", operator, text)
    if toleration.get("tolerationSeconds") is not None and effect != "NoExecute":
        yield invalid(f"{path}.effect", effect, "effect must be 'NoExecute' when `tolerationSeconds` is set")
    if operator in ("", "Equal"):
        value = toleration.get("value") or ""
        yield from (
            [invalid(f"{path}.operator", value, ";".join(names.label_value(value)))] if names.label_value(value) else ()
        )
    elif operator == "Exists":
        if toleration.get("value"):
            yield invalid(f"{path}.operator", toleration["value"], "value must be empty when `operator` is 'Exists'")
    else:
        yield not_supported(f"{path}.operator", operator, ("Equal", "Exists"))
    if effect and effect not in ("NoSchedule", "PreferNoSchedule", "NoExecute"):
        yield not_supported(f"{path}.effect", effect, ("NoSchedule", "PreferNoSchedule", "NoExecute"))


def _host_aliases(spec: Body, path: str) -> Iterable[FieldError]:
    for i, alias in enumerate(spec.get("hostAliases") or ()):
        yield from each_invalid(f"{path}.hostAliases[{i}].ip", alias.get("ip") or "", names.ip(alias.get("ip") or ""))
        for j, host in enumerate(alias.get("hostnames") or ()):
            yield from each_invalid(f"{path}.hostAliases[{i}].hostnames[{j}]", host, names.dns_subdomain(host))


def _spread(spec: Body, path: str) -> Iterable[FieldError]:
    for i, rule in enumerate(spec.get("topologySpreadConstraints") or ()):
        here = f"{path}.topologySpreadConstraints[{i}]"
        if (rule.get("maxSkew") or 0) <= 0:
            yield invalid(f"{here}.maxSkew", rule.get("maxSkew") or 0, "must be greater than zero")
        if not rule.get("topologyKey"):
            yield required(f"{here}.topologyKey", "can not be empty")
        when = rule.get("whenUnsatisfiable") or ""
        if when not in ("DoNotSchedule", "ScheduleAnyway"):
            yield not_supported(f"{here}.whenUnsatisfiable", when, ("DoNotSchedule", "ScheduleAnyway"))
        yield from label_selector(rule.get("labelSelector"), f"{here}.labelSelector")


def template_only(template: Body, path: str) -> Iterable[FieldError]:
    """What a pod may have and a template must not."""
    if (template.get("spec") or {}).get("ephemeralContainers"):
        yield forbidden(f"{path}.spec.ephemeralContainers", "ephemeral containers not allowed in pod template")
