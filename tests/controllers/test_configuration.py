"""Pods that need a ConfigMap or a Secret: what they say while it is missing, and that they mend when it comes."""

import pytest
import yaml

from kubeviz.controllers import quiesce
from tests.clusters import begin
from tests.controllers.test_workloads import events, pods

ENV_FROM = "envFrom: [{configMapRef: {name: menu}}]"
KEY = "env: [{name: PRICE, valueFrom: {configMapKeyRef: {name: menu, key: price}}}]"
SECRET = "env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: till, key: password}}}]"
MOUNTED, ITEM = "configMap: {name: menu}", "configMap: {name: menu, items: [{key: price, path: p}]}"
MENU = "{apiVersion: v1, kind: ConfigMap, metadata: {name: menu}, data: {price: '3000'}}"
EMPTY = "{apiVersion: v1, kind: ConfigMap, metadata: {name: menu}}"
TILL = "{apiVersion: v1, kind: Secret, metadata: {name: till}, stringData: {password: x}}"
WAITS = "CreateContainerConfigError"


def shop(container="", volume="", given=""):
    volumes = f", volumes: [{{name: v, {volume}}}]" if volume else ""
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec: {{containers: [{{name: c, image: x{container and ', ' + container}}}]{volumes}}}\n"
    return begin(f"{given}\n---\n{text}" if given else text)


def said(tx):
    """Why the container waits, the event about it, and whether the pod has an address."""
    (pod,) = pods(tx)
    (status,) = pod.status["containerStatuses"]
    waiting = status["state"].get("waiting") or {}
    told = events(tx, "Failed") + events(tx, "FailedMount")
    return waiting.get("reason"), waiting.get("message"), told, bool(pod.ip)


MISSING = [
    ("a ConfigMap for the environment", {"container": ENV_FROM}, MENU,
     (WAITS, 'configmap "menu" not found', ['Error: configmap "menu" not found'], True)),
    ("a Secret", {"container": SECRET}, TILL, (WAITS, 'secret "till" not found', ['Error: secret "till" not found'], True)),
    ("a key", {"container": KEY, "given": EMPTY}, MENU,
     (WAITS, "couldn't find key price in ConfigMap default/menu", ["Error: couldn't find key price in ConfigMap default/menu"], True)),
    ("a volume", {"volume": MOUNTED}, MENU,
     ("ContainerCreating", None, ['MountVolume.SetUp failed for volume "v" : configmap "menu" not found'], False)),
    ("a file of a volume", {"volume": ITEM, "given": EMPTY}, MENU,
     ("ContainerCreating", None, ['MountVolume.SetUp failed for volume "v" : references non-existent config key: price'], False)),
    ("a Secret in a volume", {"volume": "secret: {secretName: till}"}, TILL,
     ("ContainerCreating", None, ['MountVolume.SetUp failed for volume "v" : secret "till" not found'], False)),
    ("one of several sources", {"volume": "projected: {sources: [{configMap: {name: menu}}]}"}, MENU,
     ("ContainerCreating", None, ['MountVolume.SetUp failed for volume "v" : configmap "menu" not found'], False)),
]  # fmt: skip


@pytest.mark.parametrize(("given", "cure", "expected"), [m[1:] for m in MISSING], ids=[m[0] for m in MISSING])
def test_a_pod_waits_for_what_it_needs_and_starts_when_that_is_there(given, cure, expected):
    tx = shop(**given)
    assert said(tx) == expected
    assert pods(tx)[0].phase == "Pending"
    tx.apply(yaml.safe_load(cure))
    quiesce(tx)
    (pod,) = pods(tx)
    assert (pod.ready, pod.status["containerStatuses"][0]["restartCount"]) == (True, 0)


OPTIONAL = [
    ("environment", {"container": "envFrom: [{configMapRef: {name: menu, optional: true}}]"}),
    ("key", {"container": "env: [{name: A, valueFrom: {secretKeyRef: {name: till, key: x, optional: true}}}]"}),
    ("volume", {"volume": "secret: {secretName: till, optional: true}"}),
    ("what every namespace has", {"volume": "configMap: {name: kube-root-ca.crt}"}),
]


@pytest.mark.parametrize("given", [o[1] for o in OPTIONAL], ids=[o[0] for o in OPTIONAL])
def test_what_is_optional_or_there_holds_nobody_up(given):
    assert pods(shop(**given))[0].ready
