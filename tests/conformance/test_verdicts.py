"""What the API server takes and what it refuses, case by case: the cases of its own validation tests, in our words.

A row of verdicts.yaml: what is laid over the base object of its part (see rules.yaml), then the complaints in their
order; none means taken. A complaint is its type, its field, and after `~` a part of its message where that matters.
A row of `updates` says first what stands in the cluster, then what is laid over that.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kubeviz.cluster.apiserver import Transaction
from kubeviz.cluster.errors import Rejected
from kubeviz.controllers.bootstrap import READY, new_cluster

from .test_rules import composed, laid_over

TABLE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("verdicts.yaml").read_text())
LONG = {"LABEL64": "a" * 64, "LABEL63": "a" * 63, "NAME254": "a" * 254, "PREFIX64": "a" * 64 + ".com/x"}
CLUSTER = new_cluster()


def spelled(value: Any) -> Any:
    """The row with its long words written out."""
    if isinstance(value, dict):
        return {spelled(k): spelled(v) for k, v in value.items()}
    if isinstance(value, list):
        return [spelled(v) for v in value]
    return LONG.get(value, value) if isinstance(value, str) else value


def rows(section: str, said_from: int) -> list[Any]:
    return [
        pytest.param(part, *map(spelled, row[:said_from]), row[said_from:], id=f"{part}: {row[:said_from]}"[:110])
        for part, found in TABLE[section].items()
        for row in found
    ]


def complaints(ask) -> list[Any]:
    try:
        ask()
    except Rejected as refusal:
        return refusal.causes or [str(refusal)]
    return []


def assert_said(found: list[Any], said: list[str]) -> None:
    heads = [line.partition(" ~ ")[0] for line in said]
    assert [f"{c.reason.removeprefix('FieldValue')} {c.field}" if not isinstance(c, str) else c for c in found] == heads
    for complaint, line in zip(found, said, strict=True):
        assert line.partition(" ~ ")[2] in str(complaint)


@pytest.mark.parametrize(("part", "more", "said"), rows("creations", 1))
def test_a_new_object_is_taken_or_refused(part, more, said):
    assert_said(complaints(lambda: Transaction(CLUSTER, READY).create(composed(part, more))), said)


@pytest.mark.parametrize(("part", "before", "more", "said"), rows("updates", 2))
def test_a_change_is_taken_or_refused(part, before, more, said):
    tx = Transaction(CLUSTER, READY)
    stored = tx.create(composed(part, before))
    assert_said(complaints(lambda: tx.replace(laid_over(stored.body, more))), said)
