"""Everything a class can do: opened, joined, conducted, asked, worked in, and forgotten."""

from ..sending import listeners
from .afterwards import delete_class, delete_personal_data, set_retention, sweep
from .asking import ask, put_away, reveal, second_round, vote
from .conducting import (
    follow,
    go_on,
    pause,
    point,
    replay,
    send_copy,
    set_animals,
    set_pace,
    set_timer,
    spotlight,
    spotlight_off,
    work,
)
from .names import clean_name
from .opening import (
    add_helper,
    close_class,
    create_class,
    remove_helper,
    rename_class,
    renew_code,
    reopen_class,
    set_joinable,
    show_lab,
)
from .planning import add_items, move_item, remove_item
from .presence import note_presence
from .seats import find_class, raise_hand, remove_seat, rename_seat, resume_seat, take_seat
from .working import begin, note_attempt, note_traces, reset_learner, solve_scenario

listeners.append(note_traces)

__all__ = [
    "add_helper",
    "add_items",
    "ask",
    "begin",
    "clean_name",
    "close_class",
    "create_class",
    "delete_class",
    "delete_personal_data",
    "find_class",
    "follow",
    "go_on",
    "move_item",
    "note_attempt",
    "note_presence",
    "note_traces",
    "pause",
    "point",
    "put_away",
    "raise_hand",
    "remove_helper",
    "remove_item",
    "remove_seat",
    "rename_class",
    "rename_seat",
    "renew_code",
    "reopen_class",
    "replay",
    "reset_learner",
    "resume_seat",
    "reveal",
    "second_round",
    "send_copy",
    "set_animals",
    "set_joinable",
    "set_pace",
    "set_retention",
    "set_timer",
    "show_lab",
    "solve_scenario",
    "spotlight",
    "spotlight_off",
    "sweep",
    "take_seat",
    "vote",
    "work",
]
