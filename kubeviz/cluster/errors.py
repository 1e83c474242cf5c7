"""Refusals, as the API server words them (metav1.Status)."""

from typing import Any, NamedTuple

from .changes import Key

Body = dict[str, Any]


class FieldError(NamedTuple):
    """One thing wrong with one field. `reason` is a metav1 cause type such as FieldValueInvalid."""

    reason: str
    field: str
    message: str


def invalid(field: str, value: object, message: str) -> FieldError:
    return FieldError("FieldValueInvalid", field, f"Invalid value: {printed(value)}: {message}")


def required(field: str, message: str = "") -> FieldError:
    return FieldError("FieldValueRequired", field, f"Required value: {message}" if message else "Required value")


def duplicate(field: str, value: object) -> FieldError:
    return FieldError("FieldValueDuplicate", field, f"Duplicate value: {printed(value)}")


def forbidden(field: str, message: str) -> FieldError:
    return FieldError("FieldValueForbidden", field, f"Forbidden: {message}")


def not_supported(field: str, value: object, supported: list[str]) -> FieldError:
    listed = ", ".join(printed(s) for s in supported)
    return FieldError("FieldValueNotSupported", field, f"Unsupported value: {printed(value)}: supported values: {listed}")


def printed(value: object) -> str:
    """A value as the API server prints it: JSON."""
    import json

    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


class Rejected(Exception):
    """The API server said no. Nothing was stored."""

    def __init__(self, code: int, reason: str, message: str, causes: list[FieldError] | None = None, details: Body | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.reason = reason
        self.message = message
        self.causes = causes or []
        self.details = details or {}

    def status(self) -> Body:
        """The metav1.Status a client receives."""
        details = {**self.details}
        if self.causes:
            details["causes"] = [c._asdict() for c in self.causes]
        return {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": self.message,
                "reason": self.reason, "details": details, "code": self.code}  # fmt: skip


def qualified(kind: str, group: str) -> str:
    return f"{kind}.{group}" if group else kind


def rejected_fields(kind: str, group: str, name: str, errors: list[FieldError]) -> Rejected:
    """422 Invalid, with each field at fault."""
    texts = [f"{e.field}: {e.message}" for e in errors]
    whole = texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"
    message = f'{qualified(kind, group)} "{name}" is invalid: {whole}'
    return Rejected(422, "Invalid", message, errors, {"name": name, "kind": kind, **({"group": group} if group else {})})


def not_found(key: Key) -> Rejected:
    from .kinds import KINDS

    kind = KINDS[key[0]]
    return Rejected(404, "NotFound", f'{qualified(kind.plural, kind.group)} "{key[2]}" not found')


def already_exists(key: Key) -> Rejected:
    from .kinds import KINDS

    kind = KINDS[key[0]]
    return Rejected(409, "AlreadyExists", f'{qualified(kind.plural, kind.group)} "{key[2]}" already exists')


def bad_request(message: str) -> Rejected:
    return Rejected(400, "BadRequest", message)
