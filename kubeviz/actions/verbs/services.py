"""What is done to Services."""

import json
from difflib import SequenceMatcher
from typing import Any

from ...cluster.apiserver import Transaction
from ...cluster.objects import Service
from ..errors import Refused


def set_selector(tx: Transaction, target: Service, key: str, value: str) -> None:
    """As `kubectl set selector`: the selector is replaced by this one pair."""
    tx.replace({**target.body, "spec": {**target.spec, "selector": {key: value}}})


def break_selector(tx: Transaction, target: Service) -> dict[str, Any]:
    """A typing mistake in the first value: two letters change places, or one comes twice."""
    if not target.selector:
        raise Refused("this Service has no selector")
    key, value = next(iter(target.selector.items()))
    return _changed(tx, target, key, _mistyped(value))


def _mistyped(value: str) -> str:
    for i in range(1, len(value) - 1):
        swapped = value[:i] + value[i + 1] + value[i] + value[i + 2 :]
        if swapped != value and swapped[-1].isalnum():
            return swapped
    return f"{value or 'a'}x"


def mend_selector(tx: Transaction, target: Service) -> dict[str, Any]:
    """Where no pod carries a pair, the value that pods of the namespace carry and that looks most like it."""
    for key, value in target.selector.items():
        carried = {pod.labels[key] for pod in tx.cluster.of_kind("Pod", target.namespace) if key in pod.labels}
        if carried and value not in carried:
            return _changed(
                tx, target, key, max(sorted(carried), key=lambda other: SequenceMatcher(None, value, other).ratio())
            )
    raise Refused("pods carry every value of this selector; there is nothing to mend in it")


def _changed(tx: Transaction, target: Service, key: str, value: str) -> dict[str, Any]:
    """kubectl writes the whole selector: the other pairs are said again."""
    tx.patch(target.key, {"spec": {"selector": {key: value}}})
    return {"pairs": ",".join(f"{k}={v}" for k, v in {**target.selector, key: value}.items())}


def set_port(tx: Transaction, target: Service, index: int, port: int) -> None:
    _set(tx, target, index, {"port": port})


def set_target_port(tx: Transaction, target: Service, index: int, port: str) -> dict[str, Any]:
    """A number, or the name of a container's port."""
    wanted = int(port) if port.isdecimal() and len(port) < 7 else port
    _set(tx, target, index, {"targetPort": wanted})
    return {"port": json.dumps(wanted)}


def _set(tx: Transaction, target: Service, index: int, fields: dict[str, Any]) -> None:
    ports = list(target.spec.get("ports") or ())
    if index >= len(ports):
        raise Refused(f"this Service has {len(ports)} ports")
    ports[index] = {**ports[index], **fields}
    tx.patch(target.key, {"spec": {"ports": ports}})


def set_type(tx: Transaction, target: Service, type: str) -> None:
    tx.patch(target.key, {"spec": {"type": type}})
