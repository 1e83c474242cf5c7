"""Pod, and the pod templates of workloads (pkg/apis/core/validation ValidatePodSpec)."""

import re

from ..errors import duplicate, invalid, not_supported, required
from . import checks, metadata
from .checks import Body, Errors

PULL = ("Always", "IfNotPresent", "Never")
DNS_POLICIES = ("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None")


def default(body: Body) -> None:
    spec = body.setdefault("spec", {}) or {}
    default_spec(spec)
    spec.setdefault("enableServiceLinks", True)
    if not spec.get("nodeName"):
        spec.setdefault("preemptionPolicy", "PreemptLowerPriority")
        spec.setdefault("priority", 0)
    tolerations = spec.setdefault("tolerations", []) or []
    for key in ("not-ready", "unreachable"):
        name = f"node.kubernetes.io/{key}"
        if not any(t.get("key") in (name, None, "") and t.get("effect") in ("NoExecute", None, "") for t in tolerations):
            tolerations.append({"effect": "NoExecute", "key": name, "operator": "Exists", "tolerationSeconds": 300})
    spec["tolerations"] = tolerations
    body.setdefault("status", {"phase": "Pending", "qosClass": "BestEffort"})


def default_spec(spec: Body) -> None:
    spec.setdefault("dnsPolicy", "ClusterFirst")
    spec.setdefault("restartPolicy", "Always")
    spec.setdefault("schedulerName", "default-scheduler")
    spec.setdefault("securityContext", {})
    spec.setdefault("terminationGracePeriodSeconds", 30)
    for container in (*(spec.get("containers") or ()), *(spec.get("initContainers") or ())):
        _default_container(container, bool(spec.get("hostNetwork")))


def _default_container(container: Body, host_network: bool) -> None:
    container.setdefault("resources", {})
    container.setdefault("terminationMessagePath", "/dev/termination-log")
    container.setdefault("terminationMessagePolicy", "File")
    container.setdefault("imagePullPolicy", _pull(container.get("image") or ""))
    for port in container.get("ports") or ():
        if isinstance(port, dict):
            port.setdefault("protocol", "TCP")
            if host_network and "containerPort" in port:
                port.setdefault("hostPort", port["containerPort"])
    for probe in ("readinessProbe", "livenessProbe", "startupProbe"):
        if isinstance(container.get(probe), dict):
            for field, value in (("timeoutSeconds", 1), ("periodSeconds", 10), ("successThreshold", 1), ("failureThreshold", 3)):
                container[probe].setdefault(field, value)


def _pull(image: str) -> str:
    """Always for :latest and for no tag at all."""
    tag = image.rpartition("/")[2].partition(":")[2] if "@" not in image else "digest"
    return "Always" if tag in ("", "latest") else "IfNotPresent"


def validate(body: Body, old: Body | None = None) -> Errors:
    return validate_spec(body["spec"], "spec")


def validate_template(template: Body, field: str) -> Errors:
    meta = template.get("metadata") or {}
    errors = checks.labels(meta.get("labels"), f"{field}.metadata.labels")
    errors += metadata.annotations(meta.get("annotations"), f"{field}.metadata.annotations")
    return errors + validate_spec(template.get("spec") or {}, f"{field}.spec")


def validate_spec(spec: Body, field: str) -> Errors:
    errors: Errors = []
    containers = spec.get("containers") or []
    if not containers:
        errors.append(required(f"{field}.containers"))
    names: set[str] = set()
    host = bool(spec.get("hostNetwork"))
    for section in ("initContainers", "containers"):
        for i, container in enumerate(spec.get(section) or ()):
            errors += _container(container, f"{field}.{section}[{i}]", names, host)
    if spec.get("restartPolicy") not in ("Always", "OnFailure", "Never"):
        errors.append(not_supported(f"{field}.restartPolicy", spec.get("restartPolicy"), ["Always", "OnFailure", "Never"]))
    if spec.get("dnsPolicy") not in DNS_POLICIES:
        errors.append(not_supported(f"{field}.dnsPolicy", spec.get("dnsPolicy"), sorted(DNS_POLICIES)))
    errors += checks.labels(spec.get("nodeSelector"), f"{field}.nodeSelector")
    for i, alias in enumerate(spec.get("hostAliases") or ()):
        errors += checks.ip_address(alias.get("ip", ""), f"{field}.hostAliases[{i}].ip")
    for name in ("hostname", "subdomain"):
        if spec.get(name):
            errors += checks.all_invalid(f"{field}.{name}", spec[name], checks.dns_label(spec[name]))
    return errors


def _container(container: Body, field: str, names: set[str], host_network: bool) -> Errors:
    errors: Errors = []
    name = container.get("name") or ""
    if not name:
        errors.append(required(f"{field}.name"))
    else:
        errors += checks.all_invalid(f"{field}.name", name, checks.dns_label(name))
        if name in names:
            errors.append(duplicate(f"{field}.name", name))
        names.add(name)
    if not container.get("image"):
        errors.append(required(f"{field}.image"))
    elif container["image"] != container["image"].strip():
        errors.append(invalid(f"{field}.image", container["image"], "must not have leading or trailing whitespace"))
    errors += _ports(container, field, host_network)
    for i, env in enumerate(container.get("env") or ()):
        errors += _env(env, f"{field}.env[{i}]")
    if container.get("imagePullPolicy") not in PULL:
        errors.append(not_supported(f"{field}.imagePullPolicy", container.get("imagePullPolicy"), list(PULL)))
    return errors


def _ports(container: Body, field: str, host_network: bool) -> Errors:
    errors: Errors = []
    names: set[str] = set()
    for i, port in enumerate(container.get("ports") or ()):
        where = f"{field}.ports[{i}]"
        name = port.get("name") or ""
        if name:
            problems = checks.port_name(name)
            errors += checks.all_invalid(f"{where}.name", name, problems)
            if not problems and name in names:
                errors.append(duplicate(f"{where}.name", name))
            names.add(name)
        if not port.get("containerPort"):
            errors.append(required(f"{where}.containerPort"))
        else:
            errors += checks.port_number(port["containerPort"], f"{where}.containerPort")
        if port.get("hostPort"):
            errors += checks.port_number(port["hostPort"], f"{where}.hostPort")
        errors += checks.one_of(port.get("protocol", "TCP"), ("SCTP", "TCP", "UDP"), f"{where}.protocol")
        if host_network and port.get("hostPort") and port["hostPort"] != port.get("containerPort"):
            errors.append(invalid(f"{where}.hostPort", port["hostPort"], "must match `containerPort` when `hostNetwork` is true"))
    return errors


def _env(env: Body, field: str) -> Errors:
    name = env.get("name") or ""
    if not name:
        return [required(f"{field}.name")]
    if not re.fullmatch(r"[ -<>-~]+", name):
        return [invalid(f"{field}.name", name, "a valid environment variable name must consist only of printable ASCII characters other than '='")]
    return []


def warnings(body: Body, spec: Body | None = None, field: str = "spec") -> list[str]:
    spec = body["spec"] if spec is None else spec
    found: list[str] = []
    ports: dict[tuple[int, str], str] = {}
    names: dict[str, str] = {}
    for i, container in enumerate(spec.get("containers") or ()):
        here = f"{field}.containers[{i}]"
        found += _env_warnings(container, here)
        for k, port in enumerate(container.get("ports") or ()):
            where = f"{here}.ports[{k}]"
            name, key = port.get("name"), (port.get("containerPort", 0), port.get("protocol", "TCP"))
            if key in ports and ports[key].startswith(here):
                found.append(f"{where}: duplicate port definition with {ports[key]}")
            ports.setdefault(key, where)
            if name and name in names:
                found.append(f'{where}: duplicate port name "{name}" with {names[name]}, services and probes that select ports by name will use {names[name]}')
            if name:
                names.setdefault(name, where)
    return found


def _env_warnings(container: Body, field: str) -> list[str]:
    seen: set[str] = set()
    found = []
    for i, env in enumerate(container.get("env") or ()):
        name = env.get("name", "")
        if name in seen:
            found.append(f'{field}.env[{i}]: hides previous definition of "{name}", which may be dropped when using apply')
        seen.add(name)
    return found
