"""Containers, their state, and what else pods and pod templates have in common."""

from typing import Any

from ...cluster.changes import Body
from ...cluster.quantities import in_units
from .page import Page
from .volumes import volumes

Env = dict[str, str]
"""What `fieldRef` paths stand for in a pod; empty in a template."""


def containers(page: Page, title: str, found: list[Body], statuses: list[Body] | None, indent: str, env: Env) -> None:
    by_name = {s["name"]: s for s in statuses or ()}
    page.write(0, f"{indent}{title}:{'' if found else ' <none>'}\n")
    for container in found:
        _container(page, container, by_name.get(container["name"]), " " if indent else "", env)


def _container(page: Page, container: Body, status: Body | None, indent: str, env: Env) -> None:
    page.write(1, f"{indent}{container['name']}:\n")
    if status is not None:
        page.field("Container ID", status.get("containerID") or "", 2)
    page.field("Image", container.get("image") or "", 2)
    if status is not None:
        page.field("Image ID", status.get("imageID") or "", 2)
    _ports(page, "Port", "containerPort", container.get("ports") or [])
    _ports(page, "Host Port", "hostPort", container.get("ports") or [])
    seccomp(page, container, 2)
    for title, words in (("Command", container.get("command")), ("Args", container.get("args"))):
        _words(page, title, words or [])
    if status is not None:
        _state(page, status)
    _resources(page, container.get("resources") or {})
    for title, key in (("Liveness", "livenessProbe"), ("Readiness", "readinessProbe"), ("Startup", "startupProbe")):
        if container.get(key):
            page.field(title, probe(container[key]), 2)
    _env_from(page, container.get("envFrom") or [])
    _env(page, container, env)
    _mounts(page, container.get("volumeMounts") or [])
    _devices(page, container.get("volumeDevices") or [])


def seccomp(page: Page, found: Body, level: int) -> None:
    profile = (found.get("securityContext") or {}).get("seccompProfile")
    if not profile:
        return
    page.field("SeccompProfile", profile.get("type"), level)
    if profile.get("type") == "Localhost":
        page.field("LocalhostProfile", profile.get("localhostProfile") or "", level + bool(level))


def _ports(page: Page, title: str, number: str, found: list[Body]) -> None:
    shown = [
        f"{p.get(number, 0)}/{p.get('protocol') or 'TCP'}" + (f" ({p['name']})" if p.get("name") else "") for p in found
    ]
    page.field(f"{title}s" if len(shown) > 1 else title, ", ".join(shown) or "<none>", 2)


def _words(page: Page, title: str, words: list[str]) -> None:
    if words:
        page.write(2, f"{title}:\n")
    for word in words:
        for line in str(word).split("\n"):
            page.write(3, f"{line}\n")


def _state(page: Page, status: Body) -> None:
    _one_state(page, "State", status.get("state") or {})
    if (status.get("lastState") or {}).get("terminated"):
        _one_state(page, "Last State", status["lastState"])
    page.field("Ready", bool(status.get("ready")), 2)
    page.field("Restart Count", status.get("restartCount") or 0, 2)


def _one_state(page: Page, title: str, state: Body) -> None:
    if "running" in state:
        page.field(title, "Running", 2)
        page.field("Started", page.time(state["running"]["startedAt"]), 3)
    elif "terminated" in state:
        page.field(title, "Terminated", 2)
        _terminated(page, state["terminated"])
    else:
        page.field(title, "Waiting", 2)
        if (state.get("waiting") or {}).get("reason"):
            page.field("Reason", state["waiting"]["reason"], 3)


def _terminated(page: Page, ended: Body) -> None:
    for title, key in (("Reason", "reason"), ("Message", "message")):
        if ended.get(key):
            page.field(title, ended[key], 3)
    page.field("Exit Code", ended.get("exitCode", 0), 3)
    if ended.get("signal"):
        page.field("Signal", ended["signal"], 3)
    for title, key in (("Started", "startedAt"), ("Finished", "finishedAt")):
        page.field(title, page.time(ended[key]) if ended.get(key) else "Mon, 01 Jan 0001 00:00:00 +0000", 3)


def _resources(page: Page, resources: Body) -> None:
    for title, key in (("Limits", "limits"), ("Requests", "requests")):
        if resources.get(key):
            page.write(2, f"{title}:\n")
        for name, quantity in sorted((resources.get(key) or {}).items()):
            page.field(name, quantity, 3)


def probe(found: Body) -> str:
    attributes = (
        f"delay={found.get('initialDelaySeconds', 0)}s timeout={found.get('timeoutSeconds', 0)}s "
        f"period={found.get('periodSeconds', 0)}s #success={found.get('successThreshold', 0)} "
        f"#failure={found.get('failureThreshold', 0)}"
    )
    return f"{_asks(found)} {attributes}"


def _asks(found: Body) -> str:
    if "exec" in found:
        return f"exec [{' '.join(found['exec'].get('command') or ())}]"
    if "httpGet" in found:
        get = found["httpGet"]
        scheme = (get.get("scheme") or "HTTP").lower()
        return f"http-get {scheme}://{get.get('host') or ''}:{get['port']}{get.get('path') or ''}"
    if "tcpSocket" in found:
        return f"tcp-socket {found['tcpSocket'].get('host') or ''}:{found['tcpSocket']['port']}"
    if "grpc" in found:
        return f"grpc <pod>:{found['grpc']['port']} {found['grpc'].get('service') or ''}"
    return "unknown"


def _env_from(page: Page, found: list[Body]) -> None:
    if not found:
        return
    page.write(2, "Environment Variables from:\n")
    for entry in found:
        kind, ref = (
            ("ConfigMap", entry["configMapRef"])
            if "configMapRef" in entry
            else ("Secret", entry.get("secretRef") or {})
        )
        prefix = f" with prefix '{entry['prefix']}'" if entry.get("prefix") else ""
        page.line(3, ref.get("name") or "", f"{kind}{prefix}", f"Optional: {_bool(ref.get('optional'))}")


def _env(page: Page, container: Body, env: Env) -> None:
    found = container.get("env") or []
    page.write(2, "Environment:\n" if found else "Environment:\t<none>\n")
    for variable in found:
        origin = variable.get("valueFrom")
        if origin:
            page.line(3, f"{variable['name']}:", *_origin(origin, env, container))
            continue
        for i, line in enumerate(str(variable.get("value") or "").split("\n")):
            page.line(3, "" if i else f"{variable['name']}:", line)


def _origin(origin: Body, env: Env, container: Body) -> list[str]:
    if "fieldRef" in origin:
        ref = origin["fieldRef"]
        return [f"{env.get(ref['fieldPath'], '')} ({ref.get('apiVersion') or 'v1'}:{ref['fieldPath']})"]
    if "resourceFieldRef" in origin:
        return [_resource(origin["resourceFieldRef"], container)]
    if "secretKeyRef" in origin:
        ref = origin["secretKeyRef"]
        return [f"<set to the key '{ref['key']}' in secret '{ref['name']}'>", f"Optional: {_bool(ref.get('optional'))}"]
    ref = origin.get("configMapKeyRef") or {}
    return [
        f"<set to the key '{ref.get('key')}' of config map '{ref.get('name')}'>",
        f"Optional: {_bool(ref.get('optional'))}",
    ]


def _resource(ref: Body, container: Body) -> str:
    """A container without that limit may use what its node has; without that request it asked for nothing."""
    of, _, name = ref["resource"].partition(".")
    amount = ((container.get("resources") or {}).get(of) or {}).get(name)
    if amount is None:
        return f"{'node allocatable' if of == 'limits' else '0'} ({ref['resource']})"
    return f"{in_units(str(amount), str(ref.get('divisor') or '1'))} ({ref['resource']})"


def _bool(value: Any) -> str:
    return str(bool(value)).lower()


def _mounts(page: Page, found: list[Body]) -> None:
    page.write(2, "Mounts:\n" if found else "Mounts:\t<none>\n")
    for mount in sorted(found, key=lambda m: m.get("mountPath") or ""):
        flags = ["ro" if mount.get("readOnly") else "rw"]
        if mount.get("subPath"):
            flags.append(f'path="{mount["subPath"]}"')
        page.write(3, f"{mount.get('mountPath')} from {mount['name']} ({','.join(flags)})\n")


def _devices(page: Page, found: list[Body]) -> None:
    if found:
        page.write(2, "Devices:\n")
    for device in sorted(found, key=lambda d: d.get("devicePath") or ""):
        page.write(3, f"{device.get('devicePath')} from {device['name']}\n")


def tolerations(page: Page, title: str, found: list[Body] | None) -> None:
    page.several(title, [_toleration(t) for t in sorted(found or (), key=lambda t: t.get("key") or "")])


def _toleration(found: Body) -> str:
    text = found.get("key") or ""
    text += f"={found['value']}" if found.get("value") else ""
    text += f":{found['effect']}" if found.get("effect") else ""
    if found.get("operator") == "Exists" and not found.get("value"):
        text += " op=Exists" if text else "op=Exists"
    return text + (f" for {found['tolerationSeconds']}s" if found.get("tolerationSeconds") is not None else "")


def spread(page: Page, title: str, found: list[Body] | None) -> None:
    from ...cluster.tables.columns import label_selector

    rows = [
        f"{c['topologyKey']}:{c['whenUnsatisfiable']} when max skew {c['maxSkew']} is exceeded"
        + (f" for selector {label_selector(c['labelSelector'])}" if c.get("labelSelector") is not None else "")
        for c in sorted(found or (), key=lambda c: c["topologyKey"])
    ]
    if rows:
        page.several(title, rows)


def template(page: Page, found: Body | None) -> None:
    """A pod template, as workloads hold one."""
    page.write(0, "Pod Template:\n")
    if not found:
        page.write(1, "<unset>")
        return
    metadata, spec = found.get("metadata") or {}, found.get("spec") or {}
    page.labels("  Labels", metadata.get("labels"))
    if metadata.get("annotations"):
        page.annotations("  Annotations", metadata["annotations"])
    if spec.get("serviceAccountName"):
        page.field("Service Account", spec["serviceAccountName"], 1)
    if spec.get("initContainers"):
        containers(page, "Init Containers", spec["initContainers"], None, "  ", {})
    containers(page, "Containers", spec.get("containers") or [], None, "  ", {})
    volumes(page, spec.get("volumes") or [], "  ")
    spread(page, "  Topology Spread Constraints", spec.get("topologySpreadConstraints"))
    if spec.get("priorityClassName"):
        page.field("Priority Class Name", spec["priorityClassName"], 1)
    page.labels("  Node-Selectors", spec.get("nodeSelector"))
    tolerations(page, "  Tolerations", spec.get("tolerations"))
