"""Each type of check by rows: what it asks, of which cluster, and the verdict it gives."""

from typing import Any

import msgspec
import pytest
import yaml

from kubeviz.cluster.apiserver import Transaction
from kubeviz.controllers import settle
from kubeviz.engine import trace
from kubeviz.lessons.checks import AnyCheck, Check
from kubeviz.lessons.content import Task, numbered, problems
from kubeviz.lessons.steps import Steps
from kubeviz.lessons.world import Answered, World, after
from tests.clusters import app, begin, service

CLUSTER = (
    app("order", replicas=2, more=", routes: {/: {body: order here}, /pay: {call: 'http://payment/'}}")
    + app("payment", replicas=1)
    + app("menu", listen=9090)
    + service("order", "type: NodePort, selector: {app: order}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]")
    + service("payment", "selector: {app: payment}, ports: [{port: 80, targetPort: 8080}]")
    + service("menu", "selector: {app: menu}, ports: [{port: 80, targetPort: 8080}]")
    + service("ghost", "selector: {app: nobody}, ports: [{port: 80}]")
)
BASE = begin(CLUSTER)


def check(text: str) -> Any:
    return numbered(Task(checks=[msgspec.convert(yaml.safe_load(f"{{{text}}}"), AnyCheck)])).checks[0]


def world(steps: str = "[]", **more: Any) -> World:
    """BASE, once *steps* have been done."""
    start = after((BASE.cluster, BASE.now), msgspec.convert(yaml.safe_load(steps), Steps))  # type: ignore[arg-type]
    return World(*start, began=BASE, **more)


def verdict(text: str, steps: str = "[]", **more: Any) -> tuple[str, float]:
    found = check(text).verdict(world(steps, **more))
    return found.code, round(found.share, 2)


TYPO = "[{do: selector, ref: service/default/order, selector: {app: oder}}]"
UNREADY = """
- do: apply
  manifests: |
    apiVersion: v1
    kind: Pod
    metadata: {name: slow, labels: {app: order}, annotations: {kubeviz.dev/app: "{listen: [8080], ready: false}"}}
    spec: {containers: [{name: order, image: order}]}
"""
ROWS: list[tuple[str, str, str, tuple[str, float]]] = [
    # ── request ──
    ("a request that arrives", 'check: request, url: "http://{node node-1}:30080/"', "[]", ("EndsAsWanted", 1)),
    ("one that does not", 'check: request, url: "http://{node node-1}:30080/"', TYPO, ("EndsOtherwise", 0)),
    ("a reason as outcome", 'check: request, url: "http://{node node-1}:30080/", expect: SelectorMatchesNothing', TYPO, ("EndsAsWanted", 1)),
    ("any failure as outcome", 'check: request, url: "http://{node node-1}:30080/", expect: failed', TYPO, ("EndsAsWanted", 1)),
    ("a status as outcome", 'check: request, from: node/node-1, url: "http://{order}/nowhere/at/all", expect: "200"', "[]", ("EndsAsWanted", 1)),
    ("from every pod to a closed port", 'check: request, from: every pod, url: "http://menu/"', "[]", ("EndsOtherwise", 0)),
    ("from every node", 'check: request, from: every node, url: "http://{order}/"', "[]", ("EndsAsWanted", 1)),
    ("from pods that are not there", 'check: request, from: pod/default/app=nobody, url: "http://order/"', "[]", ("SourceMissing", 0)),
    ("to a Service that is not there", 'check: request, url: "http://{dessert}/"', "[]", ("AddressUnknown", 0)),
    ("the body holds a word", 'check: request, from: node/node-1, url: "http://{order}/", body: here', "[]", ("EndsAsWanted", 1)),
    ("the body lacks it", 'check: request, from: node/node-1, url: "http://{order}/", body: there', "[]", ("SaysOtherwise", 0.5)),
    ("served by the pods wanted", 'check: request, from: node/node-1, url: "http://{order}/", times: 5, served_by: default/app=order, exactly: true', "[]", ("ServedAsWanted", 1)),
    ("served by others", 'check: request, from: node/node-1, url: "http://{payment}/", served_by: default/app=order', "[]", ("ServedByOther", 0.5)),
    ("a pod wanted that is not ready", 'check: request, from: node/node-1, url: "http://{order}/", times: 3, served_by: default/app=order, exactly: true', UNREADY, ("NotServedBy", 0.5)),
    ("an even share", 'check: request, from: node/node-1, url: "http://{order}/", times: 60, served_by: default/app=order, share: {least: 0.2, most: 0.8}', "[]", ("ServedAsWanted", 1)),
    ("a share that one pod takes", 'check: request, from: node/node-1, url: "http://{payment}/", times: 9, served_by: default/app=payment, share: {most: 0.9}', "[]", ("SharedUnevenly", 0.5)),
    ("after a node went down", 'check: request, from: internet, url: "http://{node node-2}:30080/", expect: NodeDown, after: [{do: power, node: node-2, to: "off"}]', "[]", ("EndsAsWanted", 1)),
    ("after every pod was replaced", "check: request, from: pod/default/app=payment, url: 'http://order/', after: [{do: delete, ref: pod/default/app=order}]", "[]", ("EndsAsWanted", 1)),
    ("after a step that can not be done", "check: request, url: 'http://x/', after: [{do: delete, ref: pod/default/app=nobody}]", "[]", ("CannotBeTried", 0)),
    # ── reachability ──
    ("a table that holds", "check: reachability, from: [every pod, every node], to: ['http://{order}/', 'http://{payment}/']", "[]", ("TableAsWanted", 1)),
    ("one cell in three", "check: reachability, from: [node/node-1], to: ['http://{order}/', 'http://{payment}/', 'http://{menu}/']", "[]", ("CellsOtherwise", 0.67)),
    ("an exception for a column", "check: reachability, from: [node/node-1], to: ['http://{order}/', 'http://{menu}/'], except: [{to: 'http://{menu}/', expect: TargetPortClosed}]", "[]", ("TableAsWanted", 1)),
    ("an exception for a row", "check: reachability, from: [internet, node/node-1], to: ['http://{order}/'], except: [{from: internet, expect: ClusterIPFromOutside}]", "[]", ("TableAsWanted", 1)),
    # ── object ──
    ("a field that equals", "check: object, ref: service/default/order, path: 'spec.ports[0].targetPort', equals: 8080", "[]", ("FieldAsWanted", 1)),
    ("a field that differs", "check: object, ref: service/default/order, path: 'spec.ports[0].targetPort', equals: 80", "[]", ("FieldOtherwise", 0)),
    ("a field that matches", "check: object, ref: service/default/order, path: spec.clusterIP, matches: '^10\\.'", "[]", ("FieldAsWanted", 1)),
    ("a field that is there", "check: object, ref: service/default/order, path: spec.selector.app", "[]", ("FieldAsWanted", 1)),
    ("a field that is absent", "check: object, ref: service/default/order, path: spec.loadBalancerIP, absent: true", "[]", ("FieldAsWanted", 1)),
    ("a key with dots", "check: object, ref: node/node-1, path: 'metadata.labels[kubernetes.io/os]', equals: linux", "[]", ("FieldAsWanted", 1)),
    ("a path as kubectl writes it", "check: object, ref: service/default/order, path: '{.spec.ports[0].targetPort}', equals: 8080", "[]", ("FieldAsWanted", 1)),
    ("a path that begins with a dot", "check: object, ref: service/default/order, path: .spec.type, exists: true", "[]", ("FieldAsWanted", 1)),
    ("a key with dots as kubectl writes it", "check: object, ref: node/node-1, path: '{.metadata.labels.kubernetes\\.io/os}', equals: linux", "[]", ("FieldAsWanted", 1)),
    ("a filter", "check: object, ref: pod/default/app=menu, path: '{.status.conditions[?(@.type==\"Ready\")].status}', equals: 'True'", "[]", ("FieldAsWanted", 1)),
    ("several values, as kubectl prints them", "check: object, ref: service/kube-system/kube-dns, path: 'spec.ports[*].port', equals: 53 53 9153", "[]", ("FieldAsWanted", 1)),
    ("an index beyond the list is absent", "check: object, ref: service/default/order, path: 'spec.ports[7].port', absent: true", "[]", ("FieldAsWanted", 1)),
    ("yes and no as kubectl prints them", "check: object, ref: pod/default/app=menu, path: '{.status.containerStatuses[0].ready}', equals: true", "[]", ("FieldAsWanted", 1)),
    ("a field of several objects", "check: object, ref: pod/default/app=order, path: 'metadata.labels.app', equals: order", "[]", ("FieldAsWanted", 1)),
    ("an object that is missing", "check: object, ref: service/default/dessert", "[]", ("ObjectMissing", 0)),
    ("an object that must be gone", "check: object, ref: service/default/ghost, absent: true", "[{do: delete, ref: service/default/ghost}]", ("ObjectGone", 1)),
    ("an object that must be gone and is there", "check: object, ref: service/default/ghost, absent: true", "[]", ("ObjectThere", 0)),
    # ── dns, env, endpoints ──
    ("a short name", "check: dns, from: pod/default/app=order, name: payment, answer: '{payment}'", "[]", ("NameAsWanted", 1)),
    ("a full name", "check: dns, from: default/app=order, name: payment.default.svc.cluster.local, answer: '{payment}'", "[]", ("NameAsWanted", 1)),
    ("a name that means nothing", "check: dns, from: pod/default/app=order, name: dessert, answer: none", "[]", ("NameAsWanted", 1)),
    ("a name that means something else", "check: dns, from: pod/default/app=order, name: order, answer: '{payment}'", "[]", ("NameOtherwise", 0)),
    ("a variable that has the address", "check: env, pod: default/app=order, variable: KUBERNETES_SERVICE_HOST, value: 10.96.0.1", "[]", ("VariableAsWanted", 1)),
    ("a variable that is not there", "check: env, pod: default/app=order, variable: DESSERT_SERVICE_HOST, value: none", "[]", ("VariableAsWanted", 1)),
    ("a variable that should be there", "check: env, pod: default/app=order, variable: DESSERT_SERVICE_HOST", "[]", ("VariableMissing", 0)),
    ("endpoints that are the pods", "check: endpoints, service: order, pods: default/app=order", "[]", ("EndpointsAsWanted", 1)),
    ("endpoints of a typo", "check: endpoints, service: order, pods: default/app=order", TYPO, ("EndpointsOtherwise", 0)),
    ("no endpoints wanted", "check: endpoints, service: default/ghost, pods: none", "[]", ("EndpointsAsWanted", 1)),
    # ── unchanged, renewed ──
    ("nothing was touched", "check: unchanged, refs: [service/default/order, deployment/default/order]", "[]", ("Unchanged", 1)),
    ("what controllers write is no change", "check: unchanged, refs: [deployment/default/order]", "[{do: delete, ref: pod/default/app=order}]", ("Unchanged", 1)),
    ("something was touched", "check: unchanged, refs: [service/default/order]", TYPO, ("Changed", 0)),
    ("something was made anew", "check: unchanged, refs: [service/default/ghost]", "[{do: delete, ref: service/default/ghost}]", ("ChangedGone", 0)),
    ("pods made anew", "check: renewed, ref: pod/default/app=order", "[{do: restart, ref: deployment/default/order}]", ("AllNew", 1)),
    ("pods from the start", "check: renewed, ref: pod/default/app=order", "[]", ("StillOld", 0)),
    ("half of them new", "check: renewed, ref: pod/default/app=payment", "[{do: scale, ref: deployment/default/payment, replicas: 2}]", ("StillOld", 0.5)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "steps", "wanted"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS])
def test_a_check_gives_its_verdict(text: str, steps: str, wanted: tuple[str, float]) -> None:
    assert verdict(text, steps) == wanted


ASK = "check: prediction, id: p, from: node/node-1, url: 'http://{order}/', about:"
ANSWERS: list[tuple[str, str, dict[str, Answered], tuple[str, float, bool]]] = [
    ("nothing predicted", f"{ASK} outcome", {}, ("NotPredicted", 0, False)),
    ("predicted right", f"{ASK} outcome", {"p": Answered("delivered", ("delivered",))}, ("PredictedRight", 1, True)),
    ("predicted wrong, and done with", f"{ASK} pod", {"p": Answered("x", ("y", "z"))}, ("PredictedOtherwise", 0, True)),
    ("not answered", "check: text, id: t, answers: [a]", {}, ("NotAnswered", 0, False)),
    ("answered at once", "check: text, id: t, answers: [a]", {"t": Answered("a", ("a",))}, ("AnsweredRight", 1, True)),
    ("at the third try", "check: text, id: t, answers: [a]", {"t": Answered("a", ("a",), 3)}, ("AnsweredRight", 0.25, True)),
    ("wrong so far", "check: text, id: t, answers: [a]", {"t": Answered("b", ("a",))}, ("AnsweredOtherwise", 0, False)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "answers", "wanted"), [r[1:] for r in ANSWERS], ids=[r[0] for r in ANSWERS])
def test_a_question_gives_its_verdict(text: str, answers: dict[str, Answered], wanted: tuple[str, float, bool]) -> None:
    found = check(text).verdict(world(answers=answers))
    assert (found.code, found.share, found.passed) == wanted


def test_a_command_is_found_in_the_history() -> None:
    text = "check: command, pattern: 'kubectl (scale|delete) .*order'"
    assert verdict(text, commands=("kubectl get pods", "kubectl scale deployment order --replicas=3")) == (
        "CommandUsed",
        1,
    )
    assert verdict(text, commands=("kubectl get pods",)) == ("CommandNotUsed", 0)


PREDICTIONS = [
    ("outcome", "internet", "http://{node node-1}:30080/", "delivered"),
    ("outcome", "internet", "http://{order}/", "timeout"),
    ("port", "internet", "http://{node node-1}:30080/", "8080"),
    ("node", "internet", "http://{node node-2}:30080/", "node/node-2"),
    ("stop", "node/node-1", "http://{ghost}/", "service/default/ghost"),
    ("pod", "node/node-1", "http://{ghost}/", "none"),
]


@pytest.mark.parametrize(("about", "source", "url", "right"), PREDICTIONS)
def test_a_prediction_is_judged_by_the_trace(about: str, source: str, url: str, right: str) -> None:
    asked = check(f"check: prediction, id: p, from: {source}, url: '{url}', about: {about}")
    record = trace(BASE.cluster, asked.request(BASE.cluster)).to_dict()
    assert asked.judge(right, record).right
    assert not asked.judge("something else", record).right


def test_any_pod_that_could_have_been_chosen_is_a_right_prediction() -> None:
    asked = check("check: prediction, id: p, from: node/node-1, url: 'http://{order}/', about: pod")
    record = trace(BASE.cluster, asked.request(BASE.cluster)).to_dict()
    pods = [p.ref for p in BASE.cluster.of_kind("Pod", "default") if p.labels["app"] == "order"]
    assert [asked.judge(pod, record).right for pod in pods] == [True, True]


TYPED = [
    ("as it is", "[Coupon.Market]", "coupon.market", False, True),
    ("with blanks around", "[coupon.market]", "  coupon.market ", False, True),
    ("a number in other words", "['8080']", "8,080", True, True),
    ("another number", "['8080']", "80", True, False),
    ("no number at all", "['8080']", "eighty", True, False),
    ("an address of this very lab", "['{payment}']", "ADDRESS", False, True),
]


@pytest.mark.parametrize(("answers", "typed", "number", "right"), [r[1:] for r in TYPED], ids=[r[0] for r in TYPED])
def test_what_is_typed_is_compared_with_good_will(answers: str, typed: str, number: bool, right: bool) -> None:
    asked = check(f"check: text, id: t, answers: {answers}, number: {str(number).lower()}")
    typed = typed.replace("ADDRESS", BASE.cluster.get("Service", "default", "payment").cluster_ip)
    assert asked.judge(typed, None, BASE.cluster).right is right


def test_a_failing_cell_is_a_counterexample_with_its_trace() -> None:
    found = check("check: reachability, from: [node/node-1], to: ['http://{order}/', 'http://{menu}/']").verdict(
        world()
    )
    assert [c.trace.reason for c in found.counter] == ["TargetPortClosed"]
    assert found.reasons == ("TargetPortClosed",)
    assert found.counter[0].request.source == "node/node-1"


def test_the_reason_of_a_failed_call_is_that_of_the_call() -> None:
    broken = "[{do: selector, ref: service/default/payment, selector: {app: x}}]"
    found = check('check: request, url: "http://{node node-1}:30080/pay"').verdict(world(broken))
    assert found.params["reason"] == "AppError"
    assert found.reasons == ("SelectorMatchesNothing",)


def test_a_check_sees_the_cluster_as_it_will_be_at_rest() -> None:
    tx = Transaction(BASE.cluster, BASE.now)
    tx.patch(("Deployment", "default", "order"), {"spec": {"replicas": 4}})
    settle(tx)
    resting = World.resting(tx.cluster, tx.now)
    wanted = check("check: object, ref: deployment/default/order, path: status.readyReplicas, equals: 4")
    assert [wanted.verdict(w).passed for w in (World(tx.cluster, tx.now), resting)] == [False, True]


MISTAKES = [
    ("an outcome that is none", "check: request, url: 'http://a/', expect: arrives", "expect"),
    ("an address that is none", "check: request, url: 'ftp://a/'", "url"),
    ("exactly, but which pods", "check: request, url: 'http://a/', exactly: true", "served_by"),
    ("a pattern that is none", "check: command, pattern: '('", "pattern"),
    ("an exception for no row", "check: reachability, from: [internet], to: ['http://a/'], except: [{from: vpc, expect: failed}]", "except[0].from"),
    ("a path that is none", "check: object, ref: pod/default/menu, path: '{.spec', equals: x", "path"),
    ("absent, but with a value", "check: object, ref: pod/default/menu, path: spec.x, absent: true, equals: 1", "absent"),
    ("a right option that is not there", "check: choice, right: x, options: [{value: a, ko: a}, {value: b, ko: b}]", "right"),
    ("a number that is none", "check: text, number: true, answers: [ten]", "answers"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "field"), [r[1:] for r in MISTAKES], ids=[r[0] for r in MISTAKES])
def test_an_authors_mistake_is_told_at_its_field(text: str, field: str) -> None:
    [(path, message)] = problems(Task(checks=[check(text)]))
    assert path == f"checks[0].{field}"
    assert message


def test_every_type_of_check_has_a_row() -> None:
    types = {c.__struct_config__.tag for c in AnyCheck.__args__}  # type: ignore[attr-defined]
    rows = {check(row[1]).__struct_config__.tag for row in (*ROWS, *ANSWERS, *MISTAKES)}
    assert types - rows == set()
    assert all(issubclass(c, Check) for c in AnyCheck.__args__)  # type: ignore[attr-defined]
