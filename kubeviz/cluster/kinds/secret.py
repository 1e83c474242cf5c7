"""Secret: defaults and rules (ValidateSecret in pkg/apis/core/validation)."""

import base64
import json
from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, each_invalid, invalid, required, too_long
from ..metadata import immutable
from .configmap import MOST_BYTES, kept

Body = dict[str, Any]
NAME = names.dns_subdomain
ACCOUNT = "kubernetes.io/service-account.name"
REQUIRED = {"kubernetes.io/ssh-auth": ("ssh-privatekey",), "kubernetes.io/tls": ("tls.crt", "tls.key")}
DOCKER = {"kubernetes.io/dockercfg": ".dockercfg", "kubernetes.io/dockerconfigjson": ".dockerconfigjson"}


def default(body: Body) -> None:
    """What was written as text is stored encoded, and wins."""
    text = body.pop("stringData", None) or {}
    if text:
        encoded = {key: base64.b64encode(value.encode()).decode() for key, value in text.items()}
        body["data"] = {**(body.get("data") or {}), **encoded}
    body.setdefault("type", "Opaque")


def validate(body: Body, old: Body | None = None) -> list[FieldError]:
    if old is None:
        return [*_content(body)]
    return [*immutable(body["type"], old.get("type") or "Opaque", "type"), *kept(body, old, "data"), *_content(body)]


def _content(body: Body) -> Iterable[FieldError]:
    data = body.get("data") or {}
    for key in sorted(data):
        yield from each_invalid(f"data[{key}]", key, names.config_key(key))
    if sum(len(value) * 3 // 4 for value in data.values()) > MOST_BYTES:
        yield too_long("data", MOST_BYTES)
    yield from _of_type(body, data)


def _of_type(body: Body, data: dict[str, str]) -> Iterable[FieldError]:
    """What a Secret of its type must hold."""
    kind = body["type"]
    if kind == "kubernetes.io/service-account-token" and not (body["metadata"].get("annotations") or {}).get(ACCOUNT):
        yield required(f"metadata.annotations[{ACCOUNT}]")
    if kind == "kubernetes.io/basic-auth" and not {"username", "password"} & set(data):
        yield from (required(f"data[{key}]") for key in ("username", "password"))
    yield from (required(f"data[{key}]") for key in REQUIRED.get(kind, ()) if key not in data)
    if kind in DOCKER:
        yield from _docker(DOCKER[kind], data)


def _docker(key: str, data: dict[str, str]) -> Iterable[FieldError]:
    if key not in data:
        yield required(f"data[{key}]")
        return
    try:
        json.loads(base64.b64decode(data[key]))
    except ValueError:
        yield invalid(f"data[{key}]", "<secret contents redacted>", "invalid character in the value's JSON")


def warnings(body: Body, old: Body | None = None) -> list[str]:
    return []
