"""`-o go-template`: the part of Go's text/template that kubectl users write.

Actions: fields and variables of the object, range/else/end, if/else if/else/end, with, `$x :=`, pipelines, and the
functions and, or, not, eq, ne, lt, le, gt, ge, index, len, print, printf, println, exists, base64decode.
"""

from collections.abc import Callable

from ....cluster.changes import Body
from ...kubectl.errors import KubectlError
from .parsing import TemplateError, parse
from .running import Run


def printer(template: str) -> Callable[[Body], str]:
    if not template:
        raise KubectlError("template format specified but no template given")
    try:
        nodes = parse(template)
    except TemplateError as error:
        raise KubectlError(f"error parsing template {template}, template: output:1: {error}") from None

    def show(body: Body) -> str:
        try:
            return "".join(Run().nodes(nodes, body, {"$": body}))
        except TemplateError as error:
            raise KubectlError(f'error executing template "{template}": template: output:1: {error}') from None

    return show
