"""What is stored: labs with their objects and change logs, what they start from, and what learners did."""

from .attempts import Attempt, Demonstration, Version, Visit
from .classroom import (
    Cell,
    Classroom,
    Item,
    JoinCode,
    Misconception,
    Misled,
    Question,
    Seat,
    Tally,
    Vote,
)
from .lab import Action, Change, Lab, Terminal, Trace
from .learning import Exercise, Lesson, Scenario, State
from .objects import PROXIES, ClusterObject

globals().update(PROXIES)

__all__ = [
    "PROXIES",
    "Action",
    "Attempt",
    "Cell",
    "Change",
    "Classroom",
    "ClusterObject",
    "Demonstration",
    "Exercise",
    "Item",
    "JoinCode",
    "Lab",
    "Lesson",
    "Misconception",
    "Misled",
    "Question",
    "Scenario",
    "Seat",
    "State",
    "Terminal",
    "Tally",
    "Trace",
    "Version",
    "Visit",
    "Vote",
    *PROXIES,
]
