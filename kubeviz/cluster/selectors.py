"""Label selectors: equality maps (Services), matchLabels with matchExpressions, and kubectl's -l strings."""

import re
from typing import Any

from .selector_language import Requirement, parse

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
        case "Gt" | "Lt":
            return _compared(labels.get(key, ""), operator, values[0])
    raise ValueError(f"{operator!r} is not a valid label selector operator")


def _compared(value: str, operator: str, bound: str) -> bool:
    """A label that is no number is neither greater nor less."""
    if not re.fullmatch(r"[+-]?\d{1,18}", value):
        return False
    return int(value) > int(bound) if operator == "Gt" else int(value) < int(bound)


def all_match(requirements: list[Requirement], labels: Labels) -> bool:
    return all(requirement_matches(key, operator, values, labels) for key, operator, values in requirements)


__all__ = ["Labels", "Requirement", "all_match", "label_selector_matches", "matches", "parse", "requirement_matches"]
