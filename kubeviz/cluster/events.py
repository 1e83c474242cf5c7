"""Events: what controllers say about objects, as `kubectl describe` lists it."""

from .changes import Body, Key
from .objects import Obj


def new_event(about: Obj, key: Key, said: tuple[str, str, str, str], field: str, time: str) -> Body:
    """*said*: reason, message, component and type (Normal or Warning)."""
    reason, message, source, type = said
    involved = {
        "kind": about.kind,
        "namespace": about.namespace,
        "name": about.name,
        "uid": about.uid,
        "apiVersion": about.body.get("apiVersion", ""),
        "resourceVersion": about.metadata.get("resourceVersion", ""),
    }
    return {
        "apiVersion": "v1",
        "kind": "Event",
        "type": type,
        "reason": reason,
        "message": message,
        "count": 1,
        "metadata": {"name": key[2], "namespace": key[1]},
        "involvedObject": {**{k: v for k, v in involved.items() if v}, **({"fieldPath": field} if field else {})},
        "source": {"component": source},
        "reportingComponent": source,
        "reportingInstance": "",
        "firstTimestamp": time,
        "lastTimestamp": time,
    }
