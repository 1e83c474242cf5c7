"""How often something may be tried: counted in the cache, which every process of a deployment shares."""

import time

from django.core.cache import cache

from .errors import Refused


class Throttled(Refused):
    """Too often; `wait` seconds from now it may be tried again."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"too many attempts; try again in {wait} s", code=429)
        self.wait = wait


def spend(what: str, who: str, most: int, seconds: int) -> None:
    """Count one attempt of *who* at *what*. Raises Throttled beyond *most* of them in each span of *seconds*."""
    now = int(time.time())
    key = f"throttle/{what}/{who}/{now // seconds}"
    cache.add(key, 0, timeout=2 * seconds)
    if _incremented(key, seconds) > most:
        raise Throttled(seconds - now % seconds)


def spent(what: str, who: str, most: int, seconds: int) -> None:
    """Raises Throttled where *who* has no attempt left; counts nothing."""
    now = int(time.time())
    if cache.get(f"throttle/{what}/{who}/{now // seconds}", 0) >= most:
        raise Throttled(seconds - now % seconds)


def _incremented(key: str, seconds: int) -> int:
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between two calls
        cache.set(key, 1, timeout=2 * seconds)
        return 1
