"""`manage.py trace` as others call it: exit codes, what goes to which stream, and inputs that are none."""

import io
import json
import resource
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from tests.clusters import app, service

GOOD = app("order", replicas=2) + service(
    "order", "type: NodePort, selector: {app: order}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]"
)
SNACK = "http://203.0.113.11:30080/"
OPEN = ("--firewall", "open")


def run(directory, *arguments, text=GOOD):
    """(exit code, standard output, standard error) over a file cluster.yaml that holds *text*."""
    file = directory / "cluster.yaml"
    file.write_text(text)
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("trace", "-f", str(file), *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return ended.code or 0, out.getvalue(), err.getvalue()
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), err.getvalue()


CODES = [
    ("what arrives", [*OPEN, SNACK], 0),
    ("an HTTP error is no error to curl", [*OPEN, "--addon", "ingress-nginx", "--connect-to", "ingress", "http://x.example/"], 0),
    ("a name that nobody knows", ["http://ghost.example/"], 6),
    ("a port on which nobody listens", [*OPEN, "http://203.0.113.11:30999/"], 7),
    ("the firewall", [SNACK], 28),
    ("the first that failed, of several", ["--times", "2", SNACK], 28),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "code"), [r[1:] for r in CODES], ids=[r[0] for r in CODES])
def test_the_exit_code_is_curls(tmp_path, arguments, code):
    found, out, err = run(tmp_path, *arguments, "-o", "json")
    assert (found, err) == (code, "")
    for line in out.splitlines():
        assert json.loads(line)["curl"]["exit"] == code


REFUSED = [
    ("a URL without host", ["http:///order"], "url: http:///order names no host; write http://HOST:PORT/PATH"),
    ("an empty URL with --requests missing", [], "give either a URL or --requests FILE.jsonl"),
    ("port 99999", ["http://203.0.113.11:99999/"], "url: http://203.0.113.11:99999/: a port is a number from 1 to 65535"),
    ("port 0", ["http://203.0.113.11:0/"], "url: a port is a number from 1 to 65535"),
    ("a port that is no number", ["http://203.0.113.11:http/"], "url: http://203.0.113.11:http/: a port is a number from 1 to 65535"),
    ("a scheme that is not simulated", ["ftp://203.0.113.11/"], "url: ftp:// is not simulated; use http:// or https://"),
    ("an escape sequence in the URL", ["http://a\x1b[31m/"], "url: the URL holds a space or a control character"),
    ("an unknown pod", ["--from", "pod/default/ghost", SNACK], "from: no pod/default/ghost to send from; use internet, vpc, node/NAME or pod/NAMESPACE/NAME"),
    ("an unknown node", ["--from", "node/ghost", SNACK], "from: no node/ghost to send from; use internet, vpc, node/NAME or pod/NAMESPACE/NAME"),
    ("an unknown place", ["--from", "moon", SNACK], "from: no moon to send from; use internet, vpc, node/NAME or pod/NAMESPACE/NAME"),
    ("an address to connect to that is none", ["--connect-to", "there", SNACK], "connect_to: there is no IP address; write one, or `ingress`"),
    ("a header without colon", ["-H", "Host", SNACK], "header: 'Host' is no header; write 'Name: value'"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_no_client_could_send_ends_with_2_and_a_sentence(tmp_path, arguments, said):
    assert run(tmp_path, *arguments, *OPEN) == (2, "", f"{said}\n")


def test_a_file_that_is_not_there(tmp_path):
    gone = str(tmp_path / "gone.yaml")
    assert run(tmp_path, "-f", gone, SNACK) == (2, "", f"{gone}: No such file or directory\n")


FILES = [
    ("no UTF-8", b"kind: \xff", 1, "not UTF-8 text"),
    ("a namespace under its name", b"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: order\n    namespace: order\n", 5, ""),
    ("a port beyond all", b"apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  ports:\n  - port: 70000\n", 6, "70000"),
    ("100,000 levels", b"a: " + b"[" * 100_000, 1, ""),
    ("levels of objects", b"{a: " * 100_000, 1, ""),
    ("a bomb of aliases", b"a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + b"".join(b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 30)), None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("content", "line", "said"), [r[1:] for r in FILES], ids=[r[0] for r in FILES])
def test_what_cannot_be_loaded_ends_with_2_and_its_file_and_line(tmp_path, content, line, said):
    """In a process of its own, which must end by itself and soon, with a sentence and no traceback."""

    def soon() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))  # of processor: whatever else the machine does

    file = tmp_path / "bad.yaml"
    file.write_bytes(content)
    command = [sys.executable, "manage.py", "trace", "-f", str(file), SNACK]
    found = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=soon)
    place = f"{file}:{line}" if line else f"{file}"
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith(place) and said in found.stderr
    assert "Traceback" not in found.stderr


def test_a_batch_answers_bad_lines_in_their_place(tmp_path):
    there = {"url": SNACK}
    bad = [{"from": "vpc"}, {"url": 1}, {"url": "http:///"}]
    bad += [{**there, "from": "pod/default/ghost"}, {**there, "protocol": "ICMP"}]
    bad += [{**there, "client_ip": "here"}, {**there, "surprise": 1}]
    lines = [json.dumps(there), "{", "[]", *map(json.dumps, bad), "", json.dumps({**there, "from": "vpc"})]
    file = tmp_path / "requests.jsonl"
    file.write_text("\n".join(lines))
    code, out, err = run(tmp_path, "--requests", str(file), *OPEN)
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [a.get("verdict", "error") for a in answers] == ["delivered", *["error"] * 9, "delivered"]
    assert all(set(a) == {"schema", "error"} and a["schema"] == 1 and a["error"] for a in answers[1:-1])
    assert (answers[0]["seed"], answers[-1]["seed"]) == (0, 10)


def test_a_requests_file_that_is_not_there(tmp_path):
    gone = str(tmp_path / "gone.jsonl")
    assert run(tmp_path, "--requests", gone) == (2, "", f"{gone}: No such file or directory\n")


def test_control_characters_of_an_app_never_reach_the_terminal(tmp_path):
    text = GOOD.replace("{listen: [8080]}", '{listen: [8080], routes: {/: {body: \\"a\\\\e[31mb\\"}}}')
    for output in ("text", "json"):
        _, out, _ = run(tmp_path, *OPEN, "-o", output, SNACK, text=text)
        assert "31mb" in out and "\x1b" not in out
