"""Steps: what they do to a cluster. A line of the terminal is one of them."""

import pytest

from kubeviz.lessons.steps import Run, StepFailed
from kubeviz.lessons.world import World, after
from tests.clusters import app, begin, service

CLUSTER = app("order", replicas=1) + service("order", "selector: {app: order}, ports: [{port: 80, targetPort: 8080}]")
BASE = begin(CLUSTER)


def run(*lines: str) -> World:
    return World(*after((BASE.cluster, BASE.now), [Run(line=line) for line in lines]))  # type: ignore[arg-type]


def test_a_line_of_the_terminal_changes_the_cluster_and_comes_to_rest() -> None:
    found = run("kubectl scale deploy order --replicas=3").cluster
    assert len([p for p in found.of_kind("Pod", "default") if p.running]) == 3


def test_lines_may_hold_manifests_and_pipes() -> None:
    text = "kubectl apply -f - <<'EOF'\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: note}\nEOF"
    assert (
        run(text, "kubectl get cm note -o name | xargs kubectl delete").cluster.get("ConfigMap", "default", "note")
        is None
    )


def test_a_wait_takes_virtual_time_along() -> None:
    assert run("kubectl scale deploy order --replicas=2", "kubectl rollout status deploy order").now >= BASE.now


FAILURES = [
    ("an error of kubectl", "kubectl scale deploy dessert --replicas=3", 'deployments.apps "dessert" not found'),
    ("a command that is none", "kubectx prod", "exit code 127"),
    ("a request that is refused", "curl -s http://127.0.0.1:1/", "exit code 7"),
    ("a line that is not finished", "echo 'one", "not finished"),
    ("one that never ends", "kubectl get pods -w", "Ctrl-C"),
    ("more pods than a laptop holds", "kubectl scale deploy order --replicas=20000", "pods"),
]


@pytest.mark.parametrize(("line", "why"), [r[1:] for r in FAILURES], ids=[r[0] for r in FAILURES])
def test_a_line_that_fails_says_why(line: str, why: str) -> None:
    with pytest.raises(StepFailed, match=why):
        run(line)


def test_what_may_fail_is_written_as_in_a_script() -> None:
    assert run("curl -s http://127.0.0.1:1/ || true").cluster.rv == BASE.cluster.rv


def test_a_line_that_is_shown_is_the_line_itself() -> None:
    assert Run(line=" kubectl get pods ").command() == "kubectl get pods"
