"""Strategic merge patches, as k8s.io/apimachinery/pkg/util/strategicpatch merges them."""

import pytest
import yaml

from kubeviz.cluster.patches import fields, strategic
from kubeviz.cluster.patches.jsonpatch import PatchError

DEPLOYMENT = fields.root({"apiVersion": "apps/v1", "kind": "Deployment"})
SERVICE = fields.root({"apiVersion": "v1", "kind": "Service"})
TWO = "{spec: {template: {spec: {containers: [{name: a, image: a:1}, {name: b, image: b:1}]}}}}"


def containers(text: str) -> str:
    return f"{{spec: {{template: {{spec: {{containers: {text}}}}}}}}}"


CASES = [
    ("a container is found by name", DEPLOYMENT, TWO, containers("[{name: b, image: b:2}]"),
     containers("[{name: a, image: a:1}, {name: b, image: b:2}]")),
    ("a new one comes last", DEPLOYMENT, TWO, containers("[{name: c, image: c:1}]"),
     containers("[{name: a, image: a:1}, {name: b, image: b:1}, {name: c, image: c:1}]")),
    ("$patch: delete takes one out", DEPLOYMENT, TWO, containers("[{name: a, $patch: delete}]"), containers("[{name: b, image: b:1}]")),
    ("$patch: replace gives the whole list", DEPLOYMENT, TWO, containers("[{name: z, image: z:1}, {$patch: replace}]"),
     containers("[{name: z, image: z:1}]")),
    ("$setElementOrder orders", DEPLOYMENT, TWO,
     "{spec: {template: {spec: {$setElementOrder/containers: [{name: b}, {name: a}], containers: [{name: b, image: b:2}]}}}}",
     containers("[{name: b, image: b:2}, {name: a, image: a:1}]")),
    ("null deletes", SERVICE, "{spec: {selector: {a: b}, type: NodePort}}", "{spec: {selector: null}}", "{spec: {type: NodePort}}"),
    ("a port is found by its number", SERVICE, "{spec: {ports: [{port: 80, nodePort: 30080}]}}",
     "{spec: {ports: [{port: 80, targetPort: 8080}]}}", "{spec: {ports: [{port: 80, nodePort: 30080, targetPort: 8080}]}}"),
    ("a list without a key is replaced", SERVICE, "{spec: {externalIPs: [1.1.1.1]}}", "{spec: {externalIPs: [2.2.2.2]}}",
     "{spec: {externalIPs: [2.2.2.2]}}"),
    ("a set grows", SERVICE, "{metadata: {finalizers: [a/b]}}", "{metadata: {finalizers: [a/b, c/d]}}", "{metadata: {finalizers: [a/b, c/d]}}"),
    ("$deleteFromPrimitiveList shrinks it", SERVICE, "{metadata: {finalizers: [a/b, c/d]}}",
     "{metadata: {$deleteFromPrimitiveList/finalizers: [a/b]}}", "{metadata: {finalizers: [c/d]}}"),
    ("$retainKeys drops the rest", DEPLOYMENT, "{spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}}",
     "{spec: {strategy: {type: Recreate, $retainKeys: [type]}}}", "{spec: {strategy: {type: Recreate}}}"),
    ("a map replaced", SERVICE, "{spec: {selector: {a: b}}}", "{spec: {selector: {c: d, $patch: replace}}}", "{spec: {selector: {c: d}}}"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "live", "patch", "result"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_patch_merges_by_the_schema(field, live, patch, result):
    before = yaml.safe_load(live)
    assert strategic.apply(before, yaml.safe_load(patch), field) == yaml.safe_load(result)
    assert before == yaml.safe_load(live)


def test_an_item_without_its_key_is_refused():
    with pytest.raises(PatchError, match=r"map: map\[image:x tty:true\] does not contain declared merge key: name"):
        strategic.apply({}, yaml.safe_load(containers("[{image: x, tty: true}]")), DEPLOYMENT)
