"""How a request may end, as authors write it: a verdict, a reason code, or a status."""

from ...engine import InvalidRequest, Trace
from ...engine.reasons import ENDINGS
from ...engine.request import parse_url
from ..places import PLACEHOLDER

VERDICTS = ("delivered", "refused", "timeout", "dns_error", "http_error")
FAILED = "failed"
"""Any verdict but delivered."""


def known(outcome: str) -> bool:
    return outcome in (*VERDICTS, FAILED) or outcome in ENDINGS or (outcome.isascii() and outcome.isdecimal())


def problem(field: str, outcome: str) -> list[str]:
    """What is wrong with an outcome an author wrote."""
    if known(outcome):
        return []
    return [f"{field}: {outcome!r} is no outcome; write {', '.join(VERDICTS)}, {FAILED}, a status, or a reason code"]


def url_problem(field: str, url: str) -> list[str]:
    """What is wrong with an address, whatever its placeholders will stand for."""
    try:
        parse_url(PLACEHOLDER.sub("80", url))
    except InvalidRequest as error:
        return [f"{field}: {error}"]
    return []


def is_outcome(found: Trace, outcome: str) -> bool:
    if outcome == FAILED:
        return found.verdict != "delivered"
    if outcome.isdecimal():
        return found.http is not None and found.http.status == int(outcome)
    return outcome in (found.verdict, found.reason)
