"""cluster-info, version, top, auth: about the cluster as a whole."""

import json

from ...printers.tabs import aligned
from ...printers.yamls import as_yaml
from ..call import Call
from ..errors import KubectlError
from ..resources import kind_named
from .config import server

VERSION = "v1.36.2"
KUSTOMIZE = "v5.8.1"


def info(call: Call) -> None:
    address = server(call.cluster)
    call.line(f"Kubernetes control plane is running at {address}")
    if call.cluster.get("Service", "kube-system", "kube-dns") is not None:
        proxy = "/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy"
        call.line(f"CoreDNS is running at {address}{proxy}")
    call.line("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.")


def version(call: Call) -> None:
    number = {"major": "1", "minor": "36", "gitVersion": VERSION, "platform": "linux/amd64"}
    body = {"clientVersion": number, "kustomizeVersion": KUSTOMIZE}
    if not call["client"]:
        body["serverVersion"] = number
    if call["output"] in ("yaml", "json"):
        call.out(f"{as_yaml(body)}\n" if call["output"] == "yaml" else f"{json.dumps(body, indent=2)}\n")
        return
    if call["output"]:
        raise KubectlError("--output must be 'yaml' or 'json'")
    call.out(f"Client Version: {VERSION}\nKustomize Version: {KUSTOMIZE}\n")
    if not call["client"]:
        call.line(f"Server Version: {VERSION}")


def top(call: Call) -> None:
    """There is no metrics server in a lab."""
    raise KubectlError("Metrics API not available")


VERBS = ("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "*", "use", "bind",
         "escalate", "impersonate", "approve", "sign")  # fmt: skip


def can_i(call: Call) -> None:
    """The learner is the cluster's administrator."""
    if call["list"]:
        rows = [["Resources", "Non-Resource URLs", "Resource Names", "Verbs"], ["*.*", "[]", "[]", "[*]"],
                ["", "[*]", "[]", "[*]"]]  # fmt: skip
        call.out(aligned(rows))
        return
    if len(call.args) not in (2, 3):
        raise KubectlError(
            "you must specify two arguments: verb resource or verb resource/resourceName.\n"
            "See 'kubectl auth can-i -h' for help and examples."
        )
    verb, thing = call.args[0], call.args[1].partition("/")[0]
    if verb not in VERBS:
        call.warn(f"verb '{verb}' is not a known verb")
    if thing and thing != "*":
        _check(call, thing)
    if not call["quiet"]:
        call.line("yes")


def _check(call: Call, word: str) -> None:
    try:
        kind_named(word)
    except KubectlError:
        call.warn(f"the server doesn't have a resource type '{word}'\n")


def whoami(call: Call) -> None:
    rows = [
        ["ATTRIBUTE", "VALUE"],
        ["Username", "kubernetes-admin"],
        ["Groups", "[system:masters system:authenticated]"],
    ]
    call.out(aligned(rows))
