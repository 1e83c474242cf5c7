"""`command`: something was done the way the lesson wants it learned, by terminal or by button."""

from typing import Annotated

import re2
from msgspec import Meta

from ..world import World
from .check import Check, Line, Verdict


class CommandCheck(Check, tag="command", kw_only=True):
    """`pattern` is a regular expression (RE2) found in a command line of the lab's history."""

    pattern: Annotated[str, Meta(min_length=1, max_length=400)]
    example: Line = ""

    def problems(self) -> list[str]:
        try:
            re2.compile(self.pattern)
        except re2.error as error:
            return [f"pattern: {error}"]
        return []

    def verdict(self, world: World) -> Verdict:
        wanted = re2.compile(self.pattern)
        used = next((line for line in world.commands if wanted.search(line)), None)
        if used is None:
            return Verdict(0, "CommandNotUsed", {"example": self.example or self.pattern})
        return Verdict(1, "CommandUsed", {"command": used})
