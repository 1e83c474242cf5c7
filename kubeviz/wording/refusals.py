"""What kubeviz itself refuses, in Korean. What the API server says stays English, as it does on a real cluster.

A row is the English sentence as a pattern and the Korean one; what the pattern captures goes into {0}, {1}, …
"""

import re

ROWS: tuple[tuple[str, str], ...] = (
    (r"a value is needed", "값을 적어 주세요."),
    (r"a number from (\S+) to (\S+) is needed", "{0}부터 {1}까지의 수를 적어 주세요."),
    (r"one of (.+) is needed", "이 가운데 하나여야 합니다: {0}."),
    (r"there is no (\S+) in this lab", "이 실습에 {0}가(이) 없습니다."),
    (r"there is no object in this text", "이 글에는 객체가 하나도 없습니다."),
    (r"this lab would hold more than (\S+) objects", "한 실습에는 객체를 {0}개까지 둘 수 있습니다."),
    (r"this lab is gone", "이 실습은 이제 없습니다. 새로 열어 주세요."),
    (r"this lab's scenario is gone", "이 실습의 시나리오가 이제 없어 처음으로 돌릴 수 없습니다."),
    (r"nothing to undo", "되돌릴 것이 없습니다."),
    (r"there is no such step to go back to", "돌아갈 그런 단계가 없습니다."),
    (r"nothing to redo", "다시 할 것이 없습니다."),
    (
        r"somebody else changed the lab since; only they can (?:undo|redo) that",
        "그 뒤에 다른 사람이 실습을 바꿨습니다. 그것은 그 사람만 되돌리거나 다시 할 수 있습니다.",
    ),
    (r"that is too long ago: .+", "너무 오래전 일이라 되돌릴 수 없습니다."),
    (r"the lab has changed since: this repair no longer fits", "그사이 실습이 바뀌어 이 고침은 이제 맞지 않습니다."),
    (
        r"an edit is of one object; use apply for several",
        "한 번에 객체 하나만 고칩니다. 여럿이면 적용(apply)을 쓰세요.",
    ),
    (r"(\S+) cannot be changed from (.+) to (.+)", "{0}은(는) {1}에서 {2}로 바꿀 수 없습니다."),
    (r"unknown action (.+)", "모르는 동작입니다: {0}."),
    (r"(\S+) suits (.+), not (\S+)", "{0}은(는) {1}에 쓰는 동작이고 {2}에는 쓸 수 없습니다."),
    (r"this Service has no selector", "이 서비스에는 셀렉터가 없습니다."),
    (
        r"pods carry every value of this selector; there is nothing to mend in it",
        "셀렉터의 값을 모두 가진 파드가 있습니다. 고칠 것이 없습니다.",
    ),
    (r"this Service has (\d+) ports.*", "이 서비스에는 포트가 {0}개 있습니다."),
    (r"only minikube needs a tunnel", "터널은 minikube에만 필요합니다."),
    (r"there is no firewall rule (.+)", "방화벽 규칙 {0}이(가) 없습니다."),
    (r"(\S+) is not installed", "{0}은(는) 설치되어 있지 않습니다."),
    (r"(\S+) has no label (.+)", "{0}에는 라벨 {1}이(가) 없습니다."),
    (r"times is a number from 1 to (\S+)", "횟수는 1부터 {0}까지입니다."),
    (r"times is a whole number", "횟수는 정수로 적습니다."),
    (r"at most (\S+) characters", "{0}자까지 쓸 수 있습니다."),
    (r"write an address, such as (\S+)", "주소를 적어 주세요. 예: {0}"),
    (r"a method is a word, such as GET", "메서드는 GET 같은 한 낱말입니다."),
    (r"(.+) is no header; write Name: value", "{0}은(는) 헤더가 아닙니다. '이름: 값'으로 적어 주세요."),
    (r"speed is a number", "빠르기는 수로 적습니다."),
    (r"speed is one of (.+)", "빠르기는 {0} 가운데 하나입니다."),
    (r"a file of at most 2 MB is taken", "파일은 2 MB까지 받습니다."),
    (r"choose a YAML file of at most 2 MB", "2 MB 이하의 YAML 파일을 고르세요."),
    (r"this file is no text in UTF-8 \(byte (\d+)\)", "UTF-8로 쓴 글이 아닙니다 ({0}번째 바이트)."),
    (r"there is no such hint", "그런 힌트는 없습니다."),
    (r"there is no such question", "그런 물음은 없습니다."),
    (r"there is nothing of that number to watch", "그 번호로 볼 것이 없습니다."),
    (r"choose one of the answers", "답 가운데 하나를 고르세요."),
    (r"an answer has 1 to (\S+) characters", "답은 1자부터 {0}자까지입니다."),
    (r"this attempt is gone", "이 풀이는 이제 없습니다."),
    (
        r"this exercise's lab was cleared away; open the exercise again",
        "이 과제의 실습이 정리되었습니다. 과제를 다시 열어 주세요.",
    ),
    (
        r"the pod that this port was forwarded to is gone; run kubectl port-forward again",
        "이 포트가 이어지던 파드가 없어졌습니다. kubectl port-forward를 다시 실행하세요.",
    ),
    (
        r"nothing listens on this port of the laptop; kubectl port-forward can open it",
        "노트북의 이 포트에서는 아무도 듣지 않습니다. kubectl port-forward로 열 수 있습니다.",
    ),
)
PATTERNS = tuple((re.compile(english, re.DOTALL), korean) for english, korean in ROWS)


def said(message: str, language: str) -> str:
    """*message* in the reader's language; one that is not ours as it is."""
    if language != "ko":
        return message
    for pattern, korean in PATTERNS:
        if match := pattern.fullmatch(message):
            return korean.format(*match.groups())
    return message
