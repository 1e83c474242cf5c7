"""What can be done to any object."""

from ...cluster.apiserver import Transaction
from ...cluster.objects import Obj


def delete(tx: Transaction, target: Obj) -> None:
    tx.delete(target.key)


def label(tx: Transaction, target: Obj, key: str, value: str) -> None:
    tx.patch(target.key, {"metadata": {"labels": {key: value}}})
