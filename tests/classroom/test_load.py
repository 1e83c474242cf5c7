"""Fifty clients in a class at once: nothing fails, and every page ends with the picture a fresh one has."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kubeviz.management.load.telling import WIDTH
from tests.classes import PASSWORD, instructor

pytestmark = pytest.mark.django_db(transaction=True)


def test_fifty_learners_join_follow_work_and_vote_without_an_error_or_a_wrong_graph(server):
    instructor("kim", PASSWORD)
    said = StringIO()
    call_command("classroom_load", learners=50, rounds=2, server=server, username="kim", password=PASSWORD, stdout=said)
    rows = {line[:WIDTH].strip(): line[WIDTH:] for line in said.getvalue().splitlines()}
    assert rows["wrong graphs"].startswith("0 of 50")
    assert rows["errors"] == "0"
    assert {"2 KB", "50 KB", "50 KB, one page stalls"} <= set(rows)
    assert re.search(r"last +(\d+) ms", rows["a change of the graph"])


def test_only_a_server_on_this_machine_may_be_loaded():
    with pytest.raises(CommandError, match="this machine"):
        call_command("classroom_load", server="http://192.0.2.1:8000", username="a", password="b")


def test_a_server_that_is_not_there_is_said():
    with pytest.raises(CommandError, match="running"):
        call_command("classroom_load", server="http://127.0.0.1:9", username="a", password="b")
