"""Steps: what an author does to a cluster, as a start, as a solution, or "after …" in a check.

Each step knows the command line that it stands for, so that a solution that is shown can be typed as well. A new one
is a class in one of the modules here, a name below, and `type_…` among the words of the author's desk.
"""

from typing import Annotated

from msgspec import Meta

from .machines import Firewall, Power, Tunnel
from .objects import Apply, Behave, Delete, Label, Patch, Restart, Scale, Selector
from .step import Line, Step, StepFailed, Text
from .telling import Answer, Send
from .typed import Run

AnyStep = (
    Run
    | Apply
    | Delete
    | Patch
    | Label
    | Selector
    | Scale
    | Restart
    | Behave
    | Power
    | Firewall
    | Tunnel
    | Send
    | Answer
)
Steps = Annotated[list[AnyStep], Meta(max_length=40)]

__all__ = [
    "Answer",
    "AnyStep",
    "Apply",
    "Behave",
    "Delete",
    "Firewall",
    "Label",
    "Line",
    "Patch",
    "Power",
    "Restart",
    "Run",
    "Scale",
    "Selector",
    "Send",
    "Step",
    "StepFailed",
    "Steps",
    "Text",
    "Tunnel",
]
