"""What a page makes of its line: a picture, kept by the frames (as `static/js/models/graph.js` and `socket.js` do)."""

from typing import Any

from ...graph import Elements, apply


class Picture:
    def __init__(self) -> None:
        self.rv: int | None = None
        self.elements: Elements = {}
        self._parts: list[Any] = []

    def load(self, rv: int, elements: Elements) -> None:
        self.rv, self.elements, self._parts = rv, elements, []

    def connect(self) -> None:
        """A new line begins: the parts of what the old one was about to say are void."""
        self._parts = []

    def hear(self, frame: dict[str, Any]) -> bool:
        """Whether the page is where it should be; otherwise it has to fetch a fresh picture."""
        if frame["type"] == "part":
            self._parts += frame["ops"]
        elif frame["type"] == "changes":
            return self._change(frame)
        return frame["type"] != "stale"

    def _change(self, frame: dict[str, Any]) -> bool:
        ops, self._parts = [*self._parts, *frame["ops"]], []
        if frame["prev"] != self.rv:
            return self.rv is not None and frame["rv"] <= self.rv
        self.elements, self.rv = apply(self.elements, ops), frame["rv"]
        return True
