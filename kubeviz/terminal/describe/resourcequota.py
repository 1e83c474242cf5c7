"""ResourceQuotas, alone and as part of their namespace."""

from ...cluster.objects import Obj
from .page import Page

SCOPES = {
    "Terminating": "Matches all pods that have an active deadline. These pods have a limited lifespan on a node before "
    "being actively terminated by the system.",
    "NotTerminating": "Matches all pods that do not have an active deadline. These pods usually include long running "
    "pods whose container command is not expected to terminate.",
    "BestEffort": "Matches all pods that do not have resource requirements set. These pods have a best effort quality "
    "of service.",
    "NotBestEffort": "Matches all pods that have at least one resource requirement set. These pods have a burstable or "
    "guaranteed quality of service.",
}


def describe(page: Page, obj: Obj) -> None:
    page.head(obj)
    _scopes(page, obj, 0, " * ")
    page.write(0, "Resource\tUsed\tHard\n--------\t----\t----\n")
    _usage(page, obj, 0)


def of_namespace(page: Page, name: str) -> None:
    found = page.cluster.of_kind("ResourceQuota", name)
    page.write(0, "\nResource Quotas\n" if found else "\nNo resource quota.\n")
    for quota in found:
        page.field("Name", quota.name, 1)
        _scopes(page, quota, 1, "* ")
        page.write(1, "Resource\tUsed\tHard\n")
        page.write(1, "--------\t---\t---\n")
        _usage(page, quota, 1)


def _scopes(page: Page, quota: Obj, level: int, mark: str) -> None:
    scopes = sorted(quota.spec.get("scopes") or ())
    if scopes:
        page.field("Scopes", ", ".join(scopes), level)
    for scope in scopes:
        if scope in SCOPES:
            page.write(level, f"{mark}{SCOPES[scope]}\n")


def _usage(page: Page, quota: Obj, level: int) -> None:
    used = quota.status.get("used") or {}
    for name, most in sorted((quota.status.get("hard") or {}).items()):
        page.line(level, name, used.get(name, "0"), most)
