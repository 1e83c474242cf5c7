"""Proof of a stored exercise: as `lessons.proof`, and its links lead somewhere. It changes nothing."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec
from django.urls import Resolver404, resolve

from ..lessons.content import content_from
from ..lessons.proof import LANGUAGES, Flaw
from ..lessons.proof import prove as prove_content
from ..models import Exercise, Lesson, Scenario
from ..wording.glossary import TERMS
from ..wording.markdown import to_html
from .attempts import content_as_stored

HREF = re.compile(r'href="([^"]*)"')
BY_SLUG = {"lesson": Lesson, "exercise": Exercise, "open_lesson": Lesson, "open_exercise": Exercise, "open": Scenario}
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
    """A lesson has both languages, something to watch, a prediction, two exercises, and links that lead somewhere."""
    wanted = ("title", "text", "remember")
    flaws = [
        Flaw("WordsMissing", {"field": f, "language": la})
        for f in wanted
        for la in LANGUAGES
        if not getattr(lesson, f"{f}_{la}")
    ]
    texts = [getattr(lesson, f"{field}_{language}") for field in ("text", "remember") for language in LANGUAGES]
    return [*flaws, *(Flaw("DeadLink", {"link": link}) for link in dead_links(texts))]


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
