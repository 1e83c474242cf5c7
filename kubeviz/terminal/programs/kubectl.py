"""kubectl, on the laptop and on a node; a container has none."""

from ..kubectl import kubectl

PLACES = ("laptop", "node")
PROGRAMS = {"kubectl": kubectl}
