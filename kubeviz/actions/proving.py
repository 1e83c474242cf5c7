"""Proof of a stored exercise: as `lessons.proof`, and its links lead somewhere. It changes nothing."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec
from django.urls import Resolver404, resolve

from ..lessons.content import content_from
from ..lessons.places import Unknown, address, sources
from ..lessons.proof import LANGUAGES, Flaw
from ..lessons.proof import prove as prove_content
from ..lessons.setting import at_rest
from ..lessons.world import CANNOT
from ..models import Exercise, Lesson, Scenario
from ..queries import predictions_of, setting_of
from ..wording.glossary import TERMS
from ..wording.markdown import to_html
from .attempts import content_as_stored

HREF = re.compile(r'href="([^"]*)"')
BY_SLUG = {"lesson": Lesson, "exercise": Exercise, "open_lesson": Lesson, "open_exercise": Exercise, "open": Scenario}
NEEDED = ("label", "ask")
TERM_KEYS = {term.key for term in TERMS}


def prove(exercise: Exercise) -> list[Flaw]:
    """Every flaw of an exercise as it is stored."""
    try:
        content = content_from(content_as_stored(exercise))
    except msgspec.ValidationError as error:
        return [Flaw("Wrong", {"field": "", "why": str(error)})]
    texts = [exercise.said(field, language) for field in ("text", "done") for language in LANGUAGES]
    texts += [text for hint in content.hints for text in (hint.text_ko, hint.text_en)]
    return [*prove_content(content), *(Flaw("DeadLink", {"link": link}) for link in dead_links(texts))]


def prove_lesson(lesson: Lesson) -> list[Flaw]:
    """A lesson has both languages throughout; what it shows and asks can be sent; links lead somewhere."""
    own = ("title", "text", "remember")
    parts: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
        ("", {f: getattr(lesson, f) for f in _fields(*own)}, own)
    ]
    parts += [(f"watch[{n}]", row, ("label", "text")) for n, row in enumerate(lesson.watch)]
    parts += [(f"predictions[{n}]", row, ("ask", "why")) for n, row in enumerate(lesson.predictions)]
    flaws = [flaw for where, row, fields in parts for flaw in _unsaid(where, row, fields)]
    flaws += _unsendable(lesson)
    texts = [str(row.get(field) or "") for _, row, fields in parts for field in _fields(*fields)]
    return [*flaws, *(Flaw("DeadLink", {"link": link}) for link in dead_links(texts))]


def _fields(*names: str) -> list[str]:
    return [f"{name}_{language}" for name in names for language in LANGUAGES]


def _unsaid(where: str, row: dict[str, Any], fields: tuple[str, ...]) -> Iterator[Flaw]:
    """What one language lacks; a comment (`text` of something to watch, `why`) may be missing in both."""
    for field in fields:
        said = {language: bool(row.get(f"{field}_{language}")) for language in LANGUAGES}
        for language in LANGUAGES:
            if not said[language] and (any(said.values()) or not where or field in NEEDED):
                yield Flaw("WordsMissing", {"field": f"{where} {field}".strip(), "language": language})


def _unsendable(lesson: Lesson) -> Iterator[Flaw]:
    """Requests that name something the scenario does not have."""
    try:
        cluster = at_rest(setting_of(lesson.scenario)).cluster
    except CANNOT as error:
        yield Flaw("CannotBePlayed", {"why": str(error), "seed": 0})
        return
    rows = [(f"watch[{n}]", row.get("source", "internet"), row["url"]) for n, row in enumerate(lesson.watch)]
    rows += [(f"predictions[{n}]", p.source, p.url) for n, p in enumerate(predictions_of(lesson))]
    for where, source, url in rows:
        try:
            found, _ = sources(cluster, source), address(cluster, url)
        except Unknown as error:
            yield Flaw("CannotBeSent", {"where": where, "what": str(error)})
            continue
        if not found:
            yield Flaw("CannotBeSent", {"where": where, "what": source})


def dead_links(texts: list[str]) -> Iterator[str]:
    for text in texts:
        for href in HREF.findall(to_html(text)):
            if not alive(href.replace("&amp;", "&")):
                yield href


def alive(href: str) -> bool:
    """A page of ours that is there; outside, only a well-formed https address: nobody needs the internet to check."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return parts.scheme == "https" and "." in parts.netloc
    try:
        match = resolve(parts.path)
    except Resolver404:
        return False
    if match.url_name in BY_SLUG:
        return bool(BY_SLUG[match.url_name].objects.filter(slug=match.kwargs["slug"]).exists())
    return match.url_name != "glossary" or not parts.fragment or parts.fragment in TERM_KEYS
