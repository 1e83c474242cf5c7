"""The words of the pages themselves, Korean and English side by side; sentences about packets are in `reasons`.

One module a part of the product; a key is written once.
"""

from . import (
    accounts,
    authoring,
    classroom,
    fidelity,
    glossary,
    inspector,
    journey,
    lessons,
    own,
    page,
    past,
    schema,
    stage,
    terminal,
    upkeep,
)
from .words import Words

PARTS = (
    accounts,
    authoring,
    classroom,
    fidelity,
    glossary,
    inspector,
    journey,
    lessons,
    own,
    page,
    past,
    schema,
    stage,
    terminal,
    upkeep,
)
UI: dict[str, Words] = {key: words for part in PARTS for key, words in part.WORDS.items()}


def ui(key: str, language: str) -> str:
    """The words for *key*; a key that nobody wrote is an error, so that no page shows one."""
    return UI[key].ko if language == "ko" else UI[key].en


__all__ = ["PARTS", "UI", "Words", "ui"]
