"""The buttons of an object: what one can do with it, in words and as the command it stands for."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from .. import actions
from ..cluster.errors import Rejected
from ..cluster.objects import Obj, Pod
from ..cluster.references import resolve
from ..cluster.state import Cluster
from ..graph.pods import workload
from ..wording.ui import ui
from ..wording.verbs import VERBS

Doing = dict[str, Any]
DANGER = {"delete", "delete_pod", "crash", "drain", "firewall_deny", "remove_addon"}
PORTS = [str(n) for n in range(100)]


class Field(NamedTuple):
    """An input beside the button; with `options` a choice."""

    name: str
    type: str = "text"
    value: Any = ""
    options: tuple[str, ...] = ()


class Offer(NamedTuple):
    """One button of a verb: what it sends by itself, and what the learner fills in."""

    params: dict[str, str] = {}
    fields: tuple[Field, ...] = ()


Offers = Callable[[Obj], list[Offer]]


def _once(obj: Obj) -> list[Offer]:
    return [Offer()]


def _if(condition: Callable[[Any], bool]) -> Offers:
    return lambda obj: [Offer()] if condition(obj) else []


def _crashed(pod: Pod) -> bool:
    return pod.app is not None and pod.app.state == "crash"


def _scale(obj: Obj) -> list[Offer]:
    return [Offer({}, (Field("replicas", "number", obj.spec.get("replicas", 1)),))]


def _pair(obj: Obj) -> list[Offer]:
    return [Offer({}, (Field("key"), Field("value")))]


def _selector(obj: Obj) -> list[Offer]:
    key, value = next(iter((obj.spec.get("selector") or {}).items()), ("app", obj.name))
    return [Offer({}, (Field("key", value=key), Field("value", value=value)))]


def _labels(obj: Obj) -> list[Offer]:
    return [Offer({}, (Field("key", value=next(iter(obj.labels)), options=tuple(obj.labels)),))] if obj.labels else []


def _port(field: str) -> Offers:
    def offers(obj: Obj) -> list[Offer]:
        ports = obj.spec.get("ports") or ()
        return [Offer({"index": str(i)}, (Field("port", value=p.get(field, "")),)) for i, p in enumerate(ports[:3])]

    return offers


def _type(obj: Obj) -> list[Offer]:
    known = ("ClusterIP", "NodePort", "LoadBalancer")
    others = tuple(kind for kind in known if kind != obj.spec.get("type"))
    return [Offer({}, (Field("type", value=others[0], options=others),))]


def _image(obj: Obj) -> list[Offer]:
    containers = ((obj.spec.get("template") or {}).get("spec") or {}).get("containers") or ()
    return [Offer({"container": c["name"]}, (Field("image", value=c.get("image", "")),)) for c in containers[:3]]


OFFERS: dict[str, Offers] = {
    "delete_pod": _once,
    "set_ready": lambda pod: [Offer({"ready": "false" if getattr(pod, "ready", False) else "true"})],
    "crash": _if(lambda pod: not _crashed(pod)),
    "recover": _if(_crashed),
    "scale": _scale,
    "restart": _once,
    "rollout_undo": _once,
    "break_selector": _if(lambda service: bool(service.selector)),
    "mend_selector": _if(lambda service: bool(service.selector)),
    "set_node_power": lambda node: [Offer({"power": "off" if getattr(node, "up", True) else "on"})],
    "cordon": _if(lambda node: not node.spec.get("unschedulable")),
    "uncordon": _if(lambda node: bool(node.spec.get("unschedulable"))),
    "drain": _once,
    "set_image": _image,
    "set_selector": _selector,
    "set_port": _port("port"),
    "set_target_port": _port("targetPort"),
    "set_type": _type,
    "label": _pair,
    "unlabel": _labels,
    "delete": _if(lambda obj: obj.kind not in ("Pod", "Node", "Event")),
}
"""In the order in which they stand; a verb that is not here has no button of its own."""


def doings(cluster: Cluster, ref: str, language: str, tried: bool = True) -> list[Doing]:
    """Each button of an object; those with fields to fill in stand behind the others.

    Some commands are known only when *tried* on a copy (the whole selector, the flags of a drain); else they are left
    unsaid.
    """
    if ref == "firewall/cloud":
        return list(_firewall(cluster, language))
    if ref.startswith("client/"):
        return list(_tunnel(cluster, language))
    target = resolve(cluster, ref)
    if target is None:
        return []
    useless = {"mend_selector"} if _selects(cluster, target) else {"break_selector"}
    found = [*_of(target, language), *_of_workload(cluster, target, language)]
    found = [_exact(cluster, target, doing, tried) for doing in found if doing["action"] not in useless]
    return sorted(found, key=lambda doing: not is_short(doing))


def _exact(cluster: Cluster, target: Obj, doing: Doing, tried: bool) -> Doing:
    """With nothing to fill in, the button names the very line it stands for."""
    if doing["fields"] or not actions.told_by_doing(doing["action"]):
        return doing
    with suppress(actions.Refused, Rejected):
        line = actions.command(cluster, doing["action"], target, doing["params"]) if tried else ""
        return {**doing, "command": line}
    return doing


def _selects(cluster: Cluster, target: Obj) -> bool:
    """Whether a Service's selector matches pods, so that there is something to break and nothing to mend."""
    selector = target.spec.get("selector") if target.kind == "Service" else None
    return not selector or bool(cluster.selected_pods(target.namespace, selector))


def is_short(doing: Doing) -> bool:
    """A button that needs nothing filled in, or only how many."""
    return not doing["fields"] or doing["action"] in ("scale", "firewall_allow")


def _of(target: Obj, language: str) -> Iterator[Doing]:
    known = {verb.name: command for verb, command in actions.actions_for(target)}
    for name, offers in OFFERS.items():
        if name in known:
            for offer in offers(target):
                yield _doing(name, offer, known[name], language)


def _of_workload(cluster: Cluster, target: Obj, language: str) -> Iterator[Doing]:
    """Beside a pod: how many of its kind there shall be."""
    owner = workload(cluster, target) if isinstance(target, Pod) else None
    above = resolve(cluster, owner) if owner else None
    for doing in _of(above, language) if above is not None else ():
        if doing["action"] == "scale":
            yield {**doing, "ref": owner}


def of_lab(cluster: Cluster, language: str) -> list[Doing]:
    """What concerns no single object: the tunnel, the addons, the firewall."""
    found = [*_tunnel(cluster, language), *_addons(cluster, language)]
    return [*found, *_firewall(cluster, language)] if cluster.environment.get("provider") == "cloud" else found


def _doing(verb: str, offer: Offer, command: str, language: str) -> Doing:
    choice = next((value for value in offer.params.values() if f"{verb}_{value}" in VERBS), "")
    label = VERBS[f"{verb}_{choice}" if choice else verb][language == "en"]
    return {
        "action": verb,
        "params": offer.params,
        "label": label,
        "fields": [{**field._asdict(), "label": _field_label(label, field, language)} for field in offer.fields],
        "command": _filled(command, offer.params),
        "danger": verb in DANGER,
    }


def _field_label(label: str, field: Field, language: str) -> str:
    return f"{label}: {ui(f'field_{field.name}', language)}"


def _filled(command: str, params: dict[str, str]) -> str:
    for name, value in params.items():
        command = command.replace(name.upper(), value)
    return command


def _lab_wide(verb: str, offer: Offer, language: str, **words: str) -> Doing:
    row = next(v for v in actions.lab_wide() if v.name == verb)
    return _doing(verb, offer, _filled(row.unchosen(), {**offer.params, **words}), language)


def _firewall(cluster: Cluster, language: str) -> Iterator[Doing]:
    port = Field("port", "number", 30080)
    yield _lab_wide("firewall_allow", Offer({}, (port,)), language, rule="allow-PORT")
    for rule in cluster.of_kind("FirewallRule"):
        doing = _lab_wide("firewall_deny", Offer({"rule": rule.name}), language)
        yield {**doing, "label": f"{doing['label']}: {rule.name}"}


def _tunnel(cluster: Cluster, language: str) -> Iterator[Doing]:
    if cluster.environment.get("provider") == "minikube":
        opened = bool(cluster.environment.get("tunnel"))
        line = "minikube tunnel --cleanup" if opened else "minikube tunnel"
        yield _lab_wide("tunnel", Offer({"open": "false" if opened else "true"}), language, line=line)


def _addons(cluster: Cluster, language: str) -> Iterator[Doing]:
    there = cluster.get("Namespace", "", "ingress-nginx") is not None
    verb = "remove_addon" if there else "install_addon"
    line = actions.addon_command("ingress-nginx", cluster, install=not there)
    yield _lab_wide(verb, Offer({"addon": "ingress-nginx"}), language, line=line)
