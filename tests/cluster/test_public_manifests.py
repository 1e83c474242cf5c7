"""Shapes of public manifests: what a 1.36 server takes loads, what it does not is refused with the reason, at its line."""

from pathlib import Path

import pytest

from kubeviz.cluster import manifest
from kubeviz.cluster.apiserver import Transaction
from kubeviz.cluster.manifest import ManifestError
from kubeviz.controllers import loading, quiesce
from kubeviz.controllers.bootstrap import READY, new_cluster

WORKLOADS = Path(__file__).parent / "public" / "workloads.yaml"
CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\n"
SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {ports: [{port: 80}]}\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {containers: [{name: c, image: x, %s}]}\n"


def loaded(text: str) -> Transaction:
    tx = Transaction(new_cluster(), READY)
    loading.load(tx, [manifest.load(text, "f.yaml")])
    return tx


def test_the_shapes_of_public_workloads_load_and_run():
    found = manifest.load(WORKLOADS.read_text(), "workloads.yaml")
    tx = loaded(WORKLOADS.read_text())
    quiesce(tx)
    assert found.skipped == []
    assert all(
        tx.cluster.get(d.body["kind"], d.body["metadata"].get("namespace", "default"), d.body["metadata"]["name"])
        for d in found.documents
    )
    assert tx.cluster.get("StatefulSet", "default", "ring").status["readyReplicas"] == 3
    assert (
        tx.cluster.get("StatefulSet", "default", "ring").spec["template"]["spec"]["containers"][0]["resources"][
            "requests"
        ]["cpu"]
        == "500m"
    )
    assert {p.node for p in tx.cluster.of_kind("Pod", "kube-system") if p.labels.get("k8s-app") == "net-agent"} == {
        "node-1",
        "node-2",
        "node-3",
    }


def test_every_feature_of_public_manifests_is_taken():
    found = manifest.load((WORKLOADS.parent / "features.yaml").read_text(), "features.yaml")
    tx = Transaction(new_cluster(), READY)
    loading.load(tx, [found])
    assert found.skipped == []
    assert len(found.documents) == 71
    quiesce(tx)


TAKEN = [
    ("documents that begin with words", f"--- # first\n{CONFIG % 'a'}--- # second\n{CONFIG % 'b'}", 2),
    ("an end mark", f"{CONFIG % 'a'}...\n---\n{CONFIG % 'b'}", 2),
    ("a directive", f"%YAML 1.1\n---\n{CONFIG % 'a'}", 1),
    ("a mark of byte order and Windows line ends", "\ufeff" + f"{CONFIG % 'a'}---\n{CONFIG % 'b'}".replace("\n", "\r\n"), 2),
    ("JSON after JSON", '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}\n{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}', 2),
    ("a list in JSON", '{"kind":"List","apiVersion":"v1","items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}]}', 1),
    ("a list of nothing", "apiVersion: v1\nkind: List\nitems: []\n", 0),
    ("a list without items", "apiVersion: v1\nkind: List\n", 0),
    ("a name to be made", "apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a-}\n", 1),
    ("anchors", "apiVersion: v1\nkind: Service\nmetadata: {name: x, labels: &l {a: b}}\nspec: {ports: [{port: 80}], selector: {<<: *l}}\n", 1),
    ("fields without a value", "apiVersion: v1\nkind: Service\nmetadata:\n  name: x\n  labels:\n  annotations:\nspec:\n  ports:\n  - port: 80\n    targetPort:\n  selector:\n", 1),
    ("nothing", "# only a comment\n---\n---\n", 0),
    ("a date as text", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, annotations: {on: 2020-01-01}}\n", 1),
    ("a claim that replaces a volume of its name", "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: x}\nspec:\n  replicas: 0\n  selector: {matchLabels: {a: b}}\n  template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: x, volumeMounts: [{name: d, mountPath: /d}]}], volumes: [{name: d, persistentVolumeClaim: {claimName: d}}]}}\n  volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]\n", 1),
    ("KYAML: braces, commas behind the last, comments", '---\n{\n  apiVersion: "v1",\n  kind: "Pod",\n  metadata: {\n    name: "x",\n  },\n  spec: {\n    containers: [{\n      name: "c",\n      image: "x", # the newest\n    }],\n  },\n}\n', 1),
    ("a command that goes on behind a backslash", "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n  - name: c\n    image: x\n    command:\n    - sh\n    - -c\n    - \"start \\\n      --servers=3 \\\n      --level=INFO\"\n", 1),
    ("arguments over lines with comments between", "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n  - name: c\n    image: x\n    args: [\n            \"--a\",\n            # why\n            \"--b\"\n            ]\n", 1),
    ("subsets with a nameless port each", "apiVersion: v1\nkind: Endpoints\nmetadata: {name: x}\nsubsets:\n- addresses: [{ip: 10.240.106.152}]\n  ports: [{port: 1}]\n- addresses: [{ip: 10.240.79.157}]\n  ports: [{port: 1}]\n", 1),
    ("a status and an account of no name", "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {serviceAccount: '', containers: [{name: c, image: x, resources: {}}]}\nstatus: {}\n", 1),
    ("an AppArmor annotation of old", "apiVersion: v1\nkind: Pod\nmetadata: {name: x, annotations: {container.apparmor.security.beta.kubernetes.io/c: localhost/deny-write}}\nspec: {containers: [{name: c, image: x}]}\n", 1),
    ("a namespace nobody declared", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: shop}\n", 2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "count"), [t[1:] for t in TAKEN], ids=[t[0] for t in TAKEN])
def test_an_odd_but_right_file_is_taken(text, count):
    assert len(loaded(text).changes) == count


REFUSED = [
    ("a label that is no text", CONFIG.replace("name: %s", "name: x, labels: {on: no}"), 3, "cannot unmarshal bool"),
    ("a version that is a number", CONFIG.replace("name: %s", "name: x, labels: {version: 1.0}"), 3, "cannot unmarshal number"),
    ("a variable that is a number", POD % "env: [{name: A, value: 1}]", 4, "cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string"),
    ("a variable of the shell in place of a number", SERVICE.replace("80", "'${PORT}'"), 4, "cannot unmarshal string"),
    ("a field written small", SERVICE.replace("port: 80", "port: 80, targetport: 1"), 4, 'unknown field "spec.ports[0].targetport"'),
    ("the address family of old", SERVICE.replace("{ports", "{ipFamily: IPv6, ports"), 4, 'unknown field "spec.ipFamily"'),
    ("a controller whose template bears no labels", "apiVersion: v1\nkind: ReplicationController\nmetadata: {name: x}\nspec:\n  replicas: 100\n  template: {spec: {containers: [{name: c, image: x}]}}\n", 4, "spec.selector: Required value"),
    ("a toleration that compares numbers", POD.replace("spec: {", "spec: {tolerations: [{key: a, operator: Gt, value: '900'}], ") % "", 4, 'Unsupported value: "Gt"'),
    ("a debug container from the start", POD.replace("spec: {", "spec: {ephemeralContainers: [{name: d, image: x}], ") % "", 4, "spec.ephemeralContainers: Forbidden: cannot be set on create"),
    ("a limit of processes for the pod", POD.replace("spec: {", "spec: {resources: {limits: {pids: '2048'}}, ") % "", 4, 'Unsupported value: "pids"'),
    ("a Job that would never end", "apiVersion: batch/v1\nkind: Job\nmetadata: {name: x}\nspec:\n  template:\n    spec: {containers: [{name: c, image: x}]}\n", 6, 'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'),
    ("a schedule in words", "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: x}\nspec:\n  schedule: every minute\n  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: x}]}}}}\n", 5, "expected exactly 5 fields, found 2: [every minute]"),
    ("a Helm template's block", "apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    {{- include \"x\" . | nindent 4 }}\n", 5, "render it first"),
    ("a Helm template's value", "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n", 4, "render it first"),
    ("a value with a colon", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata:\n  a: b: c\n", 5, "must stand in quotes"),
    ("a tab", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: x\n", 4, "a tab indents here"),
    ("a bell", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: \"\x07\"}\n", 4, "control characters are not allowed"),
    ("a selector written twice", "apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec:\n  selector: {a: b}\n  ports: [{port: 80}]\n  selector: {a: b}\n", 7, 'key "selector" already set in map'),
    ("a controller without labels", "apiVersion: v1\nkind: ReplicationController\nmetadata: {name: x}\nspec:\n  template: {spec: {containers: [{name: c, image: x}]}}\n", 4, "spec.selector: Required value"),
    ("a compose file", "services: {web: {image: nginx}}\n", 1, "every object begins with apiVersion and kind"),
    ("a Secret that is not encoded", "apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata: {a: not-base64}\n", 4, "illegal base64 data at input byte 3"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "said"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_a_wrong_file_is_refused_with_line_and_reason_and_nothing_of_it_is_applied(text, line, said):
    with pytest.raises((ManifestError, loading.LoadError)) as caught:
        loaded(f"{text}---\n{CONFIG % 'other'}")
    errors = getattr(caught.value, "errors", [caught.value])
    assert errors[0].line == line
    assert said in str(errors[0])
