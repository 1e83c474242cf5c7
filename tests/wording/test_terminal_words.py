"""Every note of the terminal has words in both languages, with the same parameters."""

import ast
import string
from pathlib import Path

import kubeviz.terminal
from kubeviz.wording.terminal import NOTES, note

SILENT = {"Clear"}


def said_in_the_code() -> set[str]:
    found = set()
    for source in Path(kubeviz.terminal.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text())):
            name = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", ""))
            if isinstance(node, ast.Call) and name in ("note", "Note", "Exhausted") and node.args:
                found |= {
                    n.value
                    for n in ast.walk(node.args[0])
                    if isinstance(n, ast.Constant) and str(n.value)[:1].isupper()
                }
    return found


def test_every_note_has_korean_and_english_and_is_said_somewhere():
    assert said_in_the_code() == set(NOTES)
    assert [code for code, words in NOTES.items() if not all(words) and code not in SILENT] == []


def test_both_languages_name_the_same_parameters():
    def names(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert [code for code, words in NOTES.items() if names(words.ko) != names(words.en)] == []


def test_a_note_is_a_sentence():
    assert note("DidYouMean", {"word": "kubectl"}, "en") == "Did you mean kubectl?"
    assert note("NotHere", {"word": "minikube", "place": "pod"}, "ko").startswith("minikube는 여기(파드)에는 없습니다.")
