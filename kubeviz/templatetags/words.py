"""Words and small shapes for templates: the page's own words, a trace told in the reader's language."""

from typing import Any, cast

from django import template
from django.template import Context
from django.utils.html import conditional_escape, format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ..wording import fill, glossary, mistakes, say
from ..wording.markdown import to_html
from ..wording.ui import UI, ui

register = template.Library()

Trace = dict[str, Any]


def _language() -> str:
    return (get_language() or "ko").partition("-")[0]


@register.simple_tag
def word(key: str, **params: Any) -> str:
    said = ui(key, _language())
    return fill(said, params) if params else said


@register.simple_tag
def word_or(name: str, prefix: str) -> str:
    """The words for a name of the schema; one that nobody put into words is shown as it is."""
    key = f"{prefix}{name}"
    return ui(key, _language()) if key in UI else name


@register.simple_tag
def how(field: str) -> str:
    """How a field of the desk is written; "" where its label says it all."""
    base = field.removesuffix("_ko").removesuffix("_en")
    return ui(f"how_{base}", _language()) if f"how_{base}" in UI and not field.endswith("_en") else ""


@register.simple_tag
def words_json() -> SafeString:
    """Every word for the scripts, as data: nothing in it is ever run."""
    language = _language()
    return json_script({key: ui(key, language) for key in UI}, "words")


@register.simple_tag(takes_context=True)
def terms(context: Context, text: str) -> SafeString:
    """The text, each term of the glossary a link where it first comes up in this template."""
    known = cast(dict[str, set[str]], context.render_context).setdefault("terms", set())
    return format_html_join("", "{}", ((_term(*piece),) for piece in glossary.pieces(text, known)))


@register.filter
def paragraphs(text: str) -> SafeString:
    """A blank line parts paragraphs; where a line of the source ends means nothing."""
    parts = conditional_escape(text).strip().split("\n\n")
    return format_html_join("", "<p>{}</p>", ((mark_safe(part),) for part in parts))


def _term(text: str, key: str) -> str:
    link = '<dfn><a class="term" href="/glossary/#{}" data-term="{}">{}</a></dfn>'
    return format_html(link, key, key, text) if key else text


@register.filter
def markdown(text: str) -> SafeString:
    """An author's text as HTML; `to_html` has made it harmless."""
    return mark_safe(to_html(text))


@register.filter
def titled(row: Any) -> str:
    """The title of a scenario, lesson or exercise in the reader's language."""
    return str(row.said("title", _language()))


@register.filter
def mistake(message: str) -> str:
    """What is wrong with something an author wrote, in the reader's language."""
    return mistakes.said(message, _language())


@register.filter
def said(trace: Trace, language: str) -> dict[str, Any]:
    """The verdict in words."""
    return say(trace, language)


@register.filter
def told(trace: Trace, language: str) -> list[dict[str, Any]]:
    """The hops in order, each step with its words; what a pod asked others stands before its answer."""
    return _hops(trace, say(trace, language), "")


def _hops(trace: Trace, words: dict[str, Any], call: str) -> list[dict[str, Any]]:
    found = []
    for hop, told_hop in zip(trace["hops"], words["hops"], strict=True):
        steps = [{**step, **told_step} for step, told_step in zip(hop["steps"], told_hop["steps"], strict=True)]
        found.append({**hop, "title": told_hop["title"], "steps": steps, "call": call})
    asked = [
        hop
        for n, (inner, inner_words) in enumerate(zip(trace["calls"], words["calls"], strict=True), 1)
        for hop in _hops(inner, inner_words, f"{call}{n}.")
    ]
    return found[:-1] + asked + found[-1:] if asked else found


@register.filter
def deciding(trace: Trace) -> dict[str, Any] | None:
    """The field that decided the ending: the last evidence there is."""
    every = [evidence for hop in trace["hops"] for step in hop["steps"] for evidence in step["evidence"]]
    return every[-1] if every else None


@register.filter
def evidence_text(evidence: dict[str, Any]) -> str:
    """`order spec.selector: app=order`: whose field, which, and what it says."""
    value = evidence["value"]
    said = ", ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else value
    name = last_part(evidence["object"])
    return (
        f"{name} {evidence['path']}"
        if said is None or isinstance(said, list | dict)
        else f"{name} {evidence['path']}: {said}"
    )


@register.filter
def last_part(ref: str) -> str:
    return ref.rpartition("/")[2]


@register.filter
def split(text: str) -> list[str]:
    return text.split()


@register.filter
def headers_text(headers: dict[str, str] | None) -> str:
    return "\n".join(f"{name}: {value}" for name, value in (headers or {}).items())


@register.filter
def item(mapping: dict[str, Any] | None, key: str) -> Any:
    return (mapping or {}).get(key)
