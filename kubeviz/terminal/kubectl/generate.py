"""The objects that `create …`, `run` and `expose` send (k8s.io/kubectl/pkg/generate and pkg/cmd/create)."""

import base64
import json
import re
from typing import Any

from ...cluster.changes import Body
from ...cluster.editing import merge
from .call import Call
from .errors import KubectlError


def metadata(call: Call, name: str, labels: Body | None = None) -> Body:
    """A namespace only where one was asked for or is set, as kubectl does."""
    found: Body = {"name": name}
    if call.namespace_enforced or call.session.namespace != "default":
        found["namespace"] = call.namespace
    return {**found, "labels": labels} if labels else found


def overridden(call: Call, body: Body) -> Body:
    """With what --overrides says laid over it, as a JSON merge patch."""
    if not call["overrides"]:
        return body
    if call["override-type"] not in ("merge", "strategic"):
        raise KubectlError("--override-type=json is not simulated here; write the object and apply it")
    try:
        found: Body = merge(body, json.loads(call["overrides"]))
    except ValueError as error:
        raise KubectlError(f"error parsing overrides: {error}") from None
    return found


def namespace(name: str) -> Body:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}, "spec": {}, "status": {}}


# ── workloads ──


def deployment(call: Call, name: str, images: list[str], replicas: int, port: int, command: list[str]) -> Body:
    if len(images) > 1 and command:
        raise KubectlError("cannot specify multiple --image options and command")
    if len(images) > 1 and port >= 0:
        raise KubectlError("cannot specify multiple --image options and --port")
    containers: list[Body] = [{"image": image, "name": container_name(image), "resources": {}} for image in images]
    if command:
        containers[0]["command"] = command
    if port >= 0:
        containers[0]["ports"] = [{"containerPort": port}]
    labels = {"app": name}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": metadata(call, name, labels),
        "spec": {
            "replicas": replicas,
            "selector": {"matchLabels": labels},
            "strategy": {},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": containers}},
        },
        "status": {},
    }


def container_name(image: str) -> str:
    """The last part of the image's name, without tag and digest, as a DNS label."""
    name = image.rpartition("/")[2].partition(":")[0].partition("@")[0]
    return re.sub(r"[^a-z0-9-]", "-", name.lower())


def job(call: Call, name: str, image: str, command: list[str]) -> Body:
    container: Body = {"image": image, "name": name, "resources": {}}
    if command:
        container["command"] = command
    template = {"metadata": {}, "spec": {"containers": [container], "restartPolicy": "Never"}}
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": metadata(call, name),
        "spec": {"template": template},
        "status": {},
    }


# ── services ──


def service(call: Call, name: str, kind: str, ports: list[Body], **more: Any) -> Body:
    labels = {"app": name}
    spec = {**more, **({"ports": ports} if ports else {}), "selector": labels, "type": kind}
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata(call, name, labels),
        "spec": spec,
        "status": {"loadBalancer": {}},
    }


def service_port(text: str, node_port: int = 0) -> Body:
    """--tcp=PORT[:TARGETPORT]"""
    port, colon, target = text.partition(":")
    target = target.partition(":")[0] if colon else port
    number = _port(port)
    found: Body = {"name": text.replace(":", "-"), "port": number, "protocol": "TCP", "targetPort": number}
    if colon:
        found["targetPort"] = int(target) if target.isdecimal() else target
        if target.isdecimal():
            _port(target)
    return {**found, "nodePort": node_port} if node_port else found


def _port(text: str) -> int:
    if not re.fullmatch(r"\d+", text):
        raise KubectlError(f'strconv.ParseUint: parsing "{text}": invalid syntax')
    if int(text) > 65535:
        raise KubectlError(f'strconv.ParseUint: parsing "{text}": value out of range')
    return int(text)


# ── ingress ──

_RULE = re.compile(
    r"(?P<host>[^/]*)(?P<path>/[^=]*)?=(?P<service>[^:,]+):(?P<port>[^,]+)(?P<tls>,tls(?:=(?P<secret>.*))?)?"
)


def ingress(call: Call, name: str) -> Body:
    rules = [_rule(text) for text in call["rule"]]
    if not rules and not call["default-backend"]:
        raise KubectlError(
            "not enough information provided: every ingress has to either specify a default-backend (which catches all "
            "traffic) or a list of rules (which catch specific paths)"
        )
    spec: Body = {}
    if call["class"]:
        spec["ingressClassName"] = call["class"]
    if call["default-backend"]:
        spec["defaultBackend"] = _default_backend(call["default-backend"])
    if rules:
        spec["rules"] = _merged(rules)
    tls = _tls(rules)
    found = metadata(call, name)
    if call["annotation"]:
        found["annotations"] = dict(_annotation(text) for text in call["annotation"])
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": found,
        "spec": {**spec, **({"tls": tls} if tls else {})},
        "status": {"loadBalancer": {}},
    }


def _rule(text: str) -> re.Match[str]:
    found = _RULE.fullmatch(text)
    if found is None:
        raise KubectlError(f"rule {text} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]")
    return found


def _backend(service: str, port: str) -> Body:
    return {"service": {"name": service, "port": {"number": int(port)} if port.isdecimal() else {"name": port}}}


def _default_backend(text: str) -> Body:
    name, colon, port = text.partition(":")
    if not colon or not name or not port:
        raise KubectlError("default-backend should be in format servicename:serviceport")
    return _backend(name, port)


def _merged(rules: list[re.Match[str]]) -> list[Body]:
    """One rule for each host; a path ending in * is a prefix."""
    found: dict[str, list[Body]] = {}
    for rule in rules:
        path = rule["path"] or ""
        kind = "Prefix" if path.endswith("*") else "Exact"
        entry = {"backend": _backend(rule["service"], rule["port"]), "path": path.removesuffix("*"), "pathType": kind}
        found.setdefault(rule["host"], []).append(entry)
    return [{**({"host": host} if host else {}), "http": {"paths": paths}} for host, paths in found.items()]


def _tls(rules: list[re.Match[str]]) -> list[Body]:
    found: list[Body] = []
    for rule in rules:
        if not rule["tls"]:
            continue
        entry: Body = {"hosts": [rule["host"]]} if rule["host"] else {}
        if rule["secret"]:
            entry["secretName"] = rule["secret"]
        if entry not in found:
            found.append(entry)
    return found


def _annotation(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise KubectlError(f"annotations are invalid: {text} should be in format key=value")
    return key, value


# ── data ──


def data(call: Call, kind: str, name: str) -> dict[str, str]:
    """--from-literal, --from-file and --from-env-file."""
    found: dict[str, str] = {}
    for text in call["from-file"]:
        _add(found, *_from_file(call, text), kind, name)
    for text in call["from-env-file"]:
        for line in _file(call, text).splitlines():
            if line.strip() and not line.startswith("#"):
                key, _, value = line.partition("=")
                _add(found, key, value, kind, name)
    for text in call["from-literal"]:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise KubectlError(f"invalid literal source {text}, expected key=value")
        if value[:1] == value[-1:] and value[:1] in ("'", '"') and len(value) > 1:
            value = value[1:-1]
        _add(found, key, value, kind, name)
    return found


def _add(found: dict[str, str], key: str, value: str, kind: str, name: str) -> None:
    if not re.fullmatch(r"[-._a-zA-Z0-9]+", key):
        raise KubectlError(
            f'"{key}" is not a valid key name for a {kind}: a valid config key must consist of alphanumeric '
            "characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation "
            "is '[-._a-zA-Z0-9]+')"
        )
    if key in found:
        raise KubectlError(
            f'cannot add key "{key}", another key by that name already exists in Data for {kind} "{name}"'
        )
    found[key] = value


def _from_file(call: Call, text: str) -> tuple[str, str]:
    key, equals, path = text.partition("=")
    path = path if equals else key
    return (key if equals else path.rpartition("/")[2]), _file(call, path)


def _file(call: Call, path: str) -> str:
    found = call.session.files.get(path.removeprefix("./"))
    if found is None:
        raise KubectlError(f"error reading {path}: no such file or directory")
    return found


def configmap(call: Call, name: str) -> Body:
    found = data(call, "ConfigMap", name)
    body: Body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata(call, name)}
    return {**body, "data": found} if found else body


def secret(call: Call, name: str) -> Body:
    found = {k: base64.b64encode(v.encode()).decode() for k, v in data(call, "Secret", name).items()}
    body: Body = {"apiVersion": "v1", "kind": "Secret", "metadata": metadata(call, name)}
    if call["type"]:
        body["type"] = call["type"]
    return {**body, "data": found} if found else body
