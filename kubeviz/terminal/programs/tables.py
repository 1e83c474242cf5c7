"""Columns as gcloud and others print them."""


def columns(rows: list[list[str]], gap: int = 2) -> str:
    """Each column as wide as its widest cell; nothing after the last word of a line."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ("".join(cell.ljust(width + gap) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"{line.rstrip()}\n" for line in lines)
