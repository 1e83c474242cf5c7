"""The strip of a class on a lab's page, and small things that a class's pages need."""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from .. import queries
from ..models import Cell, Classroom, Lab
from ..views.classroom.doors import seat_of, teaches
from ..wording.animals import ANIMALS

register = template.Library()


def _language() -> str:
    return (get_language() or "ko").partition("-")[0]


@register.inclusion_tag("classroom/bar.html", takes_context=True)
def class_bar(context: Context) -> dict[str, Any]:
    """What a lab's page shows of the class that it belongs to: nothing for almost every lab."""
    request, lab = context["request"], Lab.objects.filter(pk=context["lab"]["id"]).first()
    classroom = queries.classrooms.class_of_lab(lab) if lab else None
    found: dict[str, Any] = {"csrf_token": context.get("csrf_token"), "request": request}
    if lab is None or classroom is None or classroom.closed:
        return found
    if teaches(request, classroom):
        return {**found, **_about(classroom), "role": "staff", "shown": classroom.lab_id == lab.pk}
    seat = seat_of(request, classroom)
    cell = Cell.objects.select_related("item").filter(lab=lab, seat=seat).first() if seat else None
    return {**found, **_about(classroom), "role": "learner", "seat": seat, "cell": cell} if cell else found


def _about(classroom: Classroom) -> dict[str, Any]:
    return {"classroom": classroom, "code": queries.classrooms.current_code(classroom)}


@register.simple_tag
def animals_json() -> SafeString:
    place = 0 if _language() == "ko" else 1
    return json_script([names[place] for names in ANIMALS], "animals")


@register.filter
def spaced(code: str) -> str:
    """A code in two halves, as it is read aloud."""
    return f"{code[:4]} {code[4:]}" if code else ""


@register.filter
def title_in(item: Any, language: str) -> str:
    return str(item.title(language)) if hasattr(item, "title") else str(item.said("title", language))
