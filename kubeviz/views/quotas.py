"""How much one browser, and one address, may ask for. A school is one address: its share is that of many classes."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .. import actions
from .access import LEARNER, learner, refused

HOUR = 3600
SPAN = 10
"""Writes are counted in spans of so many seconds, so that a burst of clicks is no offence."""


def address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def spend_lab(request: HttpRequest) -> None:
    """One more lab is opened. Raises Throttled where a browser, or an address, has opened its share of this hour."""
    actions.spend("labs", learner(request), settings.LABS_AN_HOUR, HOUR)
    actions.spend("labs-address", address(request), settings.LABS_AN_HOUR_OF_ADDRESS, HOUR)


class Quotas:
    """Middleware: writes beyond their share are answered 429, with when to try again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            try:
                self._spend(request)
            except actions.Throttled as refusal:
                return refused(request, refusal)
        return self.get_response(request)

    @staticmethod
    def _spend(request: HttpRequest) -> None:
        who = request.session.get(LEARNER)
        if who:
            actions.spend("writes", who, settings.WRITES_A_SECOND * SPAN, SPAN)
        actions.spend("writes-address", address(request), settings.WRITES_A_SECOND_OF_ADDRESS * SPAN, SPAN)
