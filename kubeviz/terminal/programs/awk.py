"""awk: `awk '{print $2}'`, `awk -F: '$3 > 5 {print $1, NF}'`, sums with END. A subset, and it says so."""

import re
from typing import Any

from ..session import Result, Session
from . import EVERYWHERE
from .awk_language import FUNCTIONS, Rule, Unsupported, number, parse
from .escapes import unescaped
from .patterns import BadPattern, compiled
from .printf import formatted
from .reading import Usage, guarded, inputs, lines

PLACES = EVERYWHERE
MOST_FIELDS = 10_000


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    between, variables, words = " ", {}, list(argv)
    while words and words[0].startswith("-") and len(words[0]) > 1:
        option = words.pop(0)
        value = option[2:] or (words.pop(0) if words else "")
        if option[:2] == "-F":
            between = unescaped(value)
        elif option[:2] == "-v":
            name, _, text = value.partition("=")
            variables[name] = text
        else:
            raise Usage(f"awk: unknown option {option} ignored", 2)
    if not words:
        raise Usage("usage: awk [-F fs][-v var=value][prog | -f progfile][file ...]", 2)
    result = Result()
    try:
        machine = _Machine(parse(words[0]), between, variables, result)
        found = [line for _, text in inputs("awk", words[1:], session, stdin, result) for line in lines(text)]
        machine.run(found)
    except (Unsupported, BadPattern) as error:
        return Result(err=f"awk: syntax error at source line 1 near {error}\n", code=2).note("AwkSubset")
    except ZeroDivisionError:
        result.complain("awk: division by zero\n")
        result.code = 2
    return result


class _Machine:
    def __init__(self, rules: list[Rule], between: str, variables: dict[str, Any], result: Result) -> None:
        self.rules, self.result = rules, result
        self.names: dict[str, Any] = {"FS": between, "OFS": " ", "ORS": "\n", "NR": 0, "NF": 0, **variables}
        self.fields: list[str] = [""]

    def run(self, found: list[str]) -> None:
        self._at("BEGIN")
        for line in found if any(rule.pattern != "BEGIN" for rule in self.rules) else ():
            self.names["NR"] += 1
            self._read(line)
            for rule in self.rules:
                if rule.pattern not in ("BEGIN", "END") and (rule.pattern is None or _true(self.value(rule.pattern))):
                    self._do(rule.statements)
        self._at("END")

    def _at(self, moment: str) -> None:
        for rule in self.rules:
            if rule.pattern == moment:
                self._do(rule.statements)

    def _read(self, line: str) -> None:
        between = str(self.names["FS"])
        if between == " ":
            parts = line.split()
        elif len(between) == 1:
            parts = line.split(between)
        else:
            parts = _split(line, compiled(between, True))
        self.fields = [line, *parts[:MOST_FIELDS]]
        self.names["NF"] = len(self.fields) - 1

    def _do(self, statements: list[Any]) -> None:
        for verb, value in statements:
            if verb == "do":
                self.value(value)
            elif verb == "printf":
                form, *values = [text(self.value(v)) for v in value] or [""]
                self.result.write(formatted(unescaped(form), values, self.result))
            else:
                values = [text(self.value(v)) for v in value] or [self.fields[0]]
                self.result.write(str(self.names["OFS"]).join(values) + str(self.names["ORS"]))

    def value(self, node: Any) -> Any:
        kind = node[0]
        if kind in ("number", "text"):
            return node[1]
        if kind == "name":
            return self.names.get(node[1], "")
        if kind == "field":
            at = int(number(self.value(node[1])))
            return self.fields[at] if 0 <= at < len(self.fields) else ""
        if kind == "match":
            return int(node[1].search(self.fields[0]) is not None)
        if kind == "set":
            return self._set(node[1], self.value(node[2]))
        if kind == "not":
            return int(not _true(self.value(node[1])))
        if kind == "minus":
            return -number(self.value(node[1]))
        if kind == "call":
            values = [text(self.value(a)) for a in node[2]] or [self.fields[0]]
            return FUNCTIONS[node[1]](*values[:3])
        return self._binary(*node)

    def _set(self, target: Any, value: Any) -> Any:
        if target[0] == "name":
            self.names[target[1]] = value
        elif target[0] == "field":
            at = int(number(self.value(target[1])))
            if 0 <= at <= MOST_FIELDS:
                self._set_field(at, text(value))
        return value

    def _set_field(self, at: int, value: str) -> None:
        if at == 0:
            self._read(value)
            return
        self.fields += [""] * (at + 1 - len(self.fields))
        self.fields[at] = value
        self.fields[0] = str(self.names["OFS"]).join(self.fields[1:])
        self.names["NF"] = len(self.fields) - 1

    def _binary(self, op: str, left: Any, right: Any) -> Any:
        if op in ("&&", "||"):
            first = _true(self.value(left))
            return int(first if first == (op == "||") else _true(self.value(right)))
        if op in ("~", "!~"):
            matcher = right[1] if right[0] == "match" else compiled(text(self.value(right)), True)
            return int((matcher.search(text(self.value(left))) is not None) == (op == "~"))
        a, b = self.value(left), self.value(right)
        if op == " ":
            return (text(a) + text(b))[:100_000]
        return _compared(op, a, b) if op in ("<", ">", "<=", ">=", "==", "!=") else _computed(op, number(a), number(b))


def _split(line: str, matcher: Any) -> list[str]:
    parts, at = [], 0
    for match in matcher.finditer(line):
        if match[0]:
            parts.append(line[at : match.start()])
            at = match.end()
    return [*parts, line[at:]]


def _computed(op: str, a: float, b: float) -> float:
    if op in "/%":
        return a / b if op == "/" else a % b
    found = a + b if op == "+" else a - b if op == "-" else a * b
    return max(-1e300, min(1e300, found))


def _compared(op: str, a: Any, b: Any) -> int:
    """As numbers where both look like numbers, else as texts."""
    if _numeric(a) and _numeric(b):
        a, b = number(a), number(b)
    else:
        a, b = text(a), text(b)
    return int({"<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b, "==": a == b, "!=": a != b}[op])


def _numeric(value: Any) -> bool:
    return isinstance(value, int | float) or re.fullmatch(r"\s*[-+]?\d{1,18}(\.\d{1,18})?\s*", value) is not None


def _true(value: Any) -> bool:
    return value != "" if isinstance(value, str) and not _numeric(value) else number(value) != 0


def text(value: Any) -> str:
    return (
        str(int(value))
        if isinstance(value, float) and value.is_integer()
        else f"{value:.6g}"
        if isinstance(value, float)
        else str(value)
    )


PROGRAMS = {"awk": run, "gawk": run, "mawk": run}
