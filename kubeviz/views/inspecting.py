"""What the inspector says of an object: essentials, YAML with each line's path, endpoints, env, events, actions."""

from collections.abc import Iterator
from typing import Any

from ..cluster.objects import Obj, Pod
from ..cluster.references import resolve
from ..cluster.state import Cluster
from ..cluster.yaml_text import to_yaml
from ..controllers.exporting import without_identity
from ..engine import dns, env
from ..engine.routes import table
from ..wording.glossary import BY_KEY
from ..wording.ui import ui
from .doings import doings, is_short
from .essentials import essentials, relatives

Element = dict[str, Any]
PRIVATE = "kubeviz"
NOT_EDITED = ("Node", "Event", "EndpointSlice")
"""Written by the machines themselves."""
FACTS = (
    "serviceType",
    "clusterIP",
    "ip",
    "externalIP",
    "external",
    "ports",
    "selector",
    "node",
    "hosts",
    "className",
    "address",
    "phase",
    "why",
)
MOST_EVENTS = 12


def thing(cluster: Cluster, ref: str, element: Element, language: str) -> dict[str, Any]:
    target = resolve(cluster, ref) or _behind(cluster, element)
    kind, name = (target.kind, target.name) if target else (ref.partition("/")[0], ref.rpartition("/")[2])
    offered = doings(cluster, ref, language)
    found: dict[str, Any] = {
        "ref": ref,
        "kind": kind,
        "name": name,
        "there": bool(target or element),
        "namespace": target.namespace if target else "",
        "facts": facts(element, language),
        "actions": [doing for doing in offered if is_short(doing)],
        "more": [doing for doing in offered if not is_short(doing)],
        "term": kind.lower() if kind.lower() in BY_KEY else "",
        "owner": [],
        "owns": [],
    }
    if target is None:
        return found
    found |= {"yaml": list(yaml_lines(target.body)), "events": events(cluster, target), **relatives(cluster, target)}
    found["facts"] += [{"label": ui(key, language), "value": _printed(value)} for key, value in essentials(target)]
    if target.kind not in NOT_EDITED:
        found |= {"edited": target.ref, "text": to_yaml(without_identity(target))}
    if target.kind == "Service":
        found["endpoints"] = endpoints(cluster, target)
    if isinstance(target, Pod) and target.running:
        variables = env.variables(cluster, target)
        found["env"] = [{"name": n, "value": v} for n, v in sorted(variables.items())]
        found["resolv"] = str(dns.config(target, dns.server_of(cluster)))
    return found


def _behind(cluster: Cluster, element: Element) -> Obj | None:
    """A balancer and a node port are parts of their Service."""
    return resolve(cluster, element["service"]) if element.get("service") else None


def facts(element: Element, language: str) -> list[dict[str, Any]]:
    state = element.get("state")
    found = [{"label": ui("state", language), "value": _state(state, language), "state": state}] if state else []
    for key in FACTS:
        value = element.get(key)
        if value not in (None, "", [], {}):
            found.append({"label": FACT_WORDS[key][language == "en"], "value": _printed(value)})
    return found


FACT_WORDS = {
    "serviceType": ("종류", "Type"),
    "clusterIP": ("ClusterIP", "ClusterIP"),
    "ip": ("IP", "IP"),
    "externalIP": ("바깥 IP", "External IP"),
    "external": ("바깥 IP", "External IP"),
    "ports": ("포트", "Ports"),
    "selector": ("셀렉터", "Selector"),
    "node": ("노드", "Node"),
    "hosts": ("호스트", "Hosts"),
    "className": ("클래스", "Class"),
    "address": ("주소", "Address"),
    "phase": ("단계", "Phase"),
    "why": ("까닭", "Why"),
}


def _state(state: str | None, language: str) -> str:
    return ui(f"state_{state}", language)


def _printed(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k}={v}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(_port(v) if isinstance(v, dict) else str(v) for v in value)
    return str(value).removeprefix("node/")


def _port(port: dict[str, Any]) -> str:
    node = f" (:{port['nodePort']})" if port.get("nodePort") else ""
    return f"{port['port']} → {port['targetPort']}{node}"


def yaml_lines(body: dict[str, Any]) -> Iterator[dict[str, str]]:
    """The object as kubectl prints it, each line with the path of the field that begins there."""
    shown = {k: v for k, v in body.items() if k != PRIVATE}
    stack: list[tuple[int, str]] = []
    counts: dict[str, int] = {}
    for text in to_yaml(shown).splitlines():
        yield {"text": text, "path": _path(text, stack, counts)}


def _path(text: str, stack: list[tuple[int, str]], counts: dict[str, int]) -> str:
    """Follow the indentation: *stack* holds (column, path) of the fields that are open."""
    column = len(text) - len(text.lstrip(" "))
    rest = text[column:]
    while rest.startswith("- "):
        _close(stack, column, item=True)
        parent = stack[-1][1] if stack else ""
        counts[parent] = counts.get(parent, -1) + 1
        stack.append((column + 1, f"{parent}[{counts[parent]}]"))
        column, rest = column + 2, rest[2:]
    key, colon, _ = rest.partition(":")
    if not colon or key.startswith(('"', "{")) or " " in key:
        return stack[-1][1] if stack else ""
    _close(stack, column, item=False)
    parent = stack[-1][1] if stack else ""
    path = f"{parent}.{key}" if parent else key
    counts.pop(path, None)
    stack.append((column, path))
    return path


def _close(stack: list[tuple[int, str]], column: int, item: bool) -> None:
    """Fields at this column or further right are over; a list may stand in the column of its own field."""
    while stack and (
        stack[-1][0] > column or (stack[-1][0] == column and not (item and not stack[-1][1].endswith("]")))
    ):
        stack.pop()


def endpoints(cluster: Cluster, service: Any) -> list[dict[str, Any]]:
    found = {}
    for port in service.ports:
        for endpoint in table(cluster, service, port).every:
            state = "terminating" if endpoint.terminating else "ready" if endpoint.ready else "notReady"
            pod = endpoint.ref if endpoint.key else ""
            found[endpoint.address] = {"address": endpoint.address, "state": f"state_{STATES[state]}", "ref": pod}
    return list(found.values())


STATES = {"terminating": "terminating", "ready": "ready", "notReady": "unready"}


def events(cluster: Cluster, target: Obj) -> list[dict[str, str]]:
    """What the controllers said of the object, latest first."""
    about = [
        e.body
        for e in cluster.of_kind("Event", target.namespace or "default")
        if e.body["involvedObject"].get("uid") == target.uid
    ]
    about.sort(key=lambda e: int(e["metadata"]["resourceVersion"]), reverse=True)
    return [
        {"type": e["type"], "reason": e["reason"], "message": e["message"], "when": e["lastTimestamp"][11:19]}
        for e in about[:MOST_EVENTS]
    ]
