"""Whatever decodes is admitted or refused: admission never fails in any other way, and repeats itself."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kubeviz.cluster import admission, schema
from kubeviz.cluster.apiserver import Transaction
from kubeviz.cluster.errors import Rejected
from kubeviz.cluster.kinds import KINDS
from kubeviz.controllers.bootstrap import READY, new_cluster

CHECKED = sorted(kind.kind for kind in KINDS.values() if kind.checked and kind.group != "kubeviz.dev")
TEXTS = st.sampled_from(
    ["", "a", "http", "A_b", "TCP", "UDP", "ClusterIP", "NodePort", "LoadBalancer", "ExternalName", "None", "10.96.0.1",
     "10.96.7.7", "1.2.3.4", "::1", "10.0.0.0/8", "Always", "Recreate", "RollingUpdate", "OnDelete", "Prefix", "Exact", "/a",
     "50%", "0", "In", "Exists", "Local", "ClientIP", "RequireDualStack", "IPv6", "x" * 300]
)  # fmt: skip
NUMBERS = st.sampled_from([-1, 0, 1, 80, 30080, 70000])


def values(wanted: schema.Type, depth: int) -> st.SearchStrategy[Any]:
    """Values of a type of the published schema, with nulls where Go takes them."""
    if wanted.form == "struct":
        fields = schema._fields(wanted.ref) if depth else {}
        return st.fixed_dictionaries({}, optional={k: st.none() | values(t, depth - 1) for k, t in fields.items()})
    if wanted.form == "map":
        return st.dictionaries(TEXTS, values(wanted.item or schema.ANYTHING, depth - 1), max_size=2)
    if wanted.form == "list":
        return st.lists(st.none() | values(wanted.item or schema.ANYTHING, depth - 1), max_size=3)
    plain = {"bool": st.booleans(), "int32": NUMBERS, "int64": NUMBERS, "intstr": NUMBERS | TEXTS, "float64": NUMBERS}
    if wanted.form == "quantity":
        return st.sampled_from(["100m", "1Gi", "-1", 2])
    return st.just("YQ==") if wanted.form == "bytes" else plain.get(wanted.form, TEXTS)


@st.composite
def bodies(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    known = KINDS[kind]
    root = schema.Type("struct", "", ref=schema.name_of(known.api_version, kind))
    body = draw(values(root, 7))
    metadata = body.get("metadata") or {}
    name = {"name": draw(st.sampled_from(["order", "Bad_", "a.b"]))}
    place = {"namespace": "default"} if known.namespaced else {}
    return {**body, "apiVersion": known.api_version, "kind": kind, "metadata": {**metadata, **name, **place}}


@pytest.mark.parametrize("kind", CHECKED)
def test_admission_admits_or_refuses(kind):
    cluster = new_cluster()

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(bodies(kind))
    def admit(body):
        tx = Transaction(cluster, READY)
        try:
            stored = tx.create(body).body
        except Rejected as refusal:
            assert refusal.status()["code"] in (400, 404, 409, 422, 500)
            assert refusal.kubectl()
            return
        again = admission.admit_update(stored, stored, tx.cluster, random.Random(0))
        assert again.body == stored

    admit()
