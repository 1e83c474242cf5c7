"""ServiceAccounts."""

from ...cluster.objects import Obj
from .page import Page


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    page.marks(obj)
    names = [s.get("name") or "" for s in obj.body.get("imagePullSecrets") or ()]
    page.several("Image pull secrets", names)
