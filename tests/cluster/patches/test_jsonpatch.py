"""RFC 6902: its own examples (appendix A), and what must not work."""

import pytest
import yaml

from kubeviz.cluster.patches.jsonpatch import PatchError, apply

DONE = [
    ("a member", "{foo: bar}", "[{op: add, path: /baz, value: qux}]", "{foo: bar, baz: qux}"),
    ("an element", "{foo: [bar, baz]}", "[{op: add, path: /foo/1, value: qux}]", "{foo: [bar, qux, baz]}"),
    ("an element at the end", "{foo: [bar]}", "[{op: add, path: /foo/-, value: [a]}]", "{foo: [bar, [a]]}"),
    ("gone", "{foo: [bar, qux, baz]}", "[{op: remove, path: /foo/1}]", "{foo: [bar, baz]}"),
    ("replaced", "{baz: qux}", "[{op: replace, path: /baz, value: boo}]", "{baz: boo}"),
    ("moved", "{foo: {bar: baz}, qux: {}}", "[{op: move, from: /foo/bar, path: /qux/thud}]", "{foo: {}, qux: {thud: baz}}"),
    ("copied", "{a: [1]}", "[{op: copy, from: /a, path: /b}]", "{a: [1], b: [1]}"),
    ("tested", "{baz: qux}", "[{op: test, path: /baz, value: qux}, {op: remove, path: /baz}]", "{}"),
    ("escaped", "{a/b: 1, m~n: 2}", "[{op: remove, path: /a~1b}, {op: remove, path: /m~0n}]", "{}"),
]  # fmt: skip


@pytest.mark.parametrize(("doc", "patch", "result"), [row[1:] for row in DONE], ids=[row[0] for row in DONE])
def test_operations_are_done_in_order(doc, patch, result):
    assert apply(yaml.safe_load(doc), yaml.safe_load(patch)) == yaml.safe_load(result)


REFUSED = [
    ("no list", "{op: add}"),
    ("an unknown operation", "[{op: spam, path: /foo}]"),
    ("no operation", "[1]"),
    ("a missing target", "[{op: remove, path: /nowhere}]"),
    ("a missing parent", "[{op: add, path: /no/where, value: 1}]"),
    ("a place behind the end", "[{op: add, path: /list/9, value: 1}]"),
    ("a place that is no number", "[{op: add, path: /list/x, value: 1}]"),
    ("a failed test", "[{op: add, path: /x, value: 1}, {op: test, path: /foo, value: no}]"),
    ("no value", "[{op: add, path: /x}]"),
    ("a relative path", "[{op: add, path: x, value: 1}]"),
    ("into itself", "[{op: move, from: /map, path: /map/x}]"),
    ("under a number", "[{op: add, path: /foo/x, value: 1}]"),
    ("everything", "[{op: remove, path: ''}]"),
]


@pytest.mark.parametrize("patch", [row[1] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_be_done_changes_nothing(patch):
    doc = {"foo": 1, "list": [1], "map": {}}
    with pytest.raises(PatchError):
        apply(doc, yaml.safe_load(patch))
    assert doc == {"foo": 1, "list": [1], "map": {}}
