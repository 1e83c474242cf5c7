"""What a grading found, in words: each verdict of a check, and a title for checks whose author gave none."""

from typing import Any

from . import fill, label
from .reasons import REASONS, VERDICTS
from .ui.words import Words

CHECKED: dict[str, Words] = {
    "EndsAsWanted": Words("{from:이/가} {url}로 보내면 바란 대로 끝납니다.", "{url} from {from} ends as wanted."),
    "EndsOtherwise": Words("{from:이/가} {url}로 보내면 {wanted:이어야/여야} 하는데, 지금은 {got}입니다.", "{url} from {from} should end in {wanted}; now it ends in {got}."),
    "SaysOtherwise": Words("{from:이/가} {url}로 보내면 응답에 “{wanted}”가 있어야 하는데, “{body}”라고 답합니다.", "{url} from {from} should answer “{wanted}”; it says “{body}”."),
    "ServedAsWanted": Words("{url}에는 바란 파드({pods})가 대답합니다.", "{url} is answered by the pods wanted ({pods})."),
    "ServedByOther": Words("{url}에 {pods} 파드가 대답해야 하는데, {pod:이/가} 대답했습니다.", "{url} should be answered by pods {pods}; {pod} answered."),
    "NotServedBy": Words("{url}의 뒤에 {pod:이/가} 없습니다. {pods} 파드가 모두 있어야 합니다.", "{pod} does not stand behind {url}; all pods {pods} should."),
    "SharedUnevenly": Words("{url}: {pod:이/가} 요청의 {percent}%를 받습니다. 몫이 바란 범위를 벗어났습니다.", "{url}: {pod} gets {percent}% of the requests, outside the share wanted."),
    "AddressUnknown": Words("{what:을/를} 이 클러스터에서 찾을 수 없습니다.", "There is no {what} in this cluster."),
    "SourceMissing": Words("{from:을/를} 찾을 수 없습니다. 실행 중인 파드가 있어야 합니다.", "There is no {from} to look from; a running pod is needed."),
    "CannotBeTried": Words("시험해 볼 수 없습니다: {why}", "It cannot be tried: {why}"),
    "TableAsWanted": Words("표의 {cells}칸이 모두 바란 대로입니다.", "All {cells} cells of the table are as wanted."),
    "CellsOtherwise": Words("표의 {cells}칸 가운데 {wrong}칸이 다릅니다. 예를 들어 {from:이/가} {url}로 보내면 {wanted:이어야/여야} 하는데, 지금은 {got}입니다.", "{wrong} of {cells} cells differ. For example {url} from {from} should end in {wanted}; now it ends in {got}."),
    "NameAsWanted": Words("{pod}에게 {name:은/는} {answer:을/를} 뜻합니다.", "To {pod}, {name} means {answer}."),
    "NameOtherwise": Words("{pod}에게 {name:은/는} {wanted:이어야/여야} 하는데, 지금은 {answer}입니다.", "To {pod}, {name} should mean {wanted}; it means {answer}."),
    "VariableAsWanted": Words("{pod}의 환경 변수 {variable:은/는} {value}입니다.", "In {pod}, {variable} is {value}."),
    "VariableOtherwise": Words("{pod}의 환경 변수 {variable:은/는} {wanted:이어야/여야} 하는데, 지금은 {value}입니다.", "In {pod}, {variable} should be {wanted}; it is {value}."),
    "EndpointsAsWanted": Words("{service}의 엔드포인트는 바란 파드 {found}개입니다.", "The endpoints of {service} are the {found} pods wanted."),
    "EndpointsOtherwise": Words("{service}의 엔드포인트는 {pods} 파드 {wanted}개여야 하는데, 지금은 {found}개입니다.", "The endpoints of {service} should be the {wanted} pods {pods}; now there are {found}."),
    "EndpointsElsewhere": Words("{service}의 엔드포인트는 {pods} 파드여야 하는데, 지금은 다른 파드입니다.", "The endpoints of {service} should be the pods {pods}; now they are others."),
    "FieldAsWanted": Words("{object}의 {path:이/가} 바란 대로입니다.", "{path} of {object} is as wanted."),
    "FieldOtherwise": Words("{object}의 {path:은/는} {wanted:이어야/여야} 하는데, 지금은 {value}입니다.", "{path} of {object} should be {wanted}; it is {value}."),
    "ObjectMissing": Words("{object:이/가} 없습니다.", "There is no {object}."),
    "ObjectGone": Words("{object:은/는} 이제 없습니다.", "{object} is gone, as wanted."),
    "Unchanged": Words("{object:은/는} 처음 그대로입니다.", "{object} is as it was."),
    "Changed": Words("{object:을/를} 바꾸지 않고 풀어 보세요. 처음과 달라졌습니다.", "Leave {object} as it was; it has changed."),
    "AllNew": Words("{object:은/는} 모두 새로 태어났습니다.", "{object}: all made anew."),
    "StillOld": Words("{object:은/는} 아직 처음의 그 파드입니다. 남은 옛것: {old}개.", "{object} is still the one from the start; {old} old ones left."),
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
    "DeadLink": Words("{link}: 이 링크가 가리키는 곳이 없습니다.", "{link}: this link leads nowhere."),
}  # fmt: skip

FAILED = Words("실패", "a failure")
ONE_OF = Words("{whose} 파드", "a pod of {whose}")
EVERY_OF = Words("{whose}의 모든 파드", "every pod of {whose}")
EVERY = {"every pod": Words("모든 파드", "every pod"), "every node": Words("모든 노드", "every node")}


def flaw(code: str, params: dict[str, Any], language: str) -> str:
    """What keeps an exercise from being proven."""
    said = dict(params)
    if "language" in params:
        said["language"] = {"ko": Words("한국어", "Korean"), "en": Words("영어", "English")}[params["language"]]
        said["language"] = said["language"].ko if language == "ko" else said["language"].en
    if code == "SolutionFails":
        said["said"] = told({"code": params["code"], "params": params["params"], "traces": []}, language)["text"]
    words = FLAWS[code]
    return fill(words.ko if language == "ko" else words.en, said)


def outcome(code: Any, language: str) -> str:
    """A verdict, a status or a reason as people say it."""
    text = str(code)
    if text in VERDICTS:
        return VERDICTS[text][0 if language == "ko" else 1]
    if text == "failed":
        return FAILED.ko if language == "ko" else FAILED.en
    return f"HTTP {text}" if text.isdecimal() else text


def place(source: str, language: str) -> str:
    """Where a request comes from."""
    if source in EVERY:
        return EVERY[source].ko if language == "ko" else EVERY[source].en
    if source in ("internet", "vpc"):
        return label(f"client/{source}", language)
    kind, _, rest = source.removeprefix("every ").partition("/")
    if kind != "pod":
        return rest or source
    words = EVERY_OF if source.startswith("every ") else ONE_OF
    whose = rest.rpartition("/")[2].rpartition("=")[2]
    if "=" not in rest and not source.startswith("every "):
        return whose
    return fill(words.ko if language == "ko" else words.en, {"whose": whose})


def told(verdict: dict[str, Any], language: str) -> dict[str, str]:
    """A check's result: {"text", "why"}; why is that of the first request that failed."""
    words = CHECKED[verdict["code"]]
    params = _said(verdict["params"], language)
    trace = next(iter(verdict["traces"]), None)
    why = _why(trace, language) if trace and not verdict["passed"] else ""
    return {"text": fill(words.ko if language == "ko" else words.en, params), "why": why}


def _why(trace: dict[str, Any], language: str) -> str:
    reason = REASONS.get(trace["reason"])
    if reason is None or trace["reason"] == "Delivered":
        return ""
    return fill(reason.ko if language == "ko" else reason.en, trace["params"])


def _said(params: dict[str, Any], language: str) -> dict[str, Any]:
    said = dict(params)
    if "verdict" in params:
        status = params.get("status")
        said["got"] = outcome(status if status and params["verdict"] == "http_error" else params["verdict"], language)
    if "from" in params:
        said["from"] = place(params["from"], language)
    for name in ("wanted", "value"):
        if isinstance(params.get(name), str):
            said[name] = outcome(params[name], language)
    if isinstance(params.get("actual"), list):
        said["actual"] = outcome(next(iter(params["actual"]), "-"), language)
    return said


def title(check: dict[str, Any], language: str) -> str:
    """What a check asks, as a line of a list: its author's words, or what its fields say."""
    own = check.get(f"title_{language}") or check.get("title_ko")
    if own:
        return str(own)
    if check.get("ask_ko"):
        return str(check.get(f"ask_{language}") or check["ask_ko"])
    words = TITLES[check["check"]]
    return fill(words.ko if language == "ko" else words.en, _fields(check, language))


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
