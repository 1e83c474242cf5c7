"""After class: what became of it, on a page and as a table for a spreadsheet."""

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from ... import queries
from ...models import Classroom
from ..labs import language
from .doors import for_staff
from .rooms import about

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\ufeff"
"""Without it Excel takes Korean for Latin."""


@never_cache
@require_GET
@for_staff
def report(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    found = queries.reports.report(classroom)
    return render(
        request,
        "classroom/report.html",
        {**about(request, classroom), "report": found, "language": language()},
    )


@never_cache
@require_GET
@for_staff
def report_csv(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    name = slugify(classroom.name, allow_unicode=False) or "class"
    answer = HttpResponse(BOM, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}-{classroom.created:%Y-%m-%d}.csv"'
    writer = csv.writer(answer)
    writer.writerow(queries.reports.COLUMNS)
    writer.writerows(
        [safe(v) for v in row] for row in queries.reports.rows(queries.reports.report(classroom), language())
    )
    return answer


def safe(value: Any) -> Any:
    """A text that a spreadsheet would run gets an apostrophe before it, as OWASP advises; numbers stay numbers."""
    text = value if isinstance(value, str) else ""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else value
