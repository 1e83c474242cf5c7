"""What a grading found, in words: each verdict of a check, and a title for checks whose author gave none."""

import re
from typing import Any

from . import fill, label, mistakes
from .reasons import REASONS, VERDICTS
from .ui import UI, ui
from .ui.words import Words

CHECKED: dict[str, Words] = {
    "EndsAsWanted": Words("{from} → {url}: 바란 대로 끝납니다.", "{url} from {from} ends as wanted."),
    "EndsOtherwise": Words("{from} → {url}: {must} 하는데, 지금은 {got}.", "{from} → {url} should {must}; now it {got}."),
    "SaysOtherwise": Words("{from} → {url}: 응답에 “{wanted}”라는 말이 있어야 하는데, 지금은 “{body}”라고 답합니다.", "{from} → {url} should be answered with “{wanted}”; now the answer is “{body}”."),
    "ServedAsWanted": Words("{url}에는 바란 파드({pods})가 대답합니다.", "{url} is answered by the pods wanted ({pods})."),
    "ServedByOther": Words("{url}에 {pods} 파드가 대답해야 하는데, {pod:이/가} 대답했습니다.", "{url} should be answered by pods {pods}; {pod} answered."),
    "NotServedBy": Words("{url}의 뒤에 {pod:이/가} 없습니다. {pods} 파드가 모두 있어야 합니다.", "{pod} does not stand behind {url}; all pods {pods} should."),
    "SharedUnevenly": Words("{url}로 {times}번 보내면 {pod:이/가} 그 {percent}%를 받습니다. 고루 나누어 받지 않습니다.", "Of {times} requests to {url}, {pod} gets {percent}%: they are not shared."),
    "AddressUnknown": Words("{what:이/가} 아직 없습니다.", "There is no {what} yet."),
    "SourceMissing": Words("{from:을/를} 찾을 수 없습니다. 실행 중인 파드가 있어야 합니다.", "There is no {from} to look from; a running pod is needed."),
    "CannotBeTried": Words("시험해 볼 수 없습니다: {why}", "It cannot be tried: {why}"),
    "TableAsWanted": Words("표의 {cells}칸이 모두 바란 대로입니다.", "All {cells} cells of the table are as wanted."),
    "CellsOtherwise": Words("표의 {cells}칸 가운데 {wrong}칸이 다릅니다. 예를 들어 {from} → {url}: {must} 하는데, 지금은 {got}.", "{wrong} of {cells} cells differ. For example {from} → {url} should {must}; now it {got}."),
    "NameAsWanted": Words("{pod}에게 {name:은/는} {answer:을/를} 뜻합니다.", "To {pod}, {name} means {answer}."),
    "NameOtherwise": Words("{pod}에게 {name:은/는} {wanted:이어야/여야} 하는데, 지금은 {answer}입니다.", "To {pod}, {name} should mean {wanted}; it means {answer}."),
    "NameNowhere": Words("{pod:은/는} {name:이라는/라는} 이름을 찾지 못합니다. {wanted:이라고/라고} 대답해야 합니다.", "{pod} does not find the name {name}; the answer should be {wanted}."),
    "VariableMissing": Words("{pod}에는 환경 변수 {variable:이/가} 없습니다.", "{pod} has no environment variable {variable}."),
    "VariableAsWanted": Words("{pod}의 환경 변수 {variable:은/는} {value}입니다.", "In {pod}, {variable} is {value}."),
    "VariableOtherwise": Words("{pod}의 환경 변수 {variable:은/는} {wanted:이어야/여야} 하는데, 지금은 {value}입니다.", "In {pod}, {variable} should be {wanted}; it is {value}."),
    "EndpointsAsWanted": Words("{service}의 엔드포인트는 바란 파드 {found}개입니다.", "The endpoints of {service} are the {found} pods wanted."),
    "EndpointsOtherwise": Words("{service}의 엔드포인트는 {pods} 파드 {wanted}개여야 하는데, 지금은 {found}개입니다.", "The endpoints of {service} should be the {wanted} pods {pods}; now there are {found}."),
    "EndpointsElsewhere": Words("{service}의 엔드포인트는 {pods} 파드여야 하는데, 지금은 다른 파드입니다.", "The endpoints of {service} should be the pods {pods}; now they are others."),
    "FieldAsWanted": Words("{object}의 {path:이/가} 바란 대로입니다.", "{path} of {object} is as wanted."),
    "FieldMissing": Words("{object}에 {path:이/가} 아직 없습니다.", "{object} has no {path} yet."),
    "FieldThere": Words("{object}에 아직 {path:이/가} 남아 있습니다: {value}.", "{object} still has {path}: {value}."),
    "FieldTooSmall": Words("{object}의 {path:은/는} {wanted} 이상이어야 하는데, 지금은 {value}입니다.", "{path} of {object} should be {wanted} or more; it is {value}."),
    "FieldOtherwise": Words("{object}의 {path:은/는} {wanted:이어야/여야} 하는데, 지금은 {value}입니다.", "{path} of {object} should be {wanted}; it is {value}."),
    "ObjectMissing": Words("{object:이/가} 없습니다.", "Missing: {object}."),
    "ObjectThere": Words("{object:이/가} 아직 있습니다.", "{object} is still there."),
    "ObjectGone": Words("{object:은/는} 이제 없습니다.", "{object} is gone, as wanted."),
    "Unchanged": Words("{object:은/는} 처음 그대로입니다.", "{object} is as it was."),
    "Changed": Words("{object:은/는} 그대로 두어야 하는데 {path:이/가} 달라졌습니다. 되돌려 놓고 다른 곳을 고쳐 보세요.", "Leave {object} as it was: {path} has changed. Put it back and mend something else."),
    "ChangedAnew": Words("{object:은/는} 그대로 두어야 하는데 지웠다가 다시 만들었습니다. ↶로 되돌려 보세요.", "Leave {object} as it was: it was deleted and made anew. Undo (↶) brings it back."),
    "ChangedGone": Words("{object:은/는} 그대로 두어야 하는데 없어졌습니다. ↶로 되돌려 보세요.", "Leave {object} as it was: it is gone. Undo (↶) brings it back."),
    "AllNew": Words("{object:은/는} 모두 새로 태어났습니다.", "{object}: all made anew."),
    "StillOld": Words("{object:은/는} 처음부터 있던 것입니다. 아직 {old}개가 새것이 아닙니다.", "{object} has been there from the start; still to be replaced: {old}."),
    "CommandUsed": Words("해 보았습니다: {command}", "Done: {command}"),
    "CommandNotUsed": Words("아직 해 보지 않았습니다. 예: {example}", "Not done yet. For example: {example}"),
    "NotPredicted": Words("먼저 어떻게 될지 말해 보세요.", "First say what will happen."),
    "PredictedRight": Words("예상이 맞았습니다.", "Predicted right."),
    "PredictedOtherwise": Words("예상과 달랐습니다. 예상: {value}, 실제: {actual}.", "It went otherwise. Predicted: {value}; really: {actual}."),
    "NotAnswered": Words("아직 답하지 않았습니다.", "Not answered yet."),
    "AnsweredRight": Words("맞습니다.", "Right."),
    "AnsweredOtherwise": Words("“{value}”은(는) 답이 아닙니다. 다시 생각해 보세요.", "“{value}” is not it. Think again."),
}  # fmt: skip

TITLES: dict[str, Words] = {
    "request": Words("{from} → {url}: {expect}", "{from} → {url}: {expect}"),
    "reachability": Words("{from} → {to}: {expect}", "{from} → {to}: {expect}"),
    "object": Words("{ref} {path}", "{ref} {path}"),
    "dns": Words("{from}에서 찾은 이름 {name}", "The name {name}, asked by {from}"),
    "env": Words("{pod}의 환경 변수 {variable}", "{variable} in {pod}"),
    "endpoints": Words("{service}의 엔드포인트", "The endpoints of {service}"),
    "command": Words("명령을 써 보기: {example}", "Use a command: {example}"),
    "prediction": Words("예상하기", "Predict"),
    "choice": Words("고르기", "Choose"),
    "text": Words("답하기", "Answer"),
    "renewed": Words("{ref} 모두 새것", "{ref}: all new"),
    "unchanged": Words("{refs:은/는} 그대로 두기", "Leave {refs} as it is"),
}

FLAWS: dict[str, Words] = {
    "Wrong": Words("{field}: {why}", "{field}: {why}"),
    "NoChecks": Words("확인할 것이 하나도 없습니다.", "There is nothing to check."),
    "CannotBePlayed": Words("시작이나 풀이를 해 볼 수 없습니다: {why}", "The start or the solution cannot be played: {why}"),
    "StartPasses": Words("아무것도 하지 않아도 통과합니다.", "It passes without anything done."),
    "SolutionFails": Words("풀이대로 해도 {check:이/가} 통과하지 못합니다: {said}", "The solution does not pass {check}: {said}"),
    "SolutionAnswersWrong": Words("풀이의 답이 틀렸습니다: {check}", "The solution answers {check} wrongly."),
    "UnknownReason": Words("힌트 {hint:이/가} 없는 이유를 기다립니다: {reason}", "Hint {hint} waits for a reason nobody gives: {reason}"),
    "HintNeverOffered": Words("힌트 {hint:은/는} 어떤 실패에도 맞지 않습니다.", "Hint {hint} fits no failure on the way."),
    "WordsMissing": Words("{language} 글이 없습니다: {field}", "Not written in {language}: {field}"),
    "CannotBeSent": Words("{where}: 이 시나리오에 {what:이/가} 없어 보낼 수 없습니다.", "{where}: it cannot be sent, the scenario has no {what}."),
    "DeadLink": Words("{link}: 이 링크가 가리키는 곳이 없습니다.", "{link}: this link leads nowhere."),
}  # fmt: skip

FAILED = Words("닿지 않음", "not reached")
MUST = {
    "delivered": Words("도착해야", "arrive"),
    "refused": Words("거절되어야", "be refused"),
    "timeout": Words("시간 초과가 되어야", "time out"),
    "dns_error": Words("이름을 찾지 못해야", "not find the name"),
    "http_error": Words("오류 응답이 와야", "get an error answer"),
    "failed": Words("닿지 않아야", "not get through"),
    "FirewallBlocked": Words("방화벽에 막혀야", "be stopped by the firewall"),
    "SourceRangeBlocked": Words("허락된 주소가 아니라서 막혀야", "be stopped, its address not being allowed"),
    "IngressNoMatch": Words("맞는 규칙이 없어야", "fit no rule"),
}
"""How a request must end; any other reason by its code."""
ENDS = {
    "delivered": Words("도착합니다", "arrives"),
    "refused": Words("연결이 거절됩니다", "is refused"),
    "timeout": Words("시간 초과가 됩니다", "times out"),
    "dns_error": Words("이름을 찾지 못합니다", "does not find the name"),
    "http_error": Words("오류 응답이 옵니다", "gets an error answer"),
}
KINDS = {
    "service": Words("서비스", "Service"),
    "deployment": Words("디플로이먼트", "Deployment"),
    "pod": Words("파드", "pod"),
    "node": Words("노드", "node"),
    "firewallrule": Words("방화벽 규칙", "firewall rule"),
    "ingress": Words("Ingress", "Ingress"),
    "ingressclass": Words("IngressClass", "IngressClass"),
}
ADDRESSES = {
    "balancer": Words("서비스 {name}의 바깥 주소(EXTERNAL-IP)", "external address of the Service {name}"),
    "nodeport": Words("서비스 {name}의 노드 포트", "node port of the Service {name}"),
    "node": Words("노드 {name}", "node {name}"),
    "pod": Words("실행 중인 파드 {name}", "running pod {name}"),
}
"""What a placeholder of an address stands for, where the cluster has no such thing."""
CLUSTER_IP = Words("서비스 {name}의 ClusterIP", "cluster IP of the Service {name}")
GETS = (
    Words("HTTP {status:이/가} 와야", "get HTTP {status}"),
    Words("HTTP {status:이/가} 옵니다", "gets HTTP {status}"),
)
ENDS_IN = Words("{code:으로/로} 끝나야", "end in {code}")
NOTHING = Words("없음", "none")
ONE_OF = Words("{whose} 파드", "a pod of {whose}")
PODS_OF = Words("{whose} 파드", "pods {whose}")
EVERY_OF = Words("{whose}의 모든 파드", "every pod of {whose}")
EVERY = {"every pod": Words("모든 파드", "every pod"), "every node": Words("모든 노드", "every node")}


def flaw(code: str, params: dict[str, Any], language: str) -> str:
    """What keeps an exercise from being proven."""
    said = dict(params)
    if "language" in params:
        said["language"] = _in(
            {"ko": Words("한국어", "Korean"), "en": Words("영어", "English")}[params["language"]], language
        )
    if code == "SolutionFails":
        said["said"] = told({"code": params["code"], "params": params["params"], "traces": []}, language)["text"]
    if code == "WordsMissing":
        said["field"] = _field(params["field"], language)
    if "why" in params:
        said["why"] = mistakes.said(params["why"], language)
    words = FLAWS[code]
    return fill(_in(words, language), said)


def _field(path: str, language: str) -> str:
    """`text` and `hints[0] text` as the desk calls them: the text, the text of the first hint."""
    where, _, name = path.rpartition(" ")
    label = ui(f"write_{name}", language) if f"write_{name}" in UI else name
    found = re.fullmatch(r"(\w+)\[(\d+)\]", where)
    if found and f"part_{found[1]}" in UI:
        where = f"{ui(f'part_{found[1]}', language)} {int(found[2]) + 1}"
    return f"{where}: {label}" if where else label


def outcome(code: Any, language: str) -> str:
    """A verdict, a status or a reason as people say it."""
    text = str(code)
    if text in VERDICTS:
        return VERDICTS[text][0 if language == "ko" else 1]
    if text == "failed":
        return _in(FAILED, language)
    return f"HTTP {text}" if text.isdecimal() else text


def place(source: str, language: str) -> str:
    """Where a request comes from."""
    if source in EVERY:
        return _in(EVERY[source], language)
    if source in ("internet", "vpc"):
        return label(f"client/{source}", language)
    kind, _, rest = source.removeprefix("every ").partition("/")
    if kind != "pod":
        return rest or source
    words = EVERY_OF if source.startswith("every ") else ONE_OF
    whose = rest.rpartition("/")[2].rpartition("=")[2]
    if "=" not in rest and not source.startswith("every "):
        return whose
    return fill(_in(words, language), {"whose": whose})


def told(verdict: dict[str, Any], language: str) -> dict[str, str]:
    """A check's result: {"text", "why"}; why is that of the first request that failed."""
    words = CHECKED[verdict["code"]]
    params = _said(verdict["params"], language)
    trace = next(iter(verdict["traces"]), None)
    why = _why(trace, language) if trace and not verdict["passed"] else ""
    return {"text": fill(_in(words, language), params), "why": why}


def _why(trace: dict[str, Any], language: str) -> str:
    reason = REASONS.get(trace["reason"])
    if reason is None or trace["reason"] == "Delivered":
        return ""
    return fill(reason.ko if language == "ko" else reason.en, trace["params"])


def _said(params: dict[str, Any], language: str) -> dict[str, Any]:
    said = dict(params)
    if "verdict" in params:
        said["must"], said["got"] = _must(str(params.get("wanted", "")), language), _ends(params, language)
    if "from" in params:
        said["from"] = place(params["from"], language)
    for name in ("object", "service", "pod"):
        if params.get(name):
            said[name] = ", ".join(thing(ref, language) for ref in str(params[name]).split(", "))
    if "pods" in params:
        said["pods"] = params["pods"].rpartition("/")[2]
    if "what" in params:
        said["what"] = _absent(params["what"], language)
    for name in ("wanted", "value", "answer"):
        if params.get(name) == "none":
            said[name] = _in(NOTHING, language)
    if isinstance(params.get("actual"), list):
        said["value"], said["actual"] = (outcome(v, language) for v in (params["value"], [*params["actual"], "-"][0]))
    return said


def _in(words: Words, language: str) -> str:
    return words.ko if language == "ko" else words.en


def _must(wanted: str, language: str) -> str:
    if wanted.isdecimal():
        return fill(_in(GETS[0], language), {"status": wanted})
    return _in(MUST[wanted], language) if wanted in MUST else fill(_in(ENDS_IN, language), {"code": wanted})


def _ends(params: dict[str, Any], language: str) -> str:
    if params["verdict"] == "http_error" and params.get("status"):
        return fill(_in(GETS[1], language), {"status": params["status"]})
    return _in(ENDS[params["verdict"]], language)


def thing(ref: str, language: str) -> str:
    """An object, or the pods that labels select: `service/snackbar/order` is 서비스 order."""
    kind, _, rest = ref.partition("/")
    name = rest.rpartition("/")[2]
    if "=" in name:
        return fill(_in(PODS_OF, language), {"whose": name})
    return f"{_in(KINDS[kind], language)} {name}" if kind in KINDS else f"{kind} {name}"


def _absent(what: str, language: str) -> str:
    """What an address needs and the cluster lacks."""
    kind, _, name = what.rpartition(" ")
    words = ADDRESSES.get(kind, CLUSTER_IP)
    return fill(_in(words, language), {"name": name.rpartition("/")[2]})


def title(check: dict[str, Any], language: str) -> str:
    """What a check asks, as a line of a list: its author's words, or what its fields say."""
    own = check.get(f"title_{language}") or check.get("title_ko")
    if own:
        return str(own)
    if check.get("ask_ko"):
        return str(check.get(f"ask_{language}") or check["ask_ko"])
    words = TITLES[check["check"]]
    return fill(_in(words, language), _fields(check, language))


def _fields(check: dict[str, Any], language: str) -> dict[str, Any]:
    source = check.get("from", "internet")
    many = source if isinstance(source, list) else [source]
    return {
        **check,
        "ref": place(check["ref"], language) if check.get("ref", "").startswith("pod/") else check.get("ref"),
        "pod": place(f"pod/{check['pod']}", language) if "pod" in check else None,
        "from": ", ".join(place(s, language) for s in many),
        "expect": outcome(check.get("expect", "delivered"), language),
        "example": check.get("example") or check.get("pattern"),
    }
