"""Counts in words and digits become intervals by one convention; vague words stay words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.number import LARGEST, parse

Bounds = tuple[int | None, int | None, int | None, str]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("47", (47, 47, 47, "exact")),
        ("seven", (7, 7, 7, "exact")),
        ("1,200", (1200, 1200, 1200, "exact")),
        ("twenty-five", (25, 25, 25, "exact")),
        ("two hundred and ten", (210, 210, 210, "exact")),
        ("three thousand two hundred", (3200, 3200, 3200, "exact")),
        ("over 1.2 lakh", (None, 120_001, None, "more_than")),
        ("2 crore", (20_000_000, 20_000_000, 20_000_000, "exact")),
        ("3 lakhs", (300_000, 300_000, 300_000, "exact")),
        ("half a lakh crore", (500_000_000_000, 500_000_000_000, 500_000_000_000, "exact")),
        ("between two and three million", (None, 2_000_000, 3_000_000, "range")),
        ("between twenty and thirty", (None, 20, 30, "range")),
        ("between 1.5 and 2 lakh", (None, 150_000, 200_000, "range")),
        ("a trillion", (10**12, 10**12, 10**12, "exact")),
        ("1.5 million", (1_500_000, 1_500_000, 1_500_000, "exact")),
        ("a million and a half", (1_500_000, 1_500_000, 1_500_000, "exact")),
        ("two and a half million", (2_500_000, 2_500_000, 2_500_000, "exact")),
        ("between 2.1 and 2.7 million", (None, 2_100_000, 2_700_000, "range")),
        ("no", (0, 0, 0, "exact")),
        ("at least 84", (84, 84, None, "at_least")),
        ("20 or more", (20, 20, None, "at_least")),
        ("no fewer than twelve", (12, 12, None, "at_least")),
        ("20+", (20, 20, None, "at_least")),
        ("more than 100", (None, 101, None, "more_than")),
        ("over 1,000", (None, 1001, None, "more_than")),
        ("up to 30", (30, None, 30, "at_most")),
        ("as many as 12", (12, None, 12, "at_most")),
        ("fewer than 10", (None, None, 9, "fewer_than")),
        ("some 500", (500, None, None, "approximately")),
        ("nearly 300", (300, None, None, "approximately")),
        ("two dozen", (24, None, None, "approximately")),
        ("half a dozen", (6, None, None, "approximately")),
        ("between 20 and 80", (None, 20, 80, "range")),
        ("20-30", (None, 20, 30, "range")),
        ("two or three", (None, 2, 3, "range")),
        ("dozens", (None, None, None, "vague")),
        ("heavy", (None, None, None, "vague")),
    ],
)
def test_interval(text: str, bounds: Bounds) -> None:
    found = parse(text)
    assert found is not None
    assert (found.value, found.low, found.high, found.modifier) == bounds
    assert (found.vague_term is not None) == (found.modifier == "vague")


@pytest.mark.parametrize("text", ["soldiers", "", "a", "the bridge"])
def test_no_count(text: str) -> None:
    assert parse(text) is None


@given(number=st.integers(0, 10**9), grouped=st.booleans())
def test_digits_are_read_back(number: int, grouped: bool) -> None:
    found = parse(f"{number:,}" if grouped else str(number))
    assert found is not None
    assert (found.low, found.value, found.high) == (number, number, number)


@given(st.text(max_size=60))
def test_any_text_gives_bounds_in_order(text: str) -> None:
    found = parse(text)
    if found is not None:
        bounds = [bound for bound in (found.low, found.value, found.high) if bound is not None]
        assert bounds == sorted(bounds)
        assert all(0 <= bound <= LARGEST + 1 for bound in bounds)
        assert bool(bounds) != (found.modifier == "vague")
