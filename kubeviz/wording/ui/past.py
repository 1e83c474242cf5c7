"""Words of the lab's clock and of what was done in it."""

from .words import Words

WORDS: dict[str, Words] = {
    "clock": Words("클러스터의 시계", "The cluster's clock"),
    "clock_run": Words("가게 하기", "Run"),
    "clock_stands": Words("멈춰 있음", "stands still"),
    "clock_step": Words("다음 일까지", "To the next event"),
    "clock_due": Words("{seconds}초 뒤에 일어날 일:", "In {seconds} s something happens to"),
    "clock_at_rest": Words("모두 제자리입니다. 시간만으로는 아무 일도 일어나지 않습니다.", "Everything is at rest: nothing happens by time alone."),
    "past": Words("한 일", "What was done"),
    "past_empty": Words("아직 아무것도 바꾸지 않았습니다.", "Nothing has been changed yet."),
    "past_other": Words("다른 사람", "somebody else"),
    "past_undone": Words("되돌림", "taken back"),
    "past_back": Words("여기로", "Back to here"),
    "past_back_help": Words("이 뒤에 한 일을 모두 되돌립니다. ↷로 하나씩 다시 할 수 있습니다.", "Takes back everything done after this. ↷ does it again, step by step."),
    "past_back_start": Words("처음 상태로", "Back to the start"),
    "past_menu": Words("시계와 한 일", "Clock and history"),
}  # fmt: skip
