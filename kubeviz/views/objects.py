"""All objects of a lab: as a list by kind, one of them edited, more of them applied, all of them as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from .. import actions, queries
from ..actions import Problem, Refused
from ..cluster.kinds import KINDS
from ..cluster.objects import Obj
from ..cluster.state import Cluster
from ..controllers.exporting import export as exported
from ..graph.element import SYSTEM
from ..models import Lab
from .access import learner, may_change, of_lab
from .doing import done
from .doings import of_lab as doings_of_lab
from .labs import about
from .telling import language

NOT_LISTED = ("Environment", "EnvSnapshot")
MOST_BYTES = 2 << 20


@require_GET
@of_lab()
def objects(request: HttpRequest, lab: Lab) -> HttpResponse:
    """The list: a part of the inspector, a page of its own without JavaScript."""
    cluster = queries.snapshot(lab)
    name = "lab/objects.html" if request.headers.get("HX-Request") else "lab/objects-page.html"
    shown = {"kinds": list(by_kind(cluster)), "actions": doings_of_lab(cluster, language())}
    return render(request, name, {"lab": about(lab), "may_change": may_change(request.session, lab), **shown})


def by_kind(cluster: Cluster) -> Iterator[dict[str, Any]]:
    """In the order of `kubectl api-resources`, the learner's own before the system's."""
    for kind in KINDS.values():
        found = cluster.of_kind(kind.kind) if kind.kind not in NOT_LISTED else []
        own = [obj for obj in found if not is_system(obj)]
        if found:
            yield {"kind": kind.kind, "own": own, "system": [obj for obj in found if is_system(obj)]}


def is_system(obj: Obj) -> bool:
    place = obj.name if obj.kind == "Namespace" else obj.namespace
    return place in SYSTEM or (obj.namespace, obj.name) == ("default", "kubernetes")


@require_POST
@of_lab(change=True)
def edit(request: HttpRequest, lab: Lab) -> HttpResponse:
    ref, text = request.POST.get("ref", ""), request.POST.get("yaml", "")
    return done(request, lab, actions.edit(lab.id, ref, text, who=learner(request)))


@require_POST
@of_lab(change=True)
def apply(request: HttpRequest, lab: Lab) -> HttpResponse:
    return done(request, lab, actions.apply_yaml(lab.id, text_of(request), who=learner(request)))


def text_of(request: HttpRequest, field: str = "yaml") -> str:
    """What was pasted, else what stands in the file. Raises Refused."""
    file = request.FILES.get("file")
    if file is None or request.POST.get(field, "").strip():
        return str(request.POST.get(field, ""))
    if (file.size or 0) > MOST_BYTES:
        raise Refused(Problem("a file of at most 2 MB is taken", "file"), code=413)
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(Problem(f"this file is no text in UTF-8 (byte {error.start})", "file"), code=400) from error


@require_GET
@of_lab()
def export(request: HttpRequest, lab: Lab) -> HttpResponse:
    ours = request.GET.get("for") == "kubeviz"
    name = f"{lab.scenario.slug if lab.scenario else 'lab'}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(exported(queries.snapshot(lab), ours), "application/yaml; charset=utf-8", headers=headers)
