"""What is sent: a URL from somewhere in or around the cluster."""

import ipaddress
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

INTERNET_CLIENT = "198.51.100.7"
VPC_CLIENT = "192.168.0.100"
LAPTOP = "192.168.49.1"
PORTS = {"http": 80, "https": 443}
PROTOCOLS = ("TCP", "UDP", "SCTP")


class InvalidRequest(ValueError):
    """A request that no client could send; `field` is the one at fault."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Target(NamedTuple):
    """A URL taken apart."""

    scheme: str
    host: str
    port: int
    path: str
    host_header: str
    route: str
    """The path without its query."""
    address: bool
    """Whether the host is an IP address."""


class Request(msgspec.Struct, frozen=True):
    """One request. `source` is internet, vpc, node/NAME or pod/NS/NAME; `connect_to` an address to use
    whatever the host resolves to, or "ingress" for the ingress controller's."""

    url: str
    source: str = "internet"
    method: str = "GET"
    headers: dict[str, str] = {}
    protocol: str = "TCP"
    client_ip: str | None = None
    connect_to: str | None = None
    seed: int = 0
    verify: bool = False
    """Whether the client checks the server's certificate, as curl does without -k."""

    def header(self, name: str) -> str | None:
        """A header's value, whatever the case of its name."""
        if not self.headers:
            return None
        return next((value for key, value in self.headers.items() if key.lower() == name), None)


@lru_cache(maxsize=4096)
def parse_url(url: str) -> Target:
    """`http://host:port/path`, or `host:port` as curl takes it. Raises InvalidRequest."""
    if any(c.isspace() or not c.isprintable() for c in url):
        raise InvalidRequest("url", "the URL holds a space or a control character")
    text = url if "://" in url else f"http://{url}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise InvalidRequest("url", f"{url}: {_port_problem(str(error))}") from None
    if parts.scheme not in PORTS:
        raise InvalidRequest("url", f"{parts.scheme}:// is not simulated; use http:// or https://")
    if not parts.hostname:
        raise InvalidRequest("url", f"{url or 'the URL'} names no host; write http://HOST:PORT/PATH")
    if port == 0:
        raise InvalidRequest("url", "a port is a number from 1 to 65535")
    route, _ = without_dots(parts.path or "/")
    path = route + (f"?{parts.query}" if parts.query else "")
    default = PORTS[parts.scheme]
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    header = name if port in (None, default) else f"{name}:{port}"
    return Target(parts.scheme, parts.hostname, port or default, path, header, route, is_ip(parts.hostname))


def without_dots(path: str) -> tuple[str, bool]:
    """The path with `.` and `..` followed, as curl sends it (RFC 3986, 5.2.4); and whether it led above the root."""
    if "/." not in path:
        return path, False
    segments, kept, climbed = path.split("/")[1:], list[str](), False
    for segment in segments:
        if segment == "..":
            climbed |= not kept
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    return "/" + "/".join(kept) + ("/" if kept and segments[-1] in (".", "..") else ""), climbed


def is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _port_problem(error: str) -> str:
    return "a port is a number from 1 to 65535" if "ort" in error else error
