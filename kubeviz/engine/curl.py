"""curl's exit code and message for what became of a request; an HTTP error is no failure to it without --fail."""

from .journey import Journey
from .model import Curl
from .reasons import ENDINGS

MESSAGES = {
    6: "Could not resolve host: {host}",
    7: "Failed to connect to {host} port {port} after 0 ms: Couldn't connect to server",
    28: "Failed to connect to {host} port {port} after 131038 ms: Couldn't connect to server",
    35: "error:0A00010B:SSL routines::wrong version number",
    60: "SSL certificate problem: self-signed certificate",
}
BY_VERDICT = {"delivered": 0, "http_error": 0, "dns_error": 6, "refused": 7, "timeout": 28}
FINE = Curl(0, "")


def outcome(j: Journey, verdict: str) -> Curl:
    """The reason's own code where its verdict is the usual one, else the verdict's."""
    ending = ENDINGS[j.reason]
    code = ending.curl if ending.verdict == verdict else BY_VERDICT[verdict]
    if code == 0:
        return FINE
    return Curl(code, f"curl: ({code}) " + MESSAGES[code].format(host=j.target.host, port=j.target.port))
