"""From codes to sentences: what a trace says to a person, in Korean or English."""

import string
from typing import Any

from . import cases
from .fidelity import BY_CODE
from .korean import with_particle
from .reasons import BECAUSE, NOTES, REASONS, VERDICTS

LANGUAGES = ("ko", "en")

CLIENTS = {
    "client/internet": ("손님", "client"), "client/vpc": ("같은 네트워크의 손님", "client in the VPC"), "client/laptop": ("내 노트북", "my laptop"),
    "firewall/cloud": ("방화벽", "firewall"), "dns/public": ("바깥 DNS", "public DNS"),
}  # fmt: skip


NAMED = {
    "pod", "service", "node", "ingress", "ingressclass", "deployment", "statefulset", "firewallrule", "networkpolicy",
}  # fmt: skip
"""Kinds whose references are said by the object's name alone."""


class _Words(string.Formatter):
    """`{name}` is a short name; `{name:은/는}` adds the particle. A parameter that is not there is left empty."""

    def get_value(self, key: Any, args: Any, kwargs: Any) -> Any:
        return short(kwargs.get(key))

    def format_field(self, value: Any, spec: str) -> str:
        return with_particle(str(value), spec) if spec else str(value)


_WORDS = _Words()


def short(value: Any) -> str:
    """A parameter as people say it: the last part of a reference, lists joined."""
    if value is None:
        return "-"
    if isinstance(value, list | tuple):
        return ", ".join(short(v) for v in value)
    text = str(value)
    known = text.partition("/")[0] in NAMED and text.count("/") in (1, 2)
    return text.rpartition("/")[2] if known else text


def fill(template: str, params: dict[str, Any]) -> str:
    """A sentence with its parameters in place, each with the particle that fits."""
    return _WORDS.vformat(template, (), params)


def _told(reason: str, params: dict[str, Any], language: str) -> tuple[str, str]:
    """What happened, and why, by the case that holds."""
    words, case = REASONS[reason], cases.case(reason, params)
    ko = (case and case.ko) or words.ko, case.ko_why if case else words.ko_why
    en = (case and case.en) or words.en, case.en_why if case else words.en_why
    what, why = ko if language == "ko" else en
    return fill(what, params), fill(why, params)


def label(object: str, language: str) -> str:
    """What a stage element is called."""
    if object in CLIENTS:
        return CLIENTS[object][LANGUAGES.index(language)]
    kind, *rest = object.split("/")
    if kind == "nodeport":
        return f"{rest[0]}:{rest[1]}"
    names = {
        "service": "Service",
        "pod": "Pod",
        "ingress": "Ingress",
        "node": "",
        "balancer": "LoadBalancer",
        "external": "",
    }
    return f"{names.get(kind, kind)} {rest[-1] if rest else ''}".strip()


def say(trace: dict[str, Any], language: str) -> dict[str, Any]:
    """The trace in words: {"verdict", "reason", "why", "hops": [{"title", "steps": [{"text", "why", "note", "candidates"}]}], "calls"}."""
    ko = language == "ko"
    calls = [say(call, language) for call in trace["calls"]]
    params = {**ending_params(trace), **_beyond(trace, calls)}
    reason, why = _told(trace["reason"], params, language)
    return {
        "verdict": VERDICTS[trace["verdict"]][0 if ko else 1],
        "reason": reason,
        "why": why,
        "rule": BY_CODE[trace["reason"]].id,
        "hops": [_hop(hop, trace, language) for hop in trace["hops"]],
        "calls": calls,
    }


def _beyond(trace: dict[str, Any], calls: list[dict[str, Any]]) -> dict[str, Any]:
    """What the ending hangs on beside its own step: where it was sent from, and the call that failed inside."""
    failed = [(c, told) for c, told in zip(trace["calls"], calls, strict=True) if c["verdict"] != "delivered"]
    if not failed or trace["reason"] != "AppError":
        return {"sender": trace["request"]["from"]}
    call, told = failed[-1]
    return {"called": call["request"]["url"], "cause": told["reason"], "cause_why": told["why"]}


def ending_params(trace: dict[str, Any]) -> dict[str, Any]:
    """The parameters of the step that gave the ending, else those of the request."""
    for hop in reversed(trace["hops"]):
        for step in reversed(hop["steps"]):
            if step["reason"] == trace["reason"]:
                return _params(step)
    return {"host": trace["request"]["host"], "status": (trace["http"] or {}).get("status")}


def _params(step: dict[str, Any]) -> dict[str, Any]:
    """With why its candidates were passed over: a case may hang on that."""
    return {**step["params"], "passed_over": [c["because"] for c in step["candidates"] if not c["chosen"]]}


def _hop(hop: dict[str, Any], trace: dict[str, Any], language: str) -> dict[str, Any]:
    source = hop["edge"].partition(">")[0] if hop["edge"] else ""
    here = label(hop["object"], language)
    title = f"{label(source, language)} → {here}" if source else here
    if not hop["edge"] and hop["steps"] and hop["steps"][-1]["reason"] in ("AppAnswered", "AppError"):
        title = f"{here} → {label(hop['steps'][-1]['params'].get('client') or '', language)}"
    return {"title": title, "steps": [_step(step, language) for step in hop["steps"]]}


def _step(step: dict[str, Any], language: str) -> dict[str, Any]:
    ko = language == "ko"
    text, why = _told(step["reason"], _params(step), language)
    note = fill(NOTES[step["note"]][0 if ko else 1], step["params"]) if step["note"] else None
    others = [
        {"object": c["object"], "name": short(c["object"]), "text": BECAUSE[c["because"]][0 if ko else 1]}
        for c in step["candidates"]
        if not c["chosen"]
    ]
    return {
        "text": text,
        "why": why,
        "rule": BY_CODE[step["note"] or step["reason"]].id,
        "note": note,
        "candidates": others,
    }


__all__ = ["BECAUSE", "LANGUAGES", "NOTES", "REASONS", "VERDICTS", "ending_params", "fill", "label", "say", "short"]
