"""Amounts as the API server stores them (apimachinery/pkg/api/resource: Quantity.CanonicalizeBytes)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kubeviz.cluster import quantities

WRITTEN = [
    ("0.5", "500m"), ("1.0", "1"), ("1000m", "1"), ("2000", "2k"), ("1500", "1500"), ("1024Mi", "1Gi"), ("1000Mi", "1000Mi"),
    ("1.5Gi", "1536Mi"), ("0.5Ki", "512"), ("1Ki", "1Ki"), ("1e3", "1e3"), ("5E", "5E"), ("100m", "100m"), ("0Mi", "0"),
    ("-1", "-1"), ("+5", "5"), ("0.0000000001", "1n"), (".5", "500m"), ("5.", "5"), ("1e-3", "1e-3"), ("64M", "64M"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "stored"), WRITTEN, ids=[w[0] for w in WRITTEN])
def test_an_amount_is_stored_in_its_shortest_exact_form(text, stored):
    assert quantities.canonical(text) == stored


@pytest.mark.parametrize("text", ["", "m", "1 Gi", "1gi", "--1", "1KiB", "e3", "1e", "1" * 101])
def test_what_is_no_amount_stays_as_it_is(text):
    assert quantities.parse(text) is None
    assert quantities.canonical(text) == text


@given(st.integers(-(10**15), 10**15), st.sampled_from(["", "m", "k", "Ki", "Mi", "G", "e3", "e-2"]))
def test_the_stored_form_is_the_same_amount_and_stays(number, suffix):
    stored = quantities.canonical(f"{number}{suffix}")
    assert quantities.compare(stored, f"{number}{suffix}") == 0
    assert quantities.canonical(stored) == stored


def test_what_is_absurd_costs_nothing():
    assert quantities.parse("1e999999").nano == quantities.LARGEST * quantities.NANO
    assert quantities.parse("1e-999999").nano == 1
