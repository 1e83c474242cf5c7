"""Selectors of all three kinds."""

import pytest

from kubeviz.cluster import selectors

LABELS = {"app": "order", "tier": "web", "weight": "5"}
STRINGS = [
    ("app=order", True), ("app==order,tier!=db", True), ("app!=order", False), ("app in (order,pay)", True),
    ("app notin (order)", False), ("missing notin (x)", True), ("missing!=x", True), ("tier", True), ("!tier", False),
    ("!missing", True), ("", True), ("example.com/a=b", False), ("app in(order)", True), ("app in ()", False), ("weight>3", True), ("weight<3", False), ("app>3", False),
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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("app in two", "unable to parse requirement: found 'two' expected: '('", id="no brackets"),
        pytest.param("a in (b", "unable to parse requirement: found '', expected: ',' or ')'", id="an open bracket"),
        pytest.param("a in (b c)", "unable to parse requirement: found 'c', expected: ',' or ')'", id="no comma between values"),
        pytest.param("=", "found '=', expected: !, identifier, or 'end of string'", id="no key"),
        pytest.param("a=b,,c", "found ',', expected: identifier after ','", id="two commas"),
        pytest.param("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt", id="no operator"),
        pytest.param("!a=b", "found '=', expected: ',' or 'end of string'", id="not, and a value"),
        pytest.param("!", "unable to parse requirement: found '', expected: identifier", id="not, and no key"),
        pytest.param("a>x", "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer", id="greater than no number"),
    ],
)  # fmt: skip
def test_what_is_no_selector_is_refused_in_the_words_of_the_real_parser(text, said):
    """Each was asked of kubectl 1.37: `create pdb x --selector=… --dry-run=client`."""
    with pytest.raises(ValueError) as refusal:
        selectors.parse(text)
    assert str(refusal.value) == said
