"""Coefficients by hand, as published, and as NLTK has them; intervals that repeat."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from toolkit.review.statistics import Resamples, Unit, known, ratio, wilson

# Krippendorff (2011), section C: four observers, twelve units, with gaps; alpha is 0.743 for nominal values.
OBSERVERS = {
    "A": "1 2 3 3 2 1 4 1 2 . . .", "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .", "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}  # fmt: skip


def units() -> list[Unit]:
    columns = zip(*(row.split() for row in OBSERVERS.values()), strict=True)
    return [
        {name: value for name, value in zip(OBSERVERS, column, strict=True) if value != "."}
        for column in columns
    ]


def test_alpha_is_the_published_one() -> None:
    assert known("alpha", units()) == pytest.approx(0.743, abs=0.0005)
    found = Resamples(3, 0).alpha([units()[:4], units()[4:9], units()[9:]])
    assert found.value == pytest.approx(0.743, abs=0.0005)


def test_alpha_by_hand() -> None:
    """Values aa, aa, bb, ab: one of four units disagrees. n = 8, a 5 times, b 3 times.
    Do = 2/8, De = 2·5·3/(8·7), alpha = 1 − (1/4)/(30/56) = 1 − 56/120 = 8/15."""
    pairs: list[Unit] = [{"x": one, "y": two} for one, two in ("aa", "aa", "bb", "ab")]
    assert known("alpha", pairs) == pytest.approx(8 / 15)
    assert Resamples(2, 0).alpha([pairs[:1], pairs[1:]]).value == pytest.approx(8 / 15)


def test_cohens_kappa_by_hand() -> None:
    """The same four: po = 3/4; x says a 3 times, y twice: pe = 3/4·2/4 + 1/4·2/4 = 1/2; kappa = 1/2."""
    pairs: list[Unit] = [{"x": one, "y": two} for one, two in ("aa", "aa", "bb", "ab")]
    assert known("kappa", pairs) == pytest.approx(0.5)
    found = Resamples(2, 0).kappa([[("a", "a"), ("a", "a")], [("b", "b"), ("a", "b")]])
    assert found.value == pytest.approx(0.5)


def test_fleiss_kappa_is_the_textbooks() -> None:
    """Ten subjects, fourteen raters, five categories, the worked example of the literature: 0.210."""
    table = [
        (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
    ]  # fmt: skip
    subjects: list[Unit] = []
    for row in table:
        votes = [str(category) for category, count in enumerate(row) for _ in range(count)]
        subjects.append({f"rater {number}": vote for number, vote in enumerate(votes)})
    assert known("pi", subjects) == pytest.approx(0.210, abs=0.0005)
    drawn = Resamples(2, 200).fleiss([subjects[:5], subjects[5:]])
    assert drawn.value == pytest.approx(0.210, abs=0.0005)
    assert drawn.low is not None and drawn.high is not None and drawn.low < 0.210 < drawn.high


def test_chance_cannot_be_told_from_one_value() -> None:
    same: list[Unit] = [{"x": "a", "y": "a"}] * 3
    assert known("alpha", same) is None
    draw = Resamples(1, 0)
    assert draw.alpha([same]).value is None
    assert draw.kappa([[("a", "a")]]).value is None
    assert draw.fleiss([same]).value is None and draw.fleiss([[]]).value is None
    assert draw.alpha([[{"x": "a"}]]).value is None
    assert draw.share([0.0], [0.0]).value is None


VALUES = st.sampled_from("abc")
UNITS = st.lists(st.dictionaries(st.sampled_from(["x", "y", "z"]), VALUES, max_size=3), max_size=8)


@settings(max_examples=200, deadline=None)
@given(st.lists(UNITS, min_size=1, max_size=4))
def test_the_resampled_alpha_is_the_librarys(documents: list[list[Unit]]) -> None:
    ours = Resamples(len(documents), 0).alpha(documents).value
    theirs = known("alpha", [unit for found in documents for unit in found])
    assert (ours is None) == (theirs is None)
    assert ours == pytest.approx(theirs)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.tuples(VALUES, VALUES), max_size=6), min_size=1, max_size=4))
def test_the_resampled_kappa_is_the_librarys(documents: list[list[tuple[str, str]]]) -> None:
    pairs = [pair for found in documents for pair in found]
    ours = Resamples(len(documents), 0).kappa([list(found) for found in documents]).value
    theirs = known("kappa", [{"x": one, "y": two} for one, two in pairs])
    assert ours == pytest.approx(theirs) if theirs is not None else ours is None


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=6), min_size=1, max_size=4))
def test_the_resampled_fleiss_kappa_is_the_librarys(documents: list[list[tuple[str, str, str]]]) -> None:
    units = [[dict(zip("xyz", triple, strict=True)) for triple in found] for found in documents]
    ours = Resamples(len(documents), 0).fleiss(units).value
    theirs = known("pi", [unit for found in units for unit in found])
    assert ours == pytest.approx(theirs) if theirs is not None else ours is None


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=8))
def test_alpha_of_counts_is_the_librarys(pairs: list[tuple[int, int]]) -> None:
    if len({value for pair in pairs for value in pair}) < 2:
        return
    data = [(name, number, value) for number, pair in enumerate(pairs)
            for name, value in zip("xy", pair, strict=True)]  # fmt: skip
    theirs = AnnotationTask(data, distance=ratio).alpha()
    found = Resamples(1, 0).alpha([[{"x": one, "y": two} for one, two in pairs]], ratio)
    assert found.value == pytest.approx(theirs)


def test_a_resample_is_the_documents_drawn() -> None:
    """Two documents, 1 of 2 and 2 of 2: all draws give 0.5, 0.75 or 1, and so do the ends."""
    found = Resamples(2, 500).share([1.0, 2.0], [2.0, 2.0])
    assert (found.value, found.low, found.high) == (0.75, 0.5, 1.0)
    draw = Resamples(4, 100)
    assert draw.weights.shape == (101, 4)
    assert np.array_equal(draw.weights.sum(axis=1), np.full(101, 4))
    assert np.array_equal(draw.weights, Resamples(4, 100).weights)
    alone = Resamples(1, 100).share([1.0], [2.0])
    assert (alone.value, alone.low, alone.high) == (0.5, None, None)


def test_wilsons_interval_by_hand() -> None:
    """8 of 10 with z = 1.96: (0.8 + 0.19207 ± 1.96·√(0.016 + 0.0096036)) / 1.38415 = 0.4902 and 0.9433."""
    found = wilson(8, 10)
    assert found.value == 0.8
    assert [found.low, found.high] == pytest.approx([0.4902, 0.9433], abs=1e-4)
    assert wilson(0, 0).value is None
    none, every = wilson(0, 5), wilson(5, 5)
    assert (none.low, every.high) == (0.0, 1.0)
    assert none.high is not None and every.low is not None
    assert none.high == pytest.approx(1 - every.low)
