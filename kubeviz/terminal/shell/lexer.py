"""From characters to words and operators (POSIX Shell Command Language, 2.2 Quoting and 2.3 Token Recognition)."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from .errors import Unfinished
from .quoting import Quoting, SubParser, joined
from .syntax import Lit, Part, Word

OPERATORS = ("&&", "||", ";;", "<<<", "<<-", "<<", ">>", "&>", ">&", "<&", "|", "&", ";", "<", ">", "(", ")")
BLANK = " \t"
ENDS_WORD = " \t\n|&;<>()"


class Token(NamedTuple):
    """A word, an operator (`|`, `newline`, …) or the end. `start` is where it begins in the text."""

    kind: Literal["word", "op", "end"]
    op: str
    word: Word
    start: int
    end: int

    @property
    def plain(self) -> str:
        """The characters of an unquoted literal word, as keywords are; else ""."""
        if len(self.word) == 1 and isinstance(self.word[0], Lit) and not self.word[0].quoted:
            return self.word[0].text
        return ""


class Heredoc(NamedTuple):
    delimiter: str
    quoted: bool
    strip_tabs: bool
    take: Callable[[Word], None]
    """Where its body goes once the line has been read."""


class Lexer(Quoting):
    def __init__(self, text: str, position: int, parse: SubParser, depth: int = 0) -> None:
        super().__init__(text, position, parse, depth)
        self.heredocs: list[Heredoc] = []

    # ── tokens ──

    def next(self) -> Token:
        self._skip_blanks()
        start = self.at
        if start >= len(self.text):
            if self.heredocs:
                raise Unfinished(self.heredocs[0].delimiter, heredoc=True)
            return Token("end", "newline", (), start, start)
        if self.text[start] == "\n":
            self.at += 1
            self._read_heredocs()
            return Token("op", "newline", (), start, start + 1)
        for op in OPERATORS:
            if self.text.startswith(op, start):
                self.at += len(op)
                return Token("op", op, (), start, self.at)
        return Token("word", "", self._word(), start, self.at)

    def _skip_blanks(self) -> None:
        text = self.text
        while self.at < len(text):
            if text[self.at] in BLANK:
                self.at += 1
            elif text.startswith("\\\n", self.at):
                self.at += 2
            elif text.startswith("\r\n", self.at):
                self.at += 1
            elif text[self.at] == "#":
                end = text.find("\n", self.at)
                self.at = len(text) if end < 0 else end
            else:
                return

    # ── words ──

    def _word(self) -> Word:
        parts: list[Part] = []
        text = self.text
        while self.at < len(text) and text[self.at] not in ENDS_WORD:
            if self._quotation(parts, False):
                continue
            if text.startswith("\r\n", self.at):
                self.at += 1
            else:
                self._plain(parts)
        return joined(parts)

    def _plain(self, parts: list[Part]) -> None:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in ENDS_WORD + "\\'\"$`\r":
            self.at += 1
        self.at = max(self.at, start + 1)
        parts.append(Lit(self.text[start : self.at]))

    # ── heredocs ──

    def _read_heredocs(self) -> None:
        """The bodies begin on the line after the one that names them."""
        waiting, self.heredocs = self.heredocs, []
        for heredoc in waiting:
            heredoc.take(self._body(heredoc))

    def _body(self, heredoc: Heredoc) -> Word:
        lines: list[str] = []
        while self.at < len(self.text):
            end = self.text.find("\n", self.at)
            end = len(self.text) if end < 0 else end
            line = self.text[self.at : end].removesuffix("\r")
            self.at = min(end + 1, len(self.text))
            line = line.lstrip("\t") if heredoc.strip_tabs else line
            if line == heredoc.delimiter:
                return self._expandable("".join(lines), heredoc.quoted)
            lines.append(line + "\n")
        raise Unfinished(heredoc.delimiter, heredoc=True)

    def _expandable(self, body: str, quoted: bool) -> Word:
        if quoted:
            return (Lit(body, True),)
        return Quoting(body, 0, self._parse, self._depth + 1).quoted()
