"""How often something may be tried: counted in the cache, which every process of a deployment shares."""

import time

from django.core.cache import cache

from .errors import Refused


class Throttled(Refused):
    """Too often; `wait` seconds from now it may be tried again."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"too many attempts; try again in {wait} s", code=429)
        self.wait = wait


def now() -> int:
    """The second that attempts are counted in."""
    return int(time.time())


def spend(what: str, who: str, most: int, seconds: int) -> None:
    """Count one attempt of *who* at *what*. Raises Throttled beyond *most* of them in each span of *seconds*."""
    key, left = _span(what, who, seconds)
    cache.add(key, 0, timeout=2 * seconds)
    if _incremented(key, seconds) > most:
        raise Throttled(left)


def spent(what: str, who: str, most: int, seconds: int) -> None:
    """Raises Throttled where *who* has no attempt left; counts nothing."""
    key, left = _span(what, who, seconds)
    if cache.get(key, 0) >= most:
        raise Throttled(left)


def _span(what: str, who: str, seconds: int) -> tuple[str, int]:
    """Where this span's attempts are counted, and the seconds until the next begins."""
    number, gone = divmod(now(), seconds)
    return f"throttle/{what}/{who}/{number}", seconds - gone


def _incremented(key: str, seconds: int) -> int:
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between two calls
        cache.set(key, 1, timeout=2 * seconds)
        return 1
