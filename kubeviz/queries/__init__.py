"""Reads. A query is a function of what is stored and changes nothing."""

from . import classrooms, reports
from .changes import log, log_as_entries
from .learning import (
    answers_in,
    attempt_in,
    attempts_of,
    commands,
    content_of,
    demonstration_in,
    exercise,
    exercises_of,
    lesson,
    loose_exercises,
    predictions_of,
    setting_of,
    shelf,
    visit_in,
    visited_by,
)
from .past import Next, done, due
from .pictures import Picture, picture, picture_at
from .scenarios import latest_labs, own_scenarios, scenario, scenarios
from .snapshots import at, forget, remember, snapshot
from .traces import last_trace, recent_traces, trace, traces_after

__all__ = [
    "Next",
    "Picture",
    "answers_in",
    "at",
    "attempt_in",
    "attempts_of",
    "classrooms",
    "commands",
    "content_of",
    "demonstration_in",
    "done",
    "due",
    "exercise",
    "exercises_of",
    "forget",
    "last_trace",
    "latest_labs",
    "lesson",
    "log",
    "log_as_entries",
    "loose_exercises",
    "own_scenarios",
    "picture",
    "picture_at",
    "predictions_of",
    "recent_traces",
    "remember",
    "reports",
    "scenario",
    "scenarios",
    "setting_of",
    "shelf",
    "snapshot",
    "trace",
    "traces_after",
    "visit_in",
    "visited_by",
]
