"""Amounts of CPU and memory, such as 100m or 64Mi (apimachinery/pkg/api/resource)."""

import re
from functools import lru_cache
from typing import NamedTuple

_DECIMAL = {letter: 3 * i for i, letter in enumerate(("n", "u", "m", "", "k", "M", "G", "T", "P", "E"), -3)}
_BINARY = {f"{letter}i": 10 * i for i, letter in enumerate("KMGTPE", 1)}
_LETTERS = {exponent: letter for letter, exponent in _DECIMAL.items()}
_BINARY_LETTERS = {exponent: letter for letter, exponent in _BINARY.items()}
_FORM = re.compile(r"([+-]?)(\d*)\.?(\d*)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,6}))?")
NANO = 10**9
LARGEST = (1 << 63) - 1


class Quantity(NamedTuple):
    """A number in billionths, and how it was written: with a decimal or binary suffix, or an exponent."""

    nano: int
    form: str

    @property
    def whole(self) -> bool:
        return self.nano % NANO == 0

    @property
    def thousandths_are_whole(self) -> bool:
        """MilliValue()%1000 == 0: what is smaller than a thousandth is rounded up first."""
        return -(-self.nano // 10**6) % 1000 == 0


@lru_cache(maxsize=4096)
def parse(text: str) -> Quantity | None:
    """The amount, or None when the text is none. Parts below one billionth are rounded up (away from zero)."""
    match = _FORM.fullmatch(text)
    if match is None or not (match[2] or match[3]) or len(text) > 100:
        return None
    sign, digits, fraction, suffix, exponent = match.groups()
    number = int((digits + fraction) or "0")
    if exponent is not None:
        form, base, power = "exponent", 10, min(int(exponent), 50)
    elif suffix in _BINARY:
        form, base, power = "binary", 2, _BINARY[suffix]
    else:
        form, base, power = "decimal", 10, _DECIMAL[suffix or ""]
    return Quantity(_scaled(number, len(fraction), base, power, sign == "-"), form)


def _scaled(number: int, fraction: int, base: int, power: int, negative: bool) -> int:
    if power < -60:
        return (-1 if negative else 1) if number else 0
    over = number * NANO * (base**power if power > 0 else 1)
    under = 10**fraction * (base**-power if power < 0 else 1)
    nano = min(-(-over // under), LARGEST * NANO)
    return -nano if negative else nano


@lru_cache(maxsize=4096)
def canonical(text: str) -> str:
    """As the API server stores and prints it: no fraction, and the largest suffix that loses nothing."""
    quantity = parse(text)
    if quantity is None:
        return text
    if quantity.nano == 0:
        return "0"
    sign, nano = ("-", -quantity.nano) if quantity.nano < 0 else ("", quantity.nano)
    if quantity.form == "binary" and nano % NANO == 0 and nano >= 1024 * NANO:
        return sign + _in_powers(nano // NANO, 1024, 10, _BINARY_LETTERS, 0)
    if quantity.form == "exponent":
        exponents = {exponent: f"e{exponent}" if exponent else "" for exponent in range(-9, 64, 3)}
        return sign + _in_powers(nano, 1000, 3, exponents, -9)
    return sign + _in_powers(nano, 1000, 3, _LETTERS, -9)


def _in_powers(number: int, base: int, step: int, letters: dict[int, str], exponent: int) -> str:
    """*number* times ten (or two) to the *exponent*, with as many factors of *base* in the suffix as it holds."""
    while number % base == 0 and exponent + step <= max(letters):
        number //= base
        exponent += step
    return f"{number}{letters.get(exponent, '')}"


def compare(one: str, other: str) -> int:
    """-1, 0 or 1; texts that are no quantities are equal to everything (the decoder has refused them before)."""
    first, second = parse(str(one)), parse(str(other))
    if first is None or second is None:
        return 0
    return (first.nano > second.nano) - (first.nano < second.nano)


def is_negative(text: str) -> bool:
    quantity = parse(str(text))
    return quantity is not None and quantity.nano < 0


def is_whole(text: str) -> bool:
    quantity = parse(str(text))
    return quantity is None or quantity.thousandths_are_whole


def in_units(amount: str, divisor: str) -> str:
    """How many times the divisor of a resourceFieldRef an amount is, rounded up."""
    value, unit = parse(amount), parse("1" if divisor == "0" else divisor)
    return str(-(-value.nano // unit.nano)) if value is not None and unit is not None and unit.nano > 0 else "0"
