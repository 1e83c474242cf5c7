"""wait: until a condition is met, an object is gone, or a field has a value."""

from collections.abc import Callable

from ....cluster.errors import Rejected
from ....cluster.kinds import kind_of
from ....cluster.objects import Obj
from ...printers import jsonpath
from ..call import Call
from ..errors import KubectlError
from ..resources import named
from ..select import REQUIRED, is_missing, select
from ..waiting import LONGEST, seconds, until

Test = Callable[[Obj | None], bool]


def run(call: Call) -> None:
    limit = seconds(call["timeout"], "timeout")
    limit = LONGEST if limit < 0 else limit
    if not call["for"]:
        raise KubectlError("unrecognized condition: []")
    if len(call["for"]) > 1:
        raise KubectlError("only one --for is simulated at a time")
    test, done = condition(call["for"][0])
    if not call.args and not call["filename"]:
        raise KubectlError(REQUIRED)
    gone = call["for"][0] == "delete"
    if call["for"][0] == "create":
        _created(call, limit)
        return
    found = select(call, allow_all=False)
    for error in found.errors:
        if not (gone and is_missing(error)):
            call.fail(error)
    if not found.objects and not found.errors:
        if gone:
            return
        raise KubectlError("no matching resources found")
    for obj in found.objects:
        _one(call, obj, test, done, limit)


def _one(call: Call, obj: Obj, test: Test, done: str, limit: float) -> None:
    if until(call, lambda: test(call.cluster.find(obj.key)), limit):
        call.line(f"{named(obj.body)} {done}")
        return
    call.complain(f"error: timed out waiting for the condition on {kind_of(obj.body).plural}/{obj.name}")
    call.result.code = 1


def _created(call: Call, limit: float) -> None:
    def there() -> bool:
        try:
            return not select(call, allow_all=False).errors
        except Rejected:
            return False

    if not until(call, there, limit):
        raise KubectlError("timed out waiting for the condition")
    for obj in select(call, allow_all=False).objects:
        call.line(f"{named(obj.body)} condition met")


def condition(text: str) -> tuple[Test, str]:
    """What --for asks, and what is said when it is so. Raises KubectlError."""
    kind, _, rest = text.partition("=")
    if text == "delete":
        return (lambda obj: obj is None or bool(obj.terminating and obj.kind != "Pod")), "condition met"
    if text == "create":
        return (lambda obj: obj is not None), "condition met"
    if kind == "condition" and rest:
        name, _, wanted = rest.partition("=")
        value = wanted or "true"
        return (lambda obj: _condition(obj, name).lower() == value.lower()), "condition met"
    if kind == "jsonpath" and rest:
        return _jsonpath(rest), "condition met"
    raise KubectlError(f'unrecognized condition: "{text}"')


def _condition(obj: Obj | None, name: str) -> str:
    if obj is None:
        return ""
    found = (c for c in obj.status.get("conditions") or () if c["type"].lower() == name.lower())
    return next((c["status"] for c in found), "")


def _jsonpath(text: str) -> Test:
    end = text.rfind("}")
    path, value = text[: end + 1] or text, text[end + 1 :].lstrip("=") if end >= 0 else ""
    try:
        template = jsonpath.relaxed(path.strip("'\""))
    except jsonpath.JsonPathError as error:
        raise KubectlError(str(error)) from None

    def test(obj: Obj | None) -> bool:
        if obj is None:
            return False
        found = jsonpath.find(template, obj.body)
        values = [jsonpath.text_of(v) for v in (found[0] if found else [])]
        return value in values if value else bool(values)

    return test
