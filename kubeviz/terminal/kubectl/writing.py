"""What verbs that change something share: the server's answer, its warnings, and the line that says what was done."""

from collections.abc import Callable
from typing import Any

from ...cluster.changes import Body
from ...cluster.errors import Rejected
from ...cluster.objects import Obj, wrap
from ..printers.choose import printer
from ..printers.yamls import collected, public
from .call import Call
from .errors import KubectlError
from .resources import named

VALIDATION = {"strict": "strict", "true": "strict", "warn": "warn", "ignore": "ignore", "false": "ignore"}


def validation(call: Call) -> str:
    value = call.values.get("validate") or "strict"
    if value not in VALIDATION:
        raise KubectlError(
            f'invalid - validate option "{value}"; must be one of: strict (or true), warn, ignore (or false)'
        )
    return VALIDATION[value]


def send(call: Call, action: Callable[[], Any]) -> Any:
    """Ask the server; its warnings are shown, whether it agrees or not. Raises Rejected."""
    call.tx.warnings.clear()
    try:
        return action()
    except Rejected as refusal:
        call.warn(*refusal.warnings)
        raise
    finally:
        call.warn(*call.tx.warnings)


def served(call: Call) -> bool:
    """Whether the server only pretends (--dry-run=server)."""
    return call.dry_run == "server"


class Teller:
    """Says what was done to each object, in the way `-o` asks for."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.show = printer(call)
        self.count = 0

    def tell(self, obj: Obj | Body, done: str) -> None:
        body = public(obj) if isinstance(obj, Obj) else obj
        if self.show is None:
            self.call.line(f"{named(body)} {done}{self.call.dry_run_note}")
            return
        text = self.show(body)
        yaml = (self.call.values.get("output") or "") == "yaml"
        self.call.out(f"---\n{text}" if yaml and self.count else text)
        self.count += 1


class Collector(Teller):
    """As apply prints: with `-o` everything at the end, several objects as one List, nothing if one has failed."""

    def __init__(self, call: Call) -> None:
        super().__init__(call)
        self.at_once = (call.values.get("output") or "") in ("", "name")
        self.bodies: list[Body] = []

    def tell(self, obj: Obj | Body, done: str) -> None:
        if self.at_once:
            super().tell(obj, done)
        else:
            self.bodies.append(public(obj) if isinstance(obj, Obj) else obj)

    def finish(self) -> None:
        if self.bodies and not self.call.result.code and self.show is not None:
            self.call.out(self.show(self.bodies[0] if len(self.bodies) == 1 else collected(self.bodies)))


def as_object(body: Body) -> Obj:
    found: Obj = wrap(body)
    return found


Failures = list[tuple[KubectlError | Rejected, str]]


def each(
    call: Call,
    things: list[Any],
    action: Callable[[Any], None],
    doing: Callable[[Any], str],
    unreadable_first: bool = False,
) -> None:
    """Deal with every one; those that fail do not keep the others. Errors come after all that went well."""
    unreadable = call.take_unreadable()
    failed: Failures = []
    for thing in things:
        try:
            action(thing)
        except (Rejected, KubectlError) as error:
            failed.append((error, doing(thing)))
    told: Failures = [(error, "") for error in (together(unreadable) if failed else unreadable)]
    call.fail_all([*told, *failed] if unreadable_first else [*failed, *told])


def together(errors: list[KubectlError]) -> list[KubectlError]:
    """Several errors of reading, among others, are one (utilerrors.Aggregate)."""
    texts = list(dict.fromkeys(error.text.removeprefix("error: ") for error in errors))
    return [KubectlError(f"[{', '.join(texts)}]")] if len(texts) > 1 else errors[:1]


def placed(body: Body, namespace: str) -> Body:
    """In its namespace, as kubectl sends it."""
    if not namespace:
        return body
    return {**body, "metadata": {**body["metadata"], "namespace": namespace}}


def fresh(body: Body) -> Body:
    """kubectl takes the version off what it creates (cli-runtime resource.Helper)."""
    return {**body, "metadata": {k: v for k, v in body["metadata"].items() if k != "resourceVersion"}}
