"""The one change stream of each lab: from the log, through a hub in every process, to everyone who watches."""

from .hub import Hub
from .publish import publish

__all__ = ["Hub", "publish"]
