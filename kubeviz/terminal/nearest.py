"""The known word that a mistyped one most likely means."""

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    found = difflib.get_close_matches(word[:100], list(known)[:2000], n=1, cutoff=0.7)
    return found[0] if found else None
