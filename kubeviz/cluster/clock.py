"""Virtual time: RFC 3339 timestamps as the API server writes them (whole seconds, UTC)."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
"""Where the clock of a new lab stands, so that a lesson replays the same."""
LONGEST = 10**9
"""Seconds, some thirty years: a manifest may name more than a date can hold."""


def stamp(moment: datetime) -> str:
    """2026-01-01T09:00:00Z: metav1.Time has no fractions."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """The inverse of `stamp`; also reads the fractions and offsets of real dumps."""
    return datetime.fromisoformat(text)


def lapse(seconds: float) -> timedelta:
    """So many seconds, as far as dates go."""
    return timedelta(seconds=min(seconds, LONGEST))
