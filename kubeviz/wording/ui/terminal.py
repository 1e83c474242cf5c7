"""The words around the terminal; what it says itself is in `wording.terminal`."""

from .words import Words

WORDS: dict[str, Words] = {
    "terminal": Words("터미널", "Terminal"),
    "terminal_help": Words(
        "kubectl · curl · nslookup — Tab 채우기, ↑ 지난 명령, Ctrl-R 찾기, Ctrl-C 멈추기, Shift-Tab 나가기",
        "kubectl · curl · nslookup — Tab completes, ↑ older lines, Ctrl-R searches, Ctrl-C stops, Shift-Tab leaves",
    ),
    "terminal_label": Words("터미널에 명령 쓰기", "Type a command into the terminal"),
    "terminal_resize": Words("터미널 높이", "Height of the terminal"),
    "terminal_not_loaded": Words(
        "터미널을 불러오지 못했습니다. 새로 고쳐 보세요.",
        "The terminal could not be loaded. Reload the page.",
    ),
    "type_it": Words("터미널에 쓰기", "Write it into the terminal"),
}
