"""A fault: what breaks something, what repairs it, and what neither another fault nor its repair may touch."""

from collections.abc import Sequence
from typing import NamedTuple

from ..steps import AnyStep


class Fault(NamedTuple):
    kind: str
    subject: str
    """The object that is broken, by reference; one fault a subject."""
    touches: frozenset[str]
    """References of all objects that this fault and its repair change."""
    breaks: Sequence[AnyStep]
    repairs: Sequence[AnyStep]


def mistyped(word: str) -> list[str]:
    """How people mistype a name: two letters swapped, one left out, one twice; each still a valid label and name."""
    found = []
    for i in range(1, len(word) - 1):
        found += [word[:i] + word[i + 1] + word[i] + word[i + 2 :], word[:i] + word[i + 1 :]]
    found.append(word + word[-1:])
    return [w for w in dict.fromkeys(found) if w != word and w[:1].isalnum() and w[-1:].isalnum() and _plain(w)]


def _plain(word: str) -> bool:
    return ".." not in word and ".-" not in word and "-." not in word
