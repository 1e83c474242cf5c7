"""How much one command may do: so that no line keeps the server busy or fills a screen without end."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

MOST_LINE = 64 * 1024
MOST_TEXT = 1024 * 1024
"""Characters of a command with its heredocs, of a variable, of a file."""
MOST_OUTPUT = 8 * 1024 * 1024
MOST_SECONDS = 10.0
"""Of processor: a command is not stopped because others keep the machine busy."""
MOST_TURNS = 1000
"""Turns of loops."""
MOST_DEPTH = 20
"""Shells within shells: `$(…)`, `( … )`, `sh -c`."""
MOST_REQUESTS = 200
"""Requests that one line may send."""


class Exhausted(Exception):
    """The command has done all it may; `code` says of what there was too much."""

    def __init__(self, code: str, most: int) -> None:
        super().__init__(code)
        self.code, self.most = code, most


class Budget:
    """What is left for one command line."""

    def __init__(self) -> None:
        self._deadline = time.thread_time() + MOST_SECONDS
        self._turns = 0
        self._requests = 0
        self._written = 0
        self._depth = 0

    def check(self) -> None:
        if time.thread_time() > self._deadline:
            raise Exhausted("TooLong", int(MOST_SECONDS))

    def turn(self) -> None:
        """Another turn of a loop."""
        self._turns += 1
        if self._turns > MOST_TURNS:
            raise Exhausted("TooManyTurns", MOST_TURNS)
        self.check()

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Inside one more shell."""
        if self._depth >= MOST_DEPTH:
            raise Exhausted("TooDeep", MOST_DEPTH)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def request(self) -> None:
        self._requests += 1
        if self._requests > MOST_REQUESTS:
            raise Exhausted("TooManyRequests", MOST_REQUESTS)
        self.check()

    def wrote(self, characters: int) -> None:
        self._written += characters
        if self._written > MOST_OUTPUT:
            raise Exhausted("TooMuchOutput", MOST_OUTPUT)

    def hold(self, text: str) -> str:
        """*text*, unless it is longer than a variable or a file may be."""
        if len(text) > MOST_TEXT:
            raise Exhausted("TooMuchText", MOST_TEXT)
        return text
