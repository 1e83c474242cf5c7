"""A lab to be watched: by its share link, on a page of its own or inside somebody's slides. It changes nothing."""

import io
from typing import Any, cast
from urllib.parse import urlencode

import segno
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET, require_POST

from .. import actions, queries
from ..models import Lab
from .access import may_change, of_lab, remember_share
from .telling import about, told


@require_GET
@of_lab()
def watch(request: HttpRequest, lab: Lab) -> HttpResponse:
    return embedded(request, lab) if "embed" in request.GET else watched(request, lab)


def watched(request: HttpRequest, lab: Lab, *, embed: bool = False) -> HttpResponse:
    """The stage and the journey of whoever works in the lab; what was sent last is shown."""
    actions.look_at(lab)
    if not embed:
        remember_share(request, lab)
    last = queries.last_trace(lab.id)
    shared = request.GET.get("share", "")
    context = {
        "lab": about(lab),
        "share": shared,
        "embed": embed,
        "trace": told(last) if last else None,
        "address": request.build_absolute_uri(f"{reverse('watch', args=[lab.id])}?{urlencode({'share': shared})}"),
    }
    return render(request, "lab/watch.html", context)


def embedded(request: HttpRequest, lab: Lab) -> HttpResponse:
    """Slides may be a file on a disk, which has no origin to name: anybody may frame this one view."""

    @xframe_options_exempt
    @csp_replace({"frame-ancestors": None})
    def framed(request: HttpRequest) -> HttpResponseBase:
        return watched(request, lab, embed=True)

    return cast(HttpResponse, framed(request))


def sharing(request: HttpRequest, lab: Lab) -> dict[str, Any]:
    """What the owner may hand on: a link to watch, and the element for slides."""
    if not may_change(request.session, lab):
        return {}
    link = request.build_absolute_uri(f"{reverse('watch', args=[lab.id])}?share={lab.share}")
    return {"link": link, "frame": frame(f"{link}&embed")}


def frame(address: str) -> str:
    """HTML to be copied, shown as text."""
    return f'<iframe src="{escape(address)}" width="1280" height="720" title="kubeviz"></iframe>'


@require_POST
@of_lab(change=True)
def share_anew(request: HttpRequest, lab: Lab) -> HttpResponse:
    """A new link; whoever watches by the old one is gone within seconds."""
    actions.share_anew(lab.id)
    return redirect("lab", lab_id=lab.id)


@require_GET
@of_lab(change=True)
def qr(request: HttpRequest, lab: Lab) -> HttpResponse:
    """The link to watch, for a camera."""
    out = io.BytesIO()
    segno.make(sharing(request, lab)["link"], error="m").save(out, kind="svg", scale=4, border=2, light="#fff")
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")
