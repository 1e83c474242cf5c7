"""`{% asset "cytoscape" %}`: a third party's file, from our own server where it was fetched, else the CDN."""

import json
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ..assets import Asset, assets

register = template.Library()

SCRIPT = '<script defer src="{}" integrity="sha384-{}" crossorigin="anonymous"></script>'
STYLESHEET = '<link rel="stylesheet" href="{}" integrity="sha384-{}" crossorigin="anonymous">'


@cache
def is_local(name: str) -> bool:
    """Whether `fetch_assets` put the file where this server serves from (looked up once a process)."""
    return bool(finders.find(name)) or (settings.COLLECTED and staticfiles_storage.exists(name))


def url(found: Asset) -> str:
    return static(found.static_name) if is_local(found.static_name) else found.cdn_url


@register.simple_tag
def asset(name: str) -> SafeString:
    """The element that loads the file, held to the manifest's hash wherever it comes from."""
    found = assets()[name]
    element = STYLESHEET if found.file.endswith(".css") else SCRIPT
    return format_html(element, url(found), found.sha384)


@register.simple_tag
def asset_url(name: str) -> str:
    """The address alone, for an import map."""
    return url(assets()[name])


@register.simple_tag
def import_map() -> SafeString:
    """The JSON of the page's import map: each of our ES modules under the name with its hash.

    An import map also remaps what a relative `import "./stage.js"` resolves to, so no module is rewritten.
    """
    scripts = sorted(Path(settings.BASE_DIR, "static", "js").rglob("*.js"))
    names = [script.relative_to(Path(settings.BASE_DIR, "static")).as_posix() for script in scripts]
    imports = {f"/{settings.STATIC_URL.strip('/')}/{name}": static(name) for name in names}
    return mark_safe(json.dumps({"imports": imports}).replace("<", "\\u003c"))
