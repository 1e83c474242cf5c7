"""curl 8.5: requests as it sends them, what it prints, and its exit codes."""

import msgspec

from ....engine.request import parse_url
from ...session import Result, Session
from .. import EVERYWHERE
from ..requests import InvalidRequest, LostForward, NothingThere, Request, Sent, pointed_out, send, why
from . import printing
from .asking import CurlUsage, Wanted, parse

PLACES = EVERYWHERE
MOST_REDIRECTS = 50
NOT_TRUSTED = """
More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above."""


def run(argv: list[str], session: Session, stdin: str) -> Result:
    try:
        wanted = parse(argv, session, stdin)
    except CurlUsage as error:
        result = Result(err=f"{error}\n", code=error.code)
        if error.note:
            result.note("NotSimulated", option=error.note)
        return result
    result = Result()
    for i, url in enumerate(wanted.urls):
        output = wanted.outputs[i] if i < len(wanted.outputs) else ""
        result.code = fetch(wanted, url, output, session, result)
    return result


def fetch(wanted: Wanted, url: str, output: str, session: Session, result: Result) -> int:
    """One URL with what it redirects to; returns curl's exit code."""
    for turn in range(MOST_REDIRECTS + 1):
        try:
            request = _request(wanted, url, session)
            sent = send(session, request)
        except InvalidRequest as error:
            return _malformed(wanted, url, error, result)
        except (NothingThere, LostForward) as error:
            return _local(wanted, url, error, result)
        code, location = _answered(wanted, url, turn, output, sent, session, result)
        if not location:
            return code
        url = location
    return _failed(wanted, result, 47, f"curl: (47) Maximum ({MOST_REDIRECTS}) redirects followed")


def _request(wanted: Wanted, url: str, session: Session) -> Request:
    target = parse_url(url)
    known = {name.lower() for name in wanted.headers}
    extra = {"Host": target.host_header} if wanted.headers and "host" not in known else {}
    request = Request(url=url, method=wanted.method, headers={**extra, **wanted.headers}, verify=not wanted.insecure)
    address = wanted.address_for(target.host, target.port)
    return msgspec.structs.replace(request, connect_to=address) if address else request


def _malformed(wanted: Wanted, url: str, error: InvalidRequest, result: Result) -> int:
    """No URL: curl never sends anything."""
    scheme, there, _ = url.partition("://")
    if there and scheme.lower() not in ("http", "https"):
        return _failed(wanted, result, 1, f'curl: (1) Protocol "{scheme}" not supported')
    host = (url.rpartition("://")[2]).partition("/")[0]
    said = "Bad hostname" if error.field == "from" else "No host part in the URL"
    if any(c.isspace() for c in url):
        said = "Malformed input to a URL function"
    elif (host.partition(":")[2] and not host.partition(":")[2].isdecimal()) or "port" in str(error):
        said = "Port number was not a decimal number between 0 and 65535"
    code = _failed(wanted, result, 3, f"curl: (3) URL rejected: {said}")
    pointed_out(result, url)
    return code


def _local(wanted: Wanted, url: str, error: Exception, result: Result) -> int:
    """The laptop's own ports."""
    target = parse_url(url)
    if isinstance(error, LostForward):
        code = _failed(wanted, result, 52, "curl: (52) Empty reply from server")
        result.note("ForwardLost")
        return code
    if wanted.verbose:
        result.complain(printing.refused("127.0.0.1", target))
    said = f"Failed to connect to {target.host} port {target.port} after 0 ms: Couldn't connect to server"
    code = _failed(wanted, result, 7, f"curl: (7) {said}")
    result.note("NothingForwarded", port=target.port)
    return code


def _failed(wanted: Wanted, result: Result, code: int, said: str) -> int:
    if not wanted.silent or wanted.show_error:
        result.complain(f"{said}\n")
    return code


def _answered(
    wanted: Wanted, url: str, turn: int, output: str, sent: Sent, session: Session, result: Result
) -> tuple[int, str]:
    """curl's exit code, and where to go next ("" for nowhere)."""
    found, target = sent.trace, parse_url(url)
    http = found.http
    if http is None or found.curl.exit:
        if wanted.verbose:
            result.complain(printing.not_connected(sent, target, wanted))
        code = found.curl.exit or 52
        said = printing.message(found, target, wanted) if found.curl.exit else "curl: (52) Empty reply from server"
        _failed(wanted, result, code, said + (NOT_TRUSTED if code == 60 else ""))
        if code == 60:
            result.note("SelfSigned")
        _write_out(wanted, url, turn, sent, session, result)
        why(result, session, sent)
        return code, ""
    location = next((v for k, v in http.headers.items() if k.lower() == "location"), "")
    follow = bool(location and wanted.follow and 300 <= http.status < 400)
    printing.answer(wanted, url, output, sent, session, result, body=not follow)
    if follow:
        return 0, location if "://" in location else f"{target.scheme}://{target.host_header}{location}"
    _write_out(wanted, url, turn, sent, session, result)
    if wanted.fail and http.status >= 400:
        _failed(wanted, result, 22, f"curl: (22) The requested URL returned error: {http.status}")
        why(result, session, sent)
        return 22, ""
    why(result, session, sent)
    return 0, ""


def _write_out(wanted: Wanted, url: str, turn: int, sent: Sent, session: Session, result: Result) -> None:
    if wanted.write_out:
        result.write(printing.write_out(wanted, url, turn, sent, session))


PROGRAMS = {"curl": run}
