"""Schedules of CronJobs, as the parser of the API server reads them (github.com/robfig/cron, ParseStandard)."""

import re

BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 6))
"""Minute, hour, day of the month, month, day of the week."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MONTHS, DAYS = {name: i for i, name in enumerate(_MONTHS, 1)}, {name: i for i, name in enumerate(_DAYS)}
WORDS: tuple[dict[str, int], ...] = ({}, {}, {}, MONTHS, DAYS)
DESCRIPTORS = ("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")


class ScheduleError(ValueError):
    """What the parser says about it."""


def problem(schedule: str) -> str:
    """Nothing when the schedule can be read."""
    try:
        _parse(schedule)
    except ScheduleError as error:
        return str(error)
    return ""


def _parse(schedule: str) -> None:
    if schedule.startswith("@"):
        if schedule not in DESCRIPTORS and not re.fullmatch(r"@every (\d+(\.\d+)?(h|m|s|ms|us|ns))+", schedule):
            raise ScheduleError(f"unrecognized descriptor: {schedule}")
        return
    fields = schedule.split()
    if len(fields) != len(BOUNDS):
        raise ScheduleError(f"expected exactly 5 fields, found {len(fields)}: [{' '.join(fields)}]")
    for text, bounds, words in zip(fields, BOUNDS, WORDS, strict=True):
        for part in filter(None, text.split(",")):
            _range(part, bounds, words)


def _range(text: str, bounds: tuple[int, int], words: dict[str, int]) -> None:
    """`*`, a number, `1-5`, each perhaps with a step behind a slash."""
    span, *steps = text.split("/")
    low, *high = span.split("-")
    if low in ("*", "?"):
        start, end = bounds
    else:
        start = _number(low, words)
        end = start if not high else _number(high[0], words)
        if len(high) > 1:
            raise ScheduleError(f"too many hyphens: {text}")
        end = bounds[1] if steps and not high else end
    if len(steps) > 1:
        raise ScheduleError(f"too many slashes: {text}")
    step = _number(steps[0], {}) if steps else 1
    _within(text, start, end, step, bounds)


def _within(text: str, start: int, end: int, step: int, bounds: tuple[int, int]) -> None:
    if start < bounds[0]:
        raise ScheduleError(f"beginning of range ({start}) below minimum ({bounds[0]}): {text}")
    if end > bounds[1]:
        raise ScheduleError(f"end of range ({end}) above maximum ({bounds[1]}): {text}")
    if start > end:
        raise ScheduleError(f"beginning of range ({start}) beyond end of range ({end}): {text}")
    if step == 0:
        raise ScheduleError(f"step of range should be a positive number: {text}")


def _number(text: str, words: dict[str, int]) -> int:
    if text.lower() in words:
        return words[text.lower()]
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise ScheduleError(f'failed to parse int from {text}: strconv.Atoi: parsing "{text}": invalid syntax')
    return int(text)
