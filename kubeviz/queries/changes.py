"""The change log."""

from django.db.models import QuerySet

from ..cluster.changes import Change as LogEntry
from ..models import Change


def log(lab_id: str, after: int, until: int) -> QuerySet[Change]:
    """The changes with after < rv <= until, oldest first."""
    return Change.objects.filter(lab_id=lab_id, rv__gt=after, rv__lte=until).order_by("rv")


def log_as_entries(lab_id: str, after: int, until: int) -> list[LogEntry] | None:
    """The same as entries, or None where the log no longer reaches back to *after*."""
    entries = [change.entry() for change in log(lab_id, after, until)]
    return entries if len(entries) == until - after else None
