"""What is wrong with something an author wrote, in Korean and in English, with what would be right.

A row is the schema's own message as a pattern, and the sentence in both languages; what the pattern captures goes
into {0}, {1}, … What kubeviz refuses elsewhere is in `refusals`; what the API server says stays as it says it.
"""

import re

from . import refusals
from .korean import with_particle
from .ui.words import Words

KINDS = {
    "int": Words("정수", "a whole number"),
    "float": Words("수", "a number"),
    "int | float": Words("수", "a number"),
    "str": Words("글", "text"),
    "bool": Words("예(true)나 아니요(false)", "true or false"),
    "array": Words("목록(- 로 시작하는 줄들)", "a list (lines that begin with -)"),
    "object": Words("이름: 값의 묶음", "name: value pairs"),
    "bool | int | float | str": Words("글이나 수 하나", "one word or number"),
    "null": Words("빈 값", "nothing"),
}  # fmt: skip
ROWS: tuple[tuple[str, Words], ...] = (
    (r"a value is needed", Words("값을 적어 주세요.", "A value is needed.")),
    (r"unknown field", Words("이런 이름의 필드는 없습니다.", "There is no field of this name.")),
    (r"'(.*)' is none of: (.+)", Words("{0:은/는} 없습니다. 이 가운데 하나: {1}.", "“{0}” is none of these: {1}.")),
    (r"Invalid (?:enum )?value '?(.*?)'?", Words("{0:은/는} 고를 수 있는 값이 아닙니다.", "“{0}” is none of the choices.")),
    (r"Expected `(?:int|float)(?: \| null)?` >= (\S+)", Words("{0} 이상이어야 합니다.", "At least {0} is needed.")),
    (r"Expected `(?:int|float)(?: \| null)?` <= (\S+)", Words("{0} 이하여야 합니다.", "At most {0} is possible.")),
    (r"Expected `str(?: \| null)?` of length >= (\d+)", Words("{0}자 이상 적어 주세요.", "Write at least {0} characters.")),
    (r"Expected `str(?: \| null)?` of length <= (\d+)", Words("{0}자까지 쓸 수 있습니다.", "At most {0} characters are possible.")),
    (r"Expected `array(?: \| null)?` of length >= (\d+)", Words("{0}개 이상 있어야 합니다.", "At least {0} are needed.")),
    (r"Expected `array(?: \| null)?` of length <= (\d+)", Words("{0}개까지 둘 수 있습니다.", "At most {0} are possible.")),
    (r"Expected `str(?: \| null)?` matching regex '\^\[A-Z\]\+\$'", Words("GET처럼 대문자로 적습니다.", "Capital letters, such as GET.")),
    (r"Expected `str(?: \| null)?` matching regex .+", Words("영문자, 숫자, 붙임표(-)만 쓸 수 있습니다.", "Only letters, digits and dashes are possible.")),
    (r"(.+) is no outcome; write .+", Words("{0:은/는} 끝나는 모습이 아닙니다. delivered, refused, timeout, dns_error, http_error, failed, 404 같은 상태, 또는 FirewallBlocked 같은 이유 코드를 적습니다.", "{0} is no outcome. Write delivered, refused, timeout, dns_error, http_error, failed, a status such as 404, or a reason such as FirewallBlocked.")),
    (r"the URL holds a space or a control character", Words("주소에 빈칸이 있습니다.", "The address has a blank in it.")),
    (r"(\S+):// is not simulated; use http:// or https://", Words("{0}://은 쓸 수 없습니다. http://나 https://로 시작합니다.", "{0}:// is not simulated. Begin with http:// or https://.")),
    (r"(.+) names no host; write http://HOST:PORT/PATH", Words("주소에 호스트가 없습니다. http://호스트:포트/경로 꼴로 적습니다.", "The address names no host. Write http://HOST:PORT/PATH.")),
    (r"(?:.*: )?a port is a number from 1 to 65535", Words("포트는 1부터 65535까지의 수입니다.", "A port is a number from 1 to 65535.")),
    (r"write NAMESPACE/key=value or NAMESPACE/NAME", Words("네임스페이스/app=x나 네임스페이스/이름으로 적습니다.", "Write NAMESPACE/app=x or NAMESPACE/NAME.")),
    (r"write the IP address of somebody outside; .+", Words("바깥에서 보내는 사람의 IP 주소를 적습니다. ‘어디에서’는 internet이나 vpc여야 합니다.", "Write the IP address of somebody outside; it then comes from internet or vpc.")),
    (r"say which pods, as NAMESPACE/key=value", Words("어느 파드인지 네임스페이스/app=x로 적습니다.", "Say which pods, as NAMESPACE/app=x.")),
    (r"(.+) is not among the rows", Words("{0:은/는} ‘어디에서’에 없습니다.", "{0} is not among the places it comes from.")),
    (r"(.+) is not among the columns", Words("{0:은/는} ‘어디로’에 없습니다.", "{0} is not among the addresses it goes to.")),
    (r"what must be absent cannot have a value", Words("없어야 하는 것에 값을 적을 수 없습니다.", "What must be absent cannot have a value.")),
    (r"(.+) is none of the options", Words("{0:은/는} 보기에 없습니다. 보기의 value 가운데 하나를 적습니다.", "{0} is none of the options. Write the value of one of them.")),
    (r"(.+) is no number", Words("{0:은/는} 수가 아닙니다.", "{0} is no number.")),
    (r"(.+) is taken by another check", Words("{0:은/는} 다른 확인이 쓰는 이름입니다.", "{0} is the id of another check.")),
    (r"(.+) is no question among the checks", Words("‘확인할 것’에 {0:은/는} 없습니다. 물음의 id를 적습니다.", "There is no question {0} among the checks. Write the id of one.")),
    (r"an answer belongs to the solution", Words("답은 시작이 아니라 풀이에 둡니다.", "An answer belongs to the solution, not to the start.")),
    (r"a whole number is needed", Words("정수를 적어 주세요.", "A whole number is needed.")),
    (r"choose one of the list", Words("목록에서 하나를 고르세요.", "Choose one of the list.")),
    (r"there is no (\S+) '(.+)'", Words("{0} {1:이/가} 없습니다. 같은 파일에 있거나, 여기서 쓸 수 있는 것이어야 합니다.", "There is no {0} “{1}”: it must be in the same file, or be one you may use here.")),
    (r"there is no (.+)", Words("{0:이/가} 없습니다.", "There is no {0}.")),
    (r"(.+) is the slug of another row", Words("{0:은/는} 다른 줄의 slug입니다.", "{0} is the slug of another row.")),
    (r"only kubeviz.scenario, kubeviz.lesson and kubeviz.exercise can be loaded", Words("kubeviz.scenario, kubeviz.lesson, kubeviz.exercise만 가져올 수 있습니다.", "Only kubeviz.scenario, kubeviz.lesson and kubeviz.exercise can be brought in.")),
    (r"a pack is one list of rows, each with `model` and `fields`", Words("꾸러미는 줄마다 model과 fields가 있는 목록 하나입니다.", "A pack is one list of rows, each with `model` and `fields`.")),
    (r"larger than (\d+) MiB", Words("{0} MiB보다 큽니다.", "It is larger than {0} MiB.")),
    (r"more than (\S+) rows", Words("{0}줄을 넘습니다.", "It has more than {0} rows.")),
    (r"more than (\S+) pods", Words("파드가 {0}개를 넘습니다.", "It asks for more than {0} pods.")),
    (r"more than (\S+) values once aliases are written out", Words("별칭(*)을 풀어 쓰면 값이 {0}개를 넘습니다.", "Once its aliases (*) are written out it has more than {0} values.")),
    (r"nested more than (\d+) deep", Words("{0}겹보다 깊습니다.", "It is nested more than {0} deep.")),
    (r"(.+): exit code (\d+)(?:: (.+))?", Words("`{0}` 명령이 오류로 끝났습니다 (종료 코드 {1}). {2}", "`{0}` ended with exit code {1}. {2}")),
    (r"(.+): this line is not finished", Words("`{0}`: 줄이 끝나지 않았습니다. 따옴표나 괄호를 닫으세요.", "`{0}`: this line is not finished; close its quotes or brackets.")),
    (r"(.+): this goes on until Ctrl-C; a step has an end", Words("`{0}`: 스스로 끝나지 않는 명령은 쓸 수 없습니다.", "`{0}` goes on until Ctrl-C; a step has an end.")),
)  # fmt: skip
PATTERNS = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in ROWS)
_INSIDE = re.compile(r"(\[\d+\][\w.\[\]-]*|\w+(?:\.\w+)*): (.+)", re.DOTALL)
"""A place inside a field, told before the message."""
_KIND = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")


class _Part(str):
    """A captured part; `{0:이/가}` adds the particle that fits."""

    def __format__(self, spec: str) -> str:
        return with_particle(str(self), spec) if spec else str(self)


def said(message: str, language: str) -> str:
    """*message* in the reader's language; one that nobody put into words as it is."""
    if kind := _KIND.fullmatch(message):
        return _kind(kind[1], kind[2], language)
    for pattern, words in PATTERNS:
        if match := pattern.fullmatch(message):
            parts = [_Part(part or "") for part in match.groups()]
            return (words.ko if language == "ko" else words.en).format(*parts).strip()
    if inside := _INSIDE.fullmatch(message):
        return f"{inside[1]}: {said(inside[2], language)}"
    return refusals.said(message, language)


def _kind(wanted: str, got: str, language: str) -> str:
    names = [_named(name, language) for name in (wanted.removesuffix(" | null"), got)]
    if language == "ko":
        return f"여기에는 {with_particle(names[0], '을/를')} 적습니다. 지금은 {names[1]}입니다."
    return f"Write {names[0]} here; this is {names[1]}."


def _named(name: str, language: str) -> str:
    words = KINDS.get(name)
    return name if words is None else words.ko if language == "ko" else words.en
