"""The pod: whether anybody listens (`receiving`), and what the app says (`answering`); `explain` tells it."""

from .answering import answer, find_route
from .explain import MOST_CALLS
from .receiving import connects, find, receive, receive_from_proxy

__all__ = ["MOST_CALLS", "answer", "connects", "find", "find_route", "receive", "receive_from_proxy"]
