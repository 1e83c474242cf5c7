"""kubectl's dialect of JSONPath (k8s.io/client-go/util/jsonpath): text with `{…}` that asks the object.

`parse(text)` gives a template; `execute(template, data)` the text it prints. Both raise JsonPathError.
"""

from .nodes import JsonPathError, Template
from .parsing import parse, relaxed
from .running import execute, find, go_json, text_of

__all__ = ["JsonPathError", "Template", "execute", "find", "go_json", "parse", "relaxed", "text_of"]
