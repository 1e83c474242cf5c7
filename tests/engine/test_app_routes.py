"""Which of an app's routes answers a path: the longest that is the path or an element-wise beginning of it."""

import pytest

from tests.clusters import app, build, pod, send

ROUTES = ", routes: {/order: {body: order}, /order/vip: {body: vip}}"

ROWS = [
    ("the path itself", "/order", "order"),
    ("with a slash at the end", "/order/", "order"),
    ("an element below", "/order/7", "order"),
    ("the longer route wins", "/order/vip/7", "vip"),
    ("a query is no part of the path", "/order?table=3", "order"),
    ("another element that begins alike", "/orders", "404 /orders"),
    ("nothing fits", "/", "404 /"),
]


@pytest.mark.parametrize(("path", "body"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_the_longest_route_that_fits_answers(path: str, body: str) -> None:
    cluster = build(app("order", more=ROUTES))
    found = send(cluster, f"http://{pod(cluster, 'order').ip}:8080{path}", "node/node-1")
    assert found.http is not None and found.http.body == body
