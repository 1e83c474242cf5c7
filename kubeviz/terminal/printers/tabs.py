"""Columns as Go's text/tabwriter sets them: a cell is as wide as the widest of its block, plus padding."""

from collections.abc import Iterable, Sequence

TABLE_WIDTH, TABLE_PADDING = 6, 3
"""Of the tables of `get`; `describe` uses 0 and 2."""


def aligned(rows: Iterable[Sequence[str]], width: int = TABLE_WIDTH, padding: int = TABLE_PADDING) -> str:
    """Rows with one cell for every column; the last is not padded."""
    table = [list(row) for row in rows]
    if not table:
        return ""
    widths = [max(width, max(map(len, column)) + padding) for column in zip(*table, strict=True)]
    line = "".join(f"{{:<{wide}}}" for wide in widths[:-1]) + "{}\n"
    return "".join([line.format(*row) for row in table])


def flow(text: str, padding: int = 2, width: int = 0) -> str:
    """Text with tabs, in which lines have cells of their own: a column is a run of adjacent lines that have it.

    Only cells ended by a tab make a column (text/tabwriter).
    """
    lines = [line.split("\t") for line in text.split("\n")]
    widths: list[list[int]] = [[0] * (len(cells) - 1) for cells in lines]
    _measure(lines, widths, 0, len(lines), 0, padding, width)
    return "\n".join(
        "".join([*(c.ljust(w) for c, w in zip(cells[:-1], wide, strict=True)), cells[-1]])
        for cells, wide in zip(lines, widths, strict=True)
    )


def _measure(
    lines: list[list[str]], widths: list[list[int]], start: int, end: int, column: int, padding: int, width: int
) -> None:
    at = start
    while at < end:
        if len(lines[at]) - 1 <= column:
            at += 1
            continue
        block = at
        while block < end and len(lines[block]) - 1 > column:
            block += 1
        widest = max(len(lines[i][column]) for i in range(at, block))
        for i in range(at, block):
            widths[i][column] = max(width, widest + padding)
        _measure(lines, widths, at, block, column + 1, padding, width)
        at = block
