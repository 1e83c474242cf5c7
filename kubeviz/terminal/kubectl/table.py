"""The verbs of kubectl and their flags: one row a verb. `verbs/<module>.py` holds what it does."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from .flags import Flag, flags

PRINT = "allow-missing-template-keys?+ -o,output show-managed-fields? template"
FILES = "-f,filename* -k,kustomize -R,recursive?"
WRITE = "dry-run=none field-manager"
CREATE = f"{PRINT} {WRITE} save-config? validate=strict"
SET = f"{PRINT} {WRITE} {FILES} all? local?"
ROLLOUT = f"{PRINT} {WRITE} {FILES} -l,selector"
DELETE = "cascade=background force? grace-period#-1 timeout=0s wait?"

GLOBAL = flags(
    "as as-group* as-uid as-user-extra* cache-dir certificate-authority client-certificate client-key cluster context",
    "disable-compression? insecure-skip-tls-verify? kubeconfig kuberc log-flush-frequency match-server-version?",
    "-n,namespace password profile profile-output proxy-url request-timeout -s,server tls-server-name token user",
    "username -v,v#0 vmodule warnings-as-errors?",
)


class Verb(NamedTuple):
    name: str
    where: str
    """module:function in `verbs/`"""
    usage: str
    summary: str
    flags: dict[str, Flag]

    @property
    def run(self) -> Callable[[Any], None]:
        module, _, function = self.where.partition(":")
        found: Callable[[Any], None] = getattr(import_module(f"{__package__}.verbs.{module}"), function or "run")
        return found


_ROWS: tuple[tuple[str, str, str, str, str], ...] = (
    ("get", "get", "(TYPE [NAME | -l label] | TYPE/NAME ...)", "Display one or many resources.",
     f"{PRINT} {FILES} -A,all-namespaces? chunk-size#500 field-selector ignore-not-found? -L,label-columns* "
     "no-headers? output-watch-events? raw -l,selector server-print?+ show-kind? show-labels? sort-by subresource "
     "-w,watch? watch-only?"),
    ("describe", "describe", "(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)",
     "Show details of a specific resource or group of resources.",
     f"{FILES} -A,all-namespaces? chunk-size#500 -l,selector show-events?+"),
    ("create", "create", "-f FILENAME", "Create a resource from a file or from stdin.",
     f"{CREATE} {FILES} edit? raw -l,selector windows-line-endings?"),
    ("apply", "apply", "(-f FILENAME | -k DIRECTORY)",
     "Apply a configuration to a resource by file name or stdin.",
     f"{PRINT} {WRITE} {FILES} {DELETE} all? force-conflicts? openapi-patch?+ overwrite?+ prune? prune-allowlist* "
     "-l,selector server-side? subresource validate=strict"),
    ("replace", "replace", "-f FILENAME", "Replace a resource by file name or stdin.",
     f"{CREATE} {FILES} {DELETE} raw subresource"),
    ("patch", "patch", "(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]",
     "Update fields of a resource using strategic merge patch, a JSON merge patch, or a JSON patch.",
     f"{PRINT} {WRITE} {FILES} local? -p,patch patch-file subresource type=strategic"),
    ("delete", "delete", "([-f FILENAME] | TYPE [(NAME | -l label | --all)])",
     "Delete resources by file names, stdin, resources and names, or by resources and label selector.",
     f"{FILES} all? -A,all-namespaces? cascade=background dry-run=none field-selector force? grace-period#-1 "
     "ignore-not-found? -i,interactive? now? -o,output raw -l,selector timeout=0s wait?+"),
)  # fmt: skip

VERBS: dict[str, Verb] = {
    name: Verb(name, where, f"kubectl {name} {usage} [options]", summary, flags(own))
    for name, where, usage, summary, own in _ROWS
}
GROUPS = frozenset(name.rpartition(" ")[0] for name in VERBS if " " in name) - {""}
"""Verbs that hold others: `rollout`, `set`, `config` …"""
