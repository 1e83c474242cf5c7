"""Words of limits."""

from .words import Words

WORDS: dict[str, Words] = {
    "busy": Words("잠깐만요", "One moment"),
    "busy_text": Words(
        "이 브라우저(또는 이 주소)에서 한꺼번에 너무 많이 부탁했습니다. {wait}초 뒤에 다시 해 보세요. 지금까지 한 일은 그대로 있습니다.",
        "Too much was asked at once from this browser, or this address. Try again in {wait} s; what you did so far is kept.",
    ),
}
