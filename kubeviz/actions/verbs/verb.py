"""The shape of a verb, and the parsers of its parameters."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ...cluster.apiserver import Transaction
from ...cluster.objects import Obj
from ..errors import Problem, Refused

Parser = Callable[[str, str | None], Any]
"""(field, what was sent) -> value; raises Refused."""
Do = Callable[..., dict[str, Any] | None]
"""(tx, object, **params) -> further words for the command."""


class Verb(NamedTuple):
    name: str
    kinds: tuple[str, ...]
    """The kinds it suits; empty for every kind."""
    params: dict[str, Parser]
    do: Do
    command: str
    needs_object: bool = True

    def parsed(self, sent: Mapping[str, str]) -> dict[str, Any]:
        """The parameters as values. Raises Refused with every field that is wrong."""
        values, problems = {}, []
        for field, parser in self.params.items():
            try:
                values[field] = parser(field, sent.get(field))
            except Refused as error:
                problems += error.problems
        if problems:
            raise Refused(*problems)
        return values

    def about(self, target: Obj) -> str:
        """The command for *target*, with the names of parameters that are not chosen yet in capitals."""
        return self.command.format_map(_Unchosen(_words(target)))

    def unchosen(self) -> str:
        """The command of a verb that needs no object, with the names of its parameters in capitals."""
        return self.command.format_map(_Unchosen())

    def run(self, tx: Transaction, target: Obj | None, params: dict[str, Any]) -> str:
        """Do it; returns the command it stands for."""
        words = self.do(tx, target, **params) or {}
        return self.command.format(**{**_words(target), **params, **words})


class _Unchosen(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return key.upper()


def _words(target: Obj | None) -> dict[str, str]:
    if target is None:
        return {}
    n = f" -n {target.namespace}" if target.namespace and target.namespace != "default" else ""
    return {"resource": target.kind.lower(), "name": target.name, "n": n}


def text(field: str, sent: str | None) -> str:
    if not sent:
        raise Refused(Problem("a value is needed", field))
    return sent


def number(least: int, most: int, default: int | None = None) -> Parser:
    def parse(field: str, sent: str | None) -> int:
        if sent in (None, "") and default is not None:
            return default
        if not (sent or "").isdecimal() or not least <= int(sent or "") <= most or len(sent or "") > 6:
            raise Refused(Problem(f"a number from {least} to {most} is needed", field))
        return int(sent or "")

    return parse


def one_of(*values: str) -> Parser:
    def parse(field: str, sent: str | None) -> str:
        if sent not in values:
            raise Refused(Problem(f"one of {', '.join(values)} is needed", field))
        return sent

    return parse


def flag(field: str, sent: str | None) -> bool:
    return bool(one_of("true", "false")(field, sent) == "true")
