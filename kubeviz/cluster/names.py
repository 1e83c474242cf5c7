"""What Kubernetes allows as a name, label, port or address, and what it says otherwise.

Each function returns the complaints, worded as in k8s.io/apimachinery/pkg/util/validation; none means valid.
"""

import ipaddress
import json
import re
from functools import lru_cache

LABEL, SUBDOMAIN = (
    r"[a-z0-9]([-a-z0-9]*[a-z0-9])?",
    r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
)
QUALIFIED = r"([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"
LABEL_VALUE = rf"({QUALIFIED})?"
UNDERSCORE_LABEL = r"_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?"
WITH_UNDERSCORE = rf"{UNDERSCORE_LABEL}(\.{UNDERSCORE_LABEL})*"
SYSCTL_SEGMENT = r"[a-z0-9]([-_a-z0-9]*[a-z0-9])?"
SYSCTL = rf"({SYSCTL_SEGMENT}[\./])*{SYSCTL_SEGMENT}"
WILDCARD = rf"\*\.{SUBDOMAIN}"

PORT_RANGE = "must be between 1 and 65535, inclusive"
NON_NEGATIVE = "must be greater than or equal to 0"
NOT_AN_IP = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
NOT_A_CIDR = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"

_LABEL_TEXT = (
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', "
    "and must start and end with an alphanumeric character"
)
_SUBDOMAIN_TEXT = (
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', "
    "and must start and end with an alphanumeric character"
)
_UNDERSCORE_TEXT = _SUBDOMAIN_TEXT.replace("characters, '-'", "characters, '_', '-'")
_WILDCARD_TEXT = (
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of "
    "lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character"
)
_QUALIFIED_TEXT = (
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"
)
_VALUE_TEXT = (
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', "
    "and must start and end with an alphanumeric character"
)


def _full(pattern: str, value: str) -> bool:
    return re.fullmatch(pattern, value) is not None


def regex_error(message: str, pattern: str, *examples: str) -> str:
    """The API server's sentence for a value that does not match: rule, examples, expression."""
    listed = " or ".join(f"'{example}', " for example in examples).removesuffix(", ")
    return f"{message} (e.g. {listed}, regex used for validation is '{pattern}')"


def too_long(most: int, unit: str = "characters") -> str:
    return f"must be no more than {most} {unit}"


@lru_cache(maxsize=8192)
def dns_label(value: str) -> tuple[str, ...]:
    """RFC 1123 label: names of Services, Namespaces, containers, ports of Services."""
    found = [too_long(63)] if len(value) > 63 else []
    if not _full(LABEL, value):
        dotted = _full(SUBDOMAIN, value)
        found.append("must not contain dots" if dotted else regex_error(_LABEL_TEXT, LABEL, "my-name", "123-abc"))
    return tuple(found)


@lru_cache(maxsize=8192)
def dns_subdomain(value: str) -> tuple[str, ...]:
    """RFC 1123 subdomain: names of most objects, hosts."""
    found = [too_long(253)] if len(value) > 253 else []
    if not _full(SUBDOMAIN, value):
        found.append(regex_error(_SUBDOMAIN_TEXT, SUBDOMAIN, "example.com"))
    return tuple(found)


def underscore_subdomain(value: str) -> tuple[str, ...]:
    """A subdomain that may hold underscores: DNS search paths."""
    found = [too_long(253)] if len(value) > 253 else []
    if not _full(WITH_UNDERSCORE, value):
        found.append(regex_error(_UNDERSCORE_TEXT, WITH_UNDERSCORE, "example.com"))
    return tuple(found)


def wildcard_subdomain(value: str) -> tuple[str, ...]:
    """`*.` and a subdomain: hosts of Ingresses."""
    found = [too_long(253)] if len(value) > 253 else []
    if not _full(WILDCARD, value):
        found.append(regex_error(_WILDCARD_TEXT, WILDCARD, "*.example.com"))
    return tuple(found)


@lru_cache(maxsize=8192)
def qualified_name(value: str) -> tuple[str, ...]:
    """Label and annotation keys: a name, optionally after a subdomain and a slash."""
    prefix, slash, name = value.rpartition("/")
    if "/" in prefix:
        text = regex_error(f"a valid label key {_QUALIFIED_TEXT}", QUALIFIED, "MyName", "my.name", "123-abc")
        return (f"{text} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",)
    found = []
    if slash and not prefix:
        found.append("prefix part must be non-empty")
    elif slash:
        found += [f"prefix part {text}" for text in dns_subdomain(prefix)]
    if not name:
        found.append("name part must be non-empty")
    elif len(name) > 63:
        found.append(f"name part {too_long(63, 'bytes')}")
    if not _full(QUALIFIED, name):
        found.append(f"name part {regex_error(_QUALIFIED_TEXT, QUALIFIED, 'MyName', 'my.name', '123-abc')}")
    return tuple(found)


@lru_cache(maxsize=8192)
def label_value(value: str) -> tuple[str, ...]:
    found = [too_long(63, "bytes")] if len(value) > 63 else []
    if not _full(LABEL_VALUE, value):
        found.append(regex_error(_VALUE_TEXT, LABEL_VALUE, "MyValue", "my_value", "12345"))
    return tuple(found)


def port_number(value: int) -> tuple[str, ...]:
    return () if 1 <= value <= 65535 else (PORT_RANGE,)


def port_name(value: str) -> tuple[str, ...]:
    """IANA service names: at most 15 characters, at least one letter."""
    if len(value) > 15:
        return (too_long(15),)
    found = []
    if not _full(r"[-a-z0-9]+", value):
        found.append("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
    if not re.search(r"[a-z]", value):
        found.append("must contain at least one letter (a-z)")
    if "--" in value:
        found.append("must not contain consecutive hyphens")
    if value[:1] == "-" or value[-1:] == "-":
        found.append("must not begin or end with a hyphen")
    return tuple(found)


def env_name(value: str) -> tuple[str, ...]:
    if value and all(" " <= c <= "~" and c != "=" for c in value):
        return ()
    return ("a valid environment variable name must consist only of printable ASCII characters other than '='",)


def config_key(value: str) -> tuple[str, ...]:
    """Keys of ConfigMaps and Secrets."""
    found = [too_long(253)] if len(value) > 253 else []
    if not _full(r"[-._a-zA-Z0-9]+", value):
        text = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
        found.append(regex_error(text, "[-._a-zA-Z0-9]+", "key.name", "KEY_NAME", "key-name"))
    if value == ".":
        found.append("must not be '.'")
    elif value == "..":
        found.append("must not be '..'")
    elif value.startswith(".."):
        found.append("must not start with '..'")
    return tuple(found)


def header_name(value: str) -> tuple[str, ...]:
    if _full(r"[-A-Za-z0-9]+", value):
        return ()
    text = "a valid HTTP header must consist of alphanumeric characters or '-'"
    return (regex_error(text, "[-A-Za-z0-9]+", "X-Header-Name"),)


def sysctl(value: str) -> tuple[str, ...]:
    if len(value) <= 253 and _full(SYSCTL, value):
        return ()
    return (f"must have at most 253 characters and match regex ^{SYSCTL}$",)


def between(value: int, low: int, high: int) -> tuple[str, ...]:
    return () if low <= value <= high else (f"must be between {low} and {high}, inclusive",)


def user_or_group_id(value: int) -> tuple[str, ...]:
    return between(value, 0, (1 << 31) - 1)


def no_backsteps(value: str) -> tuple[str, ...]:
    return ("must not contain '..'",) if ".." in value.split("/") else ()


def descending_path(value: str) -> tuple[str, ...]:
    """A path below some place: relative, and never up."""
    absolute = ("must be a relative path",) if value.startswith("/") else ()
    return absolute + no_backsteps(value)


def file_path(value: str) -> tuple[str, ...]:
    """Where a key of a ConfigMap becomes a file; names that begin with two dots are the kubelet's own."""
    reserved = value.startswith("..") and not value.startswith("../")
    return descending_path(value) + (("must not start with '..'",) if reserved else ())


def path_segment(value: str) -> tuple[str, ...]:
    """What may stand between two slashes of an API path: names of kinds, of RBAC objects."""
    if value in (".", ".."):
        return (f"may not be '{value}'",)
    return tuple(f"may not contain '{part}'" for part in ("/", "%") if part in value)


def percent(value: str) -> tuple[str, ...]:
    if _full(r"[0-9]+%", value):
        return ()
    return (
        regex_error(
            "a valid percent string must be a numeric string followed by an ending '%'",
            "[0-9]+%",
            "1%",
            "93%",
        ),
    )


Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@lru_cache(maxsize=8192)
def parse_ip(value: str) -> Address | None:
    """Like the API server's legacy parser: leading zeros are taken as decimal."""
    octets = value.split(".")
    if ":" not in value and all(o.isascii() and o.isdigit() and len(o) < 5 for o in octets):
        value = ".".join(str(int(o)) for o in octets)
    try:
        address = ipaddress.ip_address(value)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return None if "%" in value else address


@lru_cache(maxsize=8192)
def parse_cidr(value: str) -> Network | None:
    """The network of `address/bits`; bits behind the prefix are allowed."""
    text, slash, bits = value.partition("/")
    address = parse_ip(text)
    if not slash or address is None or not (bits.isascii() and bits.isdigit() and len(bits) < 4):
        return None
    try:
        return ipaddress.ip_network(f"{address}/{int(bits)}", strict=False)
    except ValueError:
        return None


def ip(value: str) -> tuple[str, ...]:
    return () if parse_ip(value) is not None else (NOT_AN_IP,)


def cidr(value: str) -> tuple[str, ...]:
    return () if parse_cidr(value) is not None else (NOT_A_CIDR,)


def ip_warnings(value: str, path: str) -> list[str]:
    """Addresses that are valid today and written oddly (GetWarningsForIP)."""
    address = parse_ip(value)
    if address is None:
        return []
    if address.version == 4 and str(address) != value:
        problem = f"non-standard IP address {quoted(value)} will be considered invalid in a future Kubernetes release"
        return [f"{path}: {problem}: use {quoted(str(address))}"]
    if str(address) != value:
        return [f"{path}: IPv6 address {quoted(value)} should be in RFC 5952 canonical format ({quoted(str(address))})"]
    return []


def cidr_warnings(value: str, path: str) -> list[str]:
    """Ranges with bits behind the prefix, leading zeros, or written oddly (GetWarningsForCIDR)."""
    network, address = parse_cidr(value), parse_ip(value.partition("/")[0])
    if network is None or address is None:
        return []
    found = []
    if address != network.network_address:
        one = quoted(f"{address}/{address.max_prefixlen}")
        found.append(
            f"{path}: CIDR value {quoted(value)} is ambiguous in this context "
            f"(should be {quoted(str(network))} or {one}?)"
        )
    if address.version == 4 and f"{address}/{network.prefixlen}" != value:
        problem = f"non-standard CIDR value {quoted(value)} will be considered invalid in a future Kubernetes release"
        found.append(f"{path}: {problem}: use {quoted(str(network))}")
    elif address.version == 6 and f"{address}/{network.prefixlen}" != value:
        found.append(
            f"{path}: IPv6 CIDR value {quoted(value)} should be in RFC 5952 canonical format ({quoted(str(network))})"
        )
    return found


def quoted(text: str) -> str:
    """As Go's %q writes it."""
    return json.dumps(text, ensure_ascii=False)


def endpoint_address(value: str) -> tuple[str, ...]:
    return ip(value) or special_ip(value)


def special_ip(value: str) -> tuple[str, ...]:
    """Addresses nobody may be reached at: unspecified, loopback, link-local, multicast (ValidateNonSpecialIP)."""
    address = parse_ip(value)
    if address is None:
        return ("must be a valid IP address",)
    found = []
    if address.is_unspecified:
        found.append(f"may not be unspecified ({value})")
    if address.is_loopback:
        found.append("may not be in the loopback range (127.0.0.0/8, ::1/128)")
    if address.is_link_local:
        found.append("may not be in the link-local range (169.254.0.0/16, fe80::/10)")
    if address.is_multicast and _link_local_multicast(address):
        found.append("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)")
    return tuple(found)


def _link_local_multicast(address: Address) -> bool:
    packed = address.packed
    return packed[:3] == b"\xe0\x00\x00" if address.version == 4 else packed[0] == 0xFF and packed[1] & 0x0F == 0x02
