"""Broken clusters by number: seeded, always solvable, and no fault hides another.

A fault is taken only if it alone makes a check fail, and if it touches no object that another one touches; so each
can be found and repaired whatever the others do, and repairing all of them brings everything back.
"""

import random
from collections.abc import Callable, Iterator
from functools import lru_cache

import msgspec

from ...cluster.state import Cluster
from ..checks import AnyCheck
from ..content import Content
from ..setting import Setting, Start, at_rest
from ..steps import Steps
from ..world import CANNOT, World, after
from . import entrances, services, wanted, workloads
from .fault import Fault, explained

KINDS: dict[str, Callable[[Cluster], Iterator[Fault]]] = {
    "selector_typo": services.selector_typo,
    "wrong_target_port": services.wrong_target_port,
    "wrong_port": services.wrong_port,
    "unready_pods": workloads.unready_pods,
    "crashing_pods": workloads.crashing_pods,
    "no_pods": workloads.no_pods,
    "missing_endpoints": services.missing_endpoints,
    "wrong_class": entrances.wrong_class,
    "host_typo": entrances.host_typo,
    "path_slash": entrances.path_slash,
    "firewall_closed": entrances.firewall_closed,
    "service_after_pod": services.service_after_pod,
    "policy_denies": workloads.policy_denies,
}
"""A new kind is one function and a row here (and its name in `content.FaultKind`)."""


class Ground:
    """The unbroken cluster, what is wanted of it, and every fault that would be noticed."""

    def __init__(self, start: Start, checks: list[AnyCheck], faults: list[Fault]) -> None:
        self.start, self.checks, self.faults = start, checks, faults
        self._independent: dict[frozenset[tuple[str, str]], bool] = {}

    def independent(self, one: int, other: int) -> bool:
        """Either may be repaired first: the other is still there, and is repaired as if alone. It does not depend on
        how exactly something is mistyped."""
        first, second = self.faults[one], self.faults[other]
        pair = frozenset(((first.kind, first.subject), (second.kind, second.subject)))
        if pair not in self._independent:
            self._independent[pair] = not first.touches & second.touches and all(
                self._each_counts(*order) for order in ((first, second), (second, first))
            )
        return self._independent[pair]

    def _each_counts(self, first: Fault, second: Fault) -> bool:
        half = after(after(self.start, [*first.breaks, *second.breaks]), first.repairs)
        return not _pass(self.checks, half) and _pass(self.checks, after(half, second.repairs))


def realised(content: Content, seed: int) -> Content:
    """Faults chosen: they become the start, their repairs the solution, the ways of the unbroken cluster the checks."""
    ground = ground_of(content)
    chosen = choose(ground, content, seed)
    return msgspec.structs.replace(
        content,
        faults=None,
        start=[*content.start, *(step for fault in chosen for step in fault.breaks)],
        checks=[*ground.checks, *content.checks],
        solution=[*(step for fault in chosen for step in explained(fault)), *content.solution],
    )


def choose(ground: Ground, content: Content, seed: int) -> list[Fault]:
    """The faults of one learner, of as many kinds as there are."""
    if content.faults is None:
        return []
    rng = random.Random(f"{content.faults.seed}/{seed}")
    kinds = sorted(content.faults.kinds or KINDS)
    rng.shuffle(kinds)
    chosen: list[int] = []
    for kind in kinds * content.faults.count:
        free = [n for n, fault in enumerate(ground.faults) if fault.kind == kind and n not in chosen]
        rng.shuffle(free)
        fits = (n for n in free if all(ground.independent(n, other) for other in chosen))
        chosen += [n for n in [next(fits, None)] if n is not None and len(chosen) < content.faults.count]
    return [ground.faults[n] for n in chosen]


def ground_of(content: Content) -> Ground:
    return _ground(content.setting, msgspec.json.encode(content.start))


@lru_cache(maxsize=32)
def _ground(setting: Setting, steps: bytes) -> Ground:
    start = after(at_rest(setting), msgspec.json.decode(steps, type=Steps))
    checks: list[AnyCheck] = [*wanted.checks(start.cluster)]
    every = [fault for find in KINDS.values() for fault in find(start.cluster)]
    return Ground(start, checks, [fault for fault in every if noticed(start, checks, fault)])


def noticed(start: Start, checks: list[AnyCheck], fault: Fault) -> bool:
    """Alone it makes a check fail, and its repair makes all of them pass."""
    try:
        broken = after(start, fault.breaks)
        mended = after(broken, fault.repairs)
    except CANNOT:
        return False
    return not _pass(checks, broken) and _pass(checks, mended)


def _pass(checks: list[AnyCheck], start: Start) -> bool:
    world = World(*start)
    return all(check.verdict(world).passed for check in checks)
