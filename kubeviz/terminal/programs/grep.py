"""grep: lines that match. -i -v -n -c -l -o -q -w -x -E -F -e -A -B -C -h -H -s -m"""

from typing import Any

import re2

from ..session import Result, Session
from . import EVERYWHERE
from .patterns import BadPattern, compiled
from .reading import Options, Usage, guarded, inputs, lines, number, options

PLACES = EVERYWHERE
LONG = ("ignore-case", "invert-match", "line-number", "count", "quiet", "color", "color=", "extended-regexp")
LONG_SHORT = {"ignore-case": "i", "invert-match": "v", "line-number": "n", "count": "c", "quiet": "q"}


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    return grep(argv, session, stdin)


@guarded
def run_extended(argv: list[str], session: Session, stdin: str) -> Result:
    return grep(["-E", *argv], session, stdin)


def grep(argv: list[str], session: Session, stdin: str) -> Result:
    try:
        opts, rest = options("grep", argv, "ivnclLoqwxEFPGe:A:B:C:hHsm:", LONG)
    except Usage as error:
        raise Usage(str(error), 2) from None
    opts = {LONG_SHORT.get(name, name): value for name, value in opts.items()}
    pattern = opts.get("e")
    if pattern is None:
        if not rest:
            raise Usage("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.", 2)
        pattern, *rest = rest
    try:
        matcher = _matcher(pattern, opts)
    except BadPattern as error:
        return Result(err=f"grep: {error}\n", code=2)
    result = Result()
    found = False
    named = ("H" in opts or len(rest) > 1) and "h" not in opts
    for name, text in inputs("grep", rest, session, stdin, result):
        found |= _one(
            ("(standard input)" if name == "-" else name) if named else "", lines(text), matcher, opts, result
        )
    result.code = 2 if result.code else 0 if found else 1
    if "q" in opts:
        result.chunks = [chunk for chunk in result.chunks if chunk[0] != "out"]
    return result


def _matcher(pattern: str, opts: Options) -> Any:
    whole = "line" if "x" in opts else "word" if "w" in opts else ""
    if "F" in opts:
        pattern = "|".join(re2.escape(p) for p in pattern.split("\n"))
    extended = any(o in opts for o in "EPF")
    return compiled(pattern.replace("\n", "|"), extended or "\n" in pattern, "i" in opts, whole)


def _one(name: str, found: list[str], matcher: Any, opts: Options, result: Result) -> bool:
    """One file; whether anything matched."""
    wanted = "v" not in opts
    hits = [i for i, line in enumerate(found) if (matcher.search(line) is not None) == wanted]
    if "m" in opts:
        hits = hits[: number("grep", "max count", opts["m"])]
    prefix = f"{name}:" if name else ""
    if "c" in opts:
        result.write(f"{prefix}{len(hits)}\n")
    elif "l" in opts:
        result.write(f"{name or '(standard input)'}\n" if hits else "")
    elif "o" in opts:
        parts = [(i, m[0]) for i in hits for m in matcher.finditer(found[i]) if m[0]] if wanted else []
        result.write("".join(f"{prefix}{f'{i + 1}:' if 'n' in opts else ''}{part}\n" for i, part in parts))
    else:
        result.write(_with_context(name, found, hits, opts))
    return bool(hits)


def _with_context(name: str, found: list[str], hits: list[int], opts: Options) -> str:
    after = number("grep", "context length argument", opts.get("A") or opts.get("C") or "0")
    before = number("grep", "context length argument", opts.get("B") or opts.get("C") or "0")
    hit: set[int] = set(hits)
    shown: set[int] = set()
    for i in hits:
        shown.update(range(max(0, i - before), min(len(found), i + after + 1)))
    out, last = [], -1
    for i in sorted(shown):
        if (after or before) and last >= 0 and i > last + 1:
            out.append("--\n")
        mark = ":" if i in hit else "-"
        number_part = f"{i + 1}{mark}" if "n" in opts else ""
        out.append(f"{name}{mark if name else ''}{number_part}{found[i]}\n")
        last = i
    return "".join(out)


PROGRAMS = {"grep": run, "egrep": run_extended}
