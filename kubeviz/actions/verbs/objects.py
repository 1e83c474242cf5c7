"""What can be done to any object."""

from ...cluster.apiserver import Transaction
from ...cluster.objects import Obj
from ..errors import Problem, Refused


def delete(tx: Transaction, target: Obj) -> None:
    tx.delete(target.key)


def label(tx: Transaction, target: Obj, key: str, value: str) -> None:
    tx.patch(target.key, {"metadata": {"labels": {key: value}}})


def unlabel(tx: Transaction, target: Obj, key: str) -> None:
    if key not in target.labels:
        raise Refused(Problem(f"{target.name} has no label {key}", "key"))
    tx.patch(target.key, {"metadata": {"labels": {key: None}}})
