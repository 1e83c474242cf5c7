"""What became of a class: by item and by learner."""

from datetime import timedelta
from statistics import median
from typing import Any, NamedTuple

from django.db.models import F, Q

from ..models import Cell, Classroom, Item, Seat


class ItemRow(NamedTuple):
    item: Item
    started: int
    solved: int
    hints: int
    tries: int
    time: timedelta | None
    """The median of those who solved it."""


class Report(NamedTuple):
    items: list[ItemRow]
    seats: list[tuple[Seat, list[Cell | None]]]
    """Everybody who ever sat in the class, with a cell or nothing for each item."""


def report(classroom: Classroom) -> Report:
    planned = Q(removed=None) | Q(cells__isnull=False)
    found = classroom.items.select_related("scenario", "exercise").filter(planned).distinct()
    plan = list(found.order_by(F("removed").asc(nulls_first=True), "order", "pk"))
    cells = list(Cell.objects.filter(classroom=classroom))
    by_place: dict[tuple[int, int], Cell] = {(cell.seat_id, cell.item_id): cell for cell in cells}
    seats = classroom.seats.order_by("number")
    return Report(
        [_item_row(item, [cell for cell in cells if cell.item_id == item.pk]) for item in plan],
        [(seat, [by_place.get((seat.pk, item.pk)) for item in plan]) for seat in seats],
    )


def _item_row(item: Item, cells: list[Cell]) -> ItemRow:
    solved = [cell for cell in cells if cell.state == Cell.SOLVED]
    times = [taken for cell in solved if (taken := time_taken(cell)) is not None]
    return ItemRow(
        item,
        started=len(cells),
        solved=len(solved),
        hints=sum(cell.hints for cell in cells),
        tries=sum(cell.tries for cell in cells),
        time=timedelta(seconds=round(median(t.total_seconds() for t in times))) if times else None,
    )


def time_taken(cell: Cell) -> timedelta | None:
    return cell.solved - cell.started if cell.solved else None


def rows(found: Report, language: str) -> list[list[Any]]:
    """A line a learner and item, as a table of plain values."""
    return [
        [
            seat.name,
            seat.number,
            item.item.title(language),
            cell.state if cell else "",
            " ".join(map(str, cell.failing)) if cell else "",
            cell.score if cell else 0,
            cell.hints if cell else 0,
            cell.tries if cell else 0,
            cell.started.isoformat(timespec="seconds") if cell else "",
            cell.solved.isoformat(timespec="seconds") if cell and cell.solved else "",
        ]
        for seat, cells in found.seats
        for item, cell in zip(found.items, cells, strict=True)
    ]


COLUMNS = ("name", "number", "item", "state", "failing", "score", "hints", "tries", "started", "solved")
