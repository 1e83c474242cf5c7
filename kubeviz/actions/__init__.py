"""Every write. A door (page, terminal, kubectl, grading) calls one of these and nothing else."""

from . import classes
from .accounts import create_first, create_instructor, first_needed
from .acting import act, actions_for, command, lab_wide, told_by_doing
from .applying import apply_yaml
from .clock import advance, keep_awake, look_at, set_clock, step
from .editing import edit
from .errors import Problem, Refused
from .labs import clear_labs, expire, open_lab, reset, share_anew
from .mending import mend, proposals, sent
from .own import open_own, remove_own
from .restoring import go_back, redo, undo
from .sending import send
from .throttling import Throttled, spend, spent
from .verbs.cloud import addon_command
from .writing import Written, write

__all__ = [
    "Problem",
    "Refused",
    "Throttled",
    "Written",
    "act",
    "actions_for",
    "addon_command",
    "advance",
    "apply_yaml",
    "classes",
    "clear_labs",
    "command",
    "create_first",
    "create_instructor",
    "edit",
    "expire",
    "first_needed",
    "go_back",
    "keep_awake",
    "lab_wide",
    "look_at",
    "mend",
    "open_lab",
    "open_own",
    "proposals",
    "redo",
    "remove_own",
    "reset",
    "send",
    "sent",
    "set_clock",
    "share_anew",
    "spend",
    "spent",
    "step",
    "told_by_doing",
    "undo",
    "write",
]
