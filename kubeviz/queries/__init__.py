"""Reads. A query is a function of what is stored and changes nothing."""

from .changes import log, log_as_entries
from .pictures import Picture, picture, picture_at
from .scenarios import scenario, scenarios
from .snapshots import at, forget, remember, snapshot
from .traces import last_trace, trace, traces_after

__all__ = [
    "Picture",
    "at",
    "forget",
    "last_trace",
    "log",
    "log_as_entries",
    "picture",
    "picture_at",
    "remember",
    "scenario",
    "scenarios",
    "snapshot",
    "trace",
    "traces_after",
]
