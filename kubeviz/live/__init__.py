"""The one change stream of labs and classes: through a hub in every process to everyone who watches."""

from .class_room import class_key
from .hub import Hub
from .publish import publish, publish_class

__all__ = ["Hub", "class_key", "publish", "publish_class"]
