"""Broken clusters by number: always solvable, every fault noticed, no fault behind another."""

import msgspec
import pytest

from kubeviz.lessons import faults
from kubeviz.lessons.content import Content, Faults
from kubeviz.lessons.faults.fault import mistyped
from kubeviz.lessons.grading import grade
from kubeviz.lessons.opening import opened, realise
from kubeviz.lessons.world import World, after
from tests.clusters import begin
from tests.lessons.course import content, scenarios

SCENARIOS = ["snackbar", "snackbar-ingress-host"]


def broken(slug: str, count: int = 3, **more) -> Content:
    scenario = scenarios().scenario(slug)
    assert scenario is not None
    return Content(setting=scenario.setting, title_ko="x", faults=Faults(count=count, **more))


def solved(task: Content, seed: int) -> tuple[bool, bool]:
    """Whether it passes at the start, and with its solution."""
    return proven(realise(task, seed))


def proven(mine: Content) -> tuple[bool, bool]:
    start = opened(mine)
    return grade(mine, World(*start)).passed, grade(mine, World(*after(start, mine.solution))).passed


@pytest.mark.parametrize("slug", SCENARIOS)
def test_a_broken_cluster_fails_and_its_repair_brings_everything_back(slug: str) -> None:
    task = broken(slug)
    assert {solved(task, seed) for seed in range(12)} == {(False, True)}


@pytest.mark.slow
@pytest.mark.parametrize(("slug", "learners", "different"), [("two-faults", 1_000, 100), ("four-faults", 60, 50)])
def test_a_thousand_learners_can_each_solve_their_own(slug: str, learners: int, different: int) -> None:
    """Of the course's own exercises; learners who meet the very same faults are proven once."""
    exercise = content(slug)
    mine = {msgspec.json.encode(found.start): found for found in (realise(exercise, n) for n in range(learners))}
    assert len(mine) > different
    assert {proven(found) for found in mine.values()} == {(False, True)}


@pytest.mark.parametrize("slug", SCENARIOS)
def test_each_fault_counts_whatever_is_repaired_before_it(slug: str) -> None:
    task = broken(slug)
    ground = faults.ground_of(task)
    for seed in range(5):
        chosen = faults.choose(ground, task, seed)
        for last in chosen:
            steps = [step for fault in chosen for step in fault.breaks]
            repairs = [step for fault in chosen if fault is not last for step in fault.repairs]
            almost = World(*after(after(ground.start, steps), repairs))
            failing = [c for c in ground.checks if not c.verdict(almost).passed]
            assert failing, (seed, last.kind)


def test_the_same_learner_meets_the_same_faults_and_others_meet_others() -> None:
    task = broken("snackbar")
    ground = faults.ground_of(task)
    chosen = [[f.subject + f.kind for f in faults.choose(ground, task, seed)] for seed in (*range(30), *range(30))]
    assert chosen[:30] == chosen[30:]
    assert len({str(c) for c in chosen}) > 20


def test_only_the_kinds_asked_for_are_chosen() -> None:
    task = broken("snackbar", count=2, kinds=["selector_typo", "no_pods"])
    ground = faults.ground_of(task)
    kinds = {f.kind for seed in range(20) for f in faults.choose(ground, task, seed)}
    assert kinds == {"selector_typo", "no_pods"}


def test_no_two_faults_touch_the_same_object() -> None:
    task = broken("snackbar-ingress-host", count=4)
    ground = faults.ground_of(task)
    for seed in range(20):
        touched = [ref for fault in faults.choose(ground, task, seed) for ref in fault.touches]
        assert len(touched) == len(set(touched))


def test_every_kind_of_fault_finds_something_to_break_in_some_scenario() -> None:
    found = {f.kind for s in scenarios().scenarios for f in faults.ground_of(broken(s.slug)).faults}
    assert set(faults.KINDS) - found == {"missing_endpoints"}


ENDPOINTS_BY_HAND = """
apiVersion: v1
kind: Service
metadata: {name: till, namespace: default}
spec: {ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: till, namespace: default}
subsets: [{addresses: [{ip: 192.168.0.100}], ports: [{port: 8080}]}]
"""


def test_endpoints_by_hand_can_be_taken_away_and_written_again() -> None:
    tx = begin(ENDPOINTS_BY_HAND)
    [fault] = list(faults.KINDS["missing_endpoints"](tx.cluster))
    broken_now = after((tx.cluster, tx.now), fault.breaks)  # type: ignore[arg-type]
    assert broken_now.cluster.get("Endpoints", "default", "till") is None
    mended = after(broken_now, fault.repairs)
    assert (
        mended.cluster.get("Endpoints", "default", "till").body["subsets"]
        == tx.cluster.get("Endpoints", "default", "till").body["subsets"]
    )


@pytest.mark.parametrize("word", ["order", "payment", "nginx", "a", "ab", "order.fast"])
def test_a_typo_is_another_name_that_could_be_one(word: str) -> None:
    typos = mistyped(word)
    assert typos and word not in typos
    assert all(t[0].isalnum() and t[-1].isalnum() for t in typos)
