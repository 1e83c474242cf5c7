"""Korean particles: which of two forms follows a word depends on how the word ends when read aloud.

Latin words are read the way Koreans spell them in Hangul (외래어 표기법): order is 오더, service 서비스, web 웹.
What nobody can read as a word (a hash, an acronym) is spelled letter by letter, and numbers are read as digits.
"""

import re
from typing import Literal

Ending = Literal["", "ㄹ", "closed"]
"""How the last syllable ends: open, with ㄹ (after which 으로 becomes 로), or with another consonant."""

# Names of digits and letters: 영 삼 육, 엠 엔; 일 칠 팔, 엘 알.
SPELLED: dict[str, Ending] = {**dict.fromkeys("036mn", "closed"), **dict.fromkeys("178lr", "ㄹ")}

# The first that matches decides. Vowels and whatever is not listed end open: Korean adds ㅡ or ㅣ to most consonants.
SOUNDS: tuple[tuple[str, Ending], ...] = (
    (r"(hub|check|db|bit|\b(v?ip))", ""),  # 허브 체크 디비 비트 아이피
    (r"(group|type)", "closed"),  # 그룹 타입
    (r"(l|le)", "ㄹ"),  # 메일 파일 테이블
    (r"(m|n|me|ne|ng)", "closed"),  # 팀 노션 네임 엔진 핑
    (r"(b|c)", "closed"),  # 웹 트래픽
    (r"(ck|ook)", "closed"),  # 스낵 훅
    (r"(?<![aeiou])[aeiou]p|up|app", "closed"),  # 숍 셋업 앱
    (r"(out|(?<![aeiou])[aeiou]t)", "closed"),  # 체크아웃 셋 마켓
)
_SOUNDS = tuple((re.compile(rf"(?:{pattern})$"), ending) for pattern, ending in SOUNDS)
_PARTS = re.compile(r"[가-힣]+|[A-Z]{2,4}(?![a-z])|[A-Z]?[a-z]+\d*|[A-Z]+|\d+")


def with_particle(word: str, pair: str) -> str:
    """`with_particle("order", "은/는")`: the word with the form that fits; "으로/로" knows the exception of ㄹ."""
    first, _, second = pair.partition("/")
    ending = ending_of(word)
    closed = ending == "closed" or (ending == "ㄹ" and first != "으로")
    return word + (first if closed else second)


def ending_of(word: str) -> Ending:
    """How the word ends when it is read aloud."""
    name = re.findall(r"[^\W_]+", word)[-1:]  # the last of order-7954c88f5b-kqnf4, 10.244.1.5:8080, a.b.com
    if not name:
        return ""
    last = name[0][-1]
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return "" if final == 0 else "ㄹ" if final == 8 else "closed"
    if _is_spelled(name[0]):
        return SPELLED.get(last.lower(), "")
    parts = _PARTS.findall(name[0])  # none in a word of another script
    return _sound(parts[-1].lower()) if parts else ""


def _is_spelled(name: str) -> bool:
    """Digits, hashes (which have no vowels, or digits among the letters) and acronyms such as IP, DNS, YAML."""
    if not name.isascii():
        return False
    last = (_PARTS.findall(name) or [""])[-1]
    return (
        any(c.isdigit() for c in name) or not re.search(r"[aeiouyAEIOUY]", name) or (last.isupper() and len(last) < 5)
    )


def _sound(word: str) -> Ending:
    return next((ending for pattern, ending in _SOUNDS if pattern.search(word)), "")
