"""Why this and not that: the request is made to go by way of the candidate, or it is said that it cannot."""

import pytest

from kubeviz.engine import Request, trace
from kubeviz.lessons.comparing import Row, compare
from kubeviz.lessons.instead import instead
from tests.clusters import app, build, send, service
from tests.lessons.test_repair import NGINX, NODE, ORDER, SHOP, ingress, rule


def passed_over(found: dict, because: str) -> str:
    steps = [step for hop in found["hops"] for step in hop["steps"]]
    return next(c["object"] for step in steps for c in step["candidates"] if c["because"] == because)


RULES = ingress(rule() + ", " + rule("pay.shop.com", name="payment"))
PAYMENT = service("payment", "selector: {app: payment}, ports: [{port: 80, targetPort: 8080}]")
INSIDE = service("order", "selector: {app: order}, ports: [{port: 80, targetPort: 8080}]")


@pytest.mark.parametrize(
    ("text", "options", "url", "because"),
    [
        pytest.param(SHOP + ORDER, {}, NODE, "NotThisTime", id="another endpoint by chance"),
        pytest.param(
            SHOP + service("order", "type: LoadBalancer, selector: {app: order}, ports: [{port: 80, targetPort: 8080}]"),
            {}, "http://203.0.113.100/", "NotThisTime", id="another node of the balancer",
        ),
        pytest.param(SHOP + INSIDE + PAYMENT + RULES, NGINX, "http://order.shop.com/", "OtherHost", id="another rule"),
        pytest.param(SHOP + ORDER + PAYMENT, {}, "http://{payment}/", "OtherEntrance", id="another entrance"),
    ],
)  # fmt: skip
def test_a_request_is_found_that_goes_there(text, options, url, because):
    cluster = build(text, **options)
    payment = cluster.get("Service", "default", "payment")
    request = Request(url=url.replace("{payment}", payment.cluster_ip if payment else ""))
    found = trace(cluster, request).to_dict()
    candidate = passed_over(found, because)
    other = instead(cluster, request, found, candidate)
    if because == "OtherEntrance":  # the door of order leads to order, whatever the address meant
        assert other is None
        return
    assert other is not None
    _, after = other
    ref, _, field = candidate.partition("#")
    steps = [step for hop in after.hops for step in hop.steps]
    assert any(c.object == candidate and c.chosen for step in steps for c in step.candidates) or any(
        e.object == ref and field in e.path for step in steps for e in step.evidence
    )


def test_what_no_request_can_reach_is_not_found():
    cluster = build(app("order") + app("late", more=", ready: false").replace("app: late", "app: order") + ORDER)
    request = Request(url=NODE)
    found = trace(cluster, request).to_dict()
    assert instead(cluster, request, found, passed_over(found, "NotReady")) is None


def test_two_journeys_part_where_they_differ():
    cluster = build(SHOP + ORDER)
    first, second = send(cluster, NODE).to_dict(), send(cluster, "http://203.0.113.12:30080/").to_dict()
    rows = compare(first["hops"], second["hops"])
    assert not rows[0].same
    assert compare(first["hops"], first["hops"]) == [Row(i, i, True) for i in range(len(first["hops"]))]


def test_no_hop_is_lost_in_the_comparison():
    cluster = build(SHOP + ORDER, firewall="closed")
    first, second = send(cluster, NODE).to_dict(), send(cluster, NODE, source="vpc").to_dict()
    rows = compare(first["hops"], second["hops"])
    assert [r.left for r in rows if r.left is not None] == list(range(len(first["hops"])))
    assert [r.right for r in rows if r.right is not None] == list(range(len(second["hops"])))
