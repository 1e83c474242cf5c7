"""Affinity by cookie: with `affinity: cookie` the first answer gives the client a cookie, and with it the client
comes back to the endpoint that answered. (ingress-nginx hides a hash in it; so do we, of the endpoint.)"""

import hashlib

from ..journey import Journey
from ..model import Http
from ..routes import Endpoint
from . import annotations
from .canary import cookies
from .paths import Rule


def kept(j: Journey, rule: Rule, usable: tuple[Endpoint, ...]) -> Endpoint | None:
    """The endpoint that the client's cookie stands for, while it is still there."""
    if annotations.value(rule.ingress, "affinity") != "cookie":
        return None
    value = cookies(j).get(name(rule))
    return next((e for e in usable if value == mark(e.ref)), None) if value else None


def given(rule: Rule, answer: Http, served_by: str | None) -> Http:
    """The answer with its cookie."""
    if served_by is None:
        return answer
    path = annotations.value(rule.ingress, "session-cookie-path") or rule.path or "/"
    text = f"{name(rule)}={mark(served_by)}; Path={path}; HttpOnly"
    return Http(answer.status, answer.body, {**answer.headers, "Set-Cookie": text})


def name(rule: Rule) -> str:
    return annotations.value(rule.ingress, "session-cookie-name") or "INGRESSCOOKIE"


def mark(ref: str) -> str:
    return hashlib.blake2b(ref.encode(), digest_size=16).hexdigest()
