"""What a load took, in rows that a person reads and a test can."""

from collections import Counter
from typing import Any

from .line import LARGE, Line, Measured, spread
from .targets import judged

WIDTH = 34


class Telling:
    def __init__(self, out: Any) -> None:
        self.out = out

    def row(self, name: str, text: str) -> None:
        self.out.write(f"{name:<{WIDTH}}{text}")
        self.out.flush()

    def heading(self, text: str) -> None:
        self.out.write(f"\n{text}")

    def line(self, line: Line, count: int) -> None:
        self.heading("The line alone, beside raw sockets")
        for row in judged(line, count):
            verdict = "ok" if row.good else "MISSED"
            self.row(row.name, "")
            self.row(
                "", f"{row.cost:9.2f} {row.unit} ÷ {row.floor:8.2f} = {row.ratio:5.2f}   ≤ {row.most:g}  {verdict}"
            )

    def stage(self, name: str, times: list[float], whole: float) -> None:
        p50, p95, p99, _ = spread(times) if times else (whole,) * 4
        self.row(name, f"p50 {_ms(p50)}  p95 {_ms(p95)}  p99 {_ms(p99)}  last {_ms(whole)}")

    def fan_out(self, found: dict[str, Measured], line: Line) -> None:
        """The first row of each includes the write, its controllers and the difference of the pictures."""
        self.heading("A change in the class: from the instructor's request to every page")
        calm = found["50 KB"]
        for (name, ours), floor in zip(found.items(), [*line.floor.values(), line.floor[LARGE]], strict=True):
            self.row(name, f"p50 {_ms(ours.p50)}  p95 {_ms(ours.p95)}  p99 {_ms(ours.p99)}  last {_ms(ours.last)}")
            self.row("  first page to last ÷ raw", f"{ours.apart * 1e3:.1f} ms = {ours.apart / floor.last:.2f}")
            self.row("  processor a delivery ÷ raw", f"{ours.cpu * 1e6:.0f} µs = {ours.cpu / floor.cpu:.1f}")
        stalled = found["50 KB, one page stalls"]
        self.row("  p99 of the others ÷ calm", f"{stalled.p99 / calm.p99:.2f}")

    def graphs(self, wrong: int, count: int, again: int) -> None:
        self.row("wrong graphs", f"{wrong} of {count}   (fetched again: {again})")

    def costs(self, errors: Counter[str], count: int, cpu: float, before: int, after: int) -> None:
        self.heading("What it took")
        for error, times in errors.most_common(10):
            self.out.write(f"error ×{times}: {error}")
        self.row("errors", str(errors.total()))
        self.row("processor of the server", f"{cpu:.1f} s, {1000 * cpu / count:.1f} ms a learner")
        self.row("memory of the server", f"{after >> 20} MB (before: {before >> 20} MB)")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:6.0f} ms"
