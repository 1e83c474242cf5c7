"""The environment of a container: one row a rule of the kubelet (makeEnvironmentVariables, envvars, expansion)."""

import re
from functools import cache
from pathlib import Path

import pytest

from kubeviz.controllers import quiesce
from kubeviz.engine.env import expand, variables
from tests.clusters import app, begin, build, pod, send, service

RECORDED = Path(__file__).parents[1] / "conformance" / "environment.txt"
SNACKBAR = RECORDED.with_name("snackbar.yaml")
ADDRESS = re.compile(r"\d+\.\d+\.\d+\.\d+")

TEXT = (
    service("pay-ment", "clusterIP: 10.96.1.1, ports: [{name: web-ui, port: 80}, {port: 53, protocol: UDP, name: dns}]")
    + service("bare", "clusterIP: 10.96.1.2, ports: [{port: 8080, targetPort: http}]")
    + service("headless", "clusterIP: None, ports: [{port: 80}]")
    + service("out", "type: ExternalName, externalName: example.com")
    + service("elsewhere", "clusterIP: 10.96.1.4, ports: [{port: 80}]", "other")
    + """
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {HOST: from-map, colour: red, both.dots: "1"}
---
apiVersion: v1
kind: Secret
metadata: {name: hidden}
data: {PASSWORD: aHVudGVyMg==}
stringData: {TOKEN: plain}
---
apiVersion: v1
kind: Pod
metadata: {name: asked, labels: {app: asked, odd/key: value}}
spec:
  containers:
  - name: c
    image: c
    resources: {limits: {cpu: 1500m, memory: 64Mi}, requests: {memory: 10M}}
    envFrom:
    - configMapRef: {name: settings}
    - {prefix: S_, secretRef: {name: hidden}}
    - configMapRef: {name: gone, optional: true}
    env:
    - {name: PLAIN, value: text}
    - {name: EMPTY}
    - {name: HOST, value: from-env}
    - {name: BARE_SERVICE_PORT, value: "1"}
    - {name: URL, value: "http://$(PAY_MENT_SERVICE_HOST):$(PAY_MENT_SERVICE_PORT)/$(colour)"}
    - {name: OWN, value: "$(HOST) $(S_TOKEN)"}
    - {name: ESCAPED, value: "$$(HOST) $$$(HOST) $$ $HOST $(HOST"}
    - {name: UNKNOWN, value: "$(NOBODY) $()"}
    - {name: EARLY, value: "$(LATE)"}
    - {name: LATE, value: late}
    - {name: TWICE, value: one}
    - {name: TWICE, value: "$(TWICE) two"}
    - {name: COLOUR, valueFrom: {configMapKeyRef: {name: settings, key: colour}}}
    - {name: NO_KEY, valueFrom: {configMapKeyRef: {name: settings, key: gone, optional: true}}}
    - {name: NO_SECRET, valueFrom: {secretKeyRef: {name: gone, key: gone, optional: true}}}
    - {name: PASSWORD, valueFrom: {secretKeyRef: {name: hidden, key: PASSWORD}}}
    - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
    - {name: LABEL, valueFrom: {fieldRef: {fieldPath: "metadata.labels['odd/key']"}}}
    - {name: NO_LABEL, valueFrom: {fieldRef: {fieldPath: "metadata.labels['gone']"}}}
    - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
    - {name: ACCOUNT, valueFrom: {fieldRef: {fieldPath: spec.serviceAccountName}}}
    - {name: CORES, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
    - {name: MILLICORES, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: 1m}}}
    - {name: BYTES, valueFrom: {resourceFieldRef: {resource: limits.memory}}}
    - {name: MEBIBYTES, valueFrom: {resourceFieldRef: {resource: requests.memory, divisor: 1Mi}}}
---
apiVersion: v1
kind: Pod
metadata: {name: unlinked, labels: {app: unlinked}}
spec: {enableServiceLinks: false, containers: [{name: c, image: c}]}
---
"""
)

ROWS = [
    ("a dash becomes an underscore", "PAY_MENT_SERVICE_HOST", "10.96.1.1"),
    ("the first port is the Service's", "PAY_MENT_SERVICE_PORT", "80"),
    ("and its name is written large", "PAY_MENT_SERVICE_PORT_WEB_UI", "80"),
    ("every named port has one", "PAY_MENT_SERVICE_PORT_DNS", "53"),
    ("a link to the first port", "PAY_MENT_PORT", "tcp://10.96.1.1:80"),
    ("the protocol is part of the name", "PAY_MENT_PORT_53_UDP", "udp://10.96.1.1:53"),
    ("and a variable", "PAY_MENT_PORT_53_UDP_PROTO", "udp"),
    ("as are port", "PAY_MENT_PORT_53_UDP_PORT", "53"),
    ("and address", "PAY_MENT_PORT_53_UDP_ADDR", "10.96.1.1"),
    ("the Service's port, not the target's", "BARE_PORT", "tcp://10.96.1.2:8080"),
    ("a port without a name gives none by name", "BARE_SERVICE_PORT_HTTP", None),
    ("a headless Service gives none", "HEADLESS_SERVICE_HOST", None),
    ("nor does an ExternalName", "OUT_SERVICE_HOST", None),
    ("nor a Service of another namespace", "ELSEWHERE_SERVICE_HOST", None),
    ("the API server is there", "KUBERNETES_SERVICE_PORT_HTTPS", "443"),
    ("a ConfigMap's key", "colour", "red"),
    ("a key need be no C identifier", "both.dots", "1"),
    ("a prefix", "S_TOKEN", "plain"),
    ("a Secret is decoded", "S_PASSWORD", "hunter2"),
    ("env overrides envFrom", "HOST", "from-env"),
    ("and Services", "BARE_SERVICE_PORT", "1"),
    ("no value is empty", "EMPTY", ""),
    ("Services and envFrom can be named", "URL", "http://10.96.1.1:80/red"),
    ("what stands above can be named", "OWN", "from-env plain"),
    ("two dollars are one", "ESCAPED", "$(HOST) $from-env $ $HOST $(HOST"),
    ("what is unknown stays", "UNKNOWN", "$(NOBODY) $()"),
    ("what stands below is unknown", "EARLY", "$(LATE)"),
    ("the last of a name wins", "TWICE", "one two"),
    ("one key of a ConfigMap", "COLOUR", "red"),
    ("an optional key that is missing sets nothing", "NO_KEY", None),
    ("nor an optional Secret", "NO_SECRET", None),
    ("one key of a Secret", "PASSWORD", "hunter2"),
    ("the pod's name", "NAME", "asked"),
    ("a label", "LABEL", "value"),
    ("a label that is not there is empty", "NO_LABEL", ""),
    ("the account", "ACCOUNT", "default"),
    ("a limit is rounded up to the divisor", "CORES", "2"),
    ("thousandths of a core", "MILLICORES", "1500"),
    ("bytes", "BYTES", "67108864"),
    ("parts of a mebibyte are rounded up", "MEBIBYTES", "10"),
]


@cache
def asked():
    cluster = build(TEXT)
    return variables(cluster, pod(cluster, "asked"))


@pytest.mark.parametrize(("name", "value"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_a_variable_is_what_the_kubelet_makes_it(name, value):
    assert asked().get(name) == value


def test_without_service_links_only_the_api_server_is_known():
    cluster = build(TEXT)
    found = variables(cluster, pod(cluster, "unlinked"))
    assert {name.partition("_")[0] for name in found} == {"KUBERNETES"}


def test_an_own_service_named_kubernetes_takes_the_place_of_the_api_servers():
    own = service("kubernetes", "clusterIP: 10.96.9.9, ports: [{port: 80}]", "mine")
    cluster = build(own + app("order", namespace="mine"))
    found = variables(cluster, pod(cluster, "order", "mine"))
    assert found["KUBERNETES_SERVICE_HOST"] == "10.96.9.9"
    assert "KUBERNETES_SERVICE_PORT_HTTPS" not in found


SHARED = """
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {colour: red}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: order}
spec:
  selector: {matchLabels: {app: order}}
  template:
    metadata: {labels: {app: order}}
    spec: {containers: [{name: c, image: c, envFrom: [{configMapRef: {name: settings}}]}]}
"""


def test_a_changed_configmap_reaches_a_container_with_its_next_start_only():
    tx = begin(SHARED)
    tx.patch(("ConfigMap", "default", "settings"), {"data": {"colour": "blue"}})
    quiesce(tx)
    old = pod(tx.cluster, "order")
    assert variables(tx.cluster, old)["colour"] == "red"
    tx.delete(old.key)
    quiesce(tx)
    assert variables(tx.cluster, pod(tx.cluster, "order"))["colour"] == "blue"


def test_an_app_that_names_an_unknown_variable_cannot_call():
    text = app("order", more=", routes: {/: {call: 'http://$(GHOST_SERVICE_HOST)/'}}") + service(
        "order", "type: NodePort, selector: {app: order}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]"
    )
    found = send(build(text), "http://203.0.113.11:30080/")
    assert (found.reason, found.calls[0].reason) == ("AppError", "EnvMissing")
    assert expand(build(text), pod(build(text), "order"), "$(GHOST_SERVICE_HOST)")[1] == ["GHOST_SERVICE_HOST"]


def test_every_variable_of_the_recorded_pod_is_there_and_no_other():
    """Addresses aside, which are each cluster's own."""
    cluster = build(SNACKBAR.read_text())
    found = variables(cluster, pod(cluster, "order", "snackbar"))
    ours = {f"{name}={ADDRESS.sub('IP', value)}" for name, value in found.items()}
    assert ours == {ADDRESS.sub("IP", line) for line in RECORDED.read_text().splitlines()}
