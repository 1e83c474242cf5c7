"""Paths as they travel: what curl makes of them, how nginx reads them, what the app gets."""

import textwrap
from functools import cache

import pytest

from kubeviz.engine.request import parse_url
from tests.clusters import app, build, send, service
from tests.engine.test_ingress import path, rule, rules

TEXT = (
    app("order", more=", routes: {/: {body: root}, /order/1: {body: one}, /order//1: {body: twice}}")
    + app("other")
    + service("order", "selector: {app: order}, ports: [{port: 80, targetPort: 8080}]")
    + service("other", "selector: {app: other}, ports: [{port: 80, targetPort: 8080}]")
)


@cache
def shop():
    spec = textwrap.indent(
        rules(rule(path("/order", "order"), path("/", "other"), path("/a b", "order", "Exact"))), "  "
    )
    head = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop}\nspec:\n"
    return build(TEXT + head + spec, addons=("ingress-nginx",))


SENT = [
    ("a dot", "/a/./b", "/a/b"),
    ("two dots", "/a/../b", "/b"),
    ("more than there is", "/../../b", "/b"),
    ("dots at the end", "/a/b/..", "/a/"),
    ("one at the end", "/a/.", "/a/"),
    ("back at the root", "/a/..", "/"),
    ("a name with dots stays", "/.well-known/..a/x..", "/.well-known/..a/x.."),
    ("slashes stay", "//a//b", "//a//b"),
    ("what is encoded stays", "/%2e%2e/b%20", "/%2e%2e/b%20"),
]


@pytest.mark.parametrize(("written", "sent"), [r[1:] for r in SENT], ids=[r[0] for r in SENT])
def test_curl_follows_dots_before_it_sends(written, sent):
    assert parse_url(f"http://x{written}?q=/../").path == f"{sent}?q=/../"


READ = [
    ("slashes are merged", "//order", "order"),
    ("letters are decoded", "/%6Frder", "order"),
    ("an encoded slash is one", "/order%2F1", "order"),
    ("encoded dots are followed", "/x/%2e%2E/order", "order"),
    ("a path element stays one", "/orders", "other"),
    ("a space", "/a%20b", "order"),
    ("a question mark is no query", "/order%3Fx", "other"),
]


@pytest.mark.parametrize(("where", "served"), [r[1:] for r in READ], ids=[r[0] for r in READ])
def test_nginx_reads_a_path_before_it_looks_for_a_rule(where, served):
    assert send(shop(), f"http://shop.example.com{where}").served_by.startswith(f"pod/default/{served}-")


@pytest.mark.parametrize("where", ["/%", "/%2", "/%zz", "/a%00", "/%2e%2e/order", "/order/%2e%2e/%2e%2e"])
def test_what_nginx_cannot_read_is_a_bad_request(where):
    found = send(shop(), f"http://shop.example.com{where}")
    assert (found.verdict, found.reason, found.http.status, found.served_by) == ("http_error", "PathInvalid", 400, None)
    assert "400 Bad Request" in found.http.body


def test_the_app_gets_the_path_as_it_was_sent():
    assert send(shop(), "http://shop.example.com/order//1").http.body == "twice"
    assert send(shop(), "http://shop.example.com/order/1").http.body == "one"
