"""The patch that kubectl apply computes: what the real kubectl sent for the same three objects."""

import pytest
import yaml

from kubeviz.cluster.patches import fields
from kubeviz.cluster.patches.difference import three_way_patch

KINDS = {
    "Deployment": {"apiVersion": "apps/v1", "kind": "Deployment"},
    "Service": {"apiVersion": "v1", "kind": "Service"},
    "PodDisruptionBudget": {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget"},
    "Endpoints": {"apiVersion": "v1", "kind": "Endpoints"},
}


def template(text: str) -> str:
    return f"{{spec: {{template: {{spec: {text}}}}}}}"


# (what it is about, kind, live, last applied, new, the patch)
ROWS = [
    ("the same again", "Service", "{spec: {type: ClusterIP, ports: [{port: 80, protocol: TCP}]}}", "{spec: {ports: [{port: 80}]}}",
     "{spec: {ports: [{port: 80}]}}", "{}"),
    ("ports by their number", "Service", "{spec: {ports: [{port: 80, protocol: TCP}, {port: 81, protocol: TCP}]}}",
     "{spec: {ports: [{port: 80}, {port: 81}]}}", "{spec: {ports: [{port: 81}, {port: 82, targetPort: 5}]}}",
     "{spec: {$setElementOrder/ports: [{port: 81}, {port: 82}], ports: [{port: 82, targetPort: 5}, {$patch: delete, port: 80}]}}"),
    ("what is no longer said is null", "Service", "{metadata: {labels: {x: '1', by: hand}}, spec: {selector: {a: b}}}",
     "{metadata: {labels: {x: '1'}}, spec: {selector: {a: b}}}", "{metadata: {}, spec: {selector: {a: c}}}",
     "{metadata: {labels: null}, spec: {selector: {a: c}}}"),
    ("changed and deleted within one item", "Deployment",
     template("{containers: [{name: c, image: x, env: [{name: A, value: b}, {name: B, value: c}]}, {name: e, image: z}]}"),
     template("{containers: [{name: c, image: x, env: [{name: A, value: b}, {name: B, value: c}]}, {name: e, image: z}]}"),
     template("{containers: [{name: c, image: x, env: [{name: A, value: d}]}]}"),
     template("{$setElementOrder/containers: [{name: c}], containers: [{name: c, $setElementOrder/env: [{name: A}], "
              "env: [{name: A, value: d}, {$patch: delete, name: B}]}, {$patch: delete, name: e}]}")),
    ("another order alone", "Deployment", template("{containers: [{name: a}, {name: b}]}"), template("{containers: [{name: a}, {name: b}]}"),
     template("{containers: [{name: b}, {name: a}]}"), template("{$setElementOrder/containers: [{name: b}, {name: a}]}")),
    ("one member of a union drives out the other", "Deployment", template("{volumes: [{name: v, emptyDir: {}}]}"),
     template("{volumes: [{name: v, emptyDir: {}}]}"), template("{volumes: [{name: v, configMap: {name: x}}]}"),
     template("{$setElementOrder/volumes: [{name: v}], volumes: [{$retainKeys: [configMap, name], configMap: {name: x}, emptyDir: null, name: v}]}")),
    ("a set of finalizers", "Service", "{metadata: {finalizers: [a/b, c/d]}}", "{metadata: {finalizers: [a/b, c/d]}}",
     "{metadata: {finalizers: [c/d, e/f]}}",
     "{metadata: {$deleteFromPrimitiveList/finalizers: [a/b], $setElementOrder/finalizers: [c/d, e/f], finalizers: [e/f]}}"),
    ("a selector that is sent whole every time", "PodDisruptionBudget", "{spec: {selector: {matchLabels: {a: b}}}}",
     "{spec: {selector: {matchLabels: {a: b}}}}", "{spec: {selector: {matchLabels: {a: b}}}}", "{spec: {selector: {matchLabels: {a: b}}}}"),
    ("a list without a key, which the server filled in", "Endpoints", "{subsets: [{ports: [{port: 80, protocol: TCP}]}]}",
     "{subsets: [{ports: [{port: 80}]}]}", "{subsets: [{ports: [{port: 80}]}]}", "{subsets: [{ports: [{port: 80}]}]}"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "live", "last", "new", "patch"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_the_patch_is_the_one_kubectl_sends(kind, live, last, new, patch):
    field = fields.root(KINDS[kind])
    found = three_way_patch(*(yaml.safe_load(text) for text in (live, last, new)), field)
    assert found == yaml.safe_load(patch)
