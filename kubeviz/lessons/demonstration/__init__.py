"""Authoring by demonstration: what somebody did in a lab as steps, and what follows from it as checks."""

from .observing import Done, Sent, steps_of
from .proposing import proposals

__all__ = ["Done", "Sent", "proposals", "steps_of"]
