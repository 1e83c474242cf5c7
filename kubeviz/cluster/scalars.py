"""Plain YAML values as kubectl reads them (sigs.k8s.io/yaml), where that differs from PyYAML."""

import binascii
import math
import re
from typing import Any

import yaml

_CONSTRUCTOR = yaml.constructor.SafeConstructor()
_RESOLVER = yaml.resolver.Resolver()
_BOOLS = {"y": True, "Y": True, "n": False, "N": False}
_OCTAL = re.compile(r"[-+]?0o[0-7_]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_TYPES = {f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null")}
_TEXT = "tag:yaml.org,2002:str"
_BINARY = "tag:yaml.org,2002:binary"
_LARGEST_EXACT = 1 << 53


def value_of(node: Any) -> Any:
    """A lone `y` or `no` is a boolean, 1e3 a number, 12:30 and 2024-01-01 are text, and 80.0 is JSON's 80."""
    if not node.style and node.tag == _TEXT:
        return _plain(node.value)
    if node.tag == _BINARY:
        return _decoded(node.value)
    if node.tag not in _TYPES or (":" in node.value and not node.style):
        return node.value
    try:
        return _number(_CONSTRUCTOR.construct_object(node))
    except (ValueError, yaml.YAMLError):
        return node.value


def _plain(text: str) -> Any:
    """Text to PyYAML, but not to Go's YAML, unless it was tagged `!!str`."""
    if _RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) != _TEXT:
        return text
    if text in _BOOLS:
        return _BOOLS[text]
    if _OCTAL.fullmatch(text):
        return int(text.replace("_", ""), 8)
    return _number(float(text)) if _FLOAT.fullmatch(text) else text


def _decoded(text: str) -> str:
    try:
        return binascii.a2b_base64(text).decode(errors="replace")
    except binascii.Error:
        return text


def _number(value: Any) -> Any:
    """JSON has one kind of number: a whole one is written without a point; it has no infinity."""
    if not isinstance(value, float):
        return value
    if not math.isfinite(value):
        return str(value)
    return int(value) if value.is_integer() and abs(value) < _LARGEST_EXACT else value
