"""Authoring by demonstration: what was done becomes steps, what came of it becomes checks."""

import msgspec

from kubeviz.cluster.apiserver import Transaction
from kubeviz.controllers import quiesce
from kubeviz.engine import Request
from kubeviz.lessons.demonstration import Done, Sent, proposals, steps_of
from kubeviz.lessons.setting import Start
from kubeviz.lessons.steps import AnyStep, Patch, Run, Send
from kubeviz.lessons.world import World, after
from tests.clusters import app, begin, service

CLUSTER = (
    app("order", replicas=2)
    + app("client", replicas=1)
    + service("order", "selector: {app: oder}, ports: [{port: 80, targetPort: 8080}]")
)
BASE = begin(CLUSTER)
START = Start(BASE.cluster, BASE.now)
MEND = {"spec": {"selector": {"app": "order"}}}
COMMAND = "kubectl set selector service order app=order"


def done(command: str, patch: dict, key: tuple[str, str, str] = ("Service", "default", "order")) -> Done:
    """An action that patches one object, as a lab's log has it."""
    tx = Transaction(*START)
    tx.patch(key, patch)
    quiesce(tx)
    return Done(command, tx.changes)


def client() -> str:
    return next(p.ref for p in BASE.cluster.of_kind("Pod", "default") if p.labels["app"] == "client")


def told(parts: list) -> list[dict]:
    return [{k: v for k, v in msgspec.to_builtins(p).items() if v not in ("", None, {}, [], False)} for p in parts]


def test_a_button_becomes_the_command_that_it_stands_for() -> None:
    assert steps_of(START, [done(COMMAND, MEND)]) == [Run(line=COMMAND)]


def test_what_no_command_says_becomes_a_patch_of_what_changed() -> None:
    found = steps_of(START, [done("kubectl edit service order", MEND)])
    assert found == [Patch(ref="service/default/order", change={"spec": {"selector": {"app": "order"}}})]


def test_a_request_is_sent_again_from_a_pod_of_the_same_app_to_the_same_service() -> None:
    ip = BASE.cluster.get("Service", "default", "order").cluster_ip
    sent = Sent(Request(f"http://{ip}/", client()))
    assert steps_of(START, [sent, sent]) == [Send(source="pod/default/app=client", url="http://{default/order}/")]


def test_the_checks_are_what_fails_at_the_start_and_holds_at_the_end() -> None:
    steps: list[AnyStep] = [Run(line=COMMAND)]
    end = after(START, steps)
    asked = [Request("http://order/", client()), Request("http://nobody/", client())]
    found = proposals(World(*START), World(*end, began=START), asked)
    assert [{k: c[k] for k in c if k not in ("id", "weight", "method", "times")} for c in told(found)] == [
        {"check": "request", "from": "pod/default/app=client", "url": "http://order/", "expect": "delivered"},
        {"check": "endpoints", "service": "default/order", "pods": "default/app=order"},
        {"check": "object", "ref": "service/default/order", "path": "{.spec.selector.app}", "equals": "order"},
    ]


def test_a_new_service_proposes_its_name_and_a_deleted_one_its_absence() -> None:
    made: list[AnyStep] = [
        Run(line="kubectl expose deploy order --name=menu --port=80 --target-port=8080"),
        Run(line="kubectl delete service order"),
    ]
    end = after(START, made)
    found = told(proposals(World(*START), World(*end, began=START), []))
    assert {"check": "dns", "name": "menu", "answer": "{default/menu}"}.items() <= found[0].items()
    assert [c["ref"] for c in found if c["check"] == "object" and c.get("absent")] == ["service/default/order"]


def test_nothing_done_proposes_nothing() -> None:
    assert proposals(World(*START), World(*START), [Request("http://order/", client())]) == []
