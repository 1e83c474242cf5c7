"""The part of awk that one types at a prompt: patterns, print and printf, fields, arithmetic, comparison, END.

Grammar after POSIX awk; what is left out (functions, arrays, control flow, getline) is refused by name.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from .escapes import unescaped
from .patterns import compiled

TOKEN = re.compile(
    r"""[ \t]*(?:
      (?P<number>\d+(?:\.\d+)?) | (?P<string>"(?:\\.|[^"\\])*") | (?P<name>[A-Za-z_]\w*)
    | (?P<op>\+\+|--|&&|\|\||[-+*/%]=|[<>=!]=|!~|[-+*/%<>=!~?:,;{}()$\n])
    )""",
    re.X,
)
REGEX = re.compile(r"[ \t]*/((?:\\.|[^/\\])*)/")
BEFORE_REGEX = {"", "(", ",", "~", "!~", "!", "&&", "||", "{", "}", ";", "\n"}
UNKNOWN = {"if", "for", "while", "do", "function", "getline", "next", "exit", "delete", "in", "gsub", "sub", "split"}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "length": lambda text="": len(text),
    "toupper": lambda text: text.upper(),
    "tolower": lambda text: text.lower(),
    "substr": lambda text, start, count=10**9: text[
        max(0, int(number(start)) - 1) : int(number(start) + number(count)) - 1
    ],
    "index": lambda text, part: text.find(part) + 1,
    "int": lambda value: int(number(value)),
}
BINARY = (("||",), ("&&",), ("~", "!~"), ("<", ">", "<=", ">=", "==", "!="), (" ",), ("+", "-"), ("*", "/", "%"))


class Unsupported(ValueError):
    """Not in this part of awk; the message is the word at fault."""


class Rule(NamedTuple):
    """A pattern ("BEGIN", "END", an expression or None for every line) and what is done."""

    pattern: Any
    statements: list[Any]


def number(value: Any) -> float:
    """The number a text begins with, as awk reads it."""
    if isinstance(value, int | float):
        return float(value)
    match = re.match(r"\s*[-+]?\d{1,18}(?:\.\d{1,18})?", str(value))
    return float(match[0]) if match else 0.0


def parse(text: str) -> list[Rule]:
    """Raises Unsupported."""
    return _Parser(text).rules()


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = _tokens(text)
        self.depth = 0

    def _peek(self) -> str:
        return self.tokens[-1][1] if self.tokens else ""

    def _take(self, *wanted: str) -> str:
        if not self.tokens or (wanted and self._peek() not in wanted):
            raise Unsupported(self._peek().strip() or "end of the program")
        return self.tokens.pop()[1]

    def _skip(self, *what: str) -> None:
        while self._peek() in what and self.tokens:
            self.tokens.pop()

    def rules(self) -> list[Rule]:
        found = []
        self._skip(";", "\n")
        while self.tokens:
            pattern: Any = None
            if self._peek() in ("BEGIN", "END"):
                pattern = self._take()
            elif self._peek() != "{":
                pattern = self._expression()
            found.append(Rule(pattern, self._block() if self._peek() == "{" else [("print", [])]))
            self._skip(";", "\n")
        return found

    def _block(self) -> list[Any]:
        self._take("{")
        found = []
        self._skip(";", "\n")
        while self._peek() != "}":
            found.append(self._statement())
            if self._peek() != "}":
                self._take(";", "\n")
            self._skip(";", "\n")
        self._take("}")
        return found

    def _statement(self) -> Any:
        if self._peek() in ("print", "printf"):
            verb, values = self._take(), []
            while self._peek() not in (";", "}", "\n", ""):
                values.append(self._expression())
                if self._peek() != ",":
                    break
                self._take(",")
            return verb, values
        return "do", self._expression()

    def _expression(self) -> Any:
        self.depth += 1
        if self.depth > 30:
            raise Unsupported("(")
        found = self._binary(0)
        if self._peek() in ("=", "+=", "-=", "*=", "/=") and found[0] in ("name", "field"):
            op = self._take()
            value = self._expression()
            found = ("set", found, value if op == "=" else (op[0], found, value))
        self.depth -= 1
        return found

    def _binary(self, level: int) -> Any:
        if level == len(BINARY):
            return self._unary()
        left = self._binary(level + 1)
        while True:
            if BINARY[level] == (" ",):
                if not self._begins_value():
                    return left
                left = (" ", left, self._binary(level + 1))
            elif self._peek() in BINARY[level] and self.tokens[-1][0] == "op":
                op = self._take()
                left = (op, left, self._binary(level + 1))
            else:
                return left

    def _begins_value(self) -> bool:
        return bool(self.tokens) and (self.tokens[-1][0] in ("number", "string", "name") or self._peek() in ("$", "("))

    def _unary(self) -> Any:
        if self._peek() in ("!", "-") and self.tokens[-1][0] == "op":
            self.depth += 1
            if self.depth > 30:
                raise Unsupported("!")
            op = self._take()
            found = ("not" if op == "!" else "minus", self._unary())
            self.depth -= 1
            return found
        found = self._value()
        if self._peek() in ("++", "--"):
            step = 1 if self._take() == "++" else -1
            return ("set", found, ("+", found, ("number", step)))
        return found

    def _value(self) -> Any:
        if not self.tokens:
            raise Unsupported("end of the program")
        kind, text = self.tokens.pop()
        if kind == "number":
            return "number", float(text)
        if kind == "string":
            return "text", unescaped(text[1:-1])
        if kind == "regex":
            return "match", compiled(text.replace("\\/", "/"), True)
        if text == "$":
            return "field", self._value()
        if text == "(":
            found = self._expression()
            self._take(")")
            return found
        if kind != "name" or text in UNKNOWN:
            raise Unsupported(text.strip() or "newline")
        return self._call(text) if text in FUNCTIONS else ("name", text)

    def _call(self, name: str) -> Any:
        arguments: list[Any] = []
        if self._peek() == "(":
            self._take("(")
            while self._peek() != ")":
                arguments.append(self._expression())
                if self._peek() == ",":
                    self._take(",")
            self._take(")")
        if name != "length" and not arguments:
            raise Unsupported(f"{name}()")
        return "call", name, arguments


def _tokens(text: str) -> list[tuple[str, str]]:
    """Last first; a slash begins a pattern where a value is wanted."""
    found: list[tuple[str, str]] = []
    at = 0
    text = text.rstrip()
    while at < len(text):
        before = found[-1][1] if found and found[-1][0] == "op" else "" if not found else "value"
        regex = REGEX.match(text, at) if before in BEFORE_REGEX else None
        match = regex or TOKEN.match(text, at)
        if not match:
            raise Unsupported(text[at:].strip()[:20])
        found.append(("regex", regex[1]) if regex else (match.lastgroup or "", match[match.lastgroup or 0]))
        at = match.end()
    return found[::-1]
