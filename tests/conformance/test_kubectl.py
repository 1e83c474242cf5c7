"""What real kubectl (1.36) printed about one cluster, and what ours prints: byte for byte, once what is random or
depends on when somebody looked stands for itself as a placeholder.

A row: the command, its output (standard output and errors as they came), its exit code.
"""

import json
import re
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kubeviz.cluster import manifest
from kubeviz.cluster.apiserver import Transaction
from kubeviz.controllers import loading, quiesce, settle
from kubeviz.controllers.bootstrap import READY, new_cluster
from kubeviz.terminal import Session, run

HERE = Path(__file__).parent
ROWS: list[dict[str, Any]] = json.loads((HERE / "kubectl" / "snackbar.json").read_text())
NGINX = """
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
"""
# How the script that played the kubelet was told what ours reads from kubeviz.dev/app.
PLAYED = {
    "sim/ready: false": "kubeviz.dev/app: ready: false",
    'sim/ready: "false"': "kubeviz.dev/app: 'ready: false'",
    '"sim/ready":"false"': '"kubeviz.dev/app":"ready: false"',
    "    sim/phase: CrashLoop\n": "    kubeviz.dev/app: 'state: crash'\n",
    "sim/phase: CrashLoop": "kubeviz.dev/app: state: crash",
    '"sim/phase":"CrashLoop"': '"kubeviz.dev/app":"state: crash"',
}
RANDOM = (
    (r"10\.244\.\d+\.\d+|10\.(9[6-9]|1[01]\d)\.\d+\.\d+|192\.168\.0\.1[1-3]", "IP"),
    (r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", "UID"),
    (r"\b(order|payment)-[0-9a-z]{9,10}-[0-9a-z]{5}\b", r"\1-HASH-RAND"),
    (r"\b(order|payment)-[0-9a-z]{9,10}\b", r"\1-HASH"),
    (r"pod-template-hash(=|: )[0-9a-z]{9,10}", r"pod-template-hash\1HASH"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "TIME"),
    (r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d", "TIME"),
    (r'resourceVersion: "\d+"', 'resourceVersion: "RV"'),
    (r"containerd://[0-9a-f]{64}", "containerd://CONTAINER"),
    (r"(imageID: |Image ID: +)\S+", r"\1IMAGE"),
    (r"\bnode-?[123]\b", "NODE"),
    (r"(?<=80:)3(?!0080)\d{4}|(?<=9090:)3\d{4}|(?<=nodePort: )3(?!0080|0099)\d{4}", "PORT"),
    (r"(NodePort: +\S+ +)3(?!0080)\d{4}", r"\1PORT"),
    (r"\d+ \((\d+[smhd])+ ago\)", "N (AGE ago)"),
    (r"(?<= )(\d+[smhd])+(?= |\n|$)", "AGE"),
    (r"(restartCount: |Restart Count: +)\d+", r"\1N"),
    (r"back-off \w+ restarting", "back-off AGE restarting"),
    (r"AGE \(x\d+ over (\d+[smhd])+\)", "AGE"),
)


ADDRESSES = r"(?:IP(?::\d+)?,?)+(?: \+ \d+ more\.\.\.)?"
FRAME = (
    (re.compile(r"\b([a-z-]+)-[a-z0-9]{5}(?=\s)"), r"\1-RAND"),
    (re.compile(r"generation: \d+"), "generation: N"),
    (re.compile(rf"((?:Endpoints|Addresses): +|mixed +|mixed-RAND +IPv4 +\S+ +){ADDRESSES}"), r"\1ADDRESSES"),
    (re.compile(r" *annotations:\n *endpoints\S+-time: \S+\n"), ""),
)
"""Names of slices, how often they changed, the order of addresses. Which addresses is test_endpoints' part."""
# Real controllers sort by hashes of what is random: these rows hold the same lines in another order.
UNORDERED = re.compile(r"(yaml|describe|get)-endpoint(slice)?s?\b.*|describe-svc-mixed|(yaml|describe)-deploy-order")
# The recording cluster had been used for other things too.
ELSEWHERE = re.compile(r"^(realnet|variants|alloc|val|ingress-nginx|kube-system +kube-dns)\b.*\n", re.MULTILINE)
# The script's kubelet kept silent where a real one (and ours) has a warning, and the scheduler had tried twice.
SILENT = re.compile(r"^  Warning  (BackOff|Failed|FailedScheduling)  .*\n", re.MULTILINE)
MACHINE = (("Debian GNU/Linux 12 (bookworm)", "OS"), ("6.1.0", "KERNEL"), ("containerd://1.7.0", "RUNTIME"))
OURS = (("Debian GNU/Linux 13 (trixie)", "OS"), ("6.12.0", "KERNEL"), ("containerd://2.2.0", "RUNTIME"))


@pytest.fixture(scope="module")
def snackbar() -> Session:
    tx = Transaction(new_cluster("bare"), READY)
    text = (HERE / "snackbar.yaml").read_text()
    loading.load(tx, [manifest.load(f"{text}\n---\n{NGINX}")])
    quiesce(tx)
    return Session(tx, quiesce)


def canonical(text: str) -> list[str]:
    """Lines with placeholders; columns two spaces apart, since what was replaced set their width."""
    for played, ours in PLAYED.items():
        text = text.replace(played, ours)
    for pattern, placeholder in RANDOM:
        text = re.sub(pattern, placeholder, text)
    text = re.sub(r"(?<=\S) {2,}", "  ", text)
    return SILENT.sub("", ELSEWHERE.sub("", text)).split("\n")


def compared(row: dict[str, Any], text: str) -> list[str]:
    for old, new in MACHINE + OURS:
        text = text.replace(old, new)
    if not UNORDERED.fullmatch(row["name"]):
        return canonical(text)
    return unordered(canonical(text))


def unordered(lines: list[str]) -> list[str]:
    whole = "\n".join(lines)
    for pattern, placeholder in FRAME:
        whole = pattern.sub(placeholder, whole)
    return sorted(whole.split("\n"))


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_kubectl_prints_what_the_real_one_printed(snackbar: Session, row: dict[str, Any]) -> None:
    result = run(row["command"], snackbar)
    assert compared(row, result.err + result.out) == compared(row, row["output"])
    assert result.code == row["exit"]


VARIANTS: list[dict[str, Any]] = json.loads((HERE / "kubectl" / "variants.json").read_text())
BALANCED = {
    "lb-with-ip": [{"ip": "198.51.100.7", "ipMode": "VIP"}],
    "lb-two-ip": [{"ip": "198.51.100.8", "ipMode": "VIP"}, {"ip": "198.51.100.9", "ipMode": "VIP"}],
    "lb-hostname": [{"hostname": "a1234567890abcdef-1234567890.eu-west-1.elb.amazonaws.com"}],
}
ENDED = {"a3-succeeded": ("Succeeded", "Completed", 0), "a4-failed": ("Failed", "Error", 1)}


@pytest.fixture(scope="module")
def variants() -> Session:
    session = Session(Transaction(new_cluster("bare"), READY), quiesce, "variants")
    session.files = {"variants.yaml": (HERE / "kubectl" / "variants.yaml").read_text()}
    run("kubectl create namespace variants", session)
    assert run("kubectl apply -f variants.yaml", session).code == 0
    tx = session.tx
    for name, (phase, reason, code) in ENDED.items():
        pod = tx.cluster.get("Pod", "variants", name)
        ended = {"terminated": {"exitCode": code, "reason": reason}}
        statuses = [{**c, "ready": False, "state": ended} for c in pod.status["containerStatuses"]]
        tx.set_status(pod, {**pod.status, "phase": phase, "containerStatuses": statuses})
    quiesce(tx)
    for name, ingress in BALANCED.items():
        tx.set_status(tx.cluster.get("Service", "variants", name), {"loadBalancer": {"ingress": ingress}})
    return session


@pytest.mark.parametrize("row", VARIANTS, ids=[row["name"] for row in VARIANTS])
def test_services_of_every_sort_are_printed_as_recorded(variants: Session, row: dict[str, Any]) -> None:
    result = run(row["command"], variants)
    assert allocated(result.err + result.out) == allocated(row["output"])
    assert result.code == row["exit"]


def allocated(text: str) -> list[str]:
    """Also without the node ports of a script that chose none, and the random end of a slice's name."""
    text = re.sub(r"-[a-z0-9]{5}(?= +IPv4)", "-RAND", text)
    lines = canonical(re.sub(r"\b3[0-2]\d{3}\b", "PORT", text))
    shuffled = any(mark in text for mark in ("kind: EndpointSlice", "kind: Endpoints", " IPv4 ", "order-"))
    return unordered(lines) if shuffled else lines


EXPERIMENTS: list[dict[str, Any]] = json.loads((HERE / "kubectl" / "experiments.json").read_text())
SETTINGS = {"terminating": "snackbar", "misc": "misc", "classes": "misc"}
"""Of each setting its namespace."""
GIVEN = [{"ip": "192.0.2.1"}, {"ip": "192.0.2.2"}, {"hostname": "lb.example.com"}]
CLASSLESS = """
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: NAME}
spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: many, port: {number: 80}}}}]}}]}
"""
SECOND = """
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: defclass2, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}
spec: {controller: example.com/default}
"""


@cache
def setting(name: str) -> Session:
    """A cluster as it stood when somebody looked: a pod that is just being deleted; many pods, hosts, classes."""
    namespace = SETTINGS[name]
    session = Session(Transaction(new_cluster("bare"), READY), quiesce, namespace)
    run(f"kubectl create namespace {namespace}", session)
    session.files = {"a.yaml": (HERE / "kubectl" / "misc.yaml").read_text(), "nginx.yaml": NGINX}
    session.files |= {f"{n}.yaml": CLASSLESS.replace("NAME", n) for n in ("noclass", "noclass2")} | {
        "second.yaml": SECOND
    }
    session.files["snackbar.yaml"] = (HERE / "snackbar.yaml").read_text()
    applied = ("snackbar",) if name == "terminating" else ("nginx", "a")
    for file in applied + (("noclass", "second", "noclass2") if name == "classes" else ()):
        assert run(f"kubectl apply -f {file}.yaml", session).code == 0
        session.tx.now += timedelta(seconds=1)
    if name == "terminating":
        (first, *_) = (p for p in session.tx.cluster.of_kind("Pod", namespace) if p.labels.get("app") == "order")
        session.tx.delete(first.key)
        settle(session.tx)
    else:
        status = json.dumps({"status": {"loadBalancer": {"ingress": GIVEN}}})
        run(f"kubectl patch ingress withaddr --subresource=status --type=merge -p '{status}'", session)
    return session


@pytest.mark.parametrize("row", EXPERIMENTS, ids=[row["name"] for row in EXPERIMENTS])
def test_what_somebody_saw_in_the_middle_of_things(row: dict[str, Any]) -> None:
    result = run(row["command"], setting(row["setting"]))
    assert allocated(result.err + result.out) == allocated(row["output"])
    assert result.code == row["exit"]


REFUSALS: list[dict[str, Any]] = json.loads((HERE / "validation.json").read_text())
COMMANDS = {
    "create": "kubectl -n val create -f bad.yaml",
    "create-warn": "kubectl -n val create --validate=warn -f bad.yaml",
    "apply": "kubectl -n val apply -f bad.yaml",
    "replace": "kubectl -n val replace -f bad.yaml",
}


@pytest.mark.parametrize("row", REFUSALS, ids=[row["name"] for row in REFUSALS])
def test_kubectl_words_what_the_server_accepts_and_refuses(row: dict[str, Any]) -> None:
    session = Session(Transaction(new_cluster("bare"), READY), quiesce)
    session.files = {"setup.yaml": row["setup"] or "", "bad.yaml": row["manifest"]}
    run("kubectl create namespace val", session)
    if row["setup"]:
        assert run("kubectl -n val apply -f setup.yaml", session).code == 0
    result = run(COMMANDS[row["op"]], session)
    assert generated(result.out + result.err) == generated(row["kubectl_output"])
    assert result.code == row["exit"]


def generated(text: str) -> str:
    """Without the five random characters of a generated name."""
    return re.sub(r"Bad_\w{5}", "Bad_?????", text)
