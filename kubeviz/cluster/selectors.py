"""Label selectors: equality maps (Services), matchLabels with matchExpressions, and kubectl's -l strings."""

import re
from typing import Any

Labels = dict[str, str]


def matches(selector: Labels, labels: Labels) -> bool:
    """Whether every pair of an equality selector is among the labels; an empty one matches everything."""
    return selector.items() <= labels.items()


def label_selector_matches(selector: dict[str, Any], labels: Labels) -> bool:
    """A metav1.LabelSelector: all of matchLabels and all of matchExpressions; empty matches everything."""
    if not matches(selector.get("matchLabels") or {}, labels):
        return False
    return all(
        requirement_matches(r["key"], r["operator"], r.get("values") or [], labels)
        for r in selector.get("matchExpressions") or ()
    )


def requirement_matches(key: str, operator: str, values: list[str], labels: Labels) -> bool:
    """NotIn also matches where the key is missing (apimachinery/pkg/labels)."""
    match operator:
        case "In":
            return labels.get(key) in values if key in labels else False
        case "NotIn":
            return labels.get(key) not in values if key in labels else True
        case "Exists":
            return key in labels
        case "DoesNotExist":
            return key not in labels
    raise ValueError(f"{operator!r} is not a valid label selector operator")


_PART = re.compile(
    r"\s*(?:(?P<set>[\w./-]+)\s+(?P<op>in|notin)\s*\((?P<values>[^)]*)\)"
    r"|(?P<key>[\w./-]+)\s*(?P<eq>==|!=|=)\s*(?P<value>[\w.-]*)|(?P<not>!)?\s*(?P<exists>[\w./-]+))\s*(?:,|$)"
)

Requirement = tuple[str, str, list[str]]


def parse(text: str) -> list[Requirement]:
    """`app=a,tier!=b,env in (x,y),!old` as (key, operator, values). Raises ValueError with the place."""
    found: list[Requirement] = []
    at = 0
    while at < len(text.rstrip()):
        part = _PART.match(text, at)
        if part is None:
            raise ValueError(f"unable to parse requirement: found '{text[at:]}', expected: identifier")
        at = part.end()
        found.append(_requirement(part))
    return found


def _requirement(part: re.Match[str]) -> Requirement:
    if part["set"]:
        values = [v.strip() for v in part["values"].split(",")]
        return part["set"], "In" if part["op"] == "in" else "NotIn", values
    if part["key"]:
        return part["key"], "NotIn" if part["eq"] == "!=" else "In", [part["value"]]
    return part["exists"], "DoesNotExist" if part["not"] else "Exists", []


def all_match(requirements: list[Requirement], labels: Labels) -> bool:
    return all(requirement_matches(key, operator, values, labels) for key, operator, values in requirements)
