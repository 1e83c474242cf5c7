"""How true kubeviz is: the rules of the engine, their sources, and what is simplified."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ..wording.fidelity import RULES, STAGES, Rule
from .telling import language


@require_GET
def fidelity(request: HttpRequest) -> HttpResponse:
    position = 0 if language() == "ko" else 1
    stages = [
        {"key": key, "title": titles[position], "rules": [_told(rule) for rule in RULES if rule.stage == key]}
        for key, titles in STAGES.items()
    ]
    return render(request, "fidelity/page.html", {"stages": stages})


def _told(rule: Rule) -> dict[str, object]:
    text, less = rule.said(language())
    return {"id": rule.id, "text": text, "less": less, "sources": rule.sources, "codes": rule.codes}
