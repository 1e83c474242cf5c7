"""kubectl over small clusters: states, selections and changes that the recordings do not hold."""

import re

import pytest

from kubeviz.terminal import complete, run
from tests.terminal.shells import shell, typed

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: nginx:1, ports: [{containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, labels: {tier: front}}
spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: notes}
data: {a: b}
"""


def pods(text: str) -> str:
    """Random ends of pod names and ages as placeholders."""
    return re.sub(r"(?<= )\d+s(?=\s)", "AGE", re.sub(r"web-[a-z0-9]{8,10}(-[a-z0-9]{5})?", "web-RAND", text))


STATES = {
    "running": ("ready: true", "1/1", "Running"),
    "not ready": ("ready: false", "0/1", "Running"),
    "crashing": ("state: crash", "0/1", "CrashLoopBackOff"),
    "no such image": ("state: image-pull-error", "0/1", "ImagePullBackOff"),
}


@pytest.mark.parametrize(("app", "ready", "status"), STATES.values(), ids=STATES)
def test_a_pods_state_is_named_as_kubectl_names_it(app: str, ready: str, status: str) -> None:
    session = shell(f"""
        apiVersion: v1
        kind: Pod
        metadata: {{name: p, annotations: {{kubeviz.dev/app: "{app}"}}}}
        spec: {{containers: [{{name: c, image: nginx}}]}}
    """)
    row = typed(session, "kubectl get pod p --no-headers").split()
    assert row[1:3] == [ready, status]


def test_a_finished_pod_is_completed() -> None:
    session = shell("""
        apiVersion: v1
        kind: Pod
        metadata: {name: p, annotations: {kubeviz.dev/app: "state: completed"}}
        spec: {restartPolicy: Never, containers: [{name: c, image: nginx}]}
    """)
    assert typed(session, "kubectl get pod p --no-headers").split()[1:3] == ["0/1", "Completed"]


def test_a_pod_that_is_being_deleted_is_terminating() -> None:
    session = shell(WEB)
    session.settle = lambda tx: None
    name = typed(session, "kubectl get pods -o name").split()[0]
    run(f"kubectl delete {name} --wait=false", session)
    assert typed(session, f"kubectl get {name} --no-headers").split()[2] == "Terminating"


ANSWERS = {
    "a kind without a generator here": ("kubectl create cronjob c --image=a --schedule='* * * * *'", "error: kubectl create cronjob is not simulated in a lab; write the object and apply it\n", 1),
    "made twice by a generator": ("kubectl create deployment web --image=nginx", 'error: failed to create deployment: deployments.apps "web" already exists\n', 1),
    "a generator's Service made twice": ("kubectl create service clusterip web --tcp=80", 'error: failed to create ClusterIP service: services "web" already exists\n', 1),
    "a group of commands alone": ("kubectl config >/dev/null", "", 1),
    "a group of commands explained": ("kubectl config --help >/dev/null", "", 0),
    "a time without a unit": ("kubectl delete pod a --timeout=1", "error: invalid argument \"1\" for \"--timeout\" flag: time: missing unit in duration \"1\"\nSee 'kubectl delete --help' for usage.\n", 1),
    "logs of too many things": ("kubectl logs a b c 2>&1 | head -1", "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n", 0),
    "a node that is not there keeps the others": ("kubectl cordon node-1 nope; kubectl get node node-1 --no-headers | awk '{print $2}'", 'Error from server (NotFound): nodes "nope" not found\nReady\n', 0),
    "several faults at once": (
        "kubectl create -f - <<E\napiVersion: v1\nkind: Service\nmetadata: {name: bad}\nspec: {ports: [{port: 0}]}\n---\napiVersion: foo/v1\nkind: Bar\nmetadata: {name: m}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: good}\nE",
        'Error from server (Invalid): error when creating "STDIN": Service "bad" is invalid: [spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive, spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive]\n'
        'resource mapping not found for name: "m" namespace: "" from "STDIN": no matches for kind "Bar" in version "foo/v1"\nensure CRDs are installed first\n'
        "configmap/good created\n",
        1,
    ),
    "apply without a name": (
        "kubectl apply -f - <<E\napiVersion: apps/v1\nkind: Deployment\nE",
        'error: error when retrieving current configuration of:\nResource: "apps/v1, Resource=deployments", GroupVersionKind: "apps/v1, Kind=Deployment"\nName: "", Namespace: "default"\nfrom server for: "STDIN": resource name may not be empty\n',
        1,
    ),
    "scaled what cannot be": ("kubectl scale svc web --replicas=2", "Error from server (NotFound): the server could not find the requested resource (patch services web)\n", 1),
    "status of what does not roll": ("kubectl rollout status svc web", "error: no status viewer has been implemented for Service\n", 1),
    "only what comes": ("kubectl get svc --watch-only", "", 0),
    "edit shows the way": ("kubectl edit svc web", "", 0),
    "the root of a container": ("kubectl exec deploy/web -- ls | head -3", "bin\ndev\netc\n", 0),
    "no such container": ("kubectl run lone --image=nginx; kubectl logs lone -c nope", "error: container nope is not valid for pod lone out of: lone\npod/lone created\n", 1),
    "the cause of a change": (
        'kubectl annotate deploy web kubernetes.io/change-cause=first && kubectl set image deploy/web "*=nginx:2" && kubectl annotate deploy web kubernetes.io/change-cause=second --overwrite; kubectl rollout history deploy web | tail -3',
        "deployment.apps/web annotated\ndeployment.apps/web image updated\ndeployment.apps/web annotated\n1         first\n2         second\n\n",
        0,
    ),
    "one program, then the pod goes": ("kubectl run t --image=busybox --rm -it --restart=Never -- false", 'pod default/t terminated (Error)\npod "t" deleted from default namespace\n', 1),
    "one program of a pod that starts again": ("kubectl run t --image=busybox --rm -it -- false", "Session ended, resume using 'kubectl attach t -c t -i -t' command when the pod is running\npod \"t\" deleted from default namespace\n", 0),
    "nothing there": ("kubectl get pods -n none", "No resources found in none namespace.\n", 0),
    "nothing anywhere": ("kubectl get netpol -A", "No resources found\n", 0),
    "no such object": ("kubectl get svc nope", 'Error from server (NotFound): services "nope" not found\n', 1),
    "no such object, and that is fine": ("kubectl get svc nope --ignore-not-found", "", 0),
    "no such kind": ("kubectl get nope", 'error: the server doesn\'t have a resource type "nope"\n', 1),
    "name and label": (
        "kubectl get svc web -l a=b", "error: name cannot be provided when a selector is specified\n", 1,
    ),
    "name everywhere": (
        "kubectl get svc web -A", "error: a resource cannot be retrieved by name across all namespaces\n", 1,
    ),
    "names only": ("kubectl get deploy,svc -o name -l '!component'", "deployment.apps/web\nservice/web\n", 0),
    "kind and name in one word": ("kubectl get svc/web cm/notes -o name", "service/web\nconfigmap/notes\n", 0),
    "a field that cannot be asked": (
        "kubectl get pods --field-selector=spec.foo=a",
        'Error from server (BadRequest): Unable to find "/v1, Resource=pods" that match label selector "", field '
        'selector "spec.foo=a": field label not supported: spec.foo\n',
        1,
    ),
    "columns of one's own": (
        "kubectl get svc web -o custom-columns=NAME:.metadata.name,PORT:.spec.ports[*].port,X:.spec.nope",
        "NAME   PORT   X\nweb    80     <none>\n",
        0,
    ),
    "a Go template": ("kubectl get svc web -o go-template='{{.metadata.name}}:{{(index .spec.ports 0).port}}'", "web:80", 0),
    "describe by the beginning of a name": ("kubectl describe cm no | head -1", "Name:         notes\n", 0),
    "delete without a name": ("kubectl delete svc", "error: resource(s) were provided, but no name was specified\n", 1),
    "metrics": ("kubectl top nodes", "error: Metrics API not available\n", 1),
    "may I": ("kubectl auth can-i delete pods", "yes\n", 0),
    "a control character": ("kubectl create cm x --from-literal=a=$'\\e[31mred' -o jsonpath='{.data.a}'", "red", 0),
}  # fmt: skip


@pytest.mark.parametrize(("line", "said", "code"), ANSWERS.values(), ids=ANSWERS)
def test_kubectl_answers(line: str, said: str, code: int) -> None:
    session = shell(WEB)
    result = run(line, session)
    assert (result.err + result.out, result.code) == (said, code)


LESSON = [
    ("kubectl create namespace snack", "namespace/snack created\n"),
    ("kubectl config set-context --current --namespace=snack", 'Context "kubeviz" modified.\n'),
    ("kubectl create deployment web --image=nginx --replicas=2 --port=80", "deployment.apps/web created\n"),
    ("kubectl expose deployment web --port=80 --type=NodePort", "service/web exposed\n"),
    ("kubectl rollout status deploy/web", 'deployment "web" successfully rolled out\n'),
    ("kubectl scale deploy web --replicas=3", "deployment.apps/web scaled\n"),
    ("kubectl get deploy web --no-headers", "web   3/3   3     3     AGE\n"),
    ("kubectl set image deploy/web nginx=nginx:2", "deployment.apps/web image updated\n"),
    ("kubectl rollout history deploy/web", "deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n"),
    ("kubectl rollout undo deploy/web", "deployment.apps/web rolled back\n"),
    ("kubectl get deploy web -o jsonpath='{.spec.template.spec.containers[0].image}'", "nginx"),
    ("kubectl set selector svc web app=nope", "service/web selector updated\n"),
    ("kubectl get ep web --no-headers 2>/dev/null", "web   <none>   AGE\n"),
    ("kubectl patch svc web -p '{\"spec\":{\"selector\":{\"app\":\"web\"}}}'", "service/web patched\n"),
    ("kubectl patch svc web -p '{\"spec\":{\"selector\":{\"app\":\"web\"}}}'", "service/web patched (no change)\n"),
    ("kubectl label svc web tier=front", "service/web labeled\n"),
    ("kubectl label svc web tier=front", "service/web not labeled\n"),
    ("kubectl wait --for=condition=Ready pod -l app=web | wc -l", "3\n"),
    ("kubectl exec deploy/web -- curl -s -o /dev/null -w '%{http_code}' web", "200"),
    ("kubectl run tmp --rm -it --image=busybox --restart=Never -- wget -qO- web | tail -1", 'web-RANDpod "tmp" deleted from snack namespace\n'),
    ("kubectl cordon node-1", "node/node-1 cordoned\n"),
    ("kubectl uncordon node-1", "node/node-1 uncordoned\n"),
    ("kubectl delete deploy,svc web", 'deployment.apps "web" deleted from snack namespace\nservice "web" deleted from snack namespace\n'),
    ("kubectl get all", "No resources found in snack namespace.\n"),
]  # fmt: skip


def test_a_lesson_typed_from_beginning_to_end() -> None:
    session = shell()
    assert [(line, pods(typed(session, line))) for line, _ in LESSON] == LESSON


def test_apply_says_what_it_did() -> None:
    session = shell()
    session.files = {"web.yaml": WEB}
    created = "deployment.apps/web created\nservice/web created\nconfigmap/notes created\n"
    assert typed(session, "kubectl apply -f web.yaml") == created
    assert typed(session, "kubectl apply -f web.yaml") == created.replace("created", "unchanged")
    session.files["web.yaml"] = WEB.replace("replicas: 2", "replicas: 3")
    assert typed(session, "kubectl apply -f .").startswith("deployment.apps/web configured\nservice/web unchanged\n")
    assert typed(session, "kubectl diff -f web.yaml") == ""
    assert typed(session, "kubectl delete -f web.yaml").count("deleted from default namespace") == 3


def test_one_bad_object_does_not_keep_the_others() -> None:
    session = shell()
    session.files = {"x.yaml": WEB.replace("{name: http, port: 80}", "{name: http, port: 0}")}
    result = run("kubectl create -f x.yaml", session)
    assert result.out == "deployment.apps/web created\nconfigmap/notes created\n"
    assert result.err.startswith('The Service "web" is invalid: ')
    assert result.code == 1


def test_a_watch_shows_what_has_changed() -> None:
    session = shell(WEB)
    run("kubectl get pods -w", session)
    assert session.follow is not None and session.follow.style == "rows"
    before = session.tx.cluster.rv
    run("kubectl scale deploy/web --replicas=3", session)
    session.news = [change for change in session.tx.changes if change.rv > before]
    rows = [line.split()[2] for line in typed(session, "kubectl get pods -w").splitlines()]
    assert rows[0] == "Pending" and rows[-1] == "Running"


COMPLETED = {
    "a verb": ("kubectl roll", ["rollout"]),
    "a group's verb": ("kubectl rollout st", ["status"]),
    "a flag of this verb only": ("kubectl scale --repl", ["--replicas"]),
    "not a flag of another verb": ("kubectl get --repl", []),
}


@pytest.mark.parametrize(("line", "words"), COMPLETED.values(), ids=COMPLETED)
def test_tab_knows_the_table_of_verbs(line: str, words: list[str]) -> None:
    assert [word.strip() for word in complete(line, shell(WEB)).words] == words


NOWHERE = {
    "a resource that a lab never holds": ("kubectl get csr", "No resources found\n", 0),
    "one of it by name": (
        "kubectl get ip x", 'Error from server (NotFound): ipaddresses.networking.k8s.io "x" not found\n', 1,
    ),
    "a verb that is not simulated": (
        "kubectl cp a b", "error: kubectl cp is not simulated in a lab; on a real cluster it works\n", 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("line", "said", "code"), NOWHERE.values(), ids=NOWHERE)
def test_what_a_lab_has_not_is_said(line: str, said: str, code: int) -> None:
    result = run(line, shell(WEB))
    assert (result.err + result.out, result.code) == (said, code)


def test_a_statefulset_is_rolled_back_by_its_revisions() -> None:
    session = shell("""
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          selector: {matchLabels: {app: db}}
          template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c, image: "db:1"}]}}
    """)
    run("kubectl set image sts/db c=db:2", session)
    assert typed(session, "kubectl rollout history sts/db | grep -c none") == "2\n"
    run("kubectl rollout undo sts/db", session)
    assert typed(session, "kubectl get sts db -o jsonpath='{.spec.template.spec.containers[0].image}'") == "db:1"
