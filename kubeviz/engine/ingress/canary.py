"""Canary: an Ingress marked so is no rule of its own but another backend for the rule with its host and path.

First canary-by-header, then canary-by-cookie, then canary-weight (ingress-nginx, user guide: annotations).
"""

from http.cookies import CookieError, SimpleCookie

from ...cluster.objects import Ingress
from ..journey import Journey
from ..routes import pick
from . import annotations, explain
from .paths import Rule, compiled
from .rules import Rules


def choose(j: Journey, rules: Rules, rule: Rule) -> Rule:
    """The rule itself, or its canary."""
    canary = rules.canaries.get((rule.host, rule.path, rule.type))
    if canary is None:
        return rule
    taken, because = _decide(j, canary.ingress)
    j.log.append((explain.canary_decided, rule, canary, taken, because))
    return canary if taken else rule


def _decide(j: Journey, ingress: Ingress) -> tuple[bool, str]:
    for wanted, because in ((_by_header(j, ingress), "header"), (_by_cookie(j, ingress), "cookie")):
        if wanted is not None:
            return wanted, because
    total = max(100, annotations.number(ingress, "canary-weight-total", 100))
    return pick(j.seed + 3, total) < annotations.number(ingress, "canary-weight", 0), "weight"


def _by_header(j: Journey, ingress: Ingress) -> bool | None:
    """canary-by-header-value or -pattern decide alone where they are set; else `always` and `never`."""
    name = annotations.value(ingress, "canary-by-header")
    given = j.request.header(name.lower()) if name else None
    if given is None:
        return None
    value = annotations.value(ingress, "canary-by-header-value")
    if value:
        return True if given == value else None
    pattern = annotations.value(ingress, "canary-by-header-pattern")
    if pattern:
        known = compiled(pattern)
        return True if known is not None and known.search(given) else None
    return _always_or_never(given)


def _by_cookie(j: Journey, ingress: Ingress) -> bool | None:
    name = annotations.value(ingress, "canary-by-cookie")
    return _always_or_never(cookies(j).get(name, "")) if name else None


def _always_or_never(text: str) -> bool | None:
    return {"always": True, "never": False}.get(text)


def cookies(j: Journey) -> dict[str, str]:
    """The cookies that the client sent."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(j.request.header("cookie") or "").items()}
    except CookieError:
        return {}
