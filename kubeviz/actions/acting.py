"""Doing something to one object of the stage."""

import string
from collections.abc import Mapping

from ..cluster.apiserver import Transaction
from ..cluster.clock import START
from ..cluster.objects import Obj
from ..cluster.references import resolve
from ..cluster.state import Cluster
from ..models import Lab
from .errors import Problem, Refused
from .verbs import VERBS, Verb
from .writing import Written, write


def act(lab_id: str, verb: str, ref: str, sent: Mapping[str, str], *, who: str) -> Written:
    """Run *verb* on the object *ref* with the parameters *sent*. Raises Refused."""
    if verb not in VERBS:
        raise Refused(Problem(f"unknown action {verb}", "action"), code=400)
    row = VERBS[verb]
    params = row.parsed(sent)

    def work(tx: Transaction, lab: Lab) -> str:
        return row.run(tx, _target(tx.cluster, row, ref) if row.needs_object else None, params)

    return write(lab_id, work, who=who, verb=verb)


def command(cluster: Cluster, verb: str, target: Obj | None, sent: Mapping[str, str]) -> str:
    """The line that *verb* stands for with these parameters, tried on a copy. Raises Refused, Rejected."""
    row = VERBS[verb]
    return row.run(Transaction(cluster, START), target, row.parsed(sent))


def told_by_doing(verb: str) -> bool:
    """Whether its command holds words that only doing it can tell."""
    row = VERBS[verb]
    words = {name for _, name, _, _ in string.Formatter().parse(row.command) if name}
    return not words <= {"resource", "name", "n", *row.params}


def _target(cluster: Cluster, verb: Verb, ref: str) -> Obj:
    found = resolve(cluster, ref)
    if found is None:
        raise Refused(Problem(f"there is no {ref} in this lab", "ref"), code=404)
    if verb.kinds and found.kind not in verb.kinds:
        raise Refused(Problem(f"{verb.name} suits {', '.join(verb.kinds)}, not {found.kind}", "ref"))
    return found


def lab_wide() -> list[Verb]:
    """What can be done to the lab as a whole."""
    return [verb for verb in VERBS.values() if not verb.needs_object]


def actions_for(target: Obj) -> list[tuple[Verb, str]]:
    """What can be done to an object, each with its command line as far as it is known."""
    return [
        (verb, verb.about(target))
        for verb in VERBS.values()
        if verb.needs_object and (not verb.kinds or target.kind in verb.kinds)
    ]
