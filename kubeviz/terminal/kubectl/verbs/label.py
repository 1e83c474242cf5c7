"""label and annotate: pairs of key and value on objects."""

from typing import NamedTuple

from ....cluster.changes import Body
from ....cluster.kinds import KINDS
from ....cluster.names import label_value
from ....cluster.objects import Obj
from .. import files
from ..call import Call
from ..errors import KubectlError
from ..select import Selection, select
from ..writing import Teller, as_object, each, send, served


class Word(NamedTuple):
    field: str
    done: str
    one: str


LABEL = Word("labels", "labeled", "label")
ANNOTATION = Word("annotations", "annotated", "annotation")


def run(call: Call) -> None:
    _run(call, LABEL)


def annotate(call: Call) -> None:
    _run(call, ANNOTATION)


def _run(call: Call, word: Word) -> None:
    resources, changes, removed = split(call.args, word)
    if not resources and not call["filename"]:
        raise KubectlError("one or more resources must be specified as <resource> <name> or <resource>/<name>")
    if not changes and not removed and not call["list"]:
        raise KubectlError(f"at least one {word.one} update is required")
    found = _selected(call, resources)

    def one(obj: Obj) -> None:
        new = _changed(call, obj, word, changes, removed)
        if call["list"]:
            _list(call, new, word, not found.single)

    each(call, found.objects, one, lambda obj: "")
    call.fail_all([(error, "") for error in found.errors])


def _selected(call: Call, resources: list[str]) -> Selection:
    if not call["local"]:
        return select(call, resources, allow_all=False)
    objects = [as_object(document.body) for document in files.documents(call)]
    return Selection(objects, [], len(objects) == 1, [])


def split(args: list[str], word: Word) -> tuple[list[str], dict[str, str], list[str]]:
    """Resources first, then key=value and key-."""
    resources: list[str] = []
    changes: dict[str, str] = {}
    removed: list[str] = []
    for arg in args:
        key, equals, value = arg.partition("=")
        if equals and key:
            changes[key] = _checked(arg, value, word)
        elif arg.endswith("-") and arg != "-":
            removed.append(arg[:-1])
        elif changes or removed:
            raise KubectlError(f"all resources must be specified before {word.one} changes: {arg}")
        else:
            resources.append(arg)
    both = [key for key in removed if key in changes]
    if both and word is LABEL:
        raise KubectlError("can not both modify and remove a label in the same command")
    if both:
        raise KubectlError(f"can not both modify and remove the following annotation(s) in the same command: {both[0]}")
    return resources, changes, removed


def _checked(arg: str, value: str, word: Word) -> str:
    if word is LABEL and "=" in value:
        raise KubectlError(f"invalid label spec: {arg}")
    problems = label_value(value) if word is LABEL else ()
    if problems:
        raise KubectlError(f'invalid label value: "{arg}": {";".join(problems)}')
    return value


def _changed(call: Call, obj: Obj, word: Word, changes: dict[str, str], removed: list[str]) -> Obj:
    there = dict(obj.metadata.get(word.field) or {})
    if not changes and not removed:
        return obj
    _keep(call, there, changes, word)
    new = {k: v for k, v in {**there, **changes}.items() if k not in removed}
    for key in removed:
        if key not in there and word is LABEL:
            call.out(f'{word.one} "{key}" not found.\n')
    done = _done(there, new, word, bool(removed))
    sent = _sent(call, obj, word, new)
    if not call["list"]:
        Teller(call).tell(sent, done)
    return sent


def _list(call: Call, obj: Obj, word: Word, several: bool) -> None:
    """In the order of the keys; the real kubectl has them in any."""
    if several:
        call.line(f"Listing {word.field} for {obj.kind}.{KINDS[obj.kind].group}/{obj.name}:")
    for key, value in sorted((obj.metadata.get(word.field) or {}).items()):
        call.line(f"{' ' * several}{key}={value}")


def _keep(call: Call, there: dict[str, str], changes: dict[str, str], word: Word) -> None:
    """Without --overwrite a label keeps its value; annotate overwrites unless told not to."""
    if call["overwrite"] or call["resource-version"]:
        return
    for key, value in changes.items():
        if key in there and there[key] != value:
            has = f"'{key}' already has a value ({there[key]})"
            if word is LABEL:
                raise KubectlError(f"{has}, and --overwrite is false")
            raise KubectlError(f"--overwrite is false but found the following declared annotation(s): {has}")


def _done(there: dict[str, str], new: dict[str, str], word: Word, removing: bool) -> str:
    if there == new:
        return f"not {word.done}" if word is LABEL else word.done
    if word is LABEL and removing and not set(new) - set(there) and all(there[k] == v for k, v in new.items()):
        return "unlabeled"
    return word.done


def _sent(call: Call, obj: Obj, word: Word, new: dict[str, str]) -> Obj:
    metadata: Body = {**obj.metadata, word.field: new}
    if call["local"] or call.dry_run == "client":
        return as_object({**obj.body, "metadata": metadata})
    gone: Body = {key: None for key in obj.metadata.get(word.field) or {} if key not in new}
    version = {"resourceVersion": call["resource-version"]} if call["resource-version"] else {}
    patch = {"metadata": {word.field: {**new, **gone}, **version}}
    found: Obj = send(call, lambda: call.tx.patch(obj.key, patch, "merge", dry_run=served(call)))
    return found
