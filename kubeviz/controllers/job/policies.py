"""What the Job says about pods that fail and about being done early (pod_failure_policy.go, success_policy.go)."""

from collections.abc import Iterable

from ...cluster.changes import Body
from ...cluster.kinds import indexruns
from ...cluster.objects import Obj, Pod


def action(job: Obj, pod: Pod) -> str:
    """What the first rule that fits a failed pod asks for: FailJob, FailIndex, Ignore, Count; "" where none fits."""
    found = _first_rule(job, pod)
    return found[1]["action"] if found else ""


def fatal(job: Obj, pods: Iterable[Pod]) -> str:
    """What is said of the first failed pod for which a rule fails the whole Job."""
    for pod in pods:
        found = _first_rule(job, pod)
        if found and found[1]["action"] == "FailJob":
            return f"{found[2]} matching FailJob rule at index {found[0]}"
    return ""


def _first_rule(job: Obj, pod: Pod) -> tuple[int, Body, str] | None:
    for number, rule in enumerate((job.spec.get("podFailurePolicy") or {}).get("rules") or ()):
        if rule.get("onExitCodes") is not None:
            why = _exit_code(rule["onExitCodes"], pod)
        else:
            why = _condition(rule.get("onPodConditions") or (), pod)
        if why:
            return number, rule, why
    return None


def _exit_code(wanted: Body, pod: Pod) -> str:
    """Of containers that failed: a success fits no rule."""
    kinds = ("initContainerStatuses", "containerStatuses")
    for status in (s for kind in kinds for s in pod.status.get(kind) or ()):
        ended = (status.get("state") or {}).get("terminated")
        if ended is None or wanted.get("containerName") not in (None, status["name"]) or ended["exitCode"] == 0:
            continue
        if (ended["exitCode"] in wanted["values"]) is (wanted["operator"] == "In"):
            who = f"Container {status['name']} for pod {pod.namespace}/{pod.name}"
            return f"{who} failed with exit code {ended['exitCode']}"
    return ""


def _condition(patterns: Iterable[Body], pod: Pod) -> str:
    for pattern in patterns:
        if pod.condition(pattern["type"]) == (pattern.get("status") or "True"):
            return f"Pod {pod.namespace}/{pod.name} has condition {pattern['type']}"
    return ""


def success(job: Obj, done: list[int]) -> str:
    """Which rule says that enough indexes have succeeded."""
    for number, rule in enumerate((job.spec.get("successPolicy") or {}).get("rules") or ()):
        wanted = rule.get("succeededIndexes")
        among = done if wanted is None else [i for i in indexruns.numbers(wanted) if i in done]
        enough = rule.get("succeededCount", len(indexruns.numbers(wanted or "")))
        if len(among) >= enough:
            return f"Matched rules at index {number}"
    return ""
