"""What a real API server (v1.36) said about 138 objects, and what ours says.

A row: the manifest, what was there before (`setup`), how it was sent (`op`), and the answer: HTTP code, reason,
causes, message, warnings, and what kubectl printed.
"""

import json
import random
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kubeviz.cluster import admission, manifest
from kubeviz.cluster.apiserver import Transaction
from kubeviz.cluster.clock import START
from kubeviz.cluster.errors import Rejected
from kubeviz.cluster.state import Cluster

ROWS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("validation.json").read_text())
SERVER = [r for r in ROWS if r["code"] is not None and r["name"] != "svc-duplicate-yaml-key"]
CLIENT = {r["name"]: r for r in ROWS if r["code"] is None}
NAMESPACE = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "val"}}


class Answer(NamedTuple):
    code: int | None
    reason: str | None
    causes: list[tuple[str, str, str]]
    message: str
    warnings: list[str]
    refusal: Rejected | None = None


def placed(document: manifest.Document) -> dict[str, Any]:
    return {**document.body, "metadata": {"namespace": "val", **document.body["metadata"]}}


def ask(row: dict[str, Any]) -> Answer:
    tx = Transaction(Cluster.empty(), START)
    tx.create(NAMESPACE)
    for document in manifest.load(row["setup"] or "").documents:
        tx.apply(placed(document))
    tx.warnings.clear()
    body = placed(manifest.load(row["manifest"], "bad.yaml").documents[0])
    try:
        if row["op"] == "create-warn":
            tx.warnings = admission.admit_create(body, tx.cluster, random.Random(0), validation="warn").warnings
        else:
            getattr(tx, row["op"])(body)
    except Rejected as refusal:
        causes = [(c.reason, c.field, generated(c.message)) for c in refusal.causes]
        return Answer(refusal.code, refusal.reason, causes, generated(refusal.message), refusal.warnings, refusal)
    return Answer(None, None, [], "", tx.warnings)


def generated(text: str) -> str:
    """Without the five random characters of a generated name."""
    return re.sub(r"Bad_\w{5}", "Bad_?????", text)


def recorded(row: dict[str, Any]) -> Answer:
    refused = row["code"] >= 400
    causes = [(c["reason"], c["field"], generated(c["message"])) for c in row["causes"] or ()]
    warnings = [re.sub(r'^299 - "(.*)"$', r"\1", w).replace('\\"', '"') for w in row["warnings"] or ()]
    code, reason = (row["code"], row["reason"]) if refused else (None, None)
    return Answer(code, reason, causes, generated(row["api_message"] or ""), warnings)


@pytest.mark.parametrize("row", SERVER, ids=[r["name"] for r in SERVER])
def test_the_answer_is_the_api_servers(row):
    assert ask(row)._replace(refusal=None) == recorded(row)


REFUSED = [r for r in SERVER if r["code"] >= 400 and "unable to decode" not in r["kubectl_output"]]
"""Metadata of a wrong type kubectl refuses before it asks: test_kubectl has those rows."""


@pytest.mark.parametrize("row", REFUSED, ids=[r["name"] for r in REFUSED])
def test_a_refusal_is_printed_as_kubectl_does(row):
    refusal = ask(row).refusal
    assert refusal is not None
    expected = "".join(x for x in row["kubectl_output"].splitlines(True) if not x.startswith("Warning: "))
    assert generated(refusal.kubectl('error when creating "bad.yaml"')) == generated(expected)


@pytest.mark.parametrize("name", ["kind-missing", "apiversion-missing"])
def test_an_object_without_a_type_is_refused_before_it_is_sent(name):
    with pytest.raises(manifest.ManifestError) as caught:
        manifest.load(CLIENT[name]["manifest"], "bad.yaml")
    assert caught.value.kubectl() == CLIENT[name]["kubectl_output"]


def test_a_kind_in_a_foreign_group_is_left_out():
    row = CLIENT["apiversion-wrong-group"]
    (note,) = manifest.load(row["manifest"], "bad.yaml").skipped
    assert note.kubectl() == row["kubectl_output"]


def test_a_key_given_twice_is_refused_by_the_server_and_settled_by_kubectl():
    row = next(r for r in ROWS if r["name"] == "svc-duplicate-yaml-key")
    with pytest.raises(manifest.ManifestError) as caught:
        manifest.load(row["manifest"], "bad.yaml")
    assert row["api_message"].endswith(f"line {caught.value.line}: {caught.value.message}")
    (document,) = manifest.load(row["manifest"], keep_last=True).documents
    assert document.body["spec"]["selector"] == {"app": "b"}
