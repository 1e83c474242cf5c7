"""Every write. A door (page, terminal, kubectl, grading) calls one of these and nothing else."""

from .acting import act, actions_for, resolve
from .applying import apply_yaml
from .clock import advance, keep_awake, look_at, set_clock, step
from .errors import Problem, Refused
from .labs import clear_labs, open_lab, reset
from .restoring import redo, undo
from .sending import send
from .writing import Written, write

__all__ = [
    "Problem",
    "Refused",
    "Written",
    "act",
    "actions_for",
    "advance",
    "apply_yaml",
    "clear_labs",
    "keep_awake",
    "look_at",
    "open_lab",
    "redo",
    "reset",
    "resolve",
    "send",
    "set_clock",
    "step",
    "undo",
    "write",
]
