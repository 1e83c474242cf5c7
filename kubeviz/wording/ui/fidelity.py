"""Words of the fidelity page."""

from .words import Words

WORDS: dict[str, Words] = {
    "fidelity": Words("얼마나 진짜 같은가", "How true it is"),
    "fidelity_text": Words(
        "여정의 모든 걸음은 아래의 규칙 하나에서 나옵니다. 규칙마다 어디에서 온 것인지, 무엇을 줄였고 왜 그랬는지 적었습니다.",
        "Every step of a journey comes from one of these rules. Each says where it is from, and what is simplified and why.",
    ),
    "fidelity_source": Words("출처", "Source"),
    "fidelity_less": Words("줄인 것", "Simplified"),
    "fidelity_why": Words("근거", "source"),
    "fidelity_codes": Words("걸음의 코드", "Codes of steps"),
}
