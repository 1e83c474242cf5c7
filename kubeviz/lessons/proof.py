"""Proof that an exercise can be solved: its start fails, its solution passes, it speaks both languages."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from ..engine.reasons import ENDINGS
from .checks import Question
from .content import Content, problems
from .grading import Graded, grade, offered
from .opening import realise
from .playing import played
from .world import CANNOT

LANGUAGES = ("ko", "en")


class Flaw(NamedTuple):
    """What keeps an exercise from being proven; `wording` says it."""

    code: str
    params: dict[str, Any]


def prove(content: Content, seeds: Iterable[int] = (0, 1, 2)) -> list[Flaw]:
    """Every flaw; an exercise with faults is proven for each of *seeds*."""
    found = [Flaw("Wrong", {"field": field, "why": why}) for field, why in problems(content)]
    found += missing_words(content)
    if found and any(flaw.code == "Wrong" for flaw in found):
        return found
    for seed in seeds if content.faults else (0,):
        found += _solvable(realise(content, seed), seed)
    return list({(flaw.code, str(flaw.params)): flaw for flaw in found}.values())


def _solvable(content: Content, seed: int) -> Iterator[Flaw]:
    if not content.checks:
        yield Flaw("NoChecks", {})
        return
    try:
        worlds = [played(content, content.solution[:n]) for n in range(len(content.solution) + 1)]
    except CANNOT as error:
        yield Flaw("CannotBePlayed", {"why": str(error), "seed": seed})
        return
    states = [grade(content, world) for world in worlds]
    if states[0].passed:
        yield Flaw("StartPasses", {"seed": seed})
    yield from _unsolved(states[-1], seed)
    yield from _hints(content, states)


def _unsolved(last: Graded, seed: int) -> Iterator[Flaw]:
    for check, verdict in last.verdicts:
        if not verdict.passed:
            about = {"check": check.id, "code": verdict.code, "params": verdict.params, "seed": seed}
            yield Flaw("SolutionFails", about)
        elif verdict.share < 1:
            yield Flaw("SolutionAnswersWrong", {"check": check.id, "params": verdict.params})


def _hints(content: Content, states: list[Graded]) -> Iterator[Flaw]:
    """A hint for a reason is offered at some point on the way; a reason that nobody gives is a mistake."""
    seen = {n for state in states for n in offered(content, state.reasons)}
    for n, hint in enumerate(content.hints):
        unknown = [code for code in hint.when if code not in ENDINGS]
        if unknown:
            yield Flaw("UnknownReason", {"hint": n + 1, "reason": unknown[0]})
        elif hint.when and n not in seen:
            yield Flaw("HintNeverOffered", {"hint": n + 1})


def missing_words(content: Content) -> list[Flaw]:
    """Every text that one language has and the other lacks; titles and texts are needed in both."""
    wanted = [(name, {lang: getattr(content, f"{name}_{lang}") for lang in LANGUAGES}) for name in ("title", "text")]
    found = [(name, lang) for name, said in wanted for lang in LANGUAGES if not said[lang].strip()]
    parts: list[tuple[str, Any]] = [("done", content)]
    parts += [(f"hints[{n}]", hint) for n, hint in enumerate(content.hints)]
    parts += [(f"solution[{n}]", step) for n, step in enumerate(content.solution)]
    parts += [(check.id, check) for check in content.checks]
    for where, part in parts:
        found += [(f"{where} {name}".strip(), lang) for name, lang in _half_said(part)]
    return [Flaw("WordsMissing", {"field": field, "language": language}) for field, language in found]


def _half_said(part: Any) -> Iterator[tuple[str, str]]:
    names = {f.name.rpartition("_")[0] for f in msgspec.structs.fields(part) if f.name.endswith("_ko")}
    for name in sorted(names - {"title", "text"} if isinstance(part, Content) else names):
        said = {lang: getattr(part, f"{name}_{lang}") for lang in LANGUAGES}
        if any(said.values()):
            yield from ((name, lang) for lang in LANGUAGES if not said[lang].strip())
    for option in getattr(part, "options", ()) if isinstance(part, Question) else ():
        if not option.en:
            yield f"option {option.value}", "en"
