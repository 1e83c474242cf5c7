"""What is stored: labs with their objects and change logs, and the scenarios they start from."""

from .lab import Action, Change, Lab, Trace
from .learning import Scenario
from .objects import PROXIES, ClusterObject

globals().update(PROXIES)

__all__ = ["PROXIES", "Action", "Change", "ClusterObject", "Lab", "Scenario", "Trace", *PROXIES]
