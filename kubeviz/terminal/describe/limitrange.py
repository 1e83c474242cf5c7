"""LimitRanges, alone and as part of their namespace."""

from ...cluster.objects import Obj
from .page import Page

LIMITS = ("min", "max", "defaultRequest", "default", "maxLimitRequestRatio")
HEADER = "Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio\n"
RULER = "----\t--------\t---\t---\t---------------\t-------------\t-----------------------\n"


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    page.write(0, HEADER + RULER)
    _limits(page, obj, "")


def of_namespace(page: Page, name: str) -> None:
    found = page.cluster.of_kind("LimitRange", name)
    page.write(0, f"\nResource Limits\n {HEADER} {RULER}" if found else "\nNo LimitRange resource.\n")
    for obj in found:
        _limits(page, obj, " ")


def _limits(page: Page, obj: Obj, indent: str) -> None:
    """A line for each resource that a limit speaks of; the real kubectl has them in any order."""
    for limit in obj.spec.get("limits") or ():
        for resource in sorted({name for key in LIMITS for name in limit.get(key) or ()}):
            values = ((limit.get(key) or {}).get(resource, "-") for key in LIMITS)
            page.line(0, f"{indent}{limit.get('type') or ''}", resource, *values)
