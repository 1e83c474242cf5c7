"""get: tables, and every other way to print what is there."""

from itertools import groupby

from ....cluster.kinds import KINDS, Kind
from ....cluster.objects import Obj, wrap
from ...printers import tables
from ...printers.choose import Printer, printer
from ...printers.yamls import listed, public
from ...session import Follow
from ..call import Call
from ..errors import KubectlError
from ..resources import qualified
from ..select import Selection, Target, chosen, is_missing, select, targets
from ..sorting import ordered

EMPTY = (
    'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported '
    "resources.\n\nerror: Required resource not specified.\n"
    'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\n'
    "See 'kubectl get -h' for help and examples"
)


def run(call: Call) -> None:
    _check(call)
    if call["raw"]:
        raise KubectlError("--raw is not simulated in a lab; on a real cluster it works")
    if not call.args and not call["filename"]:
        raise KubectlError(EMPTY, bare=True)
    show = printer(call, tables=True)
    if call["watch-only"] or (call["watch"] and call.session.news is not None):
        _news(call, show)
        return
    found = select(call)
    objects = ordered(found.objects, call["sort-by"]) if call["sort-by"] else found.objects
    if show is None:
        _tables(call, found, objects)
    elif not (found.single and found.errors):
        body = public(objects[0]) if found.single and objects else listed([public(obj) for obj in objects])
        call.out(show(body))
    _complain(call, found)
    if call["watch"]:
        call.session.follow = Follow("rows")


def _check(call: Call) -> None:
    if call["raw"] and call.args:
        raise KubectlError("arguments may not be passed when --raw is specified")
    if call["output-watch-events"] and not (call["watch"] or call["watch-only"]):
        raise KubectlError("--output-watch-events option can only be used with --watch or --watch-only")


def _news(call: Call, show: Printer | None) -> None:
    """What a watch prints of what has changed since it last looked: a row for every version."""
    wanted = targets(call.args)
    for change in call.session.news or ():
        body = change.body or change.old
        if body is not None and _watched(call, wrap(body), wanted):
            obj = wrap(body)
            call.out(show(public(obj)) if show else _row(call, obj, len({kind for kind, _ in wanted}) > 1))
    call.session.follow = Follow("rows")


def _watched(call: Call, obj: Obj, wanted: list[Target]) -> bool:
    if obj.namespace and not call["all-namespaces"] and obj.namespace != call.namespace:
        return False
    if not any(kind.kind == obj.kind and name in (None, obj.name) for kind, name in wanted):
        return False
    return chosen(call, KINDS[obj.kind], [obj]) == [obj]


def _row(call: Call, obj: Obj, several: bool) -> str:
    """The widths of a single row: a live terminal has no table to look back at."""
    return _table(call, KINDS[obj.kind], [obj], several, headers=False)


def _complain(call: Call, found: Selection) -> None:
    call.fail_all([(e, "") for e in found.errors if not (call["ignore-not-found"] and is_missing(e))])


def _tables(call: Call, found: Selection, objects: list[Obj]) -> None:
    """A table for each run of one kind; names bear their kind where there are several."""
    several = len({obj.kind for obj in objects}) > 1 or len(found.kinds) > 1 or call["show-kind"]
    printed = [
        _table(call, KINDS[kind], list(same), bool(several)) for kind, same in groupby(objects, key=lambda o: o.kind)
    ]
    if printed:
        call.out(("" if call["no-headers"] else "\n").join(printed))
    elif not found.errors:
        _nothing(call, found.kinds)


def _table(call: Call, kind: Kind, objects: list[Obj], several: bool, headers: bool = True) -> str:
    return tables.table(
        kind.kind,
        objects,
        call.now,
        tables.Options(
            wide=call["output"] == "wide",
            no_headers=call["no-headers"] or not headers,
            with_namespace=call["all-namespaces"] and kind.namespaced,
            prefix=f"{qualified(kind)}/" if several else "",
            show_labels=call["show-labels"],
            label_columns=tuple(call["label-columns"]),
        ),
    )


def _nothing(call: Call, kinds: list[Kind]) -> None:
    if call["ignore-not-found"]:
        return
    where = f" in {call.namespace} namespace." if _all_namespaced(call, kinds) else ""
    call.complain(f"No resources found{where}")


def _all_namespaced(call: Call, kinds: list[Kind]) -> bool:
    return not call["all-namespaces"] and all(kind.namespaced for kind in kinds)
