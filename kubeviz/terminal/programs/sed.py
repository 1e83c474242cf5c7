"""sed: s/…/…/[gipN], d, p, q and = with addresses (N, $, /…/, two of them), -n -E -e -i. A subset, and it says so."""

import re
from typing import Any, NamedTuple

from .. import files
from ..session import Result, Session
from . import EVERYWHERE
from .patterns import BadPattern, compiled
from .reading import Usage, guarded, inputs, lines, not_there, unlined

PLACES = EVERYWHERE
ADDRESS = re.compile(r"\s*(?:(\d{1,9})|(\$)|/((?:\\.|[^/\\])*)/)")
Address = Any
"""A line's number, "$", a pattern, or None."""


class Command(NamedTuple):
    """`start` and `end` are a line number, "$" or a pattern; None where there is no address."""

    start: Address
    end: Address
    negated: bool
    verb: str
    pattern: Any = None
    replacement: str = ""
    flags: str = ""


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    quiet, extended, in_place, scripts, names = _options(argv)
    try:
        commands = [c for script in scripts for c in _parsed(script, extended)]
    except BadPattern as error:
        return Result(err=f"sed: -e expression #1: {error}\n", code=1)
    except KeyError as error:
        return Result(err=f"sed: -e expression #1: unknown command: `{error.args[0]}'\n", code=1).note("SedSubset")
    result = Result()
    if in_place:
        return _in_place(names, session, commands, quiet)
    found = [line for _, text in inputs("sed", names, session, stdin, result) for line in lines(text)]
    result.write(unlined(_edited(found, commands, quiet)))
    return result


def _options(argv: list[str]) -> tuple[bool, bool, bool, list[str], list[str]]:
    quiet = extended = in_place = False
    scripts, names, words = [], [], list(argv)
    while words:
        word = words.pop(0)
        if word in ("-n", "-ne"):
            quiet = True
        elif word in ("-E", "-r", "-Ee"):
            extended = True
        elif word == "-i":
            in_place = True
        if word in ("-e", "-ne", "-Ee") and words:
            scripts.append(words.pop(0))
        elif word not in ("-n", "-E", "-r", "-i"):
            if word.startswith("-") and word != "-":
                raise Usage(f"sed: invalid option -- '{word.lstrip('-')[:1]}'")
            names.append(word)
    if not scripts:
        if not names:
            raise Usage("Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...")
        scripts.append(names.pop(0))
    return quiet, extended, in_place, scripts, names


def _parsed(script: str, extended: bool) -> list[Command]:
    """Raises BadPattern, KeyError for a command that is not known."""
    found, at = [], 0
    while (at := _skip(script, at)) < len(script):
        start, at = _address(script, at, extended)
        end = None
        if start is not None and script[at : at + 1] == ",":
            end, at = _address(script, at + 1, extended)
        negated = script[at : at + 1] == "!"
        at += negated
        verb = script[at : at + 1].strip()
        if verb == "s":
            command, at = _substitution(script, at + 1, extended)
            found.append(command._replace(start=start, end=end, negated=negated))
        elif verb and verb in "dpq=":
            found.append(Command(start, end, negated, verb))
            at += 1
        else:
            raise KeyError(verb or "end")
    return found


def _skip(script: str, at: int) -> int:
    while at < len(script) and script[at] in " ;\n\t":
        at += 1
    return at


def _address(script: str, at: int, extended: bool) -> tuple[Address, int]:
    match = ADDRESS.match(script, at)
    if not match:
        return None, at
    found: Address = int(match[1]) if match[1] else "$" if match[2] else compiled(match[3], extended)
    return found, match.end()


def _substitution(script: str, at: int, extended: bool) -> tuple[Command, int]:
    between = script[at : at + 1]
    parts, at = [], at + 1
    for _ in range(2):
        part, at = _until(script, at, between)
        parts.append(part)
    flags = re.compile(r"[gipIM\d]*").match(script, at)
    assert flags is not None
    pattern = compiled(parts[0], extended, "i" in flags[0].lower())
    return Command(None, None, False, "s", pattern, parts[1], flags[0]), flags.end()


def _until(script: str, at: int, between: str) -> tuple[str, int]:
    out = []
    while at < len(script) and script[at] != between:
        if script[at] == "\\" and at + 1 < len(script):
            at += 1
            out.append(script[at] if script[at] == between else f"\\{script[at]}")
        else:
            out.append(script[at])
        at += 1
    if at >= len(script) or not between:
        raise BadPattern("unterminated `s' command")
    return "".join(out), at + 1


def _edited(found: list[str], commands: list[Command], quiet: bool) -> list[str]:
    out: list[str] = []
    inside: set[int] = set()
    for i, text in enumerate(found, 1):
        line: str | None = text
        stop = False
        for n, command in enumerate(commands):
            if line is None or _selected(command, n, i, i == len(found), line, inside) == command.negated:
                continue
            line, stop = _do(command, line, i, out)
            if stop:
                break
        if line is not None and not quiet:
            out.append(line)
        if stop:
            break
    return out


def _selected(command: Command, n: int, i: int, last: bool, line: str, inside: set[int]) -> bool:
    if command.start is None:
        return True
    if command.end is None:
        return _is_at(command.start, i, last, line)
    if n not in inside:
        if not _is_at(command.start, i, last, line):
            return False
        if not (isinstance(command.end, int) and command.end <= i):
            inside.add(n)
        return True
    if _is_at(command.end, i, last, line):
        inside.discard(n)
    return True


def _is_at(address: Address, i: int, last: bool, line: str) -> bool:
    if isinstance(address, int):
        return i == address
    return last if address == "$" else address.search(line) is not None


def _do(command: Command, line: str, i: int, out: list[str]) -> tuple[str | None, bool]:
    """The line afterwards (None: deleted), and whether to stop."""
    if command.verb == "d":
        return None, False
    if command.verb == "q":
        return line, True
    if command.verb == "s":
        changed = _substituted(command, line)
        if "p" in command.flags and changed != line:
            out.append(changed)
        return changed, False
    out.append(line if command.verb == "p" else str(i))
    return line, False


def _substituted(command: Command, line: str) -> str:
    nth = int(re.sub(r"\D", "", command.flags)[:4] or 1)
    out, at, count, last = [], 0, 0, -1
    for match in command.pattern.finditer(line):
        if match.end() == last:  # an empty match right behind another is none
            continue
        last = match.end()
        count += 1
        if count < nth:
            continue
        out += [line[at : match.start()], _filled(command.replacement, match)]
        at = match.end()
        if "g" not in command.flags:
            break
    return "".join([*out, line[at:]])


def _filled(replacement: str, match: Any) -> str:
    def one(found: re.Match[str]) -> str:
        text = found[0]
        if text == "&":
            return str(match[0])
        if text[1].isdecimal():
            return str(match[int(text[1])] or "") if int(text[1]) <= match.re.groups else ""
        return {"n": "\n", "t": "\t"}.get(text[1], text[1])

    return re.sub(r"&|\\.", one, replacement)


def _in_place(names: list[str], session: Session, commands: list[Command], quiet: bool) -> Result:
    result = Result()
    for name in names:
        text = files.read(session, name)
        if text is None:
            not_there("sed", name, session, result)
        else:
            files.write(session, name, unlined(_edited(lines(text), commands, quiet)))
    return result


PROGRAMS = {"sed": run}
