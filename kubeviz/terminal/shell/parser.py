"""From tokens to commands: a recursive descent over the grammar of `syntax`."""

from collections.abc import Callable

from .errors import SyntaxProblem, Unfinished
from .lexer import Heredoc, Lexer, Token
from .quoting import NAME
from .syntax import AndOr, Command, For, Group, If, Lit, Pipeline, Redirect, Script, Simple, While, Word

OPENS = ("for", "while", "until", "if", "{")
CLOSES = ("do", "done", "then", "elif", "else", "fi", "}", "!")
"""What no command begins with; `!` stands before a whole pipeline only."""
REDIRECTS = ("<", ">", ">>", "<<", "<<-", "<<<", ">&", "<&", "&>")
SEPARATORS = (";", "&", "newline")


def parse(text: str) -> Script:
    """Raises SyntaxProblem; Unfinished where more lines would make it whole."""
    return Parser(Lexer(text, 0, _parse_inside)).whole("")


def _parse_inside(text: str, position: int, closing: str, depth: int) -> tuple[Script, int]:
    parser = Parser(Lexer(text, position, _parse_inside, depth), depth)
    return parser.whole(closing), parser.token.end


class Parser:
    """`token` is the one that is looked at."""

    def __init__(self, lexer: Lexer, depth: int = 0) -> None:
        self.lexer = lexer
        self.depth = depth
        self.token: Token = lexer.next()
        self._last_end = 0

    def whole(self, closing: str) -> Script:
        """Everything up to the closing operator, or to the end of the text for ""."""
        found = self.script(closing) if closing else self.script()
        if closing and self.token.kind == "end":
            raise Unfinished()
        if (self.token.op if closing else self.token.kind) != (closing or "end"):
            raise SyntaxProblem(self._near())
        return found

    def script(self, *closing: str) -> Script:
        """Commands until one of the closing words or operators, which stays the token that is looked at."""
        found: list[AndOr] = []
        while True:
            self._skip_newlines()
            if self._over(*closing):
                return tuple(found)
            found.append(self._and_or())
            if self._op(*SEPARATORS):
                self._advance()
            elif not self._over(*closing):
                raise SyntaxProblem(self._near())

    def _over(self, *closing: str) -> bool:
        return self.token.kind == "end" or self._is(*closing)

    # ── what is looked at ──

    def _advance(self) -> Token:
        found, self._last_end = self.token, self.token.end
        self.token = self.lexer.next()
        return found

    def _op(self, *ops: str) -> bool:
        return self.token.kind == "op" and self.token.op in ops

    def _is(self, *words: str) -> bool:
        return (self.token.op if self.token.kind == "op" else self.token.plain) in words if words else False

    def _skip_newlines(self) -> None:
        while self._op("newline"):
            self._advance()

    def _near(self) -> str:
        if self.token.kind == "word":
            return self.lexer.text[self.token.start : self.token.end]
        return self.token.op

    def _expect(self, *words: str) -> str:
        if self.token.kind == "end":
            raise Unfinished()
        if not self._is(*words):
            raise SyntaxProblem(self._near())
        token = self._advance()
        return token.op or token.plain

    # ── lists and pipelines ──

    def _and_or(self) -> AndOr:
        parts = [("", self._pipeline())]
        while self._op("&&", "||"):
            joint = self._advance().op
            self._skip_newlines()
            parts.append((joint, self._pipeline()))
        return AndOr(tuple(parts))  # type: ignore[arg-type]

    def _pipeline(self) -> Pipeline:
        start, negated = self.token.start, False
        while self.token.plain == "!":
            self._advance()
            negated = not negated
        commands = [self._command()]
        while self._op("|"):
            self._advance()
            self._skip_newlines()
            commands.append(self._command())
        return Pipeline(tuple(commands), negated, self.lexer.text[start : self._last_end])

    def _command(self) -> Command:
        if self.token.kind == "end":
            raise Unfinished()
        word = self.token.plain
        if self._op("(") or word in OPENS:
            return self._compound(self.token.op or word)
        if word in CLOSES or (self.token.kind == "op" and self.token.op not in REDIRECTS):
            raise SyntaxProblem(self._near())
        return self._simple()

    # ── one command ──

    def _simple(self) -> Simple:
        assignments: list[tuple[str, Word]] = []
        words: list[Word] = []
        redirects: list[Redirect] = []
        while self.token.kind == "word" or self._op(*REDIRECTS):
            if self._at_redirect():
                redirects.append(self._redirect())
            elif not words and (assigned := assignment(self.token.word)):
                assignments.append(assigned)
                self._advance()
            else:
                words.append(self._advance().word)
        return Simple(tuple(assignments), tuple(words), tuple(redirects))

    def _at_redirect(self) -> bool:
        """An operator, or the number of a file just before one."""
        if self._op(*REDIRECTS):
            return True
        end = self.token.end
        return self.token.plain in ("0", "1", "2") and self.lexer.text[end : end + 1] in ("<", ">")

    def _redirect(self) -> Redirect:
        number = self._advance().plain if self.token.kind == "word" else ""
        op = self._advance().op
        fd = int(number) if number else 0 if op[0] == "<" else 1
        if self.token.kind != "word":
            raise SyntaxProblem(self._near())
        if op in ("<<", "<<-"):
            return self._heredoc(fd, op)
        redirect = Redirect(-1 if op == "&>" else fd, {"&>": ">", "<&": "<"}.get(op, op), self.token.word)  # type: ignore[arg-type]
        self._advance()
        return redirect

    def _heredoc(self, fd: int, op: str) -> Redirect:
        word = self.token.word
        redirect = Redirect(fd, "<<", ())

        def take(body: Word) -> None:
            redirect.word = body

        delimiter = "".join(part.text if isinstance(part, Lit) else "$" for part in word)
        quoted = any(isinstance(part, Lit) and part.quoted for part in word)
        self.lexer.heredocs.append(Heredoc(delimiter, quoted, op == "<<-", take))
        self._advance()
        return redirect

    # ── compound commands ──

    def _compound(self, opening: str) -> Command:
        self._advance()
        self.depth += 1
        if self.depth > 40:
            raise SyntaxProblem(opening)
        compounds: dict[str, Callable[[], For | While | If | Group]] = {
            "for": self._for,
            "while": lambda: self._while(False),
            "until": lambda: self._while(True),
            "if": self._if,
            "{": lambda: self._group("}", False),
            "(": lambda: self._group(")", True),
        }
        found = compounds[opening]()
        self.depth -= 1
        redirects: list[Redirect] = []
        while self._at_redirect():
            redirects.append(self._redirect())
        return found._replace(redirects=tuple(redirects))

    def _body(self, *closing: str) -> Script:
        """Commands, at least one."""
        found = self.script(*closing)
        if self.token.kind == "end":
            raise Unfinished()
        if not found:
            raise SyntaxProblem(self._near())
        return found

    def _for(self) -> For:
        if self.token.kind == "end":
            raise Unfinished()
        name = self.token.plain
        if not NAME.fullmatch(name):
            raise SyntaxProblem(self._near())
        self._advance()
        words: list[Word] = []
        self._skip_newlines()
        if self._is("in"):
            self._advance()
            while self.token.kind == "word":
                words.append(self._advance().word)
        if self._op(*SEPARATORS):
            self._advance()
        self._skip_newlines()
        return For(name, tuple(words), self._do())

    def _do(self) -> Script:
        self._expect("do")
        body = self._body("done")
        self._expect("done")
        return body

    def _while(self, until: bool) -> While:
        condition = self._body("do")
        return While(until, condition, self._do())

    def _if(self) -> If:
        branches = []
        word = "if"
        while word in ("if", "elif"):
            condition = self._body("then")
            self._expect("then")
            branches.append((condition, self._body("elif", "else", "fi")))
            word = self._expect("elif", "else", "fi")
        otherwise = None
        if word == "else":
            otherwise = self._body("fi")
            self._expect("fi")
        return If(tuple(branches), otherwise)

    def _group(self, closing: str, subshell: bool) -> Group:
        body = self._body(closing)
        self._expect(closing)
        return Group(body, subshell)


def assignment(word: Word) -> tuple[str, Word] | None:
    """NAME=value at the beginning of a command."""
    first = word[0] if word else None
    if not isinstance(first, Lit) or first.quoted:
        return None
    name, equals, rest = first.text.partition("=")
    if not equals or not NAME.fullmatch(name):
        return None
    return name, (Lit(rest), *word[1:]) if rest else word[1:]
