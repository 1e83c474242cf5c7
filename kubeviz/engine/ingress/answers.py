"""Pages that the controller answers with itself."""

from typing import Any

from ..journey import Journey
from ..model import Http

PAGE = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
    "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
TITLES = {
    308: "308 Permanent Redirect",
    400: "400 Bad Request",
    404: "404 Not Found",
    502: "502 Bad Gateway",
    503: "503 Service Temporarily Unavailable",
    504: "504 Gateway Time-out",
}


TLS_EXPECTED = "400 The plain HTTP request was sent to HTTPS port"


def page(status: int, reason: str = "") -> str:
    return PAGE.format(TLS_EXPECTED if reason == "TLSExpected" else TITLES[status])


def own_answer(
    j: Journey, status: int, reason: str, explain: Any, *facts: Any, headers: dict[str, str] | None = None
) -> None:
    """No pod served it."""
    j.served_by = None
    j.source_ip = None
    j.endpoints = ()
    j.http = Http(status, page(status, reason), headers or {})
    j.stop(reason, explain, *facts, verdict="http_error" if status >= 400 else "")
