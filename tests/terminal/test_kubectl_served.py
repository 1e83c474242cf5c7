"""The same line typed twice: to the real kubectl, which asks our cluster through the Kubernetes API, and to ours.

What the server says is ours both times; what kubectl makes of it is compared to the letter, but for times and what is
random. The real one is of 1.37; rows keep away from what it words otherwise than 1.36 (probes, claims of StatefulSets).
"""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from kubeviz.controllers import quiesce
from kubeviz.terminal import Session, run
from tests.terminal.served import fresh, serving
from tests.terminal.shells import shell

KUBECTL = Path(".venv/bin/kubectl").absolute()
FILES = {path.name: path.read_text() for path in sorted((Path(__file__).parent / "files").glob("*.yaml"))}
BEGUN = (
    "kubectl create deployment web --image=nginx --replicas=2 --port=80",
    "kubectl create ns other",
    "kubectl apply -f shop.yaml",
)
LINES = [line for line in (Path(__file__).parent / "files" / "lines.txt").read_text().splitlines() if line[:1] == "k"]
MASKS = (
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "TIME"),
    (r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d", "TIME"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+", "TIME"),
    (r"(?<=[ \t(])((\d+[dhmsy])+|<invalid>)(?=[ \t)\n])", "AGE"),
    (r"(LIVE|MERGED)-\d+", r"\1"),
    (r'resourceVersion"?: "?\d+"?', "resourceVersion: N"),
    (r"(?<=\S) {2,}", "  "),
)


@pytest.fixture(scope="module")
def begun() -> Session:
    session = shell(provider="bare")
    session.files = dict(FILES)
    for line in BEGUN:
        assert run(line, session).code == 0
    quiesce(session.tx)
    return session


@pytest.fixture(scope="module")
def server():
    with serving() as found:
        yield found


@pytest.fixture(scope="module")
def home(tmp_path_factory, server) -> Path:
    folder = tmp_path_factory.mktemp("kubectl")
    for name, text in FILES.items():
        (folder / name).write_text(text)
    (folder / "config").write_text(
        f"apiVersion: v1\nkind: Config\ncurrent-context: lab\nclusters: [{{name: lab, cluster: {{server: '{server.url}'}}}}]\n"
        "users: [{name: lab, user: {}}]\ncontexts: [{name: lab, context: {cluster: lab, user: lab, namespace: default}}]\n"
    )
    return folder


def masked(*texts: str) -> list[str]:
    found = []
    for text in texts:
        for pattern, placeholder in MASKS:
            text = re.sub(pattern, placeholder, text)
        found.append(text)
    return found


@pytest.mark.parametrize("line", LINES)
def test_the_real_kubectl_says_the_same(line: str, begun: Session, server, home: Path) -> None:
    server.tx = fresh(begun.tx)
    environment = {"HOME": str(home), "KUBECONFIG": str(home / "config"), "PATH": os.environ["PATH"]}
    real = subprocess.run(
        [KUBECTL, *shlex.split(line)[1:]], cwd=home, capture_output=True, text=True, timeout=30, env=environment,
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    session = Session(fresh(begun.tx), quiesce)
    session.files = dict(FILES)
    ours = run(line, session)
    assert masked(ours.out, ours.err) == masked(real.stdout, real.stderr)
    assert ours.code == real.returncode
