"""What the repository may hold: our own files only, nothing that ties it to one machine."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BINARY = {".png", ".webp", ".ico"}
ONE_MACHINES = re.compile(
    r"/work/|/home/\w|/Users/\w|\.\./shared|registry\.npmjs|pypi\.org|files\.pythonhosted|deb\.debian"
)
LONGEST_LINE = 2000  # characters; minified files of others have longer ones


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    return [(path, path.read_text(encoding="utf-8")) for path in tracked() if path.suffix not in BINARY]


def test_no_third_partys_file_is_committed():
    theirs = re.compile(r"(^|/)(node_modules|vendor|staticfiles|\.venv)/|\.min\.(js|css)$|\.(woff2?|ttf|whl)$")
    assert [path.name for path in tracked() if theirs.search(path.relative_to(ROOT).as_posix())] == []


def test_no_committed_script_is_minified():
    code = {".js", ".mjs", ".css"}
    long = [path.name for path, text in texts() if path.suffix in code and longest_line(text) > LONGEST_LINE]
    assert long == []


def longest_line(text: str) -> int:
    return max(map(len, text.splitlines()), default=0)


def test_no_file_names_a_machine_or_a_registry():
    named = {
        path.relative_to(ROOT).as_posix(): found[0]
        for path, text in texts()
        if path != Path(__file__) and (found := ONE_MACHINES.search(text))
    }
    assert named == {}
