"""The ingress controller: which rule a request matches, and where it goes from there.

The rules are the Ingress specification's; what it leaves open is as ingress-nginx does it.
"""

from .paths import Paths, Rule
from .route import Door, route, serve
from .rules import Rules, host_in, match, rules, rules_at, rules_of
from .unserved import why_unserved

__all__ = (
    "Door",
    "Paths",
    "Rule",
    "Rules",
    "host_in",
    "match",
    "route",
    "rules",
    "rules_at",
    "rules_of",
    "serve",
    "why_unserved",
)
