"""IngressClass."""

from ..errors import required
from .checks import Body, Errors


def validate(body: Body, old: Body | None = None) -> Errors:
    return [] if (body.get("spec") or {}).get("controller") else [required("spec.controller")]
