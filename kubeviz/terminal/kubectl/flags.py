"""Flags as kubectl reads them (spf13/pflag): anywhere among the words, `-n x`, `-nx`, `--name=x`, `-it`, `--`."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from . import durations
from .errors import UsageError

TRUE, FALSE = ("1", "t", "T", "true", "TRUE", "True"), ("0", "f", "F", "false", "FALSE", "False")
IMPLIED = {
    "dry-run": "unchanged",
    "validate": "strict",
    "cascade": "background",
    "warnings-as-errors": "true",
    "since": None,
}
"""What a flag means that stands without a value, where it may."""


class Flag(NamedTuple):
    name: str
    short: str = ""
    takes: str = "text"
    """text, bool, int or list"""
    default: Any = ""

    @property
    def implied(self) -> str | None:
        return "true" if self.takes == "bool" else IMPLIED.get(self.name)

    @property
    def shown(self) -> str:
        return f"-{self.short}, --{self.name}" if self.short else f"--{self.name}"


_SPEC = re.compile(
    r"(?:-(?P<short>\w),)?(?P<name>[\w-]+)(?:(?P<bool>\?\+?)|(?P<list>\*)|(?P<int>#)(?P<number>-?\d+)?)?(?:=(?P<default>\S+))?$"
)


def flag(spec: str) -> Flag:
    """`-o,output` text, `watch?` a switch, `wait?+` one that is on, `filename*` a list, `replicas#1` a number."""
    found = _SPEC.match(spec)
    assert found, spec
    name, short = found["name"], found["short"] or ""
    if found["bool"]:
        return Flag(name, short, "bool", found["bool"].endswith("+"))
    if found["list"]:
        return Flag(name, short, "list", [])
    if found["int"]:
        return Flag(name, short, "int", int(found["number"] or 0))
    return Flag(name, short, "text", found["default"] or "")


def flags(*specs: str) -> dict[str, Flag]:
    return {f.name: f for spec in specs for f in map(flag, spec.split())}


WHOLE = frozenset(("from-literal", "env", "rule", "annotation", "overrides"))
"""Lists whose items may hold commas (pflag's StringArray)."""


DURATIONS = frozenset(("timeout", "since", "pod-running-timeout"))


class Parsed:
    """The words of a command and the values of its flags."""

    def __init__(self, known: dict[str, Flag]) -> None:
        self.args: list[str] = []
        self.dash = -1
        """How many of `args` stood before `--`; -1 without one."""
        self.values: dict[str, Any] = {name: f.default for name, f in known.items()}
        self.given: set[str] = set()
        self.help = False


def parse(words: Iterable[str], known: dict[str, Flag], command: str) -> Parsed:
    """Raises UsageError in pflag's words."""
    parsed = Parsed(known)
    shorts = {f.short: f for f in known.values() if f.short}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--":
            parsed.dash = len(parsed.args)
            parsed.args += rest
            return parsed
        if word.startswith("--"):
            _long(word, rest, known, parsed, command)
        elif word.startswith("-") and word != "-":
            _short(word, rest, shorts, parsed, command)
        else:
            parsed.args.append(word)
    return parsed


def _long(word: str, rest: list[str], known: dict[str, Flag], parsed: Parsed, command: str) -> None:
    name, equals, value = word[2:].partition("=")
    if name == "help":
        parsed.help = True
        return
    if not name or name.startswith(("-", "=")):
        raise UsageError(f"bad flag syntax: {word}", command)
    found = known.get(name)
    if found is None:
        raise UsageError(f"unknown flag: --{name}", command)
    if not equals:
        value = _value(found, rest, f"--{name}", command)
    _set(found, value, parsed, command)


def _short(word: str, rest: list[str], shorts: dict[str, Flag], parsed: Parsed, command: str) -> None:
    letters = word[1:]
    while letters:
        letter, letters = letters[0], letters[1:]
        if letter == "h" and letter not in shorts:
            parsed.help = True
            continue
        found = shorts.get(letter)
        if found is None:
            raise UsageError(f"unknown shorthand flag: {letter!r} in {word}", command)
        if letters.startswith("="):
            _set(found, letters[1:], parsed, command)
            return
        if found.implied is not None:
            _set(found, found.implied, parsed, command)
            continue
        _set(found, letters or _value(found, rest, f"{letter!r} in {word}", command), parsed, command)
        return


def _value(found: Flag, rest: list[str], shown: str, command: str) -> str:
    if found.implied is not None:
        return found.implied
    if not rest:
        raise UsageError(f"flag needs an argument: {shown}", command)
    return rest.pop(0)


def _set(found: Flag, text: str, parsed: Parsed, command: str) -> None:
    parsed.given.add(found.name)
    if found.takes == "list":
        items = [text] if found.name in WHOLE else text.split(",") if text else []
        parsed.values[found.name] = [*parsed.values[found.name], *items]
    elif found.takes == "bool":
        if text not in TRUE + FALSE:
            raise _invalid(found, text, "ParseBool", command)
        parsed.values[found.name] = text in TRUE
    elif found.takes == "int":
        parsed.values[found.name] = _number(found, text, command)
    else:
        parsed.values[found.name] = _duration(found, text, command) if found.name in DURATIONS else text


def _duration(found: Flag, text: str, command: str) -> str:
    try:
        durations.seconds(text)
    except ValueError as error:
        raise UsageError(f'invalid argument "{text}" for "{found.shown}" flag: {error}', command) from None
    return text


def _number(found: Flag, text: str, command: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text):
        raise _invalid(found, text, "ParseInt", command)
    return int(text)


def _invalid(found: Flag, text: str, parser: str, command: str) -> UsageError:
    return UsageError(
        f'invalid argument "{text}" for "{found.shown}" flag: strconv.{parser}: parsing "{text}": invalid syntax',
        command,
    )
