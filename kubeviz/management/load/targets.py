"""What the line is held to: ratios to a floor of the same run, for only those mean the same on every machine."""

from collections.abc import Iterator
from typing import NamedTuple

from .line import LARGE, SIZES, Line

COUNT = 500
LAST, PROCESSOR, STALLED = 3.0, 4.0, 1.5


class Row(NamedTuple):
    name: str
    cost: float
    floor: float
    most: float
    unit: str

    @property
    def ratio(self) -> float:
        return self.cost / self.floor

    @property
    def good(self) -> bool:
        return self.ratio <= self.most


def judged(line: Line, count: int) -> Iterator[Row]:
    for size in SIZES:
        ours, floor, name = line.ours[size], line.floor[size], f"{size // 1000} KB to {count} pages"
        yield Row(f"{name}: the last has it", ours.last * 1e3, floor.last * 1e3, LAST, "ms")
        yield Row(f"{name}: processor a delivery", ours.cpu * 1e6, floor.cpu * 1e6, PROCESSOR, "µs")
    name = f"one page stalls, {LARGE // 1000} KB: 99 of 100 others"
    yield Row(name, line.stalled.p99 * 1e3, line.calm.p99 * 1e3, STALLED, "ms")
