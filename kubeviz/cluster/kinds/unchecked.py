"""Kinds that are stored without effect: any content that decodes is taken."""

from typing import Any

from .. import names
from ..errors import FieldError

Body = dict[str, Any]
NAME = names.path_segment
"""The widest rule for names; kinds such as Roles may be called `system:node`."""


def default(body: Body) -> None:
    """Nothing is filled in."""


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    return []


def warnings(body: Body) -> list[str]:
    return []
