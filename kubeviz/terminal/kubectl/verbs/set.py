"""set image, env, selector, resources, serviceaccount: one thing of a pod template."""

import re
from collections.abc import Callable
from typing import Any

from ....cluster.changes import Body
from ....cluster.editing import with_value
from ....cluster.objects import Obj
from .. import files
from ..call import Call
from ..errors import KubectlError
from ..resources import qualified
from ..select import REQUIRED, select
from ..templates import pod_spec, with_containers, with_pod_spec
from ..writing import Teller, as_object, each, send, served

Change = Callable[[Obj], Body]


def _run(call: Call, resources: list[str], change: Change, done: str) -> None:
    teller = Teller(call)
    objects, errors = _objects(call, resources)
    each(call, objects, lambda obj: _one(call, teller, obj, change, done), lambda obj: "")
    for error in errors:
        call.fail(error)


def _objects(call: Call, resources: list[str]) -> tuple[list[Obj], list[Any]]:
    if call["local"]:
        return [as_object(d.body) for d in files.documents(call)], []
    found = select(call, resources, allow_all=False)
    return found.objects, list(found.errors)


def _one(call: Call, teller: Teller, obj: Obj, change: Change, done: str) -> None:
    body = change(obj)
    if call["local"] or call.dry_run == "client":
        teller.tell(as_object(body), done)
    elif body != obj.body:
        teller.tell(send(call, lambda: call.tx.replace(body, dry_run=served(call))), done)


def _split(args: list[str]) -> tuple[list[str], list[str]]:
    """The resources, and the pairs after them."""
    first = next((i for i, arg in enumerate(args) if "=" in arg or (i and arg.endswith("-"))), len(args))
    return args[:first], args[first:]


def _require_template(obj: Obj) -> Body:
    spec = pod_spec(obj.body)
    if spec is None:
        from ....cluster.kinds import kind_of

        name = f"{qualified(kind_of(obj.body))}/{obj.name}"
        raise KubectlError(f"{name} the object is not a pod or does not have a pod template: {obj.kind}")
    return spec


# ── image ──


def image(call: Call) -> None:
    resources, pairs = _split(call.args)
    if not resources and not call["filename"]:
        raise KubectlError(REQUIRED)
    images = dict(pair.partition("=")[::2] for pair in pairs)
    if not images:
        raise KubectlError("at least one image update is required")
    for pair in pairs:
        if "=" not in pair:
            raise KubectlError(f'image update "{pair}" is not container=image')
    _run(call, resources, lambda obj: _with_images(obj, images), "image updated")


def _with_images(obj: Obj, images: dict[str, str]) -> Body:
    spec = _require_template(obj)
    there = {c["name"] for key in ("initContainers", "containers") for c in spec.get(key) or ()}
    for name in images:
        if name != "*" and name not in there:
            raise KubectlError(f'unable to find container named "{name}"')
    names = None if "*" in images else set(images)

    def change(container: Body) -> Body:
        return {**container, "image": images.get(container["name"], images.get("*"))}

    return with_pod_spec(obj, lambda spec: with_containers(spec, names, change))


# ── environment ──


def env(call: Call) -> None:
    resources, pairs = _split(call.args)
    pairs = [*pairs, *call["env"]]
    if not resources and not call["filename"]:
        raise KubectlError("one or more resources must be specified as <resource> <name> or <resource>/<name>")
    if call["list"] and not pairs:
        _list(call, resources)
        return
    if not pairs:
        raise KubectlError("at least one environment variable must be provided")
    _run(call, resources, lambda obj: _with_env(obj, call["containers"], pairs), "env updated")


def _list(call: Call, resources: list[str]) -> None:
    objects, errors = _objects(call, resources)
    for obj in objects:
        for container in _require_template(obj).get("containers") or ():
            call.line(f"# {obj.kind} {obj.name}, container {container['name']}")
            for variable in container.get("env") or ():
                if "valueFrom" not in variable:
                    call.line(f"{variable['name']}={variable.get('value') or ''}")
    for error in errors:
        call.fail(error)


def _with_env(obj: Obj, patterns: list[str], pairs: list[str]) -> Body:
    spec = _require_template(obj)
    names = {c["name"] for c in spec["containers"] if any(_fits(c["name"], p) for p in patterns or ["*"])}
    if not names:
        raise KubectlError(
            f"{obj.kind}/{obj.name} does not have any containers matching {patterns[0]!r}".replace("'", '"')
        )
    changed = dict(pair.partition("=")[::2] for pair in pairs if "=" in pair)
    removed = {pair[:-1] for pair in pairs if "=" not in pair}
    for name in changed:
        if not re.fullmatch(r"[-._a-zA-Z][-._a-zA-Z0-9]*", name):
            raise KubectlError(f"environment variables must be of the form key=value: {name}")

    def change(container: Body) -> Body:
        kept = [v for v in container.get("env") or () if v["name"] not in removed]
        kept = [{"name": v["name"], "value": changed[v["name"]]} if v["name"] in changed else v for v in kept]
        there = {v["name"] for v in kept}
        return {**container, "env": [*kept, *({"name": n, "value": v} for n, v in changed.items() if n not in there)]}

    return with_pod_spec(obj, lambda spec: with_containers(spec, names, change))


def _fits(name: str, pattern: str) -> bool:
    return pattern in ("*", name) or (pattern.endswith("*") and name.startswith(pattern[:-1]))


# ── selector, resources, service account ──


def selector(call: Call) -> None:
    resources, pairs = _split(call.args)
    if not pairs:
        raise KubectlError("one selector is required")
    if not resources and not call["filename"]:
        raise KubectlError("one or more resources must be specified as <resource> <name> or <resource>/<name>")
    chosen = dict(pair.partition("=")[::2] for text in pairs for pair in text.split(","))

    def change(obj: Obj) -> Body:
        if obj.kind != "Service":
            raise KubectlError(f"setting a selector is only supported for Services, not {obj.kind}")
        return with_value(obj.body, ("spec", "selector"), chosen)

    _run(call, resources, change, "selector updated")


def resources(call: Call) -> None:
    limits, requests = _quantities(call["limits"]), _quantities(call["requests"])
    if not limits and not requests:
        raise KubectlError("you must specify an update to requests or limits (in the form of --requests/--limits)")
    wanted = {key: found for key, found in (("limits", limits), ("requests", requests)) if found}

    def change(obj: Obj) -> Body:
        spec = _require_template(obj)
        names = {c["name"] for c in spec["containers"] if any(_fits(c["name"], p) for p in call["containers"] or ["*"])}
        return with_pod_spec(
            obj,
            lambda spec: with_containers(
                spec, names, lambda c: {**c, "resources": {**(c.get("resources") or {}), **wanted}}
            ),
        )

    _run(call, call.args, change, "resource requirements updated")


def _quantities(text: str) -> dict[str, str]:
    found = {}
    for pair in text.split(",") if text else ():
        key, equals, value = pair.partition("=")
        if not equals:
            raise KubectlError(f"invalid argument syntax {pair}, expected <resource>=<value>")
        found[key] = value
    return found


def serviceaccount(call: Call) -> None:
    if len(call.args) < 2:
        raise KubectlError("serviceaccount is required")
    *resources, name = call.args

    def change(obj: Obj) -> Body:
        _require_template(obj)
        return with_pod_spec(obj, lambda spec: {**spec, "serviceAccountName": name, "serviceAccount": name})

    _run(call, resources, change, "serviceaccount updated")
