"""Going back: undo, redo and reset put the objects back as they were at an earlier version."""

from django.db.models import Max

from .. import queries
from ..cluster.apiserver import Transaction
from ..cluster.objects import Obj
from ..cluster.state import Cluster
from ..models import Action, Lab
from .errors import Refused
from .writing import KEPT_CHANGES, Written, write

HISTORY = frozenset({"Event"})
"""What happened stays happened."""


def restore(tx: Transaction, wanted: Cluster) -> None:
    """Make the objects of *tx* those of *wanted*, with names, addresses and states: the way back is a new change."""
    for obj in list(tx.cluster):
        if obj.kind not in HISTORY and wanted.find(obj.key) is None:
            tx.remove(obj.key)
    for obj in wanted:
        if obj.kind not in HISTORY and not _same(obj, tx.cluster.find(obj.key)):
            tx.put(obj.body)


def _same(one: Obj, other: Obj | None) -> bool:
    if one is other:
        return True
    return other is not None and _content(one) == _content(other)


def _content(obj: Obj) -> dict[str, object]:
    metadata = {k: v for k, v in obj.metadata.items() if k not in ("resourceVersion", "generation")}
    return {**obj.body, "metadata": metadata}


def undo(lab_id: str, *, who: str) -> Written:
    """Take back the latest action, which must be *who*'s own: what others did since must not be lost."""

    def work(tx: Transaction, lab: Lab) -> str:
        action = lab.actions.filter(redo_rv=None).order_by("-id").first()
        action = _must_be_own(action, who, "undo")
        action.redo_rv = tx.cluster.rv
        _go_back(tx, lab, action, action.before_rv)
        return action.command

    return write(lab_id, work)


def go_back(lab_id: str, action_id: int, *, who: str) -> Written:
    """Take back everything since an action (since the start, for 0), all of which must be *who*'s own. Each step can
    be redone, one after another."""

    def work(tx: Transaction, lab: Lab) -> str:
        if action_id and not lab.actions.filter(id=action_id, redo_rv=None).exists():
            raise Refused("there is no such step to go back to", code=404)
        later: list[Action | None] = [*lab.actions.filter(redo_rv=None, id__gt=action_id).order_by("id")]
        mine = [_must_be_own(action, who, "undo") for action in later or [None]]
        ends = [*(action.before_rv for action in mine[1:]), tx.cluster.rv]
        for action, end in zip(mine, ends, strict=True):
            action.redo_rv = end
            action.save(update_fields=["redo_rv"])
        _go_back(tx, lab, mine[0], mine[0].before_rv)
        return mine[0].command

    return write(lab_id, work)


def redo(lab_id: str, *, who: str) -> Written:
    """Do again what was undone last, if nothing was done since."""

    def work(tx: Transaction, lab: Lab) -> str:
        done = lab.actions.filter(redo_rv=None).aggregate(last=Max("id"))["last"] or 0
        action = lab.actions.filter(redo_rv__isnull=False, id__gt=done).order_by("id").first()
        action = _must_be_own(action, who, "redo")
        version, action.redo_rv = action.redo_rv or 0, None
        _go_back(tx, lab, action, version)
        return action.command

    return write(lab_id, work)


def _must_be_own(action: Action | None, who: str, what: str) -> Action:
    if action is None:
        raise Refused(f"nothing to {what}", code=409)
    if action.who != who:
        raise Refused(f"somebody else changed the lab since; only they can {what} that", code=409)
    return action


def _go_back(tx: Transaction, lab: Lab, action: Action, rv: int) -> None:
    wanted = queries.at(lab.id, queries.snapshot(lab), rv, most=KEPT_CHANGES)
    if wanted is None:
        raise Refused("that is too long ago: the log no longer reaches back to it", code=409)
    restore(tx, wanted)
    action.save(update_fields=["redo_rv"])
