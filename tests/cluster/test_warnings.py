"""What is accepted with a warning."""

import random

import pytest
import yaml

from kubeviz.cluster import admission
from kubeviz.controllers.bootstrap import new_cluster

POD = "{{apiVersion: v1, kind: Pod, metadata: {{name: x, namespace: default}}, spec: {{{0}}}}}"
SERVICE = (
    "{{apiVersion: v1, kind: Service, metadata: {{name: x, namespace: default}}, spec: {{ports: [{{port: 80}}], {0}}}}}"
)
ONE = "containers: [{name: c, image: nginx}]"
WARNED = [
    ("a variable that builds on itself", POD.format("containers: [{name: c, image: n, env: [{name: A, value: a}, {name: A, value: $(A)b}]}]"), []),
    ("a variable hidden", POD.format("containers: [{name: c, image: n, env: [{name: A, value: a}, {name: A, value: $(A)}]}]"),
     ['spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply']),
    ("half a byte", POD.format("containers: [{name: c, image: n, resources: {limits: {memory: 100m}}}]"),
     ['spec.containers[0].resources.limits[memory]: fractional byte value "100m" is invalid, must be an integer',
      'spec.containers[0].resources.requests[memory]: fractional byte value "100m" is invalid, must be an integer']),
    ("a port with and without a host port",
     POD.format("containers: [{name: c, image: n, ports: [{containerPort: 80}, {containerPort: 80, hostPort: 80, name: b}]}]"),
     ["spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]"]),
    ("a label of old", POD.format("nodeSelector: {beta.kubernetes.io/os: linux}, " + ONE),
     ['spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead']),
    ("an alias twice", POD.format("hostAliases: [{ip: 1.1.1.1}, {ip: 1.1.1.1}], " + ONE), ['spec.hostAliases[1].ip: duplicate ip "1.1.1.1"']),
    ("a pod whose name is no host name", POD.replace("name: x", "name: a.b").format(ONE),
     ["metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: "
      "[must not contain dots]"]),
    ("a workload whose name is no host name",
     "{apiVersion: apps/v1, kind: Deployment, metadata: {name: order-1.0, namespace: default}, spec: {selector: {matchLabels: {a: b}}, "
     f"template: {{metadata: {{labels: {{a: b}}}}, spec: {{{ONE}}}}}}}}}",
     ["metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: "
      "[must not contain dots]"]),
    ("an address with a leading zero", SERVICE.format("externalIPs: [203.0.113.09]"),
     ['spec.externalIPs[0]: non-standard IP address "203.0.113.09" will be considered invalid in a future Kubernetes release: '
      'use "203.0.113.9"', "spec.externalIPs is deprecated and may no longer be implemented in some clusters"]),
    ("a block with bits behind its prefix",
     "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: x, namespace: default}, spec: {podSelector: {}, "
     "ingress: [{from: [{ipBlock: {cidr: 10.1.2.3/8}}]}]}}",
     ['spec.ingress[0].from[0].ipBlock.cidr: CIDR value "10.1.2.3/8" is ambiguous in this context (should be "10.0.0.0/8" or '
      '"10.1.2.3/32"?)']),
    ("a spread that selects nobody",
     POD.format("topologySpreadConstraints: [{maxSkew: 1, topologyKey: z, whenUnsatisfiable: DoNotSchedule}], " + ONE),
     ["spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod"]),
    ("a host address without a port", POD.format("containers: [{name: c, image: n, ports: [{containerPort: 80, hostIP: 1.1.1.1}]}]"),
     ["spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:1.1.1.1}"]),
    ("external addresses", SERVICE.format("externalIPs: [203.0.113.9]"),
     ["spec.externalIPs is deprecated and may no longer be implemented in some clusters"]),
    ("the old word for the same zone", SERVICE.format("trafficDistribution: PreferClose"),
     ['spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"']),
    ("the class as an annotation",
     "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: x, namespace: default, annotations: "
     "{kubernetes.io/ingress.class: nginx}}, spec: {defaultBackend: {service: {name: a, port: {number: 80}}}}}",
     ["annotation \"kubernetes.io/ingress.class\" is deprecated, please use 'spec.ingressClassName' instead"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), [row[1:] for row in WARNED], ids=[row[0] for row in WARNED])
def test_what_is_seldom_meant_is_warned_about(text, said):
    assert admission.admit_create(yaml.safe_load(text), new_cluster(), random.Random(0)).warnings == said
