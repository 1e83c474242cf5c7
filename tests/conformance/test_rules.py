"""Rules of the API server beyond the recordings, one fact a row: read from its validation sources (v1.36 and near).

A row of rules.yaml: what is added to the base object of its kind, and the complaints in their order. A `…` ends a
message whose rest is an example and a regular expression, which `names` has once for all.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kubeviz.cluster.apiserver import Transaction
from kubeviz.cluster.errors import Rejected
from kubeviz.controllers.bootstrap import READY, new_cluster

TABLE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("rules.yaml").read_text())
ROWS = [(part, row["for"], row["said"]) for part, rows in TABLE["rows"].items() for row in rows]
CLUSTER = new_cluster()


def laid_over(base: Any, more: Any) -> Any:
    """*more* on top of *base*; null takes away."""
    if not (isinstance(base, dict) and isinstance(more, dict)):
        return more
    kept = {k: v for k, v in base.items() if k not in more or more[k] is not None}
    return kept | {k: laid_over(base.get(k), v) for k, v in more.items() if v is not None}


def composed(part: str, more: Any) -> dict[str, Any]:
    """A row of `container` or `pod spec` says only what stands in there."""
    places = {
        "container": lambda: {"spec": {"containers": [{"name": "c", "image": "n", **more}]}},
        "pod spec": lambda: {"spec": more},
    }
    base = {**TABLE["bases"][part], "metadata": {"name": "x"}}
    return laid_over(base, places[part]() if part in places else more)


@pytest.mark.parametrize(("part", "more", "said"), ROWS, ids=[f"{part}: {more}"[:80] for part, more, _ in ROWS])
def test_a_rule_of_the_api_server(part, more, said):
    with pytest.raises(Rejected) as caught:
        Transaction(CLUSTER, READY).create(composed(part, more))
    found = [str(cause) for cause in caught.value.causes]
    assert len(found) == len(said)
    for complaint, wanted in zip(found, said, strict=True):
        assert complaint == wanted or (wanted.endswith("…") and complaint.startswith(wanted[:-1]))
