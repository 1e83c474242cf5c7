"""Every write: stored whole or not at all, logged in order, undone as it was."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from kubeviz import actions, graph, queries
from kubeviz.cluster.state import Cluster
from kubeviz.engine import Request
from kubeviz.models import Change, ClusterObject, Lab, Service
from tests.labs import OWNER, cluster, open_lab, orders

pytestmark = pytest.mark.django_db(transaction=True)

SERVICE = "service/snackbar/order"
NODE = "http://203.0.113.11:30080/"


def act(lab, verb, ref, **sent):
    return actions.act(lab.id, verb, ref, {k: str(v) for k, v in sent.items()}, who=OWNER)


def wait(lab):
    """Let everything that is due happen."""
    for _ in range(20):
        if Lab.objects.get(id=lab.id).next_due is None:
            return
        actions.step(lab.id)


def test_a_lab_is_the_scenario_at_rest_and_reads_naturally():
    lab = open_lab()
    assert len(orders(lab)) == 2
    assert Service.objects.filter(lab=lab, namespace="snackbar").count() == 2
    assert lab.next_due is None


def test_a_request_is_stored_with_its_trace():
    lab = open_lab()
    (sent,) = actions.send(lab.id, Request(url=NODE))
    assert sent.result["verdict"] == "delivered"
    assert queries.trace(sent.id).result == sent.result


def test_many_requests_have_different_seeds():
    lab = open_lab()
    sent = actions.send(lab.id, Request(url=NODE), times=30)
    assert len({t.result["served_by"] for t in sent}) == 2


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (Request(url="http://"), "url"),
        (Request(url="http://a:99999/"), "url"),
        (Request(url=NODE, source="pod/x/y"), "from"),
    ],
)
def test_what_nobody_could_send_is_refused_at_its_field(request_, field):
    lab = open_lab()
    with pytest.raises(actions.Refused) as caught:
        actions.send(lab.id, request_)
    assert caught.value.problems[0].field == field


def test_deleting_a_pod_brings_another_and_the_service_stays():
    lab = open_lab()
    old, ip = orders(lab)[0], cluster(lab).get("Service", "snackbar", "order").cluster_ip
    done = act(lab, "delete_pod", old.ref)
    assert done.command == f"kubectl delete pod {old.name} -n snackbar"
    wait(lab)
    assert old.name not in {p.name for p in orders(lab)}
    assert len(orders(lab)) == 2
    assert cluster(lab).get("Service", "snackbar", "order").cluster_ip == ip


def test_breaking_and_mending_a_selector():
    lab = open_lab()
    act(lab, "break_selector", SERVICE)
    assert actions.send(lab.id, Request(url=NODE))[0].result["reason"] == "SelectorMatchesNothing"
    done = act(lab, "mend_selector", SERVICE)
    assert done.command == "kubectl set selector service order -n snackbar app=order"
    assert actions.send(lab.id, Request(url=NODE))[0].result["verdict"] == "delivered"


def test_the_firewall_opens_and_closes_a_port():
    lab = open_lab("snackbar-nodeport")
    assert actions.send(lab.id, Request(url=NODE))[0].result["reason"] == "FirewallBlocked"
    actions.act(lab.id, "firewall_allow", "firewall/cloud", {"port": "30080"}, who=OWNER)
    assert actions.send(lab.id, Request(url=NODE))[0].result["verdict"] == "delivered"
    actions.act(lab.id, "firewall_deny", "firewall/cloud", {"rule": "allow-30080"}, who=OWNER)
    assert actions.send(lab.id, Request(url=NODE))[0].result["reason"] == "FirewallBlocked"


def test_a_node_goes_down_and_comes_back():
    lab = open_lab()
    act(lab, "set_node_power", "node/node-1", power="off")
    assert actions.send(lab.id, Request(url=NODE))[0].result["reason"] == "NodeDown"
    actions.step(lab.id, timedelta(seconds=60))
    assert not cluster(lab).get("Node", "", "node-1").ready
    act(lab, "set_node_power", "node/node-1", power="on")
    wait(lab)
    assert cluster(lab).get("Node", "", "node-1").ready
    assert actions.send(lab.id, Request(url=NODE))[0].result["verdict"] == "delivered"


def test_undo_brings_back_what_was_and_redo_does_it_again():
    lab = open_lab()
    before = {p.ref for p in orders(lab)}
    act(lab, "scale", "deployment/snackbar/order", replicas=4)
    wait(lab)
    assert len(orders(lab)) == 4
    actions.undo(lab.id, who=OWNER)
    wait(lab)
    assert {p.ref for p in orders(lab)} == before
    actions.redo(lab.id, who=OWNER)
    wait(lab)
    assert len(orders(lab)) == 4


def test_going_back_to_a_step_takes_back_all_later_ones_and_each_can_be_redone():
    lab = open_lab()
    for replicas in (3, 4, 5):
        act(lab, "scale", "deployment/snackbar/order", replicas=replicas)
        wait(lab)
    first = lab.actions.order_by("id").first()
    actions.go_back(lab.id, first.id, who=OWNER)
    assert len(orders(lab)) == 3
    actions.redo(lab.id, who=OWNER)
    assert len(orders(lab)) == 4
    actions.go_back(lab.id, 0, who=OWNER)
    assert len(orders(lab)) == 2
    with pytest.raises(actions.Refused, match="no such step"):
        actions.go_back(lab.id, first.id, who=OWNER)


def test_nobody_undoes_what_somebody_else_did():
    lab = open_lab()
    act(lab, "scale", "deployment/snackbar/order", replicas=4)
    with pytest.raises(actions.Refused) as caught:
        actions.undo(lab.id, who="eve")
    assert caught.value.code == 409


def test_reset_is_the_scenario_again():
    lab = open_lab()
    before = graph.elements(cluster(lab))
    act(lab, "scale", "deployment/snackbar/order", replicas=5)
    act(lab, "delete", SERVICE)
    actions.reset(lab.id, who=OWNER)
    wait(lab)
    assert graph.elements(cluster(lab)) == before


BAD = [
    ("not YAML", "a: b: c", 1),
    ("a port of 70000", "apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec:\n  ports:\n  - port: 70000\n", 6),
    (
        "a selector that is missing",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec:\n  template:\n    metadata: {labels: {a: b}}\n    spec: {containers: [{name: c, image: i}]}\n",
        4,
    ),
    (
        "an immutable field",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: order, namespace: snackbar}\nspec:\n  selector: {matchLabels: {app: other}}\n  template:\n    metadata: {labels: {app: other}}\n    spec: {containers: [{name: c, image: i}]}\n",
        5,
    ),
    (
        "a node port that is taken",
        "apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec:\n  type: NodePort\n  ports:\n  - {port: 80, nodePort: 30080}\n",
        7,
    ),
    (
        "a bomb",
        "a: &a [x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
        None,
    ),
]


@pytest.mark.parametrize(("text", "line"), [r[1:] for r in BAD], ids=[r[0] for r in BAD])
def test_a_bad_text_changes_nothing_and_says_where(text, line):
    lab = open_lab()
    good = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: good}\n---\n"
    shift = good.count("\n")
    with pytest.raises(actions.Refused) as caught:
        actions.apply_yaml(lab.id, good + text, who=OWNER)
    assert line is None or caught.value.problems[0].line == line + shift
    assert Lab.objects.get(id=lab.id).rv == lab.rv
    assert not ClusterObject.objects.filter(lab=lab, name="good").exists()


def test_the_log_leads_from_the_first_picture_to_the_stored_objects():
    lab = open_lab()
    start = cluster(lab)
    act(lab, "scale", "deployment/snackbar/order", replicas=3)
    act(lab, "break_selector", SERVICE)
    wait(lab)
    entries = queries.log_as_entries(lab.id, start.rv, Lab.objects.get(id=lab.id).rv)
    assert [e.rv for e in entries] == list(range(start.rv + 1, start.rv + 1 + len(entries)))
    replayed = start.with_changes(entries)
    stored = Cluster.of(replayed.rv, ClusterObject.objects.filter(lab=lab).values_list("body", flat=True))
    assert {o.key: o.body for o in replayed} == {o.key: o.body for o in stored}


def test_concurrent_writes_all_count():
    lab = open_lab()

    def label(number):
        try:
            act(lab, "label", SERVICE, key=f"k{number}", value="v")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(label, range(50)))
    found = cluster(lab).get("Service", "snackbar", "order")
    assert sum(k.startswith("k") for k in found.labels) == 50
    versions = list(Change.objects.filter(lab=lab).values_list("rv", flat=True))
    assert versions == list(range(lab.rv + 1, lab.rv + 1 + len(versions)))


def test_a_learner_keeps_so_many_labs_and_no_more(settings):
    settings.LABS_PER_LEARNER = 3
    for _ in range(5):
        open_lab()
    open_lab(owner="bob")
    assert Lab.objects.filter(owner=OWNER).count() == 3
    assert Lab.objects.filter(owner="bob").count() == 1
