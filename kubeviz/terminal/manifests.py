"""A scenario's manifests as files on the laptop: one a document, named like those of the course."""

import re
from typing import Any

from ..cluster import safe_yaml

SEPARATOR = re.compile(r"^---(?:[ \t].*)?$\n?", re.M)
SAFE = re.compile(r"[^A-Za-z0-9.-]+")


def as_files(manifests: str) -> dict[str, str]:
    """`order-service.yaml`, `order-deployment.yaml` …, each with its comments."""
    found: dict[str, str] = {}
    for text in SEPARATOR.split(manifests):
        name = _name(text)
        if name:
            found[_free(name, found)] = text.strip("\n") + "\n"
    return found


def _name(text: str) -> str:
    try:
        body: Any = safe_yaml.load(text)
    except safe_yaml.YamlError:
        return ""
    if not isinstance(body, dict) or not body.get("kind"):
        return ""
    metadata = body.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    return SAFE.sub("-", f"{name}-{body['kind']}".lower() if name else str(body["kind"]).lower())


def _free(name: str, taken: dict[str, str]) -> str:
    """Two of a name (in two namespaces) are numbered."""
    number, found = 2, f"{name}.yaml"
    while found in taken:
        found = f"{name}-{number}.yaml"
        number += 1
    return found
