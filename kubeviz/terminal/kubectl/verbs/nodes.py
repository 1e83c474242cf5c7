"""cordon, uncordon, drain and taint."""

import re
from typing import Any

from ....cluster.changes import Body
from ....cluster.editing import with_value
from ....cluster.kinds import KINDS
from ....cluster.objects import Node, Obj, Pod
from ..call import Call
from ..errors import KubectlError, usage
from ..select import listing, one, select
from ..writing import Teller, each, send, served

NODE = KINDS["Node"]
EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")


def _nodes(call: Call, verb: str) -> list[Obj]:
    if not call.args and not call["selector"]:
        raise usage(verb, f"USAGE: {verb} NODE [flags]")
    if call["selector"]:
        return listing(call, NODE)
    # They are all looked up before anything is done: one that is missing ends the command.
    return [one(call, NODE, name.removeprefix("node/").removeprefix("nodes/")) for name in call.args]


def cordon(call: Call) -> None:
    for node in _nodes(call, "cordon"):
        _cordon(call, node, True)


def uncordon(call: Call) -> None:
    for node in _nodes(call, "uncordon"):
        _cordon(call, node, False)


def _cordon(call: Call, node: Obj, closed: bool) -> None:
    word = "cordoned" if closed else "uncordoned"
    if bool(node.spec.get("unschedulable")) is closed:
        call.line(f"node/{node.name} already {word}{call.dry_run_note}")
        return
    if call.dry_run != "client":
        patch = {"spec": {"unschedulable": True if closed else None}}
        send(call, lambda: call.tx.patch(node.key, patch, "merge", dry_run=served(call)))
    call.line(f"node/{node.name} {word}{call.dry_run_note}")


# ── drain ──


def drain(call: Call) -> None:
    nodes = _nodes(call, "drain")
    for node in nodes:
        _cordon(call, node, True)
    for node in nodes:
        _drain(call, node)


def _drain(call: Call, node: Obj) -> None:
    pods = [call.cluster.find(key) for key in sorted(call.cluster.lookup("node", node.name))]
    problems, warnings, leaving = _sorted(call, pods)
    if problems:
        told = "".join(f"{text}\n" for text in problems)
        call.complain(
            f'error: unable to drain node "{node.name}" due to error: {_listed(problems)}, continuing command...\n'
            f"There are pending nodes to be drained:\n {node.name}\n{told.rstrip()}"
        )
        call.result.code = 1
        return
    call.warn(*warnings)
    for pod in leaving:
        call.line(f"evicting pod {pod.namespace}/{pod.name}{call.dry_run_note}")
        if not call.dry_run:
            call.tx.delete(pod.key, None if call["grace-period"] < 0 else call["grace-period"])
    if leaving and not call.dry_run:
        call.session.settle(call.tx)
        for pod in leaving:
            call.line(f"pod/{pod.name} evicted")
    call.line(f"node/{node.name} drained{call.dry_run_note}")


def _listed(problems: list[str]) -> str:
    return problems[0] if len(problems) == 1 else f"[{', '.join(problems)}]"


def _sorted(call: Call, pods: list[Pod]) -> tuple[list[str], list[str], list[Pod]]:
    """What forbids the drain, what is only said, and the pods that go (k8s.io/kubectl/pkg/drain/filters.go)."""
    daemons = [p for p in pods if p.controller and p.controller[0] == "DaemonSet"]
    others = [p for p in pods if p not in daemons]
    alone = [p for p in others if not p.controller and not p.finished]
    local = [p for p in others if any("emptyDir" in v for v in p.spec.get("volumes") or ()) and not p.finished]
    problems, warnings = [], []
    for found, flag, refusal, warning in (
        (daemons, "ignore-daemonsets", "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)",
         "ignoring DaemonSet-managed Pods"),
        (alone, "force", "cannot delete Pods that declare no controller (use --force to override)",
         "deleting Pods that declare no controller"),
        (local, "delete-emptydir-data",
         "cannot delete Pods with local storage (use --delete-emptydir-data to override)", ""),
    ):  # fmt: skip
        names = ", ".join(f"{p.namespace}/{p.name}" for p in found)
        if found and not call[flag]:
            problems.append(f"{refusal}: {names}")
        elif found and warning:
            warnings.append(f"{warning}: {names}")
    return problems, ["; ".join(warnings)] if warnings else [], others


# ── taint ──


def taint(call: Call) -> None:
    args = call.args[1:] if call.args[:1] and call.args[0] in ("node", "nodes", "no") else call.args
    if not call.args or not (args or call["all"] or call["selector"]):
        raise KubectlError("one or more resources must be specified as <resource> <name>")
    names = [a for a in args if "=" not in a and ":" not in a and not a.endswith("-")]
    specs = args[len(names) :]
    if not specs:
        raise KubectlError("at least one taint update is required")
    added, removed = [_taint(s) for s in specs if not s.endswith("-")], [s[:-1] for s in specs if s.endswith("-")]
    teller = Teller(call)
    found = select(call, ["nodes", *(n.removeprefix("node/") for n in names)], allow_all=False)
    each(call, found.objects, lambda node: _one(call, teller, node, added, removed), lambda node: "")
    for error in found.errors:
        call.fail(error)


def _taint(text: str) -> Body:
    found = re.fullmatch(r"([^=:]+)(?:=([^:]*))?:(\w+)", text)
    if found is None:
        raise KubectlError(f"invalid taint spec: {text}")
    if found[3] not in EFFECTS:
        raise KubectlError(f"invalid taint effect: {found[3]}, unsupported taint effect")
    return {"effect": found[3], "key": found[1], **({"value": found[2]} if found[2] else {})}


def _one(call: Call, teller: Teller, node: Obj, added: list[Body], removed: list[str]) -> None:
    assert isinstance(node, Node)
    there: list[Body] = node.spec.get("taints") or []
    same = [t for t in added if any((o["key"], o["effect"]) == (t["key"], t["effect"]) for o in there)]
    if same and not call["overwrite"]:
        raise KubectlError(
            f"node {node.name} already has {same[0]['key']} taint(s) with same effect(s) and --overwrite is false"
        )
    kept = [t for t in there if not any(_is(t, text) for text in removed)]
    for text in removed:
        if not any(_is(t, text) for t in there):
            raise KubectlError(f'taint "{text}" not found')
    kept = [t for t in kept if (t["key"], t["effect"]) not in {(a["key"], a["effect"]) for a in added}]
    taints = [*added, *kept]
    done = "modified" if added and removed else "untainted" if removed else "tainted"
    new: Any = with_value(node.body, ("spec", "taints"), taints)
    teller.tell(send(call, lambda: call.tx.replace(new, dry_run=bool(call.dry_run))), done)


def _is(taint: Body, text: str) -> bool:
    key, _, effect = text.partition(":")
    return taint["key"] == key.partition("=")[0] and (not effect or taint["effect"] == effect)
