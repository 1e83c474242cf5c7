"""Strangers' text made harmless for a terminal: names and bodies may hold control sequences."""

import re

CONTROLS = re.compile(
    "\x1b\\[[0-?]*[ -/]*[@-~]?|"  # control sequences as a whole
    "\x1b[\\]PX^_].*?(?:\x07|\x1b\\\\|$)|"  # strings that begin with escape: titles, links
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]",
    re.S,
)
"""C0 and C1 but tab and newline; what turns the direction of writing; halves of characters."""


def inert(text: str) -> str:
    # Most text is printable but for its line ends, and told so fast.
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return CONTROLS.sub("", text)
