"""RoleBindings and ClusterRoleBindings."""

from ...cluster.objects import Obj
from .page import Page


def describe(page: Page, obj: Obj) -> None:
    role = obj.body.get("roleRef") or {}
    page.field("Name", obj.name)
    page.marks(obj)
    page.write(0, "Role:\n")
    page.field("Kind", role.get("kind") or "", 1)
    page.field("Name", role.get("name") or "", 1)
    page.write(0, "Subjects:\n  Kind\tName\tNamespace\n")
    page.write(1, "----\t----\t---------\n")
    for subject in obj.body.get("subjects") or ():
        page.line(1, subject.get("kind") or "", subject.get("name") or "", subject.get("namespace") or "")
