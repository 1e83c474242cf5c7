"""nc: does a port answer? (-z -v -w SECONDS -u, OpenBSD's)"""

import re

from ..session import Result, Session
from . import EVERYWHERE
from .reading import Usage, guarded, options
from .requests import InvalidRequest, LostForward, NothingThere, Request, Sent, send, why

PLACES = EVERYWHERE
WELL_KNOWN = {22: "ssh", 53: "domain", 80: "http", 443: "https", 3306: "mysql", 5432: "postgresql", 6379: "redis"}


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    opts, words = options("nc", argv, "zvw:u46nlkp:")
    if "l" in opts:
        return Result(code=1).note("NotSimulated", option="-l")
    if len(words) != 2:
        raise Usage("usage: nc [-46uvz] [-w timeout] [destination] [port]")
    host, ports = words
    match = re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", ports)
    if not match or not 0 < int(match[1]) <= 65535:
        raise Usage(f"nc: port number invalid: {ports}")
    last = min(int(match[2] or match[1]), int(match[1]) + 20)
    result = Result(code=1)
    for port in range(int(match[1]), last + 1):
        _one(host, port, "UDP" if "u" in opts else "TCP", "v" in opts, session, result)
    return result


def _one(host: str, port: int, protocol: str, verbose: bool, session: Session, result: Result) -> None:
    kind = protocol.lower()
    try:
        sent = send(session, Request(url=f"http://{host}:{port}/", protocol=protocol))
    except InvalidRequest:
        result.complain(f'nc: getaddrinfo for host "{host}" port {port}: Name or service not known\n')
        return
    except (NothingThere, LostForward):
        result.complain(f"nc: connect to {host} port {port} ({kind}) failed: Connection refused\n" if verbose else "")
        return
    if sent.trace.http is not None or sent.trace.verdict == "delivered" or sent.trace.reason == "TLSNotSpoken":
        result.code = 0
        shown = f"{host} ({sent.ip})" if sent.ip != host else host
        known = WELL_KNOWN.get(port, "*")
        result.complain(f"Connection to {shown} {port} port [{kind}/{known}] succeeded!\n" if verbose else "")
        return
    if verbose:
        result.complain(_failure(sent, host, port, kind))
    why(result, session, sent)


def _failure(sent: Sent, host: str, port: int, kind: str) -> str:
    if sent.trace.verdict == "dns_error":
        return f'nc: getaddrinfo for host "{host}" port {port}: Name or service not known\n'
    where = f"{host} ({sent.ip})" if sent.ip and sent.ip != host else host
    if sent.trace.verdict == "timeout":
        return f"nc: connect to {where} port {port} ({kind}) timed out: Operation now in progress\n"
    return f"nc: connect to {where} port {port} ({kind}) failed: Connection refused\n"


PROGRAMS = {"nc": run, "netcat": run}
