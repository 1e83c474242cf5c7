"""Traces as pages tell them: with their id, their words in the reader's language, and the command they stand for."""

import shlex
from typing import Any

from django.utils.translation import get_language

from ..models import Lab, Trace
from ..wording import say


def language() -> str:
    return (get_language() or "ko").partition("-")[0]


def about(lab: Lab) -> dict[str, Any]:
    """The lab and its scenario's words in the reader's language."""
    said = lab.scenario.said if lab.scenario else lambda field, _: lab.title if field == "title" else ""
    words = {field: said(field, language()) for field in ("title", "text", "note")}
    slug = lab.scenario.slug if lab.scenario else "lab"
    return {"id": lab.id, "slug": slug, "rv": lab.rv, "provider_word": f"provider_{lab.provider}", **words}


def told(trace: Trace) -> dict[str, Any]:
    """A trace with its id and its words in the reader's language."""
    more = {"id": trace.id, "lab": trace.lab_id, "number": trace.number, "curl_command": curl_command(trace)}
    return {**trace.result, **more, "say": say(trace.result, language())}


def curl_command(trace: Trace) -> str:
    """The request as somebody would type it where it was sent from."""
    request = trace.request
    method = [] if request["method"] == "GET" else ["-X", request["method"]]
    headers = [part for name, value in (request["headers"] or {}).items() for part in ("-H", f"{name}: {value}")]
    return shlex.join([*_where(request["source"]), "curl", *_elsewhere(trace), *method, *headers, request["url"]])


def _where(source: str) -> list[str]:
    kind, *rest = source.split("/")
    if kind == "pod" and len(rest) == 2:
        return ["kubectl", "exec", rest[1], "-n", rest[0], "--"]
    if kind == "node":
        return ["minikube", "ssh", "--"] if rest == ["minikube"] else ["gcloud", "compute", "ssh", *rest, "--"]
    return []


def _elsewhere(trace: Trace) -> list[str]:
    """Connecting to another address than the name's: curl's --connect-to, any host and port to this one."""
    if not trace.request.get("connect_to"):
        return []
    went = next((hop["packet"]["dst"] for hop in trace.result["hops"] if hop["layer"] != "dns"), "")
    address = trace.request["connect_to"] if trace.request["connect_to"] != "ingress" else went.partition(":")[0]
    return ["--connect-to", f"::{address}:"] if address else []
