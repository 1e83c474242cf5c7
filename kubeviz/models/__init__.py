"""What is stored: labs with their objects and change logs, what they start from, and what learners did."""

from .attempts import Attempt, Version, Visit
from .lab import Action, Change, Lab, Terminal, Trace
from .learning import Exercise, Lesson, Scenario, State
from .objects import PROXIES, ClusterObject

globals().update(PROXIES)

__all__ = [
    "PROXIES",
    "Action",
    "Attempt",
    "Change",
    "ClusterObject",
    "Exercise",
    "Lab",
    "Lesson",
    "Scenario",
    "State",
    "Terminal",
    "Trace",
    "Version",
    "Visit",
    *PROXIES,
]
