"""Objects as YAML and JSON, as kubectl writes them."""

import json
from typing import Any

from ...cluster import go_json
from ...cluster.changes import Body
from ...cluster.identity import PRIVATE
from ...cluster.objects import Obj
from ...cluster.yaml_text import to_yaml

FOLD = 80


def as_yaml(body: Any) -> str:
    return to_yaml(body, FOLD)


def public(obj: Obj) -> Body:
    """An object as a client is given it: apiVersion and kind, and nothing of the lab's own."""
    return {key: value for key, value in obj.body.items() if key != PRIVATE}


def listed(bodies: list[Body]) -> Body:
    return {"apiVersion": "v1", "items": bodies, "kind": "List", "metadata": {"resourceVersion": ""}}


def collected(bodies: list[Body]) -> Body:
    """A List as apply puts it together: in the order of Go's structure."""
    return GoList(kind="List", apiVersion="v1", metadata={}, items=bodies)


class GoList(dict[str, Any]):
    """Printed as JSON in the order it has; its items' keys are sorted all the same."""


def as_json(body: Any) -> str:
    """Keys sorted, four spaces, and Go's escapes of <, > and &."""
    if isinstance(body, GoList):
        body = {key: json.loads(json.dumps(value, sort_keys=True)) for key, value in body.items()}
        return go_json.escaped(json.dumps(body, indent=4, ensure_ascii=False)) + "\n"
    return go_json.escaped(json.dumps(body, indent=4, sort_keys=True, ensure_ascii=False)) + "\n"
