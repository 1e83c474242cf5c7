"""Roles and ClusterRoles: a line for each resource and each path."""

from ...cluster.changes import Body
from ...cluster.objects import Obj
from .page import Page

Rule = tuple[tuple[str, ...], str, str, str, str]
"""Verbs, API group, resource, resource name, path."""


def describe(page: Page, obj: Obj) -> None:
    page.field("Name", obj.name)
    page.marks(obj)
    page.write(0, "PolicyRule:\n  Resources\tNon-Resource URLs\tResource Names\tVerbs\n")
    page.write(1, "---------\t-----------------\t--------------\t-----\n")
    for verbs, group, resource, name, path in sorted(_rules(obj.body.get("rules") or ()), key=_as_go_prints):
        page.line(1, _qualified(resource, group), f"[{path}]", f"[{name}]", page.words(verbs))


def _rules(found: list[Body] | tuple[()]) -> list[Rule]:
    """Rules taken apart, then those of one resource put together (rbac/validation CompactRules)."""
    verbs_of: dict[tuple[str, str, str], dict[str, None]] = {}
    paths: list[Rule] = []
    for rule in found:
        verbs = dict.fromkeys(rule.get("verbs") or ())
        for group in rule.get("apiGroups") or ():
            for resource in rule.get("resources") or ():
                for name in rule.get("resourceNames") or [""]:
                    verbs_of.setdefault((group, resource, name), {}).update(verbs)
        paths += [((verb,), "", "", "", path) for path in rule.get("nonResourceURLs") or () for verb in verbs]
    return [(tuple(verbs), *where, "") for where, verbs in verbs_of.items()] + paths


def _as_go_prints(rule: Rule) -> str:
    """The order of the rules is that of their texts."""
    verbs, group, resource, name, path = rule
    return f"[{' '.join(verbs)}],APIGroups:[{group}],Resources:[{resource}],ResourceNames:[{name}],{path}"


def _qualified(resource: str, group: str) -> str:
    """pods/log, deployments.apps, deployments.apps/scale"""
    name, slash, part = resource.partition("/")
    return f"{name}{'.' + group if group else ''}{slash}{part}"
