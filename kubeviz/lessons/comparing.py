"""Two journeys side by side: where they go the same way, and where they part."""

from difflib import SequenceMatcher
from typing import Any, NamedTuple

Result = dict[str, Any]
Hop = dict[str, Any]


class Row(NamedTuple):
    """The places of two hops that stand beside each other; None where one journey has none."""

    left: int | None
    right: int | None
    same: bool


def compare(left: list[Hop], right: list[Hop]) -> list[Row]:
    """Hops are the same if they lead to the same place for the same reasons, whatever the addresses say."""
    rows: list[Row] = []
    matcher = SequenceMatcher(None, [_key(hop) for hop in left], [_key(hop) for hop in right], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        for i in range(max(b - a, d - c)):
            one, other = (a + i if a + i < b else None), (c + i if c + i < d else None)
            rows.append(Row(one, other, kind == "equal"))
    return rows


def _key(hop: Hop) -> tuple[Any, ...]:
    return (hop["object"], hop["edge"], tuple(step["reason"] for step in hop["steps"]))
