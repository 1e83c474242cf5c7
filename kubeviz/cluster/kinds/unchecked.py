"""Kinds that are stored without effect: any content that decodes is taken."""

from typing import Any

from .. import names
from ..errors import FieldError

Body = dict[str, Any]
NAME = names.dns_subdomain


def default(body: Body) -> None:
    """Nothing is filled in."""


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    return []


def warnings(body: Body, old: Body | None = None) -> list[str]:
    return []
