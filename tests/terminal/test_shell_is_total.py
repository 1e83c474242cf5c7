"""Whatever is typed, the shell answers: it neither crashes nor hangs."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from kubeviz.terminal import commands, run
from kubeviz.terminal.inert import inert
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


@settings(max_examples=250, deadline=None)
@given(TEXT)
def test_any_line_is_answered_in_time(text: str) -> None:
    began = time.monotonic()
    for command in commands(text.split("\n")):
        result = run(command, SESSION)
        assert 0 <= result.code <= 255
        printed = result.out + result.err
        assert inert(printed) == printed
    assert time.monotonic() - began < 5


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=80))
def test_no_byte_reaches_the_terminal_that_could_steer_it(data: bytes) -> None:
    text = inert(data.decode("latin-1") + data.decode("utf-8", "replace"))
    assert not [c for c in text if c not in "\t\n" and (ord(c) < 32 or 127 <= ord(c) < 160)]
