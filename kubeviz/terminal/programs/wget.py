"""wget, busybox' own, as small images have it: -q -O FILE -S -T SECONDS --header --post-data --spider."""

from .. import files
from ..session import Result, Session
from . import EVERYWHERE
from .curl.printing import phrase, response_lines
from .reading import Usage, guarded, options
from .requests import InvalidRequest, LostForward, NothingThere, Request, Sent, pointed_out, send, why

PLACES = EVERYWHERE
USAGE = (
    "BusyBox v1.37.0 multi-call binary.\n\nUsage: wget [-cqS] [--spider] [-O FILE] [-T SEC] [--header STR]... URL..."
)
LONG = ("spider", "header=", "post-data=", "quiet", "timeout=", "output-document=", "no-check-certificate")


@guarded
def run(argv: list[str], session: Session, stdin: str) -> Result:
    opts, urls = options("wget", argv, "qcSO:T:Y:U:P:t:", LONG)
    if not urls:
        raise Usage(USAGE)
    given = [argv[i + 1].partition(":") for i, word in enumerate(argv[:-1]) if word == "--header"]
    headers = {name.strip(): value.strip() for name, _, value in given}
    result = Result()
    for url in urls:
        request = Request(url=url, method="POST" if "post-data" in opts else "GET", headers=headers)
        result.code = _fetch(request, opts, session, result)
        if result.code:
            break
    return result


def _fetch(request: Request, opts: dict[str, str], session: Session, result: Result) -> int:
    try:
        sent = send(session, request)
    except InvalidRequest:
        result.complain(f"wget: bad address '{_host(request.url)}'\n")
        pointed_out(result, request.url)
        return 1
    except (NothingThere, LostForward):
        result.complain("wget: can't connect to remote host (127.0.0.1): Connection refused\n")
        return 1
    quiet = "q" in opts or "quiet" in opts
    host = _host(request.url)
    port = host.partition(":")[2] or "80"
    if not quiet and sent.ip and sent.trace.verdict != "dns_error":
        result.complain(f"Connecting to {host} ({sent.ip}:{port})\n")
    http = sent.trace.http
    if http is None or sent.trace.curl.exit:
        result.complain(f"wget: {_failure(sent, host)}\n")
        why(result, session, sent)
        return 1
    if "S" in opts:
        result.complain("".join(f"  {line}\n" for line in response_lines(sent, session)))
    if http.status >= 400:
        result.complain(f"wget: server returned error: HTTP/1.1 {http.status} {phrase(http.status)}\n")
        why(result, session, sent)
        return 1
    _save(request.url, http.body, opts, quiet, session, result)
    return 0


def _host(url: str) -> str:
    return url.rpartition("://")[2].partition("/")[0]


def _failure(sent: Sent, host: str) -> str:
    if sent.trace.verdict == "dns_error":
        return f"bad address '{host}'"
    if sent.trace.verdict == "timeout":
        return "download timed out"
    return f"can't connect to remote host ({sent.ip}): Connection refused"


def _save(url: str, body: str, opts: dict[str, str], quiet: bool, session: Session, result: Result) -> None:
    if "spider" in opts:
        result.complain("" if quiet else "remote file exists\n")
        return
    path = url.rpartition("://")[2].partition("/")[2].partition("?")[0]
    name = opts.get("O", opts.get("output-document", path.rpartition("/")[2] or "index.html"))
    size = len(body.encode())
    if name == "-":
        result.complain("" if quiet else "writing to stdout\n")
        result.write(body)
        bar = f"-                    100% |{'*' * 32}| {size:5}  0:00:00 ETA\n"
        result.complain("" if quiet else f"{bar}written to stdout\n")
        return
    files.write(session, name, body)
    bar = f"{name:20.20} 100% |{'*' * 32}| {size:5}  0:00:00 ETA\n"
    result.complain("" if quiet else f"saving to '{name}'\n{bar}'{name}' saved\n")


PROGRAMS = {"wget": run}
