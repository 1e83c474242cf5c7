"""What every check is: declarative, weighted, with a verdict and a reason of its own."""

from typing import Annotated, Any, NamedTuple

import msgspec
from msgspec import Meta

from ...cluster.state import Cluster
from ...engine import Request, Trace
from ..steps import Steps
from ..world import World

Text = Annotated[str, Meta(max_length=2_000)]
Line = Annotated[str, Meta(max_length=400)]
Name = Annotated[str, Meta(max_length=40, pattern=r"^[a-z0-9-]*$")]
Weight = Annotated[float, Meta(ge=0, le=100)]


class Counterexample(NamedTuple):
    """A request that does not end as wanted, and what happened to it."""

    request: Request
    trace: Trace


class Verdict(NamedTuple):
    """`share` of the weight is earned, from 0 to 1. `passed` means that nothing is left to do, which a prediction
    that was wrong has too. `code` and `params` are said by `wording`; `counter` can be played."""

    share: float
    code: str
    params: dict[str, Any] = {}
    counter: tuple[Counterexample, ...] = ()
    done: bool | None = None

    @property
    def passed(self) -> bool:
        return self.share >= 1 if self.done is None else self.done

    @property
    def reasons(self) -> tuple[str, ...]:
        """Reason codes of the traces that failed, each once: the innermost call says most."""
        return tuple(dict.fromkeys(innermost(c.trace).reason for c in self.counter))


def innermost(trace: Trace) -> Trace:
    """Where it really went wrong: the call that an app made and that failed, or the request itself."""
    failed = next((call for call in trace.calls if call.verdict != "delivered"), None)
    return trace if failed is None else innermost(failed)


class Check(msgspec.Struct, tag_field="check", forbid_unknown_fields=True, kw_only=True):
    """`id` names it for answers and results; without one it is `check-1`, `check-2`, … by its place."""

    id: Name = ""
    weight: Weight = 1
    title_ko: Line = ""
    title_en: Line = ""

    def verdict(self, world: World) -> Verdict:
        raise NotImplementedError

    def problems(self) -> list[str]:
        """What the types alone cannot say, in words for the author."""
        return []


class CheckAfter(Check, kw_only=True):
    """A check of how things are once something more has happened: "after node-2 is down"."""

    after: Steps = []

    def cluster(self, world: World) -> Cluster:
        """Raises one of `world.CANNOT`."""
        return world.after(self.after)
