"""How an exercise looks to one learner: with that learner's faults, at rest, and with what repairs it."""

from functools import lru_cache

import msgspec

from .content import Content, content_from
from .faults import realised
from .setting import Setting, Start, at_rest
from .steps import Steps
from .world import after

_ENCODER = msgspec.json.Encoder()


def realise(content: Content, seed: int) -> Content:
    """The exercise for the learner with this number: faults chosen, their repair in the solution."""
    return content if content.faults is None else _realised(_ENCODER.encode(content), seed)


@lru_cache(maxsize=128)
def _realised(encoded: bytes, seed: int) -> Content:
    return realised(content_from(msgspec.json.decode(encoded)), seed)


def opened(content: Content) -> Start:
    """The cluster in which a realised exercise begins. Raises one of `world.CANNOT`."""
    return _opened(content.setting, _ENCODER.encode(content.start)) if content.start else at_rest(content.setting)


@lru_cache(maxsize=128)
def _opened(setting: Setting, steps: bytes) -> Start:
    return after(at_rest(setting), msgspec.json.decode(steps, type=Steps))
