"""The annotation kubeviz.dev/app."""

import pytest

from kubeviz.cluster.app import App, AppError, Route, parse

RIGHT = [
    ("nothing", "", App()),
    ("one port", "listen: 8080", App(listen=((8080, "TCP"),))),
    ("ports of two protocols", "listen: [53/UDP, 53]", App(listen=((53, "UDP"), (53, "TCP")))),
    ("never ready", "ready: false", App(ready=False)),
    ("ready later", "ready: {after: 2m}", App(ready=120.0)),
    ("crashing", "state: crash", App(state="crash")),
    (
        "routes",
        'routes:\n  /: {status: 404, body: "없음"}\n  /pay: {call: "http://payment/"}',
        App(routes={"/": Route(404, "없음"), "/pay": Route(call="http://payment/")}),
    ),
]


@pytest.mark.parametrize(("text", "app"), [row[1:] for row in RIGHT], ids=[row[0] for row in RIGHT])
def test_an_annotation_says_what_an_app_does(text, app):
    assert parse(text) == app


WRONG = [
    ("a list", "[1]", "must be a mapping of listen, ready, state, routes"),
    ("an unknown field", "port: 80", "port: unknown field; known are listen, ready, state, routes"),
    ("no port", "listen: [http]", "listen: 'http' is no port; write 8080 or 53/UDP"),
    ("a port too high", "listen: [70000]", "listen: 70000 is no port; write 8080 or 53/UDP"),
    ("maybe ready", "ready: perhaps", "ready: must be true, false or {after: 5s}"),
    ("an unknown state", "state: tired", "state: must be one of running, crash, image-pull-error, completed"),
    ("a relative path", "routes: {pay: {}}", "routes: 'pay' must start with /"),
    ("a status of no kind", "routes: {/: {status: 42}}", "routes./.status: must be a number from 100 to 599"),
    ("a bomb", "a: &a [" + "x, " * 9 + "]\n" + "".join(f"{c}: &{c} [{'*' + p + ', '}{('*' + p + ', ') * 9}]\n" for p, c in zip("abcdef", "bcdefg", strict=True)),
     "more than 100,000 values once aliases are written out"),
    ("no YAML", "{", "did not find expected node content"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_wrong_annotation_names_the_field(text, said):
    with pytest.raises(AppError) as caught:
        parse(text)
    assert str(caught.value) == said
