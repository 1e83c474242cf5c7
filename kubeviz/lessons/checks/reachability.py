"""`reachability`: a table of who must reach what, and who must not. Each cell is one request."""

from typing import Annotated

import msgspec
from msgspec import Meta

from ...cluster.state import Cluster
from ...engine import InvalidRequest, Request, trace
from ..places import Unknown, address, sources
from ..world import CANNOT, World
from .check import CheckAfter, Counterexample, Line, Verdict
from .outcomes import is_outcome, problem, url_problem
from .request import about, shown

Lines = Annotated[list[Line], Meta(min_length=1, max_length=100)]
MOST_CELLS = 5_000


class Cell(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, rename={"source": "from"}):
    """Cells whose outcome is another: a row, a column, or where they cross."""

    source: Line = ""
    to: Line = ""
    expect: Line


class ReachabilityCheck(
    CheckAfter, tag="reachability", kw_only=True, rename={"sources": "from", "exceptions": "except"}
):
    """From each of `from` to each of `to`, `expect`; `except` names the cells that end otherwise, later ones win."""

    sources: Lines
    to: Lines
    expect: Line = "delivered"
    exceptions: Annotated[list[Cell], Meta(max_length=200)] = []

    def problems(self) -> list[str]:
        wrong = problem("expect", self.expect)
        for i, url in enumerate(self.to):
            wrong += url_problem(f"to[{i}]", url)
        for i, cell in enumerate(self.exceptions):
            wrong += problem(f"except[{i}].expect", cell.expect)
            if cell.source and cell.source not in self.sources:
                wrong.append(f"except[{i}].from: {cell.source!r} is not among the rows")
            if cell.to and cell.to not in self.to:
                wrong.append(f"except[{i}].to: {cell.to!r} is not among the columns")
        return wrong

    def expected(self, row: str, column: str) -> str:
        found = [c.expect for c in self.exceptions if c.source in ("", row) and c.to in ("", column)]
        return found[-1] if found else self.expect

    def verdict(self, world: World) -> Verdict:
        try:
            cluster = self.cluster(world)
            return self._judged(*self._cells(cluster))
        except Unknown as error:
            return Verdict(0, "AddressUnknown", {"what": str(error), "url": ", ".join(self.to)})
        except (InvalidRequest, *CANNOT) as error:
            return Verdict(0, "CannotBeTried", {"why": str(error)})

    def _cells(self, cluster: Cluster) -> tuple[int, list[tuple[Counterexample, str]], str]:
        """How many cells there are, those that end otherwise with what was wanted, and a row that nobody stands in."""
        wrong, count, empty = [], 0, ""
        urls = [(column, address(cluster, column)) for column in self.to]
        for row in self.sources:
            places = sources(cluster, row)
            empty = empty or ("" if places else row)
            for column, url in urls:
                wanted = self.expected(row, column)
                for place in places:
                    count += 1
                    if count > MOST_CELLS:
                        raise InvalidRequest("from", f"the table has more than {MOST_CELLS:,} cells")
                    request = Request(url, place)
                    found = trace(cluster, request)
                    if not is_outcome(found, wanted):
                        wrong.append((Counterexample(request, found), wanted))
        return count, wrong, empty

    def _judged(self, count: int, wrong: list[tuple[Counterexample, str]], empty: str) -> Verdict:
        if empty:
            return Verdict(0, "SourceMissing", {"from": empty})
        if not wrong:
            return Verdict(1, "TableAsWanted", {"cells": count})
        first, wanted = wrong[0]
        said = {**about(first), "wanted": wanted, "cells": count, "wrong": len(wrong)}
        return Verdict(1 - len(wrong) / count, "CellsOtherwise", said, shown([c for c, _ in wrong]))
