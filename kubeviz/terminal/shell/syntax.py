"""What a command line is made of (POSIX.1-2017, Shell Command Language, 2.10 Shell Grammar; brace expansion and
`&>` are bash's)."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, Union


class Lit(NamedTuple):
    """Characters as they stand. Quoted ones are neither split nor matched against file names."""

    text: str
    quoted: bool = False


class Var(NamedTuple):
    """`$NAME` and `${NAME:-word}`; `op` is what stands after the name in braces."""

    name: str
    quoted: bool = False
    op: str = ""
    word: "Word | None" = None


class Sub(NamedTuple):
    """`$(…)` or backquotes."""

    script: "Script"
    quoted: bool = False


class Arith(NamedTuple):
    """`$((…))`"""

    expression: "Word"
    quoted: bool = False


Part = Union[Lit, Var, Sub, Arith]  # noqa: UP007 - a recursive alias must exist at run time
Word = tuple[Part, ...]


@dataclass(slots=True)
class Redirect:
    """`fd` is 0, 1 or 2 (-1: both outputs). The word of "<<" is the heredoc's body, known once its lines are read."""

    fd: int
    op: Literal["<", ">", ">>", "<<", "<<<", ">&"]
    word: Word


class Simple(NamedTuple):
    assignments: tuple[tuple[str, Word], ...]
    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...]


class For(NamedTuple):
    name: str
    words: tuple[Word, ...]
    body: "Script"
    redirects: tuple[Redirect, ...] = ()


class While(NamedTuple):
    until: bool
    condition: "Script"
    body: "Script"
    redirects: tuple[Redirect, ...] = ()


class If(NamedTuple):
    branches: tuple[tuple["Script", "Script"], ...]
    otherwise: "Script | None"
    redirects: tuple[Redirect, ...] = ()


class Group(NamedTuple):
    """`{ …; }`, or `( … )` in a shell of its own."""

    body: "Script"
    subshell: bool
    redirects: tuple[Redirect, ...] = ()


Command = Union[Simple, For, While, If, Group]  # noqa: UP007


class Pipeline(NamedTuple):
    """`text` is how it was typed."""

    commands: tuple[Command, ...]
    negated: bool
    text: str


class AndOr(NamedTuple):
    """`joint` says when a pipeline runs: "" always, "&&" after success, "||" after failure."""

    parts: tuple[tuple[Literal["", "&&", "||"], Pipeline], ...]


Script = tuple[AndOr, ...]
