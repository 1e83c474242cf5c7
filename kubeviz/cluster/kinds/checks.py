"""Forms that many fields share (k8s.io/apimachinery/pkg/util/validation), each giving the messages of what is wrong."""

import ipaddress
import re
from typing import Any

from ..errors import FieldError, invalid, not_supported, required

Body = dict[str, Any]
Errors = list[FieldError]

LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
WILDCARD = re.compile(r"\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
VALUE = re.compile(r"(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?")
NAME_PART = re.compile(r"([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")

BETWEEN = "must be between 1 and 65535, inclusive"
LABEL_MESSAGE = ("a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an "
                 "alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")  # fmt: skip
SUBDOMAIN_MESSAGE = ("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end "
                     "with an alphanumeric character (e.g. 'example.com', regex used for validation is '" + SUBDOMAIN.pattern + "')")  # fmt: skip
WILDCARD_MESSAGE = ("a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case "
                    "alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for "
                    "validation is '" + WILDCARD.pattern + "')")  # fmt: skip
VALUE_MESSAGE = ("a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
                 "alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '" + VALUE.pattern + "')")  # fmt: skip
NAME_MESSAGE = ("name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
                "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '" + NAME_PART.pattern + "')")  # fmt: skip


def dns_label(text: str) -> list[str]:
    found = [] if len(text) <= 63 else ["must be no more than 63 characters"]
    if "." in text and SUBDOMAIN.fullmatch(text):
        return [*found, "must not contain dots"]
    return found if LABEL.fullmatch(text) else [*found, LABEL_MESSAGE]


def dns_subdomain(text: str) -> list[str]:
    found = [] if len(text) <= 253 else ["must be no more than 253 characters"]
    return found if SUBDOMAIN.fullmatch(text) else [*found, SUBDOMAIN_MESSAGE]


def wildcard_subdomain(text: str) -> list[str]:
    found = [] if len(text) <= 253 else ["must be no more than 253 characters"]
    return found if WILDCARD.fullmatch(text) else [*found, WILDCARD_MESSAGE]


def port_name(text: str) -> list[str]:
    """IANA_SVC_NAME: what a port may be called (validation.IsValidPortName)."""
    found = []
    if len(text) > 15:
        found.append("must be no more than 15 characters")
    if not re.fullmatch(r"[-a-z0-9]+", text):
        found.append("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
    if not re.search(r"[a-z]", text):
        found.append("must contain at least one letter (a-z)")
    if "--" in text:
        found.append("must not contain consecutive hyphens")
    if text.startswith("-") or text.endswith("-"):
        found.append("must not begin or end with a hyphen")
    return found


def qualified_name(text: str) -> list[str]:
    """[prefix/]name of labels and annotations."""
    prefix, slash, name = text.rpartition("/")
    found: list[str] = []
    if "/" in prefix:
        return ["a qualified name " + NAME_MESSAGE.removeprefix("name part ") + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"]
    if slash:
        found += ["prefix part must be non-empty"] if not prefix else [f"prefix part {m}" for m in dns_subdomain(prefix)]
    if not name:
        found.append("name part must be non-empty")
    elif len(name) > 63:
        found.append("name part must be no more than 63 bytes")
    if not NAME_PART.fullmatch(name):
        found.append(NAME_MESSAGE)
    return found


def label_value(text: str) -> list[str]:
    found = [] if len(text.encode()) <= 63 else ["must be no more than 63 bytes"]
    return found if VALUE.fullmatch(text) else [*found, VALUE_MESSAGE]


def all_invalid(field: str, value: object, messages: list[str]) -> Errors:
    return [invalid(field, value, message) for message in messages]


def labels(found: Body | None, field: str) -> Errors:
    errors: Errors = []
    for key, value in sorted((found or {}).items()):
        errors += all_invalid(field, key, qualified_name(key))
        errors += all_invalid(field, value, label_value(value))
    return errors


def port_number(value: int, field: str) -> Errors:
    return [] if 1 <= value <= 65535 else [invalid(field, value, BETWEEN)]


def one_of(value: str, supported: tuple[str, ...], field: str) -> Errors:
    return [] if value in supported else [not_supported(field, value, sorted(supported))]


def ip_address(text: str, field: str) -> Errors:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return [invalid(field, text, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    return []


def outside_ip(text: str, field: str) -> Errors:
    """An endpoint or external address: not this machine's own, not link-local (ValidateEndpointIP)."""
    errors = ip_address(text, field)
    if errors:
        return errors
    ip = ipaddress.ip_address(text)
    if ip.is_unspecified:
        errors.append(invalid(field, text, "may not be unspecified (0.0.0.0 or ::)"))
    if ip.is_loopback:
        errors.append(invalid(field, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)"))
    if ip.is_link_local:
        errors.append(invalid(field, text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)"))
    if ip.is_multicast and text.startswith(("224.0.0.", "ff02::")):
        errors.append(invalid(field, text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"))
    return errors


def cidr(text: str, field: str) -> Errors:
    try:
        if "/" not in text:
            raise ValueError
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return [invalid(field, text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")]
    return []


def int_or_percent(value: Any, field: str) -> Errors:
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]+%", value):
            return [invalid(field, value, "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')")]
        return []
    return non_negative(value, field)


def non_negative(value: int | None, field: str) -> Errors:
    return [invalid(field, value, "must be greater than or equal to 0")] if value is not None and value < 0 else []


def label_selector(selector: Body | None, field: str) -> Errors:
    """metav1.LabelSelector."""
    errors: Errors = labels((selector or {}).get("matchLabels"), f"{field}.matchLabels")
    for i, requirement in enumerate((selector or {}).get("matchExpressions") or ()):
        errors += _requirement(requirement, f"{field}.matchExpressions[{i}]")
    return errors


def _requirement(requirement: Body, field: str) -> Errors:
    operator, values = requirement.get("operator", ""), requirement.get("values") or []
    errors: Errors = []
    if operator in ("In", "NotIn"):
        if not values:
            errors.append(required(f"{field}.values", "must be specified when `operator` is 'In' or 'NotIn'"))
    elif operator in ("Exists", "DoesNotExist"):
        if values:
            errors.append(FieldError("FieldValueForbidden", f"{field}.values", "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
    else:
        errors.append(invalid(f"{field}.operator", operator, "not a valid selector operator"))
    errors += all_invalid(f"{field}.key", requirement.get("key", ""), qualified_name(requirement.get("key", "")))
    for i, value in enumerate(values):
        errors += all_invalid(f"{field}.values[{i}]", value, label_value(value))
    return errors
