"""Quotes and what a dollar begins (POSIX Shell Command Language, 2.2 Quoting and 2.6 Word Expansions)."""

import re
from collections.abc import Callable

from .errors import SyntaxProblem, TooDeep, Unfinished
from .syntax import Arith, Lit, Part, Script, Sub, Var, Word

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
IN_BRACES = re.compile(r"(#?)([A-Za-z_][A-Za-z0-9_]*|[0-9?#@*!$])(:?[-+=?]|##?|%%?)?")
SPECIAL = "?#$!@*0123456789"
ANSI = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "e": "\x1b", "a": "\a", "0": "\0"}
MOST_DEPTH = 40

SubParser = Callable[[str, int, str, int], tuple[Script, int]]
"""(text, position, closing operator, depth) -> the script up to it and the position after it."""


class Quoting:
    """A text and a place in it; each method reads on from there."""

    def __init__(self, text: str, position: int, parse: SubParser, depth: int = 0) -> None:
        self.text = text
        self.at = position
        self._parse = parse
        self._depth = depth
        if depth > MOST_DEPTH:
            raise TooDeep("(")

    def quoted(self, closing: str = "") -> Word:
        """Up to *closing* (or to the end) as within double quotes: only `$`, backquote and some `\\` mean something."""
        parts: list[Part] = []
        self._double(parts, closing)
        return joined(parts)

    # ── quotes ──

    def _escaped(self, parts: list[Part]) -> None:
        if self.at + 1 >= len(self.text):
            raise Unfinished()
        c = self.text[self.at + 1]
        self.at += 2
        if c != "\n":
            parts.append(Lit(c, True))

    def _until(self, quote: str) -> str:
        end = self.text.find(quote, self.at + 1)
        if end < 0:
            raise Unfinished(quote)
        found = self.text[self.at + 1 : end]
        self.at = end + 1
        return found

    def _double(self, parts: list[Part], closing: str = '"') -> None:
        parts.append(Lit("", True))
        text = self.text
        while True:
            if self.at >= len(text):
                if closing:
                    raise Unfinished(closing)
                return
            c = text[self.at]
            if c == closing:
                self.at += 1
                return
            if c == "\\" and self.at + 1 < len(text) and text[self.at + 1] in "$`\\\n" + closing:
                parts.append(Lit("" if text[self.at + 1] == "\n" else text[self.at + 1], True))
                self.at += 2
            elif c in "$`":
                parts.append(self._dollar(True))
            else:
                self._stretch(parts, closing)

    def _stretch(self, parts: list[Part], closing: str) -> None:
        start = self.at
        self.at += 1
        while self.at < len(self.text) and self.text[self.at] not in "\\$`" + closing:
            self.at += 1
        parts.append(Lit(self.text[start : self.at], True))

    # ── what a dollar begins ──

    def _dollar(self, quoted: bool) -> Part:
        text, at = self.text, self.at
        if text[at] == "`":
            return self._backquotes(quoted)
        if text.startswith("$((", at) and (found := self._arithmetic(quoted)) is not None:
            return found
        if text.startswith("$(", at):
            script, self.at = self._parse(text, at + 2, ")", self._depth + 1)
            return Sub(script, quoted)
        if text.startswith("${", at):
            return self._braces(quoted)
        if text.startswith("$'", at) and not quoted:
            return self._ansi()
        name = NAME.match(text, at + 1)
        if name:
            self.at = name.end()
            return Var(name[0], quoted)
        if at + 1 < len(text) and text[at + 1] in SPECIAL:
            self.at = at + 2
            return Var(text[at + 1], quoted)
        self.at += 1
        return Lit("$", True)

    def _backquotes(self, quoted: bool) -> Part:
        at = self.at + 1
        while at < len(self.text) and self.text[at] != "`":
            at += 2 if self.text[at] == "\\" else 1
        if at >= len(self.text):
            raise Unfinished("`")
        inner = re.sub(r"\\([`$\\])", r"\1", self.text[self.at + 1 : at])
        self.at = at + 1
        script, _ = self._parse(inner, 0, "", self._depth + 1)
        return Sub(script, quoted)

    def _arithmetic(self, quoted: bool) -> Part | None:
        """`$((…))`, or None where it is a command in a subshell."""
        depth, at = 0, self.at + 3
        while at < len(self.text):
            c = self.text[at]
            if c == "(":
                depth += 1
            elif c == ")":
                if depth == 0:
                    break
                depth -= 1
            at += 1
        if not self.text.startswith("))", at):
            return None
        inner = Quoting(self.text[self.at + 3 : at], 0, self._parse, self._depth + 1)
        self.at = at + 2
        return Arith(inner.quoted(), quoted)

    def _braces(self, quoted: bool) -> Part:
        found = IN_BRACES.match(self.text, self.at + 2)
        if not found:
            if "}" not in self.text[self.at :]:
                raise Unfinished("}")
            raise SyntaxProblem("${")
        length, name, op = found[1], found[2], found[3] or ""
        self.at = found.end()
        word: Word | None = None
        if op:
            word = self._to_brace()
        if self.at >= len(self.text):
            raise Unfinished("}")
        if self.text[self.at] != "}":
            raise SyntaxProblem("${")
        self.at += 1
        return Var(name, quoted, "length" if length else op, word)

    def _to_brace(self) -> Word:
        parts: list[Part] = []
        while self.at < len(self.text) and self.text[self.at] != "}":
            if not self._quotation(parts, True):
                parts.append(Lit(self.text[self.at]))
                self.at += 1
        return joined(parts)

    def _quotation(self, parts: list[Part], quoted: bool) -> bool:
        """Takes the escape, quotation or expansion that begins here, if one does."""
        c = self.text[self.at]
        if c == "\\":
            self._escaped(parts)
        elif c == "'":
            parts.append(Lit(self._until("'"), True))
        elif c == '"':
            self.at += 1
            self._double(parts)
        elif c in "$`":
            parts.append(self._dollar(quoted))
        else:
            return False
        return True

    def _ansi(self) -> Part:
        """bash's `$'…'` with its escapes."""
        at, out = self.at + 2, []
        while at < len(self.text) and self.text[at] != "'":
            if self.text[at] == "\\" and at + 1 < len(self.text):
                at += 1
                out.append(ANSI.get(self.text[at], "\\" + self.text[at]))
            else:
                out.append(self.text[at])
            at += 1
        if at >= len(self.text):
            raise Unfinished("'")
        self.at = at + 1
        return Lit("".join(out), True)


def joined(parts: list[Part]) -> Word:
    """Neighbouring literals of one kind made one."""
    found: list[Part] = []
    for part in parts:
        last = found[-1] if found else None
        if isinstance(part, Lit) and isinstance(last, Lit) and part.quoted == last.quoted:
            found[-1] = Lit(last.text + part.text, part.quoted)
        else:
            found.append(part)
    return tuple(found)
