"""curl's command line."""

from typing import NamedTuple

from ....engine.request import is_ip
from ... import files
from ...session import Session

VERSION = "8.5.0"
TRY = "curl: try 'curl --help' or 'curl --manual' for more information"
SHORT = {
    "s": "silent", "S": "show-error", "v": "verbose", "i": "include", "I": "head", "o": "output",
    "w": "write-out", "H": "header", "X": "request", "d": "data", "m": "max-time", "k": "insecure",
    "L": "location", "f": "fail", "A": "user-agent", "u": "user", "G": "get", "4": "ipv4", "6": "ipv6",
    "N": "no-buffer", "g": "globoff", "#": "progress-bar", "e": "referer", "b": "cookie", "x": "proxy",
    "F": "form", "T": "upload-file", "V": "version", "O": "remote-name", "c": "cookie-jar", "K": "config",
    "r": "range", "y": "speed-time", "Y": "speed-limit", "q": "disable", "h": "help",
}  # fmt: skip
VALUED = {
    "output", "write-out", "header", "request", "data", "data-raw", "json", "max-time", "user-agent", "user", "url",
    "connect-timeout", "resolve", "connect-to", "retry", "retry-delay", "referer", "cookie", "proxy", "form",
    "upload-file", "cookie-jar", "config", "range", "speed-time", "speed-limit", "max-redirs", "cacert", "cert", "key",
    "interface", "data-urlencode", "data-binary", "retry-max-time",
}  # fmt: skip
IGNORED = {
    "ipv4", "no-buffer", "globoff", "progress-bar", "retry", "retry-delay", "retry-max-time", "compressed", "http1.1",
    "no-progress-meter", "disable", "no-keepalive", "cacert", "max-redirs", "parallel", "http2", "retry-connrefused",
    "tlsv1.2", "fail-with-body",
}  # fmt: skip
NOT_SIMULATED = {
    "ipv6", "referer", "proxy", "form", "upload-file", "cookie-jar", "cookie", "config", "range", "speed-time",
    "speed-limit", "remote-name", "cert", "key", "interface", "data-urlencode", "unix-socket", "get",
}  # fmt: skip
PLAIN = {
    "silent", "show-error", "verbose", "include", "head", "insecure", "location", "fail", "version", "help",
}  # fmt: skip


class CurlUsage(Exception):
    """What curl says before it does anything; `note` is an option that is real but not simulated."""

    def __init__(self, message: str, code: int = 2, note: str = "") -> None:
        super().__init__(message)
        self.code, self.note = code, note


class Wanted(NamedTuple):
    urls: list[str]
    outputs: list[str]
    method: str
    headers: dict[str, str]
    data: str | None
    resolve: dict[tuple[str, int], str]
    connect_to: tuple[tuple[str, str, str, str], ...]
    """(host, port, address, port) of --connect-to; "" for any."""
    write_out: str
    connect_timeout: float | None
    max_time: float | None
    flags: frozenset[str]

    def address_for(self, host: str, port: int) -> str:
        """Where to connect instead of where the name leads; "" for there."""
        for wanted, wanted_port, address, _ in self.connect_to:
            if wanted in ("", host.lower()) and wanted_port in ("", str(port)) and address:
                return address
        return self.resolve.get((host.lower(), port), "")

    @property
    def silent(self) -> bool:
        return "silent" in self.flags

    @property
    def show_error(self) -> bool:
        return "show-error" in self.flags

    @property
    def verbose(self) -> bool:
        return "verbose" in self.flags

    @property
    def insecure(self) -> bool:
        return "insecure" in self.flags

    @property
    def follow(self) -> bool:
        return "location" in self.flags

    @property
    def fail(self) -> bool:
        return "fail" in self.flags

    @property
    def agent(self) -> str:
        return next((v for k, v in self.headers.items() if k.lower() == "user-agent"), f"curl/{VERSION}")


def parse(argv: list[str], session: Session, stdin: str) -> Wanted:
    """Raises CurlUsage."""
    given, urls = _options(argv)
    flags = frozenset(name for name, value in given if value is None)
    if "version" in flags:
        raise CurlUsage(f"curl {VERSION} (x86_64-pc-linux-gnu) libcurl/{VERSION}\nProtocols: http https", 0)
    urls += [value for name, value in given if name == "url" and value]
    if not urls:
        raise CurlUsage(f"curl: (2) no URL specified\n{TRY}" if argv else TRY)
    data = _data(given, session, stdin)
    last = dict(given)
    method = last.get("request") or ("HEAD" if "head" in flags else "POST" if data is not None else "GET")
    return Wanted(
        urls,
        [value or "" for name, value in given if name == "output"],
        _method(method),
        _headers(given, data),
        data,
        _resolve(given),
        tuple(_connect_to(value or "") for name, value in given if name == "connect-to"),
        _text(last.get("write-out") or "", session, stdin),
        _seconds("connect-timeout", last),
        _seconds("max-time", last),
        flags,
    )


def _options(argv: list[str]) -> tuple[list[tuple[str, str | None]], list[str]]:
    given: list[tuple[str, str | None]] = []
    urls, words = [], list(argv)
    while words:
        word = words.pop(0)
        if word.startswith("--") and len(word) > 2:
            given.append(_one(word[2:], word, words))
        elif word.startswith("-") and len(word) > 1:
            given += _short(word, words)
        else:
            urls.append(word)
    return given, urls


def _short(word: str, words: list[str]) -> list[tuple[str, str | None]]:
    """`-sv`, `-XPOST`, `-so file`."""
    found: list[tuple[str, str | None]] = []
    for i, letter in enumerate(word[1:], 1):
        name = SHORT.get(letter)
        if name is None:
            raise CurlUsage(f"curl: option {word}: is unknown\n{TRY}")
        rest = word[i + 1 :]
        if name in VALUED and rest:
            _refuse(name, f"-{letter}")
            return [*found, (name, rest)]
        found.append(_one(name, f"-{letter}", words))
    return found


def _one(name: str, as_typed: str, words: list[str]) -> tuple[str, str | None]:
    _refuse(name, as_typed)
    if name not in VALUED:
        return name, None
    if not words:
        raise CurlUsage(f"curl: option {as_typed}: requires parameter\n{TRY}")
    return name, words.pop(0)


def _refuse(name: str, as_typed: str) -> None:
    if name in NOT_SIMULATED:
        raise CurlUsage(f"curl: option {as_typed}", note=as_typed)
    if name not in VALUED | IGNORED | PLAIN:
        raise CurlUsage(f"curl: option {as_typed}: is unknown\n{TRY}")


def _data(given: list[tuple[str, str | None]], session: Session, stdin: str) -> str | None:
    parts = [
        value or "" if name == "data-raw" else _text(value or "", session, stdin)
        for name, value in given
        if name in ("data", "data-raw", "data-binary", "json")
    ]
    return "&".join(parts) if parts else None


def _text(value: str, session: Session, stdin: str) -> str:
    """`@file` and `@-` are read."""
    if not value.startswith("@"):
        return value
    if value == "@-":
        return stdin
    text = files.read(session, value[1:])
    if text is None:
        raise CurlUsage(f"curl: option -d: error encountered when reading a file\n{TRY}", 26)
    return text


def _method(text: str) -> str:
    if not text.isascii() or not text.isprintable() or " " in text or len(text) > 40:
        raise CurlUsage("curl: (3) Malformed method", 3)
    return text


def _headers(given: list[tuple[str, str | None]], data: str | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in given:
        if name == "header" and value:
            key, colon, rest = value.partition(":")
            if colon and key.strip().isprintable() and key.strip():
                found[key.strip()] = rest.strip()
        elif name == "user-agent" and value:
            found["User-Agent"] = value
        elif name == "user" and value:
            found["Authorization"] = "Basic …"
        elif name == "json":
            found.setdefault("Content-Type", "application/json")
    if data is not None:
        found.setdefault("Content-Type", "application/x-www-form-urlencoded")
    return found


def _resolve(given: list[tuple[str, str | None]]) -> dict[tuple[str, int], str]:
    found = {}
    for name, value in given:
        if name != "resolve":
            continue
        host, _, rest = (value or "").partition(":")
        port, _, address = rest.partition(":")
        if not host or not port.isdecimal() or not is_ip(address):
            raise CurlUsage(f"curl: (49) Couldn't parse CURLOPT_RESOLVE entry '{value}'", 49)
        found[(host.lower(), int(port[:6]))] = address
    return found


def _connect_to(value: str) -> tuple[str, str, str, str]:
    parts = value.split(":")
    if len(parts) != 4 or not (is_ip(parts[2]) or not parts[2]) or parts[3] not in ("", parts[1]):
        raise CurlUsage(f"curl: option --connect-to {value}", note="--connect-to")
    host, port, address, to_port = parts
    return host.lower(), port, address, to_port


def _seconds(name: str, last: dict[str, str | None]) -> float | None:
    text = last.get(name)
    if text is None:
        return None
    try:
        found = float(text[:12])
    except ValueError:
        raise CurlUsage(f"curl: option --{name}: expected a proper numerical parameter\n{TRY}") from None
    return found if 0 < found < 1e6 else None
