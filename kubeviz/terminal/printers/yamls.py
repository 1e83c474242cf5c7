"""Objects as YAML and JSON, as kubectl writes them."""

import json
from typing import Any

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


def as_json(body: Any) -> str:
    """Keys sorted, four spaces, and Go's escapes of <, > and &."""
    text = json.dumps(body, indent=4, sort_keys=True, ensure_ascii=False)
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return f"{text}\n"
