"""Words of the timeline: repairs, earlier requests, two journeys side by side."""

from .words import Words

WORDS: dict[str, Words] = {
    "recent": Words("보낸 요청", "Sent requests"),
    "recent_empty": Words("아직 보낸 요청이 없습니다.", "Nothing has been sent yet."),
    "replay": Words("다시 보기", "Play again"),
    "compare": Words("나란히 보기", "Side by side"),
    "parting": Words("여기서 갈라집니다", "Here they part"),
    "no_parting": Words("두 여정은 같은 길을 갔습니다", "Both went the same way"),
    "why_not": Words("왜 {candidate:은/는} 아닐까?", "Why not {candidate}?"),
    "why_not_short": Words("왜?", "Why?"),
    "why_unknown": Words("이 여정에서는 후보가 아니었습니다.", "It was no candidate of this journey."),
    "repair": Words("어떻게 고칠까요?", "What would mend it?"),
    "repair_do": Words("고치기", "Mend it"),
    "repair_again": Words("다시 보내기", "Send again"),
    "repair_send": Words("이렇게 보내기", "Send it like this"),
    "repair_partly": Words(
        "이것만으로는 도착하지 않습니다. 다음 까닭이 보일 것입니다.",
        "That alone does not make it arrive; the next cause will show.",
    ),
    "repair_difference": Words("무엇이 바뀌는지 보기", "Show what changes"),
    "repair_none": Words(
        "지금은 고칠 것을 찾지 못했습니다. 벌써 고쳐졌다면 다시 보내 보세요.",
        "Nothing to mend was found now. If it is mended already, send again.",
    ),
}
