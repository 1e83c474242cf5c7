"""RoleBindings and ClusterRoleBindings."""

from datetime import datetime
from typing import Any

from ..objects import Obj
from .columns import age, of

COLUMNS = of("Name", "Role", "Age", wide=("Users", "Groups", "ServiceAccounts"))


def _subjects(obj: Obj, kind: str) -> str:
    found = [s for s in obj.body.get("subjects") or () if s.get("kind") == kind]
    return ", ".join(f"{s.get('namespace', '')}/{s['name']}" if kind == "ServiceAccount" else s["name"] for s in found)


def cells(obj: Obj, now: datetime) -> tuple[Any, ...]:
    role = obj.body.get("roleRef") or {}
    return (
        obj.name,
        f"{role.get('kind', '')}/{role.get('name', '')}",
        age(obj, now),
        *(_subjects(obj, kind) for kind in ("User", "Group", "ServiceAccount")),
    )
