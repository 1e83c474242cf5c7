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
    ("create", "create", "-f FILENAME", "Create a resource from a file or from stdin.",
     f"{CREATE} {FILES} edit? raw -l,selector windows-line-endings?"),
    ("create namespace", "create_objects:namespace", "NAME", "Create a namespace with the specified name.", CREATE),
    ("create deployment", "create_objects:deployment", "NAME --image=image -- [COMMAND] [args...]",
     "Create a deployment with the specified name.", f"{CREATE} image* port#-1 -r,replicas#1"),
    ("create service clusterip", "create_objects:clusterip", "NAME [--tcp=<port>:<targetPort>]",
     "Create a ClusterIP service with the specified name.", f"{CREATE} clusterip tcp*"),
    ("create service nodeport", "create_objects:nodeport", "NAME [--tcp=port:targetPort]",
     "Create a NodePort service with the specified name.", f"{CREATE} node-port# tcp*"),
    ("create service loadbalancer", "create_objects:loadbalancer", "NAME [--tcp=port:targetPort]",
     "Create a LoadBalancer service with the specified name.", f"{CREATE} tcp*"),
    ("create service externalname", "create_objects:externalname", "NAME --external-name external.name",
     "Create an ExternalName service with the specified name.", f"{CREATE} external-name tcp*"),
    ("create ingress", "create_objects:ingress", "NAME --rule=host/path=service:port[,tls[=secret]]",
     "Create an ingress with the specified name.", f"{CREATE} annotation* class default-backend rule*"),
    ("create configmap", "create_objects:configmap", "NAME [--from-file=[key=]source] [--from-literal=key1=value1]",
     "Create a config map based on a file, directory, or specified literal value.",
     f"{CREATE} append-hash? from-env-file* from-file* from-literal*"),
    ("create secret generic", "create_objects:secret", "NAME [--type=string] [--from-literal=key1=value1]",
     "Create a secret based on a file, directory, or specified literal value.",
     f"{CREATE} append-hash? from-env-file* from-file* from-literal* type"),
    ("create serviceaccount", "create_objects:serviceaccount", "NAME",
     "Create a service account with the specified name.", CREATE),
    ("create job", "create_objects:job", "NAME --image=image -- [COMMAND] [args...]",
     "Create a job with the specified name.", f"{CREATE} from image"),
    ("expose", "expose", "(-f FILENAME | TYPE NAME) [--port=port] [--target-port=number-or-name] [--type=type]",
     "Expose a resource as a new Kubernetes service.",
     f"{PRINT} {WRITE} {FILES} save-config? cluster-ip external-ip -l,labels load-balancer-ip name "
     "override-type=merge overrides port protocol selector session-affinity target-port type"),
    ("get", "get", "(TYPE [NAME | -l label] | TYPE/NAME ...)", "Display one or many resources.",
     f"{PRINT} {FILES} -A,all-namespaces? chunk-size#500 field-selector ignore-not-found? -L,label-columns* "
     "no-headers? output-watch-events? raw -l,selector server-print?+ show-kind? show-labels? sort-by subresource "
     "-w,watch? watch-only?"),
    ("delete", "delete", "([-f FILENAME] | TYPE [(NAME | -l label | --all)])",
     "Delete resources by file names, stdin, resources and names, or by resources and label selector.",
     f"{FILES} all? -A,all-namespaces? cascade=background dry-run=none field-selector force? grace-period#-1 "
     "ignore-not-found? -i,interactive? now? -o,output raw -l,selector timeout=0s wait?+"),
    ("scale", "scale", "--replicas=COUNT (-f FILENAME | TYPE NAME)",
     "Set a new size for a deployment, replica set, replication controller, or stateful set.",
     f"{PRINT} dry-run=none {FILES} all? current-replicas#-1 replicas# resource-version -l,selector timeout=0s"),
    ("describe", "describe", "(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)",
     "Show details of a specific resource or group of resources.",
     f"{FILES} -A,all-namespaces? chunk-size#500 -l,selector show-events?+"),
    ("apply", "apply", "(-f FILENAME | -k DIRECTORY)",
     "Apply a configuration to a resource by file name or stdin.",
     f"{PRINT} {WRITE} {FILES} {DELETE} all? force-conflicts? openapi-patch?+ overwrite?+ prune? prune-allowlist* "
     "-l,selector server-side? subresource validate=strict"),
    ("patch", "patch", "(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]",
     "Update fields of a resource using strategic merge patch, a JSON merge patch, or a JSON patch.",
     f"{PRINT} {WRITE} {FILES} local? -p,patch patch-file subresource type=strategic"),
    ("replace", "replace", "-f FILENAME", "Replace a resource by file name or stdin.",
     f"{CREATE} {FILES} {DELETE} raw subresource"),
    ("label", "label", "[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N",
     "Update the labels on a resource.",
     f"{PRINT} {WRITE} {FILES} all? -A,all-namespaces? field-selector list? local? overwrite? resource-version "
     "-l,selector"),
    ("annotate", "label:annotate", "[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N",
     "Update the annotations on one or more resources.",
     f"{PRINT} {WRITE} {FILES} all? -A,all-namespaces? field-selector list? local? overwrite? resource-version "
     "-l,selector"),
)  # fmt: skip

VERBS: dict[str, Verb] = {
    name: Verb(name, where, f"kubectl {name} {usage} [options]", summary, flags(own))
    for name, where, usage, summary, own in _ROWS
}
GROUPS = frozenset(name.rpartition(" ")[0] for name in VERBS if " " in name) - {""}
"""Verbs that hold others: `rollout`, `set`, `config` …"""
