"""Speed as a ratio to its floor, both taken in the same run: `make bench`."""

import timeit
from collections.abc import Callable


def microseconds(call: Callable[[], object], number: int = 2000, repeat: int = 7) -> float:
    """The best of several runs: what the work costs when nobody else wants the processor."""
    return min(timeit.repeat(call, number=number, repeat=repeat)) / number * 1e6


def report(
    name: str, cost: float, floor: float, most: float | None, unit: str = "µs", least: float | None = None
) -> bool:
    """Print one row; False when the ratio is over (or, with *least*, under) its target."""
    ratio = cost / floor
    good = (most is None or ratio <= most) and (least is None or ratio >= least)
    wanted = f"≤ {most:g}" if most is not None else f"≥ {least:g}" if least is not None else ""
    target = f"  target {wanted}  {'ok' if good else 'MISSED'}" if wanted else ""
    print(f"{name:<58}{cost:>10.2f} {unit} ÷ {floor:>8.2f} = {ratio:>8.2f}{target}")
    return good
