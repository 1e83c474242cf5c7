"""A write that is refused, field by field."""

from typing import Any, NamedTuple


class Problem(NamedTuple):
    """What is wrong, at which field (path), on which line of the text that was sent (0: no line)."""

    message: str
    field: str = ""
    line: int = 0


class Refused(Exception):
    """Nothing was stored. `code` is the HTTP status that says so best."""

    def __init__(self, *problems: Problem | str, code: int = 422) -> None:
        self.problems = [p if isinstance(p, Problem) else Problem(p) for p in problems]
        self.code = code
        super().__init__("; ".join(p.message for p in self.problems))

    def as_json(self) -> dict[str, Any]:
        return {"errors": [p._asdict() for p in self.problems]}
