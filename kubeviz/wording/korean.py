"""Korean particles: which of two forms follows a word depends on how the word ends when read aloud."""

# Digits and letters whose Korean names end in a consonant: 영 일 삼 육 칠 팔, 엘 엠 엔 (and 알 for r).
CLOSED = set("013678lmnrLMNR")
RIEUL = set("178lrLR")
"""Those that end in ㄹ, after which 으로 becomes 로."""


def with_particle(word: str, pair: str) -> str:
    """`with_particle("order", "은/는")`: the word with the form that fits; "으로/로" knows the exception of ㄹ."""
    first, _, second = pair.partition("/")
    return word + (first if _closed(word, rieul_counts=first != "으로") else second)


def _closed(word: str, rieul_counts: bool) -> bool:
    last = next((c for c in reversed(word) if c.isalnum()), "")
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return final != 0 and (rieul_counts or final != 8)
    return last in CLOSED and (rieul_counts or last not in RIEUL)
