"""Grading: a table of who reaches what, beside the bare traces of its cells."""

from kubeviz.engine import Request, trace
from kubeviz.lessons.checks import ReachabilityCheck
from kubeviz.lessons.places import address, running
from kubeviz.lessons.world import World
from tests.clusters import app, begin, service

from . import microseconds, report

ROWS, COLUMNS = 50, 10


def run() -> bool:
    """500 cells: every pod of one Deployment to ten Services."""
    shops = [f"shop-{n}" for n in range(COLUMNS)]
    text = app("guest", replicas=ROWS) + "".join(app(name) for name in shops)
    text += "".join(service(n, f"selector: {{app: {n}}}, ports: [{{port: 80, targetPort: 8080}}]") for n in shops)
    tx = begin(text)
    table = ReachabilityCheck(
        sources=["every pod/default/app=guest"], to=[f"http://{{default/{name}}}/" for name in shops]
    )
    world = World(tx.cluster, tx.now)
    assert table.verdict(world).params == {"cells": ROWS * COLUMNS}
    guests = [pod.ref for pod in running(tx.cluster, "default") if pod.labels["app"] == "guest"]
    urls = [address(tx.cluster, f"http://{{default/{name}}}/") for name in shops]
    requests = [Request(url, guest) for guest in guests for url in urls]

    def bare() -> None:
        for request in requests:
            trace(tx.cluster, request)

    cost, floor = (microseconds(call, number=5) for call in (lambda: table.verdict(world), bare))
    return report("reachability table of 500 cells ÷ 500 bare traces", cost, floor, 1.5)
