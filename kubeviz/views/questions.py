"""A question as the page asks it, and once it is answered, what was said and what was true."""

import random
from typing import Any

from .. import graph
from ..cluster.state import Cluster
from ..lessons.checks import Choice, Prediction, Question
from ..lessons.places import Unknown, address, running
from ..wording import checks as checked
from ..wording import label
from ..wording.reasons import VERDICTS

STATUSES = {
    "200": ("200 (대답)", "200 (served)"),
    "404": ("404 (그런 길은 없음)", "404 (not found)"),
    "502": ("502 (뒤에서 끊김)", "502 (bad gateway)"),
    "503": ("503 (맡을 곳이 없음)", "503 (unavailable)"),
    "none": ("숫자로 된 대답은 오지 않음", "no such number comes back"),
}
"""Numbers of answers that a prediction may be about; the words are those of the numbers, not of their causes."""
STOPS = ("firewall", "balancer", "nodeport", "node", "controller", "ingress", "service", "pod")
Options = list[tuple[str, str]]
"""(value, words)"""


def question(
    asked: Question, answered: dict[str, Any] | None, cluster: Cluster, language: str, seed: int = 0
) -> dict[str, Any]:
    """*seed* is the learner's: options stand in another order for each, so that their place says nothing."""
    choices = options(asked, cluster, language)
    if isinstance(asked, Choice):
        random.Random(f"{seed}/{asked.id}").shuffle(choices)
    outcome = _outcome(asked, answered, dict(choices)) if answered else None
    why = asked.why_ko if language == "ko" else asked.why_en or asked.why_ko
    return {
        "id": asked.id,
        "ask": asked.ask_ko if language == "ko" else asked.ask_en or asked.ask_ko,
        "options": choices,
        "answered": outcome,
        "why": why if outcome and outcome["closed"] else "",
        **(_request(asked, cluster, language) if isinstance(asked, Prediction) else {}),
    }


def _request(asked: Prediction, cluster: Cluster, language: str) -> dict[str, str]:
    """What will be sent, once the learner has said where it will go."""
    try:
        url = address(cluster, asked.url)
    except Unknown:
        url = asked.url
    return {"about": asked.about, "url": url, "from": checked.place(asked.source, language)}


def _outcome(asked: Question, answered: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    truth = [names.get(value, value.rpartition("/")[2]) for value in answered["actual"]]
    many = isinstance(asked, Prediction) and asked.about in ("pod", "node")
    return {
        **answered,
        "said": names.get(answered["value"], answered["value"]),
        "truth": ", ".join(truth if many else truth[:1]),
        "closed": answered["right"] or isinstance(asked, Prediction),
    }


def options(asked: Question, cluster: Cluster, language: str) -> Options:
    """What can be chosen; nothing where something is to be typed."""
    if isinstance(asked, Choice):
        return [(o.value, o.ko if language == "ko" else o.en or o.ko) for o in asked.options]
    if not isinstance(asked, Prediction):
        return []
    if asked.about == "status":
        return [(code, words[0 if language == "ko" else 1]) for code, words in STATUSES.items()]
    if asked.about == "outcome":
        return [(code, words[0 if language == "ko" else 1]) for code, words in VERDICTS.items()]
    if asked.about == "node":
        return [(node.ref, node.name) for node in cluster.of_kind("Node")]
    if asked.about == "pod":
        nobody = ("none", "아무도" if language == "ko" else "nobody")
        return [*((pod.ref, pod.name) for pod in running(cluster)), nobody]
    return _stops(cluster, language) if asked.about == "stop" else []


def _stops(cluster: Cluster, language: str) -> Options:
    """Everything on the stage where a packet may end."""
    return [
        (e["id"], label(e["id"], language) or e["id"].rpartition("/")[2])
        for e in graph.elements(cluster).values()
        if e["type"] in STOPS and not e.get("system") and not e.get("secondary")
    ]
