"""Indexes of a Job written as runs, such as `0,2-4,7` (validateIndexesFormat in pkg/apis/batch/validation)."""

import re

from .. import names


def total(text: str, completions: int) -> int | str:
    """How many indexes the text names, or what is wrong with it."""
    count, last = 0, -1
    for run in text.split(",") if text else ():
        found = _run(run, completions)
        if isinstance(found, str):
            return found
        first, end = found
        if count and last >= first:
            return f"non-increasing order, previous: {last}, current: {first}"
        count, last = count + end - first + 1, end
    return count


def _run(text: str, completions: int) -> tuple[int, int] | str:
    parts = text.split("-")
    if len(parts) > 2:
        many = "violates the requirement that an index interval can have at most two parts separated by '-'"
        return f"the fragment {names.quoted(text)} {many}"
    numbers: list[int] = []
    for part in parts:
        if not re.fullmatch(r"\+?[0-9]{1,18}", part):
            return f"cannot convert string to integer for index: {names.quoted(part)}"
        if int(part) >= completions:
            return f"too large index: {names.quoted(part)}"
        numbers.append(int(part))
    if len(numbers) == 2 and numbers[0] >= numbers[1]:
        return f"non-increasing order, previous: {numbers[0]}, current: {numbers[1]}"
    return numbers[0], numbers[-1]


def numbers(text: str) -> list[int]:
    """The indexes that a valid text names."""
    found: list[int] = []
    for run in filter(None, text.split(",")):
        first, _, last = run.partition("-")
        found.extend(range(int(first), int(last or first) + 1))
    return found


def written(indexes: list[int]) -> str:
    """0-2,5: runs of ascending numbers as the API writes them."""
    runs: list[list[int]] = []
    for number in indexes:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
