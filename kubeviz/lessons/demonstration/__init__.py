"""Authoring by demonstration: what somebody did in a lab as steps, and what follows from it as checks."""

from .observing import Done, Event, Looked, Sent, steps_of
from .proposing import proposals

__all__ = ["Done", "Event", "Looked", "Sent", "proposals", "steps_of"]
