"""Refusals, as the API server words them (metav1.Status), and as kubectl prints them."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from .changes import Key
from .go_json import escaped

Body = dict[str, Any]


class FieldError(NamedTuple):
    """One thing wrong with one field. `reason` is a metav1 cause type such as FieldValueInvalid."""

    reason: str
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}"


def invalid(field: str, value: object, message: str) -> FieldError:
    return FieldError("FieldValueInvalid", field, f"Invalid value: {printed(value)}: {message}")


def each_invalid(field: str, value: object, messages: Iterable[str]) -> list[FieldError]:
    """One error for each complaint of a check in `names`."""
    return [invalid(field, value, message) for message in messages]


def required(field: str, message: str = "") -> FieldError:
    return FieldError("FieldValueRequired", field, f"Required value: {message}" if message else "Required value")


def duplicate(field: str, value: object) -> FieldError:
    return FieldError("FieldValueDuplicate", field, f"Duplicate value: {printed(value)}")


def forbidden(field: str, message: str) -> FieldError:
    return FieldError("FieldValueForbidden", field, f"Forbidden: {message}")


def not_found_value(field: str, value: object) -> FieldError:
    return FieldError("FieldValueNotFound", field, f"Not found: {printed(value)}")


def too_long(field: str, most: int) -> FieldError:
    return FieldError("FieldValueTooLong", field, f"Too long: may not be more than {most} bytes")


def too_many(field: str, count: int, most: int) -> FieldError:
    return FieldError("FieldValueTooMany", field, f"Too many: {count}: must have at most {most} items")


def not_supported(field: str, value: object, supported: Iterable[str]) -> FieldError:
    listed = ", ".join(printed(s) for s in supported)
    return FieldError(
        "FieldValueNotSupported", field, f"Unsupported value: {printed(value)}: supported values: {listed}"
    )


def printed(value: object) -> str:
    """A value as the API server prints it: strings quoted, structures as Go writes JSON."""
    text = json.dumps(_ordered(value), separators=(",", ":"), ensure_ascii=False)
    return escaped(text) if isinstance(value, dict | list) else text


def _ordered(value: Any) -> Any:
    """Go sorts the keys of a map (of labels); a structure has its own order, and capitals where it is internal."""
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if not isinstance(value, dict):
        return value
    is_map = all(isinstance(item, str) for item in value.values()) and not all(k[:1].isupper() for k in value)
    return {k: _ordered(value[k]) for k in (sorted(value) if is_map else value)}


class Rejected(Exception):
    """The API server said no. Nothing was stored."""

    def __init__(
        self,
        code: int,
        reason: str,
        message: str,
        causes: list[FieldError] | None = None,
        details: Body | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.reason = reason
        self.message = message
        self.causes = causes or []
        self.details = details or {}
        self.warnings: list[str] = []
        self.field = ""
        self.decoding: tuple[str, str] | None = None
        """Of an object that could not be decoded: how the JSON decoder and how the converter of patches says it."""

    def status(self) -> Body:
        """The metav1.Status a client receives."""
        details = {**self.details}
        if self.causes:
            details["causes"] = [{"reason": c.reason, "message": c.message, "field": c.field} for c in self.causes]
        return {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": self.message,
                "reason": self.reason, "details": details, "code": self.code}  # fmt: skip

    def kubectl(self, doing: str = "") -> str:
        """What kubectl writes to stderr; *doing* is for example `error when creating "bad.yaml"`."""
        if self.reason == "Invalid" and self.causes:
            return self._kubectl_invalid()
        if self.reason == "Invalid":
            return f"The request is invalid: {self.message}\n"
        return self.kubectl_among(doing)

    def kubectl_among(self, doing: str = "") -> str:
        """As one of several errors, none is worded in its own way (cmdutil.StandardErrorMessage)."""
        reason = f" ({self.reason})" if self.reason else ""
        return f"Error from server{reason}: {doing + ': ' if doing else ''}{self.message}\n"

    def _kubectl_invalid(self) -> str:
        what = f'{self.details["kind"]} "{self.details["name"]}"' if self.details else "request"
        start = f"The {what} is invalid: "
        lines = list(dict.fromkeys(str(cause) for cause in self.causes))
        if len(lines) == 1:
            return f"{start}{lines[0]}\n"
        return start + "".join(f"\n* {line}" for line in lines) + "\n"


def qualified(kind: str, group: str) -> str:
    return f"{kind}.{group}" if group else kind


def rejected_fields(kind: str, group: str, name: str, errors: list[FieldError]) -> Rejected:
    """422 Invalid, with each field at fault; the message says the same thing only once."""
    texts = list(dict.fromkeys(str(e) for e in errors))
    whole = texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
    message = f'{qualified(kind, group)} "{name}" is invalid: {whole}'
    return Rejected(
        422, "Invalid", message, errors, {"name": name, **({"group": group} if group else {}), "kind": kind}
    )


def not_found(key: Key) -> Rejected:
    from .kinds import KINDS

    kind = KINDS[key[0]]
    details = {"name": key[2], **({"group": kind.group} if kind.group else {}), "kind": kind.plural}
    return Rejected(404, "NotFound", f'{qualified(kind.plural, kind.group)} "{key[2]}" not found', details=details)


def already_exists(key: Key) -> Rejected:
    from .kinds import KINDS

    kind = KINDS[key[0]]
    details = {"name": key[2], **({"group": kind.group} if kind.group else {}), "kind": kind.plural}
    return Rejected(
        409,
        "AlreadyExists",
        f'{qualified(kind.plural, kind.group)} "{key[2]}" already exists',
        details=details,
    )


def conflict(key: Key, why: str) -> Rejected:
    """409: somebody else was faster."""
    from .kinds import KINDS

    kind = KINDS[key[0]]
    details = {"name": key[2], **({"group": kind.group} if kind.group else {}), "kind": kind.plural}
    message = f'Operation cannot be fulfilled on {qualified(kind.plural, kind.group)} "{key[2]}": {why}'
    return Rejected(409, "Conflict", message, details=details)


def negative_replicas(count: int) -> FieldError:
    return invalid("spec.replicas", count, "must be greater than or equal to 0")


def bad_request(message: str, field: str = "") -> Rejected:
    """*field* is where the fault lies; the API server says so only in the message."""
    refusal = Rejected(400, "BadRequest", message)
    refusal.field = field
    return refusal


def internal_error(message: str) -> Rejected:
    return Rejected(
        500,
        "InternalError",
        f"Internal error occurred: {message}",
        details={"causes": [{"message": message}]},
    )
