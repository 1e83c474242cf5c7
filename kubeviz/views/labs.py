"""A lab's page and its parts: the graph, the twin, the inspector."""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from .. import actions, queries
from ..cluster.state import Cluster
from ..lessons.packs import FAILS
from ..lessons.places import Unknown, address
from ..models import Lab
from ..wording.ui import ui
from .access import may_change, of_lab
from .doings import doings, is_short
from .inspecting import thing
from .panel import panel_of
from .telling import about, language, told
from .watching import sharing, watched


@require_GET
@of_lab()
def lab(request: HttpRequest, lab: Lab) -> HttpResponse:
    """One's own to work in; somebody else's, by its share link, to watch."""
    return page(request, lab, first_minute=False) if may_change(request.session, lab) else watched(request, lab)


def page(request: HttpRequest, lab: Lab, *, first_minute: bool, **more: Any) -> HttpResponse:
    """The whole page; also what a form without JavaScript gets back."""
    actions.look_at(lab)
    actions.advance(lab.id)
    lab.refresh_from_db()
    cluster = queries.snapshot(lab)
    chosen = queries.trace(request.GET["trace"]) if request.GET.get("trace") else None
    shown = told(chosen) if chosen is not None and chosen.lab_id == lab.id else None
    context = {
        "lab": about(lab),
        "sharing": sharing(request, lab),
        "presets": presets(lab, cluster),
        "sources": sources(cluster),
        "things": things(lab, cluster),
        "trace": shown,
        "form": {},
        "panel": panel_of(lab, language()),
        "first_minute": first_minute and not lab.traces.exists(),
        "may_change": may_change(request.session, lab),
        "may_watch": True,
    }
    return render(request, "lab/page.html", {**context, **more}, status=more.get("status", 200))


def presets(lab: Lab, cluster: Cluster) -> list[dict[str, Any]]:
    """The scenario's examples, in the reader's language; {name} in an address is a Service's cluster IP."""
    return [_preset(p, cluster) for p in (lab.scenario.presets if lab.scenario else ())]


def _preset(preset: dict[str, Any], cluster: Cluster) -> dict[str, Any]:
    try:
        url = address(cluster, preset["url"])
    except Unknown:
        url = preset["url"]
    label = preset.get(f"label_{language()}") or preset.get("label_ko") or url
    return {**preset, "url": url, "label": label.removeprefix(FAILS).strip(), "fails": label.startswith(FAILS)}


def sources(cluster: Cluster) -> list[dict[str, str]]:
    """From where one can send: the outside, each node, each pod that runs."""
    minikube = cluster.environment.get("provider") == "minikube"
    outside = [("internet", ui("client_laptop" if minikube else "client_internet", language()))]
    if not minikube:
        outside.append(("vpc", ui("client_vpc", language())))
    inside = [(node.ref, node.name) for node in cluster.of_kind("Node")]
    pods = [
        (p.ref, p.name)
        for p in cluster.of_kind("Pod")
        if p.running and p.namespace not in ("kube-system", "ingress-nginx")
    ]
    return [{"value": value, "label": label} for value, label in (*outside, *inside, *pods)]


def things(lab: Lab, cluster: Cluster) -> dict[str, list[dict[str, Any]]]:
    """The twin: the stage's elements by type, each with what one can do to it."""
    found: dict[str, list[dict[str, Any]]] = {}
    for element in queries.picture_at(lab.id, cluster).elements.values():
        if element["type"] != "edge" and not element.get("system") and not element.get("secondary"):
            offered = doings(cluster, element["id"], language(), tried=False)
            found.setdefault(element["type"], []).append({**element, "actions": [d for d in offered if is_short(d)]})
    return found


@require_GET
@of_lab()
def graph(request: HttpRequest, lab: Lab) -> HttpResponse:
    """The picture at the lab's version; unchanged since the page's ETag: 304."""
    actions.look_at(lab)
    last = queries.last_trace(lab.id)
    tag = hashlib.blake2b(f"{lab.id}/{lab.rv}/{last.id if last else ''}".encode(), digest_size=12).hexdigest()
    if request.headers.get("If-None-Match") == f'"{tag}"':
        return HttpResponseNotModified(headers={"ETag": f'"{tag}"'})
    picture = queries.picture(lab)
    answer = {
        "rv": picture.rv,
        "clock": lab.now(),
        "elements": list(picture.elements.values()),
        "last_trace": last.id if last else None,
    }
    return JsonResponse(answer, headers={"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"})


@require_GET
@of_lab()
def twin(request: HttpRequest, lab: Lab) -> HttpResponse:
    return render(
        request,
        "lab/twin.html",
        {
            "lab": about(lab),
            "things": things(lab, queries.snapshot(lab)),
            "may_change": may_change(request.session, lab),
        },
    )


@require_GET
@of_lab()
def inspect(request: HttpRequest, lab: Lab, ref: str) -> HttpResponse:
    """One object: the inspector's part for the page, a page of its own without JavaScript."""
    cluster = queries.snapshot(lab)
    found = thing(cluster, ref, queries.picture_at(lab.id, cluster).elements.get(ref, {}), language())
    name = "lab/inspector.html" if request.headers.get("HX-Request") else "lab/object.html"
    context = {"lab": about(lab), "thing": found, "may_change": may_change(request.session, lab)}
    return render(request, name, context, status=200 if found["there"] else 404)
