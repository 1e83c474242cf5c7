"""`make run` from the inside: the server starts, says where it is, answers, and explains what stops it."""

import re
import socket
import urllib.request

import pytest
from django.core.management import CommandError, call_command

from kubeviz import environment
from kubeviz.management import prepared
from kubeviz.management.commands import serve
from tests.server import running


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory):
    """A server started as `make run` starts it, on a new database."""
    database = tmp_path_factory.mktemp("run") / "db.sqlite3"
    with running("--prepare", DATABASE_URL=f"sqlite:///{database}", REDIS_URL="", KUBEVIZ_COLLECTED="1") as address:
        yield address


def get(url: str):
    request = urllib.request.Request(url, headers={"Accept-Encoding": "br", "Accept-Language": "ko"})
    return urllib.request.urlopen(request)


@pytest.mark.live
def test_a_fresh_start_answers_on_the_first_page(collected: str):
    with get(f"{collected}/") as answer:
        assert answer.status == 200


@pytest.mark.live
def test_every_file_of_the_first_page_is_there_compressed_and_kept(collected: str):
    with get(f"{collected}/") as answer:
        html = answer.read().decode()
    files = sorted(set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"', html)))
    heads = {file: get(f"{collected}{file}").headers for file in files}
    assert heads
    assert {file for file, head in heads.items() if "immutable" not in head["Cache-Control"]} == set()


def test_a_taken_port_gets_a_plain_message():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} is taken.*PORT={port + 1}"):
            call_command("serve", host="127.0.0.1", port=str(port))


@pytest.mark.parametrize("port", ["70000", "eighty", "-1"])
def test_a_port_that_is_none_gets_a_plain_message(port: str):
    with pytest.raises(CommandError, match=f"PORT={port}"):
        serve.port_number(port)


def test_a_server_open_to_a_class_says_its_addresses_and_answers_to_them(monkeypatch: pytest.MonkeyPatch):
    for module in (environment, serve):
        monkeypatch.setattr(module, "lan_addresses", lambda: ["192.168.0.20"])
    said = serve.addresses("0.0.0.0", 8000)
    assert said == ["http://127.0.0.1:8000/", "http://192.168.0.20:8000/"]
    assert "192.168.0.20" in environment.allowed_hosts("0.0.0.0", [])
    assert "192.168.0.20" not in environment.allowed_hosts("127.0.0.1", [])


def test_the_secret_key_is_made_once_and_kept(tmp_path):
    first = environment.secret_key(tmp_path / "key")
    assert len(first) > 50
    assert environment.secret_key(tmp_path / "key") == first
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "command", [["serve", "--port", "0"], ["terminal", "--lab", "abc"], ["check_lessons"], ["clearlabs"]]
)
def test_what_needs_the_database_says_when_it_is_not_made(command: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(prepared.MigrationExecutor, "migration_plan", lambda self, targets: ["all of them"])
    with pytest.raises(CommandError, match=r"is not prepared. Run: python manage.py prepare"):
        call_command(*command)
