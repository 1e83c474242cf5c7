"""Words of the timeline: repairs, earlier requests, two journeys side by side."""

from .words import Words

WORDS: dict[str, Words] = {
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
