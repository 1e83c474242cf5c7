"""What every cluster has before anybody applies anything: nodes, the API server's Service, DNS, addons."""

from datetime import timedelta
from functools import lru_cache

import yaml

from ..cluster import ingresses
from ..cluster.apiserver import Transaction
from ..cluster.changes import Body
from ..cluster.clock import START
from ..cluster.state import Cluster
from . import quiesce

PROVIDERS = ("cloud", "minikube", "bare")
ADDONS = ("ingress-nginx",)
READY = START + timedelta(minutes=10)
"""When the first user comes: the cluster has long been at rest."""
API_SERVER = "192.168.0.10"
MACHINE = {"cpu": "8", "ephemeral-storage": "100Gi", "memory": "32Gi", "pods": "110"}

BASE = """
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Namespace, metadata: {name: default}}
- {apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}
- {apiVersion: v1, kind: Namespace, metadata: {name: kube-public}}
- {apiVersion: v1, kind: Namespace, metadata: {name: kube-node-lease}}
- apiVersion: v1
  kind: Service
  metadata: {name: kubernetes, namespace: default, labels: {component: apiserver, provider: kubernetes}}
  spec: {clusterIP: 10.96.0.1, ports: [{name: https, port: 443, protocol: TCP, targetPort: 6443}]}
- apiVersion: v1
  kind: Service
  metadata: {name: kube-dns, namespace: kube-system, labels: {k8s-app: kube-dns, kubernetes.io/name: CoreDNS}}
  spec:
    clusterIP: 10.96.0.10
    selector: {k8s-app: kube-dns}
    ports:
    - {name: dns, port: 53, protocol: UDP, targetPort: 53}
    - {name: dns-tcp, port: 53, protocol: TCP, targetPort: 53}
    - {name: metrics, port: 9153, protocol: TCP, targetPort: 9153}
- apiVersion: apps/v1
  kind: Deployment
  metadata: {name: coredns, namespace: kube-system, labels: {k8s-app: kube-dns}}
  spec:
    replicas: 2
    selector: {matchLabels: {k8s-app: kube-dns}}
    template:
      metadata:
        labels: {k8s-app: kube-dns}
        annotations: {kubeviz.dev/app: "listen: [53/UDP, 53/TCP, 9153]"}
      spec:
        dnsPolicy: Default
        containers:
        - name: coredns
          image: registry.k8s.io/coredns/coredns:v1.14.2
          ports:
          - {containerPort: 53, name: dns, protocol: UDP}
          - {containerPort: 53, name: dns-tcp, protocol: TCP}
          - {containerPort: 9153, name: metrics, protocol: TCP}
"""

INGRESS_NGINX = """
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Namespace, metadata: {name: ingress-nginx, labels: {app.kubernetes.io/name: ingress-nginx}}}
- apiVersion: networking.k8s.io/v1
  kind: IngressClass
  metadata:
    name: nginx
    annotations: {ingressclass.kubernetes.io/is-default-class: "true"}
    labels: {app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller}
  spec: {controller: k8s.io/ingress-nginx}
- apiVersion: apps/v1
  kind: Deployment
  metadata:
    name: ingress-nginx-controller
    namespace: ingress-nginx
    labels: {app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller}
  spec:
    selector: {matchLabels: {app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller}}
    template:
      metadata:
        labels: {app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller}
        annotations: {kubeviz.dev/app: "listen: [80, 443]"}
      spec:
        containers:
        - name: controller
          image: registry.k8s.io/ingress-nginx/controller:v1.14.3
          ports:
          - {containerPort: 80, name: http, protocol: TCP}
          - {containerPort: 443, name: https, protocol: TCP}
- apiVersion: v1
  kind: Service
  metadata:
    name: ingress-nginx-controller
    namespace: ingress-nginx
    labels: {app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller}
  spec:
    type: LoadBalancer
    selector: {app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller}
    ports:
    - {name: http, port: 80, protocol: TCP, targetPort: http, appProtocol: http}
    - {name: https, port: 443, protocol: TCP, targetPort: https, appProtocol: https}
"""


@lru_cache(maxsize=64)
def new_cluster(
    provider: str = "cloud", addons: tuple[str, ...] = (), seed: int = 0, firewall: str = "closed"
) -> Cluster:
    """A cluster at rest at READY that holds nothing of the user's yet."""
    if provider not in PROVIDERS:
        raise ValueError(f"unknown provider {provider!r}: {', '.join(PROVIDERS)}")
    tx = Transaction(Cluster.empty(), START)
    tx.put(_environment(provider, addons, seed, firewall))
    for body in yaml.safe_load(BASE)["items"][:4]:
        tx.create(body)
    for body in nodes(provider):
        tx.put(body)
    for body in yaml.safe_load(BASE)["items"][4:]:
        tx.create(body)
    tx.put(_api_endpoints())
    for addon in addons:
        install(tx, addon)
    quiesce(tx)
    return tx.cluster


def install(tx: Transaction, addon: str) -> None:
    """Put an addon's objects into the cluster; installing twice changes nothing."""
    if addon not in ADDONS:
        raise ValueError(f"unknown addon {addon!r}: {', '.join(ADDONS)}")
    provider = tx.cluster.environment.get("provider", "cloud")
    for body in yaml.safe_load(INGRESS_NGINX)["items"]:
        metadata = body["metadata"]
        if tx.cluster.get(body["kind"], metadata.get("namespace") or "", metadata["name"]) is None:
            tx.create(_fitted(body, provider))


def uninstall(tx: Transaction, addon: str) -> None:
    """Its namespace, with all that is in it, and its IngressClass: rules stay, and nobody obeys them."""
    tx.delete(("Namespace", "", addon))
    for found in tx.cluster.of_kind("IngressClass"):
        if found.controller_name == ingresses.CONTROLLER:
            tx.delete(found.key)


def _fitted(body: Body, provider: str) -> Body:
    """Without a cloud the controller is reached through a node: NodePort, and on minikube the node's own ports."""
    if provider != "cloud" and body["kind"] == "Service":
        body["spec"]["type"] = "NodePort"
    if provider == "minikube" and body["kind"] == "Deployment":
        for port in body["spec"]["template"]["spec"]["containers"][0]["ports"]:
            port["hostPort"] = port["containerPort"]
    return body


def _environment(provider: str, addons: tuple[str, ...], seed: int, firewall: str) -> Body:
    spec = {"provider": provider, "addons": list(addons), "seed": seed, "firewall": firewall, "tunnel": False}
    return {
        "apiVersion": "kubeviz.dev/v1",
        "kind": "Environment",
        "metadata": {"name": "lab"},
        "spec": spec,
        "status": {},
    }


def nodes(provider: str) -> list[Body]:
    if provider == "minikube":
        return [_node("minikube", 0, [("InternalIP", "192.168.49.2")])]
    return [
        _node(
            f"node-{n}",
            n,
            [("InternalIP", f"192.168.0.{10 + n}")]
            + ([("ExternalIP", f"203.0.113.{10 + n}")] if provider == "cloud" else []),
        )
        for n in (1, 2, 3)
    ]


def _node(name: str, number: int, addresses: list[tuple[str, str]]) -> Body:
    listed = [*addresses, ("Hostname", name)]
    cidr = f"10.244.{number}.0/24"
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {
            "name": name,
            "labels": {
                "kubernetes.io/hostname": name,
                "kubernetes.io/os": "linux",
                "kubernetes.io/arch": "amd64",
                "beta.kubernetes.io/os": "linux",
                "beta.kubernetes.io/arch": "amd64",
            },
        },
        "spec": {"podCIDR": cidr, "podCIDRs": [cidr]},
        "status": {
            "capacity": dict(MACHINE),
            "allocatable": dict(MACHINE),
            "addresses": [{"type": kind, "address": address} for kind, address in listed],
            "nodeInfo": {
                "kubeletVersion": "v1.36.2",
                "osImage": "Debian GNU/Linux 13 (trixie)",
                "kernelVersion": "6.12.0",
                "containerRuntimeVersion": "containerd://2.2.0",
                "operatingSystem": "linux",
                "architecture": "amd64",
            },
        },
    }


def _api_endpoints() -> Body:
    return {
        "apiVersion": "v1",
        "kind": "Endpoints",
        "metadata": {"name": "kubernetes", "namespace": "default"},
        "subsets": [{"addresses": [{"ip": API_SERVER}], "ports": [{"name": "https", "port": 6443, "protocol": "TCP"}]}],
    }
