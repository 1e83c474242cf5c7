"""From a word as written to the words a program gets (POSIX Shell Command Language, 2.6 Word Expansions)."""

import fnmatch
import re
from collections.abc import Callable
from typing import NamedTuple

from .. import files
from ..session import Session
from .arithmetic import BadArithmetic, evaluate
from .syntax import Arith, Lit, Script, Sub, Var, Word

BRACES = re.compile(r"^(.*?)\{([^{}]*)\}(.*)$", re.S)
RANGE = re.compile(r"(-?\d{1,9})\.\.(-?\d{1,9})")
MOST_WORDS = 20_000


class ExpansionError(Exception):
    """The message stands after the shell's name."""


class Piece(NamedTuple):
    """Characters with the knowledge whether they were quoted."""

    text: str
    quoted: bool


class Expander:
    """Expands words for a session; *substitute* runs a script and gives what it printed."""

    def __init__(self, session: Session, substitute: Callable[[Script], str]) -> None:
        self.session = session
        self.substitute = substitute

    def words(self, words: tuple[Word, ...]) -> list[str]:
        found: list[str] = []
        for word in words:
            for braced in _braced(word):
                found += self.fields(braced)
            if len(found) > MOST_WORDS:
                raise ExpansionError("argument list too long")
        return found

    def fields(self, word: Word) -> list[str]:
        """One word may become none, or several: unquoted values are split at blanks, patterns name files."""
        fields: list[list[Piece]] = []
        current: list[Piece] | None = None
        for i, part in enumerate(word):
            value = self._value(part)
            if isinstance(part, Lit):
                text = self._tilde(value, i == 0 and not part.quoted)
                current = [*(current or []), Piece(text, part.quoted or text != value)]
            elif part.quoted:
                current = [*(current or []), Piece(value, True)]
            else:
                current = _split_into(value, fields, current)
        if current is not None:
            fields.append(current)
        return [name for field in fields for name in self._globbed(field)]

    def text(self, word: Word) -> str:
        """The word as one, neither split nor matched: the value of an assignment, a file's name, a heredoc."""
        parts = []
        for i, part in enumerate(word):
            value = self._value(part)
            parts.append(self._tilde(value, i == 0 and isinstance(part, Lit) and not part.quoted))
        return self.session.budget.hold("".join(parts))

    def _tilde(self, text: str, may: bool) -> str:
        if may and (text == "~" or text.startswith("~/")):
            return (files.variable(self.session, "HOME") or "~") + text[1:]
        return text

    def _value(self, part: Lit | Var | Sub | Arith) -> str:
        if isinstance(part, Lit):
            return part.text
        if isinstance(part, Sub):
            return self.session.budget.hold(self.substitute(part.script).rstrip("\n"))
        if isinstance(part, Arith):
            return self._arithmetic(self.text(part.expression))
        return self.session.budget.hold(self._variable(part))

    def _arithmetic(self, text: str) -> str:
        try:
            return str(evaluate(text, lambda name: self._plain(name) or ""))
        except BadArithmetic as error:
            raise ExpansionError(str(error)) from None

    def _plain(self, name: str) -> str | None:
        session = self.session
        special = {
            "?": str(session.status),
            "$": "4242",
            "#": "0",
            "@": "",
            "*": "",
            "!": "",
            "0": "sh" if session.place.kind == "pod" else "bash",
        }
        return special[name] if name in special else files.variable(session, name)

    def _variable(self, part: Var) -> str:
        value = self._plain(part.name)
        op = part.op
        if op == "length":
            return str(len(value or ""))
        if not op or part.word is None:
            return value or ""
        if op[0] in "#%":
            return _trimmed(value or "", op, self.text(part.word))
        missing = value is None or (op[0] == ":" and value == "")
        return self._default(part, op[-1], value or "", missing)

    def _default(self, part: Var, op: str, value: str, missing: bool) -> str:
        assert part.word is not None
        if op == "+":
            return "" if missing else self.text(part.word)
        if not missing:
            return value
        text = self.text(part.word)
        if op == "=":
            self.session.variables[part.name] = text
        if op == "?":
            raise ExpansionError(f"{part.name}: {text or 'parameter null or not set'}")
        return text

    def _globbed(self, field: list[Piece]) -> list[str]:
        """File names that the pattern matches, else the pattern itself."""
        whole = "".join(piece.text for piece in field)
        if not any(c in piece.text for piece in field if not piece.quoted for c in "*?["):
            return [whole]
        pattern = "".join(_literal(piece.text) if piece.quoted else piece.text for piece in field)
        names = files.listing(self.session)
        found = sorted(name for name in names if _matches(name, pattern.removeprefix("./")))
        return found or [whole]


def _split_into(value: str, fields: list[list[Piece]], current: list[Piece] | None) -> list[Piece] | None:
    """Put the words of an unquoted value into *fields*; returns the field that is still open."""
    words = value.split()
    if not words:
        if value and current is not None:
            fields.append(current)
            return None
        return current
    if value[0].isspace() and current is not None:
        fields.append(current)
        current = None
    for word in words[:-1]:
        fields.append([*(current or []), Piece(word, False)])
        current = None
    last = [*(current or []), Piece(words[-1], False)]
    if value[-1].isspace():
        fields.append(last)
        return None
    return last


def _literal(text: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", text)


def _matches(name: str, pattern: str) -> bool:
    """`*` does not go over a slash."""
    if name.count("/") != pattern.count("/") or len(pattern) > 200:
        return False
    pairs = zip(name.split("/"), pattern.split("/"), strict=True)
    return all(_match_one(one, wanted) for one, wanted in pairs)


def _match_one(text: str, pattern: str) -> bool:
    """Many stars would make a backtracking matcher slow; nobody writes more than a few."""
    return pattern.count("*") <= 6 and fnmatch.fnmatchcase(text, pattern)


def _trimmed(value: str, op: str, pattern: str) -> str:
    """`${x#pattern}` and `${x%pattern}`: the shortest beginning or end taken off; doubled: the longest."""
    value = value[:4096]
    lengths = range(len(value) + 1)
    for n in lengths if len(op) == 1 else reversed(lengths):
        taken = value[:n] if op[0] == "#" else value[len(value) - n :]
        if _match_one(taken, pattern):
            return value[n:] if op[0] == "#" else value[: len(value) - n]
    return value


def _braced(word: Word) -> list[Word]:
    """bash's `{a,b}` and `{1..5}` in the unquoted parts of a word."""
    for i, part in enumerate(word):
        if isinstance(part, Lit) and not part.quoted and (found := BRACES.match(part.text)):
            choices = _choices(found[2])
            if choices is None:
                return [word]
            before, after = (*word[:i], Lit(found[1])), (Lit(found[3]), *word[i + 1 :])
            tails = _braced(after)
            if len(choices) * len(tails) > MOST_WORDS:
                raise ExpansionError("brace expansion: too many words")
            return [(*before, Lit(choice), *tail) for choice in choices for tail in tails]
    return [tuple(part for part in word if part != Lit(""))] if len(word) > 1 else [word]


def _choices(inside: str) -> list[str] | None:
    found = RANGE.fullmatch(inside)
    if found:
        first, last = int(found[1]), int(found[2])
        if abs(last - first) > MOST_WORDS:
            raise ExpansionError("brace expansion: too many words")
        step = 1 if last >= first else -1
        return [str(n) for n in range(first, last + step, step)]
    return inside.split(",") if "," in inside else None
