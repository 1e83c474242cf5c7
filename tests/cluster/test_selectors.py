"""Selectors of all three kinds."""

import pytest

from kubeviz.cluster import selectors

LABELS = {"app": "order", "tier": "web"}
STRINGS = [
    ("app=order", True), ("app==order,tier!=db", True), ("app!=order", False), ("app in (order,pay)", True),
    ("app notin (order)", False), ("missing notin (x)", True), ("missing!=x", True), ("tier", True), ("!tier", False),
    ("!missing", True), ("", True), ("example.com/a=b", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "matched"), STRINGS, ids=[row[0] or "nothing" for row in STRINGS])
def test_a_string_selects(text, matched):
    assert selectors.all_match(selectors.parse(text), LABELS) is matched


EXPRESSIONS = [
    ("In", ["order"], True), ("In", ["pay"], False), ("NotIn", ["pay"], True), ("Exists", [], True), ("DoesNotExist", [], False),
]  # fmt: skip


@pytest.mark.parametrize(("operator", "values", "matched"), EXPRESSIONS, ids=[f"{r[0]} {r[1]}" for r in EXPRESSIONS])
def test_an_expression_selects(operator, values, matched):
    selector = {
        "matchLabels": {"tier": "web"},
        "matchExpressions": [{"key": "app", "operator": operator, "values": values}],
    }
    assert selectors.label_selector_matches(selector, LABELS) is matched


def test_an_empty_selector_selects_everything():
    assert selectors.matches({}, LABELS)
    assert selectors.label_selector_matches({}, LABELS)


def test_what_is_no_selector_is_refused():
    with pytest.raises(ValueError, match="unable to parse requirement"):
        selectors.parse("app in order")
