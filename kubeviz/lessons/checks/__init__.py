"""What is wanted of a learner, as data. A new type is one module here, a name below, and words in `wording`."""

from .answers import Choice, Prediction, Question, TextAnswer
from .check import Check, Counterexample, Verdict, innermost
from .history import CommandCheck
from .names import DnsCheck, EndpointsCheck, EnvCheck
from .objects import ObjectCheck, RenewedCheck, UnchangedCheck
from .reachability import ReachabilityCheck
from .request import RequestCheck

AnyCheck = (
    RequestCheck
    | ReachabilityCheck
    | ObjectCheck
    | DnsCheck
    | EnvCheck
    | EndpointsCheck
    | CommandCheck
    | Prediction
    | Choice
    | TextAnswer
    | UnchangedCheck
    | RenewedCheck
)

__all__ = [
    "AnyCheck",
    "Check",
    "Choice",
    "CommandCheck",
    "Counterexample",
    "DnsCheck",
    "EndpointsCheck",
    "EnvCheck",
    "ObjectCheck",
    "Prediction",
    "Question",
    "ReachabilityCheck",
    "RenewedCheck",
    "RequestCheck",
    "TextAnswer",
    "UnchangedCheck",
    "Verdict",
    "innermost",
]
