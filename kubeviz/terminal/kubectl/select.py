"""Which objects a command is about: words, labels, fields, files (k8s.io/cli-runtime/pkg/resource.Builder)."""

from collections.abc import Iterable
from typing import NamedTuple

from ...cluster import selectors
from ...cluster.errors import Rejected, qualified
from ...cluster.kinds import KINDS, Kind
from ...cluster.objects import Obj
from . import fields, files
from .call import Call
from .errors import KubectlError
from .resources import ENDPOINTS_WARNING, kind_named, kinds_named

REQUIRED = (
    "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n"
    "   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'"
)
MIXED = (
    "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form "
    "(e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'"
)
Target = tuple[Kind, str | None]
"""A kind and a name; without a name, all objects of the kind."""


class Selection(NamedTuple):
    objects: list[Obj]
    errors: list[Rejected | KubectlError]
    single: bool
    """One object was asked for by name."""
    kinds: list[Kind]


def targets(args: list[str], allow_all: bool = True) -> list[Target]:
    """`TYPE`, `TYPE NAME…`, `TYPE/NAME…`."""
    if any("/" in arg for arg in args):
        return [_pair(arg) for arg in args]
    kinds = kinds_named(args[0])
    if len(args) > 1:
        return [(kind, name) for kind in kinds for name in args[1:]]
    if not allow_all:
        raise KubectlError("resource(s) were provided, but no name was specified")
    return [(kind, None) for kind in kinds]


def _pair(arg: str) -> Target:
    if "/" not in arg:
        raise KubectlError(MIXED)
    word, _, name = arg.partition("/")
    if not word or not name or "/" in name:
        raise KubectlError("arguments in resource/name form may not have more than one slash" if "/" in name else
                           "arguments in resource/name form must have a single resource and name")  # fmt: skip
    return kind_named(word), name


def select(call: Call, args: list[str] | None = None, allow_all: bool = True, missing: str = REQUIRED) -> Selection:
    """The live objects a command names. Raises KubectlError; what is not there is among the errors."""
    args = call.args if args is None else args
    if call.values.get("filename"):
        return _from_files(call)
    if not args:
        raise KubectlError(missing)
    all_wanted = allow_all or _wide(call)
    wanted = targets(args, all_wanted)
    _check(call, wanted)
    return _fetch(call, wanted)


def is_missing(error: Rejected | KubectlError) -> bool:
    return isinstance(error, Rejected) and error.reason == "NotFound"


def _wide(call: Call) -> bool:
    """Several objects are meant: --all, -l or --field-selector."""
    return bool(call.values.get("all") or call.values.get("selector") or call.values.get("field-selector"))


def _check(call: Call, wanted: list[Target]) -> None:
    if all(name is None for _, name in wanted):
        return
    if call.values.get("selector"):
        raise KubectlError("name cannot be provided when a selector is specified")
    if call.values.get("field-selector"):
        raise KubectlError("name cannot be provided when a selector is specified")
    if call.values.get("all"):
        raise KubectlError("name cannot be provided when a selector is specified" if call.verb.name == "delete" else
                           "setting 'all' parameter but found a non empty selector. ")  # fmt: skip
    if call.values.get("all-namespaces"):
        raise KubectlError("a resource cannot be retrieved by name across all namespaces")


def _fetch(call: Call, wanted: list[Target]) -> Selection:
    objects: list[Obj] = []
    errors: list[Rejected | KubectlError] = []
    for kind, name in wanted:
        warn_deprecated(call, kind)
        try:
            objects += listing(call, kind) if name is None else [one(call, kind, name)]
        except Rejected as error:
            errors.append(error)
    single = len(wanted) == 1 and wanted[0][1] is not None
    return Selection(objects, errors, single, list(dict.fromkeys(kind for kind, _ in wanted)))


def warn_deprecated(call: Call, kind: Kind) -> None:
    if kind.kind == "Endpoints":
        call.warn(ENDPOINTS_WARNING)


def one(call: Call, kind: Kind, name: str, namespace: str = "") -> Obj:
    """Raises Rejected (NotFound)."""
    key = (kind.kind, (namespace or call.namespace) if kind.namespaced else "", name)
    obj: Obj | None = call.cluster.find(key)
    if obj is None:
        raise absent(kind, name) if _is_place(call, key[1]) else absent(KINDS["Namespace"], key[1])
    return obj


def _is_place(call: Call, namespace: str) -> bool:
    """What is not found is looked for once more: perhaps its namespace is not there (resource.Info.Get).
    Only `delete` does not look before it acts."""
    return not namespace or call.verb.name == "delete" or call.cluster.get("Namespace", "", namespace) is not None


def absent(kind: Kind, name: str) -> Rejected:
    return Rejected(404, "NotFound", f'{qualified(kind.plural, kind.group)} "{name}" not found')


def listing(call: Call, kind: Kind) -> list[Obj]:
    """All objects of a kind that the command means, by namespace and name."""
    everywhere = not kind.namespaced or bool(call.values.get("all-namespaces"))
    return chosen(call, kind, call.cluster.of_kind(kind.kind, None if everywhere else call.namespace))


def chosen(call: Call, kind: Kind, found: Iterable[Obj]) -> list[Obj]:
    """Those that -l and --field-selector choose."""
    selector = call.values.get("selector")
    if selector:
        found = _labelled(found, kind, selector)
    asked = call.values.get("field-selector")
    return fields.matching(found, kind, asked, selector or "") if asked else list(found)


def _labelled(found: Iterable[Obj], kind: Kind, selector: str) -> list[Obj]:
    try:
        wanted = selectors.parse(selector)
    except ValueError as error:
        raise fields.unfound(kind, selector, "", str(error)) from None
    return [obj for obj in found if selectors.all_match(wanted, obj.labels)]


def _from_files(call: Call) -> Selection:
    """The live objects that the files name."""
    objects, kinds = [], []
    documents = files.documents(call)
    errors: list[Rejected | KubectlError] = []
    for i, document in enumerate(documents):
        errors += call.take_unreadable(before=i)
        kind = KINDS[document.body["kind"]]
        kinds.append(kind)
        warn_deprecated(call, kind)
        try:
            objects.append(
                one(call, kind, document.body["metadata"].get("name") or "", files.namespace_of(call, document.body))
            )
        except Rejected as error:
            errors.append(error)
    errors += call.take_unreadable()
    return Selection(objects, errors, len(documents) == 1, list(dict.fromkeys(kinds)))
