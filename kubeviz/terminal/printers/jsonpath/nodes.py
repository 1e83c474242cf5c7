"""What a template is made of."""

from typing import Any, NamedTuple


class JsonPathError(Exception):
    pass


class Text(NamedTuple):
    text: str


class Field(NamedTuple):
    name: str


class Wildcard(NamedTuple):
    pass


class Recursive(NamedTuple):
    pass


class Word(NamedTuple):
    """`range`, `end`, or a word that means nothing."""

    name: str


class Slice(NamedTuple):
    start: int | None
    stop: int | None
    step: int | None
    single: bool
    """One index was given: the stop is the one after it."""


class Union(NamedTuple):
    members: tuple["Path", ...]


class Filter(NamedTuple):
    left: "Path"
    operator: str
    right: "Path"


class Literal(NamedTuple):
    value: Any


Node = Text | Field | Wildcard | Recursive | Word | Slice | Union | Filter | Literal
Path = tuple[Node, ...]
Part = Text | Path
Template = tuple[Part, ...]
