"""`manage.py terminal`: what it prints where, and its exit code."""

import io
from typing import Any

import pytest
from django.core.management import call_command

from kubeviz.models import Action
from tests.labs import cluster, open_lab


def answered(monkeypatch: pytest.MonkeyPatch, lines: str, *options: str, **more: Any) -> tuple[str, str, int]:
    """(standard output, standard error, exit code)"""
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    with pytest.raises(SystemExit) as ended:
        call_command("terminal", *options, stdout=out, stderr=err, **more)
    return out.getvalue(), err.getvalue(), ended.value.code


def test_each_command_is_answered_in_order_and_exit_ends(monkeypatch):
    lines = "cat <<EOF\na\nEOF\nkubect get pods\ncurl nosuch\nexit 4\necho never\n"
    assert answered(monkeypatch, lines, "--each") == (
        "a\n# exit 0\nbash: kubect: command not found\nDid you mean kubectl?\n# exit 127\n"
        "curl: (6) Could not resolve host: nosuch\n# exit 6\n# exit 4\n",
        "",
        4,
    )


def test_complaints_go_to_standard_error(monkeypatch):
    assert answered(monkeypatch, "echo a\ncat nosuch") == ("a\n", "cat: nosuch: No such file or directory\n", 1)


@pytest.mark.django_db
def test_a_stored_lab_is_changed_as_its_owner_would(monkeypatch):
    lab = open_lab()
    line = "gcloud compute firewall-rules create two --allow=tcp:2"
    out, _, code = answered(monkeypatch, f"{line}\ncurl -s 10.96.0.1", "--lab", lab.id)
    assert (out.split()[-6], code) == ("two", 28)
    assert [a.command for a in Action.objects.all()] == [line]
    assert cluster(lab).get("FirewallRule", "", "two") is not None


@pytest.mark.django_db
def test_a_lab_that_is_not_there_is_said(monkeypatch):
    assert answered(monkeypatch, "echo a", "--lab", "nosuch") == ("", "there is no lab nosuch\n", 2)
