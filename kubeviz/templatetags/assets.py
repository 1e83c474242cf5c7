"""`{% asset "cytoscape" %}`: a third party's file, from our own server where it was fetched, else the CDN."""

import json
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ..assets import Asset, assets

register = template.Library()

SCRIPT = '<script defer src="{}" integrity="sha384-{}" crossorigin="anonymous"></script>'
STYLESHEET = '<link rel="stylesheet" href="{}" integrity="sha384-{}" crossorigin="anonymous"{}>'


@cache
def is_local(name: str) -> bool:
    """Whether `fetch_assets` put the file where this server serves from (looked up once a process)."""
    return bool(finders.find(name)) or (settings.COLLECTED and staticfiles_storage.exists(name))


def url(found: Asset) -> str:
    return static(found.static_name) if is_local(found.static_name) else found.cdn_url


@register.simple_tag
def asset(name: str, when: str = "") -> SafeString:
    """The element that loads the file, held to the manifest's hash wherever it comes from.

    A style sheet with *when* is not fetched before a script enables it (helpers/fonts.js).
    """
    found = assets()[name]
    if found.file.endswith(".css"):
        waits = format_html(' data-when="{}" disabled', when) if when else ""
        return format_html(STYLESHEET, url(found), found.sha384, waits)
    return format_html(SCRIPT, url(found), found.sha384)


@register.simple_tag(takes_context=True)
def import_map(context: Context) -> SafeString:
    """The page's import map, its only inline script: each of our ES modules under the name with its hash.

    An import map also remaps what a relative `import "./stage.js"` resolves to: no module needs rewriting, and
    none is loaded under two names. Other people's modules are held to the manifest's hash as they are elsewhere.
    """
    ours = {settings.STATIC_URL + name: static(name) for name in modules()}
    theirs = {found.package: url(found) for found in assets().values() if found.module}
    hashes = {url(found): f"sha384-{found.sha384}" for found in assets().values() if found.module}
    text = json.dumps({"imports": {**ours, **theirs}, "integrity": hashes})
    nonce = getattr(context.get("request"), "csp_nonce", "")  # Django renders 500.html without a request
    return format_html('<script type="importmap" nonce="{}">{}</script>', nonce, mark_safe(text))


@cache
def modules() -> list[str]:
    static_files = Path(settings.BASE_DIR, "static")
    return sorted(file.relative_to(static_files).as_posix() for file in (static_files / "js").rglob("*.js"))
