"""The commands in the documents run as printed.

A block is tested when its fence says ```console tested: each line after "$ " is run by a shell in the
project's folder, and the lines below it must appear in what it prints, in order ("…" stands for anything).
"""

import os
import re
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```console tested\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks():
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]):
        for number, found in enumerate(BLOCK.findall(path.read_text(encoding="utf-8")), start=1):
            yield pytest.param(found, id=f"{path.name}-{number}")


def commands(block: str) -> list[tuple[str, list[str]]]:
    """The block's commands, each with the lines it should print."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(part.splitlines()[0], part.splitlines()[1:]) for part in joined(parts)]


def joined(parts: list[str]) -> list[str]:
    return [part.replace("\\\n", " ") for part in parts]


@pytest.mark.parametrize("block", list(blocks()))
def test_the_commands_of_the_documents_run_as_printed(block: str, tmp_path: Path):
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "REDIS_URL": "",
    }
    for command, expected in commands(block):
        done = subprocess.run(command, shell=True, cwd=ROOT, env=environment, capture_output=True, text=True)
        printed = done.stdout + done.stderr
        assert in_order(expected, printed.splitlines()), f"$ {command}\n{printed}"


def in_order(expected: list[str], printed: list[str]) -> bool:
    """Whether the expected lines appear among the printed ones in their order."""
    lines = iter(printed)
    return all(any(fnmatchcase(line, pattern(wanted)) for line in lines) for wanted in expected if wanted)


def pattern(wanted: str) -> str:
    return re.sub(r"([\[*?])", r"[\1]", wanted).replace("…", "*")
