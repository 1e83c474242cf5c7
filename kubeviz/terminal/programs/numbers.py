"""seq and base64."""

import base64
import binascii
import re

from ..session import Result, Session
from . import EVERYWHERE
from .reading import Usage, guarded, inputs, number, options

PLACES = EVERYWHERE
MOST = 20_000


@guarded
def seq(argv: list[str], session: Session, stdin: str) -> Result:
    words = [word for word in argv if re.fullmatch(r"-?\d+", word) or not word.startswith("-")]
    between = " " if "-s" in argv else "\n"
    if not 1 <= len(words) <= 3:
        raise Usage("seq: missing operand\nTry 'seq --help' for more information.")
    numbers = [number("seq", "floating point argument", word, -(10**9)) for word in words]
    first, step, last = {1: (1, 1, numbers[-1]), 2: (numbers[0], 1, numbers[-1])}.get(len(numbers), tuple(numbers))
    if step == 0:
        raise Usage("seq: invalid Zero increment value: ‘0’")
    found = range(first, last + (1 if step > 0 else -1), step)
    if len(found) > MOST:
        return Result(code=1).note("TooMuchOutput", most=MOST)
    return Result(between.join(map(str, found)) + "\n" if found else "")


@guarded
def base_64(argv: list[str], session: Session, stdin: str) -> Result:
    opts, names = options("base64", argv, "dw:i", ("decode", "wrap="))
    result = Result()
    for _, text in inputs("base64", names, session, stdin, result):
        if "d" in opts or "decode" in opts:
            try:
                result.write(base64.b64decode("".join(text.split()), validate=True).decode(errors="replace"))
            except (binascii.Error, ValueError):
                return Result(err="base64: invalid input\n", code=1)
        else:
            width = number("base64", "wrap size", opts.get("w", opts.get("wrap", "76"))) or 10**9
            coded = base64.b64encode(text.encode(errors="replace")).decode()
            pieces = [coded[i : i + width] for i in range(0, len(coded), width)]
            result.write("\n".join(pieces) + ("\n" if width < 10**9 else ""))
    return result


PROGRAMS = {"seq": seq, "base64": base_64}
