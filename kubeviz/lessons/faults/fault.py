"""A fault: what breaks something, what repairs it, and what neither another fault nor its repair may touch."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from ..steps import AnyStep


class Fault(NamedTuple):
    kind: str
    subject: str
    """The object that is broken, by reference; one fault a subject."""
    touches: frozenset[str]
    """References of all objects that this fault and its repair change."""
    breaks: Sequence[AnyStep]
    repairs: Sequence[AnyStep]


SAYS: dict[str, tuple[str, str]] = {
    "selector_typo": (
        "서비스의 셀렉터에 오타가 있었습니다. 파드의 레이블과 같게 고칩니다.",
        "The Service's selector was mistyped; make it what the pods are labelled.",
    ),
    "wrong_target_port": (
        "targetPort를 앱이 실제로 듣는 포트로 고칩니다.",
        "targetPort becomes the port where the app really listens.",
    ),
    "wrong_port": (
        "서비스의 port를 손님이 부르는 번호로 돌려놓습니다.",
        "The Service's port becomes the number that guests call again.",
    ),
    "unready_pods": (
        "파드가 준비 검사에 떨어져 목록에서 빠졌습니다. 앱이 다시 ‘예’라고 답하게 합니다.",
        "The pods failed their readiness probe and left the list; the app says yes again.",
    ),
    "crashing_pods": (
        "앱이 시작하자마자 죽고 있었습니다. 죽지 않게 합니다.",
        "The app crashed whenever it started; now it does not.",
    ),
    "no_pods": ("파드 수가 0이었습니다. 다시 늘립니다.", "The number of pods was zero; bring them back."),
    "missing_endpoints": (
        "셀렉터가 없는 서비스의 목록은 사람이 적습니다. 지워진 목록을 다시 적습니다.",
        "A Service without a selector has the list that people write; write it again.",
    ),
    "wrong_class": (
        "아무도 맡지 않는 클래스였습니다. 컨트롤러가 맡는 클래스로 고칩니다.",
        "Nobody obeys that class; name the controller's.",
    ),
    "host_typo": (
        "규칙의 host에 오타가 있었습니다. 손님이 부르는 이름으로 고칩니다.",
        "The rule's host was mistyped; make it the name that guests use.",
    ),
    "path_slash": (
        "규칙의 path가 손님이 부르는 경로와 달랐습니다. 되돌립니다.",
        "The rule's path was not the one that guests call; put it back.",
    ),
    "firewall_closed": (
        "방화벽이 노드 포트를 막고 있었습니다. 그 포트를 엽니다.",
        "The firewall blocked the node port; open it.",
    ),
    "service_after_pod": (
        "서비스가 파드보다 늦게 생겨 변수가 없었습니다. 파드를 다시 시작하면 생깁니다.",
        "The Service came after the pods, which lack its variables; a restart brings them.",
    ),
    "policy_denies": (
        "NetworkPolicy가 막고 있었습니다. 그 정책을 지웁니다.",
        "A NetworkPolicy was in the way; delete it.",
    ),
}
"""What the repair of each kind is about, for whoever has it shown."""


def explained(fault: Fault) -> list[AnyStep]:
    """The repair, its first step with what it is about."""
    first, *rest = fault.repairs
    ko, en = SAYS[fault.kind]
    return [msgspec.structs.replace(first, say_ko=ko, say_en=en), *rest]


def mistyped(word: str) -> list[str]:
    """How people mistype a name: two letters swapped, one left out, one twice; each still a valid label and name."""
    found = []
    for i in range(1, len(word) - 1):
        found += [word[:i] + word[i + 1] + word[i] + word[i + 2 :], word[:i] + word[i + 1 :]]
    found.append(word + word[-1:])
    return [w for w in dict.fromkeys(found) if w != word and w[:1].isalnum() and w[-1:].isalnum() and _plain(w)]


def _plain(word: str) -> bool:
    return ".." not in word and ".-" not in word and "-." not in word
