"""The paths of one host, compiled so that a match costs a few look-ups however many there are."""

from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

import re2

from ...cluster.objects import Ingress

Body = dict[str, Any]
MOST_GROUPS = 20
"""nginx itself knows $1 to $9 only."""


class Rule(NamedTuple):
    """One path of one Ingress. `field` is where it stands."""

    ingress: Ingress
    field: str
    host: str
    path: str
    type: str
    backend: Body


class Matcher(Protocol):
    def match(self, path: str) -> Rule | None: ...


class Paths:
    """As the specification says: the longest path, and Exact before Prefix where they are equal."""

    __slots__ = ("exact", "lengths", "plain", "prefix")

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self.exact: dict[str, Rule] = {}
        self.prefix: dict[str, Rule] = {}
        self.plain: dict[str, Rule] = {}
        for rule in rules:
            self._add(rule)
        self.lengths = sorted({len(p) for p in self.plain}, reverse=True)

    def _add(self, rule: Rule) -> None:
        """The first of two rules for one path is the older one, and stays."""
        if rule.type == "Exact":
            self.exact.setdefault(rule.path, rule)
        elif rule.type == "Prefix":
            self.prefix.setdefault(trimmed(rule.path), rule)
        else:
            self.plain.setdefault(rule.path, rule)

    def match(self, path: str) -> Rule | None:
        """Exact is byte-exact; otherwise the longest of the element-wise and the plain prefixes."""
        found = self.exact.get(path)
        if found is not None:
            return found
        element = self._element_wise(path)
        plain = self._plain(path) if self.lengths else None
        if element is None or plain is None:
            return element or plain
        return plain if len(plain.path) > len(trimmed(element.path)) else element

    def _plain(self, path: str) -> Rule | None:
        return next((self.plain[path[:n]] for n in self.lengths if path[:n] in self.plain), None)

    def _element_wise(self, path: str) -> Rule | None:
        at = trimmed(path)
        prefix = self.prefix
        while True:
            found = prefix.get(at)
            if found is not None or at == "/":
                return found
            at = at.rpartition("/")[0] or "/"


def trimmed(path: str) -> str:
    """Prefix ignores one trailing slash."""
    return path[:-1] if len(path) > 1 and path.endswith("/") else path


class RegexPaths:
    """As ingress-nginx does once use-regex or a rewrite is on any Ingress of the host: every path, of whatever type,
    is a regular expression from the beginning of the path on, its case ignored; the longest is tried first.

    RE2 takes linear time whatever the pattern; what it does not know (look-around, back-references) never matches.
    """

    __slots__ = ("locations",)

    def __init__(self, rules: Iterable[Rule]) -> None:
        found: dict[str, Rule] = {}
        for rule in rules:
            for location in _locations(rule):
                found.setdefault(location, rule)
        ordered = sorted(sorted(found, reverse=True), key=len, reverse=True)
        self.locations = [(pattern, found[at]) for at in ordered if (pattern := compiled(f"^{at}")) is not None]

    def match(self, path: str) -> Rule | None:
        return next((rule for pattern, rule in self.locations if pattern.search(path)), None)


def _locations(rule: Rule) -> tuple[str, ...]:
    """A Prefix path stands with and without its trailing slash."""
    if rule.type != "Prefix" or rule.path == "/":
        return (rule.path,)
    return (trimmed(rule.path) + "/", rule.path)


def compiled(pattern: str, groups: bool = False) -> Any:
    """The pattern, its case ignored, or None where RE2 cannot take it. Groups cost time; few ask for them."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = 1 << 20
    options.never_capture = not groups
    try:
        found = re2.compile(pattern, options)
    except re2.error:
        return None
    return found if found.groups <= MOST_GROUPS else None
