"""The path as nginx reads it before it looks for a location (ngx_http_parse_complex_uri, merge_slashes)."""

import re
from urllib.parse import unquote_to_bytes

from ..request import without_dots

UNUSUAL = re.compile(r"//|/\.|%")
NOT_ENCODED = re.compile(r"%(?:00|(?![0-9A-Fa-f]{2}))")
SLASHES = re.compile("/{2,}")


def normalised(path: str) -> str | None:
    """Decoded, slashes side by side made one, `.` and `..` followed. None for what nginx answers with 400: a stray
    percent sign, a NUL, a way above the root."""
    if UNUSUAL.search(path) is None:
        return path
    if NOT_ENCODED.search(path):
        return None
    decoded = unquote_to_bytes(path).decode("utf-8", "replace")
    found, climbed = without_dots(SLASHES.sub("/", decoded))
    return None if climbed else found
