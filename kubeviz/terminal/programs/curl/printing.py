"""What curl prints: bodies, headers, the talk of -v, and -w."""

import re
from http import HTTPStatus

from ....engine import Trace
from ....engine.request import Target, parse_url
from ... import files
from ...session import Result, Session
from ..escapes import unescaped
from ..requests import SLOW, Sent
from .asking import Wanted


def phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def milliseconds(found: Trace, wanted: Wanted) -> int:
    """How long curl waited for a connection: the least of its own limits, or until the kernel gave up."""
    if found.verdict != "timeout":
        return 0
    return int(1000 * min(_limits(wanted), default=SLOW)) + (1 if _limits(wanted) else 38)


def _limits(wanted: Wanted) -> list[float]:
    """Those of curl that end before the kernel does."""
    return [t for t in (wanted.connect_timeout, wanted.max_time) if t is not None and t < SLOW]


def message(found: Trace, target: Target, wanted: Wanted) -> str:
    """curl's own line for a request that got no answer.

    Where the kernel gives up (ETIMEDOUT), curl says that it could not connect, and still ends with 28.
    """
    if found.verdict != "timeout" or found.curl.exit != 28:
        return found.curl.message
    waited, limits = milliseconds(found, wanted), _limits(wanted)
    if limits and wanted.max_time == min(limits) != wanted.connect_timeout:
        return f"curl: (28) Connection timed out after {waited} milliseconds"
    why = "Timeout was reached" if limits else "Couldn't connect to server"
    return f"curl: (28) Failed to connect to {target.host} port {target.port} after {waited} ms: {why}"


# ── -v ──


def refused(ip: str, target: Target) -> str:
    return (
        f"*   Trying {ip}:{target.port}...\n* connect to {ip} port {target.port} failed: Connection refused\n"
        f"* Failed to connect to {target.host} port {target.port} after 0 ms: Couldn't connect to server\n"
        "* Closing connection\n"
    )


def not_connected(sent: Sent, target: Target, wanted: Wanted) -> str:
    found = sent.trace
    if found.verdict == "dns_error" or not sent.ip:
        return f"* Could not resolve host: {target.host}\n* Closing connection\n"
    if found.verdict == "timeout":
        said = message(found, target, wanted).partition(") ")[2]
        gave_up = "" if _limits(wanted) else f"* connect to {sent.ip} port {target.port} failed: Connection timed out\n"
        return f"*   Trying {sent.ip}:{target.port}...\n{gave_up}* {said}\n* Closing connection\n"
    if found.curl.exit == 35:
        said = found.curl.message.partition(") ")[2]
        return f"{_connected(sent, target, wanted)}* {said}\n* Closing connection\n"
    return refused(sent.ip, target)


def _connected(sent: Sent, target: Target, wanted: Wanted) -> str:
    added = ""
    if (target.host.lower(), target.port) in wanted.resolve:
        entry = f"{target.host}:{target.port}"
        added = f"* Added {entry}:{sent.ip} to DNS cache\n* Hostname {target.host} was found in DNS cache\n"
    return (
        f"{added}*   Trying {sent.ip}:{target.port}...\n* Connected to {target.host} ({sent.ip}) port {target.port}\n"
    )


def _request_lines(wanted: Wanted, target: Target) -> list[str]:
    own = {k.lower(): (k, v) for k, v in wanted.headers.items()}
    host = own.pop("host", ("Host", target.host_header))[1]
    agent = own.pop("user-agent", ("User-Agent", wanted.agent))[1]
    accept = own.pop("accept", ("Accept", "*/*"))[1]
    lines = [f"{wanted.method} {target.path} HTTP/1.1", f"Host: {host}", f"User-Agent: {agent}", f"Accept: {accept}"]
    if wanted.data is not None:
        lines.append(f"Content-Length: {len(wanted.data.encode())}")
    return [*lines, *(f"{k}: {v}" for k, v in own.values()), ""]


def response_lines(sent: Sent, session: Session) -> list[str]:
    """Status and headers as a plain HTTP server sends them; the app's own come last."""
    http = sent.trace.http
    assert http is not None
    known = {name.lower() for name in http.headers}
    usual = {
        "Date": session.tx.now.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(http.body.encode())),
    }
    shown = [f"{k}: {v}" for k, v in usual.items() if k.lower() not in known]
    status = f"HTTP/1.1 {http.status} {phrase(http.status)}".rstrip()
    return [status, *shown, *(f"{k}: {v}" for k, v in http.headers.items()), ""]


# ── the answer ──


def answer(wanted: Wanted, url: str, output: str, sent: Sent, session: Session, result: Result, body: bool) -> None:
    """Headers and body in the order curl has them; *body* False leaves out that of a redirect that is followed."""
    target = parse_url(url)
    http = sent.trace.http
    assert http is not None
    headers = response_lines(sent, session)
    if wanted.verbose:
        result.complain(_connected(sent, target, wanted))
        result.complain("".join(f"> {line}\n" for line in _request_lines(wanted, target)))
        result.complain("".join(f"< {line}\n" for line in headers))
    head_only = "head" in wanted.flags
    text = "".join(f"{line}\n" for line in headers) if head_only or "include" in wanted.flags else ""
    if body and not head_only and not (wanted.fail and http.status >= 400):
        text += http.body
    _deliver(output, text, session, result)
    if wanted.verbose:
        result.complain(f"* Connection #0 to host {target.host} left intact\n")


def _deliver(output: str, text: str, session: Session, result: Result) -> None:
    if output and output != "-":
        try:
            files.write(session, output, text)
        except files.NoSpace:
            result.complain("curl: (23) Failure writing output to destination\n")
    else:
        result.write(text)


# ── -w ──


def write_out(wanted: Wanted, url: str, turn: int, sent: Sent, session: Session) -> str:
    target, found = parse_url(url), sent.trace
    http = found.http
    waited = milliseconds(found, wanted) / 1000
    code = http.status if http else 0
    connected = "0.001204" if http else "0.000000"
    known = {
        "http_code": f"{code:03}",
        "response_code": f"{code:03}",
        "time_total": f"{waited:.6f}" if waited else "0.002871",
        "time_connect": connected,
        "time_namelookup": "0.000000" if target.address else "0.000912",
        "time_starttransfer": "0.002770" if http else "0.000000",
        "size_download": str(len(http.body.encode()) if http else 0),
        "remote_ip": sent.ip if http else "",
        "remote_port": str(target.port) if http else "0",
        "url_effective": url if "://" in url else f"http://{url}{'' if '/' in url else '/'}",
        "url": url,
        "num_redirects": str(turn),
        "redirect_url": next((v for k, v in (http.headers if http else {}).items() if k.lower() == "location"), ""),
        "content_type": "text/plain; charset=utf-8" if http else "",
        "scheme": target.scheme,
        "method": wanted.method,
        "http_version": "1.1" if http else "0",
        "exitcode": str(found.curl.exit),
        "errormsg": found.curl.message.partition(") ")[2],
    }
    filled = re.sub(r"%\{(\w+)\}", lambda m: known.get(m[1], ""), wanted.write_out)
    return unescaped(filled.replace("%%", "%"))
