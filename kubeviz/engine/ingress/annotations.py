"""The annotations of ingress-nginx that change where a request goes."""

from ...cluster.objects import Ingress
from .paths import Rule, compiled

PREFIX = "nginx.ingress.kubernetes.io/"
KNOWN = {
    "rewrite-target",
    "use-regex",
    "ssl-redirect",
    "force-ssl-redirect",
    "canary",
    "canary-weight",
    "canary-weight-total",
    "canary-by-header",
    "canary-by-header-value",
    "canary-by-header-pattern",
    "canary-by-cookie",
    "affinity",
    "session-cookie-name",
    "session-cookie-path",
}
TRUE = {"1", "t", "T", "TRUE", "true", "True"}


def value(ingress: Ingress, name: str) -> str | None:
    return ingress.annotations.get(PREFIX + name)


def is_true(ingress: Ingress, name: str, default: bool = False) -> bool:
    """As Go reads a bool; what is none is as if it were not there."""
    text = value(ingress, name)
    return text in TRUE if text in TRUE | {"0", "f", "F", "FALSE", "false", "False"} else default


def number(ingress: Ingress, name: str, default: int) -> int:
    text = value(ingress, name) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def unknown(ingress: Ingress) -> list[str]:
    """Annotations of ingress-nginx that are not simulated."""
    names = (key.removeprefix(PREFIX) for key in ingress.annotations if key.startswith(PREFIX))
    return [name for name in names if name not in KNOWN]


def uses_regex(rule: Rule) -> bool:
    """use-regex, or a rewrite to another path: either makes all paths of the host regular expressions."""
    target = value(rule.ingress, "rewrite-target")
    return is_true(rule.ingress, "use-regex") or bool(target and target != rule.path)


def rewritten(rule: Rule, path: str) -> str:
    """rewrite-target takes the place of the whole path; $1 to $9 are the groups of the rule's path."""
    target = value(rule.ingress, "rewrite-target")
    pattern = compiled(rule.path, groups=True) if target else None
    match = pattern.search(path) if pattern is not None else None
    if not target or match is None:
        return path
    groups = dict(enumerate(match.groups(), 1))
    for position in range(1, 10):
        target = target.replace(f"${position}", groups.get(position) or "")
    return target.partition("?")[0] or "/"
