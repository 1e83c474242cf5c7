"""A reason with several causes names the one that holds."""

import string

import pytest

from kubeviz.wording import REASONS, say
from kubeviz.wording.cases import CASES, WHICH
from tests.clusters import app, build, pod, send, service

SHOP = app("order") + app("payment", namespace="desk")
NODE = "http://203.0.113.11:30080/"
ORDER = service(
    "order", "type: NodePort, selector: {app: order}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]"
)


def order(more: str) -> str:
    return service("order", f"type: NodePort, {more}")


@pytest.mark.parametrize(
    ("text", "url", "source", "expected"),
    [
        pytest.param(SHOP + order("ports: [{port: 80, nodePort: 30080}]"), NODE, "internet", "by hand", id="no selector"),
        pytest.param(
            SHOP + order("selector: {app: order}, ports: [{port: 80, targetPort: web, nodePort: 30080}]"),
            NODE, "internet", "none has a port of the name", id="named port",
        ),
        pytest.param(
            SHOP + service("payment", "selector: {app: payment}, ports: [{port: 80}]", namespace="desk"),
            "http://payment/", "pod", "namespace desk", id="in another namespace",
        ),
        pytest.param(SHOP, "http://paymnt/", "pod", "search list was tried", id="a typing mistake"),
        pytest.param(SHOP, "http://no.such.host/", "internet", "hosts of Ingresses only", id="an unknown host"),
        pytest.param(
            SHOP + order("selector: {app: order}, ports: [{port: 80, targetPort: 8080}]"),
            "http://order.default.svc.cluster.local/", "internet", "Only the cluster's DNS", id="a cluster name outside",
        ),
        pytest.param(
            SHOP + order("selector: {app: order}, ports: [{port: 80, targetPort: 8080}]"),
            "http://order.default/", "node/node-1", "does not point to the cluster's DNS", id="from a node",
        ),
        pytest.param(
            app("order", more=", routes: {/: {call: 'http://nobody/'}}")
            + order("selector: {app: order}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]"),
            NODE, "internet", "own call to http://nobody/ failed. Every name of resolv.conf", id="an app's own call",
        ),
        pytest.param(
            app("order", more=", routes: {/: {call: 'http://$(COUPON_SERVICE_HOST)/'}}") + ORDER
            + service("coupon", "ports: [{port: 80}]", namespace="desk"),
            NODE, "internet", "in namespace desk, and variables", id="variables of another namespace",
        ),
        pytest.param(
            app("order", more=", routes: {/: {call: 'http://$(COUPON_SERVICE_HOST)/'}}") + ORDER,
            NODE, "internet", "no such Service yet", id="variables of nobody",
        ),
        pytest.param(
            app("order", more=", state: crash") + ORDER, NODE, "internet", "over and over", id="pods that crash"),
        pytest.param(app("order", more=", ready: false") + ORDER, NODE, "internet", "readiness probe", id="pods not ready"),
        pytest.param(SHOP + ORDER, "http://203.0.113.11:80/", "internet", "put it behind the address", id="no node port"),
        pytest.param(SHOP + ORDER, "http://203.0.113.11:30081/", "internet", "No Service has this number", id="another node port"),
        pytest.param(app("order", more=", routes: {/pay: {status: 200, body: paid}}") + ORDER, NODE + "nowhere", "internet", "no path /nowhere", id="a path the app has not"),
    ],
)  # fmt: skip
def test_the_why_is_that_of_the_cause(text, url, source, expected):
    cluster = build(text)
    found = send(cluster, url, source=pod(cluster, "order").ref if source == "pod" else source)
    assert expected in say(found.to_dict(), "en")["why"]


def test_every_case_is_one_of_a_reason_and_both_languages_name_the_same():
    for (reason, _), case in CASES.items():
        assert reason in WHICH and reason in REASONS
        assert names(case.ko_why) == names(case.en_why)
        assert names(case.ko) == names(case.en)


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_an_app_that_fails_because_of_its_call_says_what_of_the_call():
    calls = app("order", more=", routes: {/: {call: 'http://coupon/'}}")
    told = say(send(build(calls + ORDER), NODE).to_dict(), "en")
    assert "answered with error 502. Nobody knows the name coupon" in told["reason"]
