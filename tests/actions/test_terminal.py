"""The terminal in a stored lab: what a line changes, sends and leaves behind."""

import pytest

from kubeviz.actions import Refused, send, terminal, undo
from kubeviz.engine import Request
from kubeviz.models import Action, Lab, Trace
from tests.labs import OWNER, cluster, open_lab, orders

pytestmark = pytest.mark.django_db


@pytest.fixture
def lab() -> Lab:
    return open_lab()


def type_line(lab: Lab, text: str, **more) -> terminal.Typed:
    return terminal.type_line(lab.id, text, who=OWNER, language="en", **more)


def printed(typed: terminal.Typed) -> str:
    return "".join(text for stream, text in typed.chunks if stream in ("out", "err"))


def test_a_line_that_changes_something_is_one_action_with_its_command(lab):
    line = "gcloud compute firewall-rules create one --allow=tcp:1 && gcloud compute firewall-rules create two --allow=tcp:2"
    type_line(lab, line)
    assert list(Action.objects.values_list("verb", "command", "who")) == [("terminal", line, OWNER)]
    undo(lab.id, who=OWNER)
    assert [rule.name for rule in cluster(lab).of_kind("FirewallRule")] == ["allow-30080"]


def test_a_line_that_only_reads_is_no_action(lab):
    assert "node-1" in printed(type_line(lab, "gcloud compute instances list"))
    assert Action.objects.count() == 0


def test_what_only_time_changed_is_no_action(lab):
    type_line(lab, "kubectl scale deployment order -n snackbar --replicas=4")
    version = cluster(lab).rv
    type_line(lab, "sleep 30")
    assert cluster(lab).rv > version  # pods have become ready meanwhile
    assert Action.objects.count() == 1


def test_each_request_is_stored_and_a_failed_one_leads_to_its_trace(lab):
    typed = type_line(lab, "curl -s 203.0.113.100; curl -m 1 10.96.0.1")
    rows = list(Trace.objects.order_by("number"))
    assert [trace.id for trace in typed.traces] == [row.id for row in rows]
    assert [row.result["verdict"] for row in rows] == ["delivered", "timeout"]
    assert rows[1].request["url"] == "10.96.0.1"
    assert typed.chunks[-1][0] == "why"
    assert typed.chunks[-1][1].startswith(f"{rows[1].id} Why? 10.96.0.1 exists inside the cluster only")


def test_requests_take_turns_among_the_pods(lab):
    typed = type_line(lab, "for i in {1..12}; do curl -s 203.0.113.100; done")
    assert len({trace.result["served_by"] for trace in typed.traces}) == 2


def test_a_terminal_remembers_where_it_was(lab):
    assert "order-service.yaml" in printed(type_line(lab, "ls"))
    type_line(lab, "x=1; echo kept > note.txt; cd ~")
    assert printed(type_line(lab, "echo $x; cat note.txt")) == "1\nkept\n"
    opened = terminal.opened(lab, OWNER)
    assert opened["prompt"] == "student@laptop:~$ "
    assert opened["history"] == ["ls", "x=1; echo kept > note.txt; cd ~", "echo $x; cat note.txt"]


def test_terminals_of_two_learners_do_not_meet(lab):
    type_line(lab, "x=1")
    other = terminal.type_line(lab.id, "echo [$x]", who="bob", language="en")
    assert printed(other) == "[]\n"


def test_what_is_not_whole_waits_for_more(lab):
    typed = type_line(lab, "cat <<EOF")
    assert (typed.incomplete, typed.prompt, typed.chunks) == (True, "> ", [])
    assert printed(type_line(lab, "cat <<EOF\na\nEOF")) == "a\n"


def test_sleep_puts_the_clock_of_the_lab_forward(lab):
    before = Lab.objects.get(id=lab.id).now()
    type_line(lab, "sleep 600")
    assert (Lab.objects.get(id=lab.id).now() - before).total_seconds() >= 600


def test_completion_knows_files_and_hosts(lab):
    assert terminal.completed(lab, "cat order-s", OWNER) == (4, ["order-service.yaml"])
    assert terminal.completed(lab, "kubectl get pods -n sna", OWNER) == (20, ["snackbar"])
    assert terminal.completed(lab, "kub", OWNER) == (0, ["kubectl"])
    assert "203.0.113.100" in terminal.completed(lab, "curl 203", OWNER).words


def test_exit_at_the_laptop_s_prompt_closes_the_drawer_not_the_terminal(lab):
    assert type_line(lab, "exit").ended
    assert not type_line(lab, "echo a").ended


def test_edit_names_the_object_that_the_page_opens(lab):
    assert type_line(lab, "kubectl edit svc order -n snackbar").edit == "service/snackbar/order"


def test_a_shell_in_a_pod_is_still_open_on_the_next_line(lab):
    pod = orders(lab)[0].name
    assert type_line(lab, f"kubectl exec -it {pod} -n snackbar -- sh").prompt == f"{pod}:/# "
    assert printed(type_line(lab, "curl -s payment")) == "결제 창구입니다 (payment)"
    assert type_line(lab, "exit").prompt == "student@laptop:~$ "


def test_a_followed_command_tells_what_has_changed_since(lab):
    first = type_line(lab, "kubectl get pods -n snackbar -w")
    assert first.follow is not None
    assert first.follow.style == "rows"
    gone = orders(lab)[0].name
    type_line(lab, f"kubectl delete pod {gone} -n snackbar --wait=false")
    rows = printed(type_line(lab, first.follow.text, since=first.rv)).splitlines()
    assert next(row.split()[2] for row in rows if row.startswith(gone)) == "Terminating"
    assert "NAME" not in rows[0]
    assert terminal.opened(lab, OWNER)["history"][-1].startswith("kubectl delete")


def test_the_send_bar_uses_a_forwarded_port_until_its_pod_is_gone(lab):
    request = Request(url="http://localhost:8080/")
    with pytest.raises(Refused, match="nothing listens"):
        send(lab.id, request)
    type_line(lab, "kubectl port-forward svc/order 8080:80 -n snackbar")
    [trace] = send(lab.id, request)
    assert (trace.result["verdict"], trace.request["source"]) == ("delivered", trace.result["served_by"])
    type_line(lab, "kubectl delete pods --all -n snackbar --force --grace-period=0")
    with pytest.raises(Refused, match="is gone"):
        send(lab.id, request)
