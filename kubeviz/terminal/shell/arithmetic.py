"""`$((…))`: whole numbers of 64 bits, as POSIX Shell Arithmetic Expansion has them (no assignment)."""

import re
from collections.abc import Callable

TOKEN = re.compile(r"\s*(\d+|[A-Za-z_]\w*|<=|>=|==|!=|&&|\|\||[-+*/%()<>!])")
BINARY: tuple[tuple[str, ...], ...] = (
    ("||",),
    ("&&",),
    ("==", "!="),
    ("<", ">", "<=", ">="),
    ("+", "-"),
    ("*", "/", "%"),
)
MOST_DEPTH = 60


class BadArithmetic(ValueError):
    """The message is bash's."""


def evaluate(text: str, variable: Callable[[str], str]) -> int:
    """Raises BadArithmetic."""
    return _Expression(text, variable).value()


class _Expression:
    def __init__(self, text: str, variable: Callable[[str], str]) -> None:
        self.text, self.variable = text, variable
        self.tokens = self._tokens()
        self.depth = 0

    def _tokens(self) -> list[str]:
        found, at = [], 0
        text = self.text.rstrip()
        while at < len(text):
            match = TOKEN.match(text, at)
            if match is None:
                raise self._bad(text[at:].strip())
            found.append(match[1])
            at = match.end()
        return found[::-1]

    def _bad(self, token: str) -> BadArithmetic:
        return BadArithmetic(f'{self.text}: syntax error: operand expected (error token is "{token}")')

    def value(self) -> int:
        if not self.tokens:
            return 0
        found = self._binary(0)
        if self.tokens:
            raise self._bad(self.tokens[-1])
        return found

    def _binary(self, level: int) -> int:
        if level == len(BINARY):
            return self._unary()
        left = self._binary(level + 1)
        while self.tokens and self.tokens[-1] in BINARY[level]:
            op = self.tokens.pop()
            left = self._apply(op, left, self._binary(level + 1))
        return left

    def _apply(self, op: str, a: int, b: int) -> int:
        if op in "/%":
            if b == 0:
                raise BadArithmetic(f'{self.text}: division by 0 (error token is "{b}")')
            quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
            return quotient if op == "/" else a - b * quotient
        return _wrapped(int(OPERATIONS[op](a, b)))

    def _unary(self) -> int:
        self.depth += 1
        if not self.tokens or self.depth > MOST_DEPTH:
            raise self._bad("")
        token = self.tokens.pop()
        try:
            return self._operand(token)
        finally:
            self.depth -= 1

    def _operand(self, token: str) -> int:
        if token in "+-!":
            value = self._unary()
            return value if token == "+" else _wrapped(-value) if token == "-" else int(not value)
        if token == "(":
            value = self._binary(0)
            if not self.tokens or self.tokens.pop() != ")":
                raise self._bad("(")
            return value
        if token.isdecimal():
            return _wrapped(int(token[:30]))
        if token[0].isalpha() or token[0] == "_":
            text = self.variable(token).strip()
            return _wrapped(int(text)) if re.fullmatch(r"[-+]?\d{1,30}", text) else 0
        raise self._bad(token)


OPERATIONS: dict[str, Callable[[int, int], int]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "&&": lambda a, b: bool(a and b),
    "||": lambda a, b: bool(a or b),
}


def _wrapped(number: int) -> int:
    return (number + 2**63) % 2**64 - 2**63
