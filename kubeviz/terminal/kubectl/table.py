"""The verbs of kubectl and their flags: one row a verb, in kubectl's order. `verbs/` holds what each does."""

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
    ("run", "run", "NAME --image=image [--env=key=value] [--port=port] -- [COMMAND] [args...]",
     "Create and run a particular image in a pod.",
     f"{PRINT} {WRITE} {DELETE} -k,kustomize -R,recursive? save-config? annotations* attach? command? detach-keys env* "
     "expose? image image-pull-policy -l,labels leave-stdin-open? override-type=merge overrides "
     "pod-running-timeout=1m0s port privileged? -q,quiet? restart=Always rm? -i,stdin? -t,tty?"),
    ("set image", "set:image", "(-f FILENAME | TYPE NAME) CONTAINER_NAME=CONTAINER_IMAGE ...",
     "Update existing container image(s) of resources.", f"{SET} -l,selector"),
    ("set env", "set:env", "RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N",
     "Update environment variables on a pod template.",
     f"{SET} -l,selector -c,containers* -e,env* from keys* list? overwrite?+ prefix resolve?"),
    ("set selector", "set:selector", "(-f FILENAME | TYPE NAME) EXPRESSIONS", "Set the selector on a resource.",
     f"{SET} resource-version"),
    ("set resources", "set:resources", "(-f FILENAME | TYPE NAME) [--limits=LIMITS & --requests=REQUESTS]",
     "Specify compute resource requirements (CPU, memory) for any resource that defines a pod template.",
     f"{SET} -l,selector -c,containers* limits requests"),
    ("set serviceaccount", "set:serviceaccount", "(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT",
     "Update the service account of pod template resources.", SET),
    ("explain", "explain", "TYPE [--recursive=FALSE|TRUE]", "Describe fields and structure of various resources.",
     "api-version max-depth# -o,output=plaintext -R,recursive?"),
    ("get", "get", "(TYPE [NAME | -l label] | TYPE/NAME ...)", "Display one or many resources.",
     f"{PRINT} {FILES} -A,all-namespaces? chunk-size#500 field-selector ignore-not-found? -L,label-columns* "
     "no-headers? output-watch-events? raw -l,selector server-print?+ show-kind? show-labels? sort-by subresource "
     "-w,watch? watch-only?"),
    ("edit", "edit", "(RESOURCE/NAME | -f FILENAME)", "Edit a resource from the default editor.",
     f"{CREATE} {FILES} output-patch? subresource windows-line-endings?"),
    ("delete", "delete", "([-f FILENAME] | TYPE [(NAME | -l label | --all)])",
     "Delete resources by file names, stdin, resources and names, or by resources and label selector.",
     f"{FILES} all? -A,all-namespaces? cascade=background dry-run=none field-selector force? grace-period#-1 "
     "ignore-not-found? -i,interactive? now? -o,output raw -l,selector timeout=0s wait?+"),
    ("rollout status", "rollout:status", "(TYPE NAME | TYPE/NAME)", "Show the status of the rollout.",
     f"{FILES} revision# -l,selector timeout=0s -w,watch?+"),
    ("rollout history", "rollout:history", "(TYPE NAME | TYPE/NAME)",
     "View previous rollout revisions and configurations.", f"{PRINT} {FILES} revision# -l,selector"),
    ("rollout undo", "rollout:undo", "(TYPE NAME | TYPE/NAME)", "Roll back to a previous rollout.",
     f"{ROLLOUT} to-revision#"),
    ("rollout restart", "rollout:restart", "RESOURCE", "Restart a resource.", ROLLOUT),
    ("rollout pause", "rollout:pause", "RESOURCE", "Mark the provided resource as paused.", ROLLOUT),
    ("rollout resume", "rollout:resume", "RESOURCE", "Resume a paused resource.", ROLLOUT),
    ("scale", "scale", "--replicas=COUNT (-f FILENAME | TYPE NAME)",
     "Set a new size for a deployment, replica set, replication controller, or stateful set.",
     f"{PRINT} dry-run=none {FILES} all? current-replicas#-1 replicas# resource-version -l,selector timeout=0s"),
    ("cluster-info", "cluster:info", "", "Display addresses of the control plane and services.", ""),
    ("top pods", "cluster:top", "[NAME | -l label]", "Display resource (CPU/memory) usage of pods.",
     "-A,all-namespaces? containers? field-selector no-headers? -l,selector show-swap? sort-by sum?"),
    ("top nodes", "cluster:top", "[NAME | -l label]", "Display resource (CPU/memory) usage of nodes.",
     "no-headers? -l,selector show-capacity? show-swap? sort-by"),
    ("cordon", "nodes:cordon", "NODE", "Mark node as unschedulable.", "dry-run=none -l,selector"),
    ("uncordon", "nodes:uncordon", "NODE", "Mark node as schedulable.", "dry-run=none -l,selector"),
    ("drain", "nodes:drain", "NODE", "Drain node in preparation for maintenance.",
     "chunk-size#500 delete-emptydir-data? disable-eviction? dry-run=none force? grace-period#-1 ignore-daemonsets? "
     "pod-selector -l,selector skip-wait-for-delete-timeout# timeout=0s"),
    ("taint", "nodes:taint", "NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ...", "Update the taints on one or more nodes.",
     f"{PRINT} {WRITE} all? overwrite? -l,selector validate=strict"),
    ("describe", "describe", "(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)",
     "Show details of a specific resource or group of resources.",
     f"{FILES} -A,all-namespaces? chunk-size#500 -l,selector show-events?+"),
    ("logs", "logs", "[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]",
     "Print the logs for a container in a pod or specified resource.",
     "all-containers? all-pods? -c,container -f,follow? ignore-errors? insecure-skip-tls-verify-backend? limit-bytes# "
     "max-log-requests#5 pod-running-timeout=20s prefix? -p,previous? -l,selector since since-time tail#-1 "
     "timestamps?"),
    ("exec", "exec", "(POD | TYPE/NAME) [-c CONTAINER] -- COMMAND [args...]", "Execute a command in a container.",
     "-c,container -f,filename* pod-running-timeout=1m0s -q,quiet? -i,stdin? -t,tty?"),
    ("port-forward", "port_forward", "TYPE/NAME [LOCAL_PORT:]REMOTE_PORT ...",
     "Forward one or more local ports to a pod.", "address* pod-running-timeout=1m0s"),
    ("auth can-i", "cluster:can_i", "VERB [TYPE | TYPE/NAME | NONRESOURCEURL]", "Check whether an action is allowed.",
     "-A,all-namespaces? list? no-headers? -q,quiet? subresource"),
    ("auth whoami", "cluster:whoami", "", "Check who you are and your attributes (groups, extra).", PRINT),
    ("events", "events", "[--for TYPE/NAME] [--types=Normal,Warning]", "Display events.",
     f"{PRINT} -A,all-namespaces? chunk-size#500 for no-headers? types* -w,watch?"),
    ("diff", "diff", "-f FILENAME",
     "Diff configurations specified by file name or stdin between the current online configuration, and as applied.",
     f"{FILES} concurrency#1 field-manager force-conflicts? prune? prune-allowlist* -l,selector server-side? "
     "show-managed-fields? show-secrets?"),
    ("apply", "apply", "(-f FILENAME | -k DIRECTORY)",
     "Apply a configuration to a resource by file name or stdin.",
     f"{PRINT} {WRITE} {FILES} {DELETE} all? force-conflicts? openapi-patch?+ overwrite?+ prune? prune-allowlist* "
     "-l,selector server-side? subresource validate=strict"),
    ("patch", "patch", "(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]",
     "Update fields of a resource using strategic merge patch, a JSON merge patch, or a JSON patch.",
     f"{PRINT} {WRITE} {FILES} local? -p,patch patch-file subresource type=strategic"),
    ("replace", "replace", "-f FILENAME", "Replace a resource by file name or stdin.",
     f"{CREATE} {FILES} {DELETE} raw subresource"),
    ("wait", "wait", "(TYPE NAME | TYPE/NAME) --for=condition=available|delete|jsonpath='{}'[=value]",
     "Wait for a specific condition on one or many resources.",
     f"{PRINT} {FILES} all? -A,all-namespaces? field-selector for* local? -l,selector timeout=30s"),
    ("label", "label", "[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N",
     "Update the labels on a resource.",
     f"{PRINT} {WRITE} {FILES} all? -A,all-namespaces? field-selector list? local? overwrite? resource-version "
     "-l,selector"),
    ("annotate", "label:annotate", "[--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N",
     "Update the annotations on one or more resources.",
     f"{PRINT} {WRITE} {FILES} all? -A,all-namespaces? field-selector list? local? overwrite? resource-version "
     "-l,selector"),
    ("api-resources", "api", "[flags]", "Print the supported API resources on the server.",
     "api-group cached? categories* namespaced?+ no-headers? -o,output show-managed-fields? sort-by verbs*"),
    ("api-versions", "api:versions", "", "Print the supported API versions on the server.", ""),
    ("config view", "config:view", "", "Display merged kubeconfig settings or a specified kubeconfig file.",
     "allow-missing-template-keys?+ flatten? merge?+ minify? -o,output=yaml raw? show-managed-fields? template"),
    ("config get-contexts", "config:contexts", "[NAME]", "Display one or many contexts from the kubeconfig file.",
     "no-headers? -o,output"),
    ("config current-context", "config:current", "", "Display the current-context.", ""),
    ("config set-context", "config:set_context", "[NAME | --current] [--namespace=namespace]",
     "Set a context entry in kubeconfig.", "cluster current? -n,namespace user"),
    ("config use-context", "config:use", "CONTEXT_NAME", "Set the current-context in a kubeconfig file.", ""),
    ("config get-clusters", "config:clusters", "", "Display clusters defined in the kubeconfig.", ""),
    ("config get-users", "config:users", "", "Display users defined in the kubeconfig.", ""),
    ("version", "cluster:version", "", "Print the client and server version information for the current context.",
     "client? -o,output"),
)  # fmt: skip

VERBS: dict[str, Verb] = {
    name: Verb(name, where, " ".join(f"kubectl {name} {usage} [options]".split()), summary, flags(own))
    for name, where, usage, summary, own in _ROWS
}
GROUPS = frozenset(name.rpartition(" ")[0] for name in VERBS if " " in name) - {""}
"""Verbs that hold others: `rollout`, `set`, `config` …"""
