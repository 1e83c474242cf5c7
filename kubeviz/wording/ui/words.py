"""What a word of the page is: the same in Korean and in English."""

from typing import NamedTuple


class Words(NamedTuple):
    ko: str
    en: str
