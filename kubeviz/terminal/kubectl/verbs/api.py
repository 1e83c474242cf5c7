"""api-resources and api-versions."""

from ...printers.tabs import aligned
from ..api import Resource, api_versions, resources
from ..call import Call
from ..errors import KubectlError


def run(call: Call) -> None:
    if call.args:
        raise call.usage(f"unexpected arguments: [{' '.join(call.args)}]")
    if call["output"] not in ("", "wide", "name"):
        raise KubectlError(f"--output {call['output']} is not available")
    if call["sort-by"] not in ("", "name", "kind"):
        raise KubectlError("--sort-by accepts only name or kind")
    found = [r for r in resources() if _wanted(call, r)]
    if call["sort-by"]:
        found.sort(key=lambda r: r.name if call["sort-by"] == "name" else r.kind)
    if call["output"] == "name":
        call.out("".join(f"{r.name}.{r.group}\n" if r.group else f"{r.name}\n" for r in found))
        return
    call.out(aligned(_rows(call, found)))


def _wanted(call: Call, resource: Resource) -> bool:
    if call.has("api-group") and resource.group != call["api-group"]:
        return False
    if call.has("namespaced") and resource.namespaced is not call["namespaced"]:
        return False
    if not set(call["categories"]) <= set(resource.categories):
        return False
    return set(call["verbs"]) <= set(resource.verbs.split(","))


def _rows(call: Call, found: list[Resource]) -> list[list[str]]:
    wide = call["output"] == "wide"
    head = ["NAME", "SHORTNAMES", "APIVERSION", "NAMESPACED", "KIND", *(["VERBS", "CATEGORIES"] if wide else [])]
    rows = [] if call["no-headers"] else [head]
    for r in found:
        row = [r.name, ",".join(r.short_names), r.api_version, str(r.namespaced).lower(), r.kind]
        rows.append([*row, *([r.verbs, ",".join(r.categories)] if wide else [])])
    return rows


def versions(call: Call) -> None:
    call.out("".join(f"{version}\n" for version in api_versions()))
