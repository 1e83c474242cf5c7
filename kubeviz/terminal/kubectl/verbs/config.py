"""config: the kubeconfig of the laptop. There is one cluster and one context, and only its namespace can change."""

from ....cluster.state import Cluster
from ...printers.choose import printer
from ...printers.tabs import aligned
from ..call import Call
from ..errors import KubectlError


def context_name(cluster: Cluster) -> str:
    return "minikube" if cluster.environment.get("provider") == "minikube" else "kubeviz"


def server(cluster: Cluster) -> str:
    provider = cluster.environment.get("provider")
    return {"minikube": "https://192.168.49.2:8443", "cloud": "https://203.0.113.10:6443"}.get(
        str(provider), "https://192.168.0.10:6443"
    )


def current(call: Call) -> None:
    call.line(context_name(call.cluster))


def contexts(call: Call) -> None:
    name = context_name(call.cluster)
    for asked in call.args:
        if asked != name:
            raise KubectlError(f"context {asked} not found")
    if call["output"] == "name":
        call.line(name)
        return
    head = [] if call["no-headers"] else [["CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"]]
    namespace = call.session.namespace
    call.out(aligned([*head, ["*", name, name, _user(name), "" if namespace == "default" else namespace]]))


def _user(name: str) -> str:
    return name if name == "minikube" else f"{name}-admin"


def use(call: Call) -> None:
    if len(call.args) != 1:
        raise KubectlError(f"unexpected arguments: [{' '.join(call.args)}]" if call.args else "no context name given")
    if call.args[0] != context_name(call.cluster):
        raise KubectlError(f'no context exists with the name: "{call.args[0]}"')
    call.line(f'Switched to context "{call.args[0]}".')


def set_context(call: Call) -> None:
    name = context_name(call.cluster)
    if not call.args and not call["current"]:
        raise KubectlError("you must specify a non-empty context name or --current")
    asked = call.args[0] if call.args else name
    if asked != name:
        raise KubectlError(
            f'the laptop\'s kubeconfig has one context here, "{name}"; "{asked}" would lead to no cluster'
        )
    if call.has("namespace"):
        call.session.namespace = call["namespace"] or "default"
    call.line(f'Context "{asked}" modified.')


def view(call: Call) -> None:
    name = context_name(call.cluster)
    context = {"cluster": name, "user": _user(name)}
    if call.session.namespace != "default":
        context["namespace"] = call.session.namespace
    hidden = "DATA+OMITTED"
    body = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": name, "cluster": {"certificate-authority-data": hidden, "server": server(call.cluster)}}],
        "contexts": [{"name": name, "context": context}],
        "current-context": name,
        "users": [{"name": _user(name), "user": {"client-certificate-data": hidden, "client-key-data": hidden}}],
    }
    show = printer(call)
    assert show is not None
    call.out(show(body))


def clusters(call: Call) -> None:
    call.out(f"NAME\n{context_name(call.cluster)}\n")


def users(call: Call) -> None:
    call.out(f"NAME\n{_user(context_name(call.cluster))}\n")
