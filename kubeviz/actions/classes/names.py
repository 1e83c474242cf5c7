"""Names as they are typed: any script, no markup, nothing invisible, not too long."""

import unicodedata

from ..errors import Problem, Refused

MOST_NAME = 40
MARKUP = set('<>&"`\\{}')
INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
JOINER = "\u200d"
"""Holds an emoji together; between letters it would hide a difference, but a name is no password."""


def clean_name(text: str, *, most: int = MOST_NAME) -> str:
    """The name, with its spaces tidied. Raises Refused with what is wrong with it."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise Refused(Problem("name_empty", "name"))
    if len(name) > most:
        raise Refused(Problem("name_long", "name"))
    if MARKUP & set(name) or any(unicodedata.category(c) in INVISIBLE and c != JOINER for c in name):
        raise Refused(Problem("name_markup", "name"))
    if not any(c.isalnum() or unicodedata.category(c) == "So" for c in name):
        raise Refused(Problem("name_empty", "name"))
    return name
