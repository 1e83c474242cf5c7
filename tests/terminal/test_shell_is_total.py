"""Whatever is typed, the shell answers: it neither crashes nor hangs."""

import shlex
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from kubeviz.terminal import Place, Session, commands, run
from kubeviz.terminal.inert import inert
from kubeviz.terminal.programs import names
from kubeviz.wording.terminal import NOTES
from tests.terminal.shells import shell

BITS = [
    "echo",
    "cat",
    "sh",
    "-c",
    "true",
    "false",
    "read",
    "exit",
    "break",
    "for",
    "i",
    "in",
    "do",
    "done",
    "while",
    "until",
    "if",
    "then",
    "elif",
    "else",
    "fi",
    "{",
    "}",
    "(",
    ")",
    "!",
    ";",
    "&",
    "&&",
    "||",
    "|",
    ">",
    ">>",
    "<",
    "<<",
    "<<-",
    "<<<",
    "2>&1",
    "&>",
    "<<EOF",
    "EOF",
    "$",
    "$(",
    "`",
    "'",
    '"',
    "\\",
    "$((",
    "))",
    "${",
    "}",
    "${x:-y}",
    "$x",
    "$?",
    "$1",
    "{1..3}",
    "{a,b}",
    "*",
    "?",
    "[",
    "~",
    "#",
    "=",
    "x=1",
    "a",
    "b",
    "c",
    "/etc/hosts",
    "kubectl",
    "get",
    "pods",
    "-n",
    "1",
    "999999999999",
    "-e",
    "\t",
    "\x00",
    "\x1b[31m",
    "한글",
    "\ud7ff",
]
TEXT = st.one_of(
    st.lists(st.sampled_from([*BITS, " ", "\n", "\n", " "]), max_size=25).map("".join),
    st.lists(st.sampled_from(BITS), max_size=15).map(" ".join),
    st.text(max_size=60),
)
SESSION = shell()
COREDNS = SESSION.tx.cluster.of_kind("Pod", "kube-system")[0].name


@settings(max_examples=250)
@given(TEXT)
def test_any_line_is_answered_in_time(text: str) -> None:
    began = time.thread_time()
    for command in commands(text.split("\n")):
        result = run(command, SESSION)
        assert 0 <= result.code <= 255
        printed = result.out + result.err
        assert inert(printed) == printed
    assert time.thread_time() - began < 5


PROGRAMS = list(names(SESSION.place))
WORDS = st.one_of(
    st.sampled_from(
        [
            "-n",
            "-c",
            "-k2",
            "-E",
            "-o",
            "f",
            "-v",
            "-d",
            "10.96.0.10",
            "http://a:80/",
            "localhost:1",
            "--",
            "-",
            "+short",
            "@1",
        ]
    ),
    st.sampled_from(
        ["{print $1}", "s/a/b/", "a", "1", "-1", "99999999999", "%s%d%%", "list", "compute", "service", "=", "]"]
    ),
    st.text(max_size=12),
)


@settings(max_examples=300)
@given(
    st.sampled_from(PROGRAMS),
    st.lists(WORDS, max_size=5),
    st.text(max_size=40),
    st.sampled_from(["laptop", "node", "pod"]),
)
def test_any_words_after_a_program_are_answered(name: str, words: list[str], stdin: str, kind: str) -> None:
    places = {"laptop": Place(), "node": Place("node", "", "node-1"), "pod": Place("pod", "kube-system", COREDNS)}
    session = Session(SESSION.tx, SESSION.settle)
    session.places = [places[kind]]
    session.files = {"f": "a 1\nb 2\n"}
    line = " ".join([name, *map(shlex.quote, words)])
    result = run(f"printf %s {shlex.quote(stdin)} | {line}", session)
    assert 0 <= result.code <= 255
    assert not [text for _, text in result.chunks if inert(text) != text]
    assert all(note.code in NOTES for note in result.notes)


@settings(max_examples=100)
@given(st.binary(max_size=80))
def test_no_byte_reaches_the_terminal_that_could_steer_it(data: bytes) -> None:
    text = inert(data.decode("latin-1") + data.decode("utf-8", "replace"))
    assert not [c for c in text if c not in "\t\n" and (ord(c) < 32 or 127 <= ord(c) < 160)]
