"""Pairing spans: overlap as defined, as many pairs as possible, the order of the input never matters."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.model.matching import OVERLAP, TOUCH, Item, Parts, iou, likeness, pair


def spans(*places: tuple[int, int]) -> list[Item]:
    return [((place,),) for place in places]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (((0, 10),), ((0, 10),), 1.0),
        (((0, 10),), ((5, 15),), 1 / 3),
        (((0, 10),), ((10, 20),), 0.0),
        (((0, 4), (6, 10)), ((0, 10),), 0.8),
        (((0, 4), (6, 10)), ((4, 6),), 0.0),
        ((), (), 0.0),
    ],
)
def test_overlap_counts_code_points(one: Parts, other: Parts, expected: float) -> None:
    assert iou(one, other) == iou(other, one) == pytest.approx(expected)


def test_a_link_is_as_like_another_as_its_worse_end() -> None:
    assert likeness((((0, 10),), ((20, 30),)), (((0, 10),), ((25, 35),))) == pytest.approx(1 / 3)


def test_as_many_as_possible_are_paired() -> None:
    """The longer of ours fits both, the shorter only one: greedy by overlap would lose a pair."""
    assert pair(spans((0, 10), (0, 16)), spans((0, 11), (0, 7))) == {0: 1, 1: 0}


def test_among_equal_pairings_the_closest_wins() -> None:
    assert pair(spans((0, 10), (1, 11)), spans((1, 11), (0, 10))) == {0: 1, 1: 0}


def test_favour_comes_before_closeness_and_after_number() -> None:
    gold, ours = spans((0, 10), (0, 11)), spans((0, 10), (0, 11))
    assert pair(gold, ours) == {0: 0, 1: 1}
    assert pair(gold, ours, favour=lambda left, right: int(left != right)) == {0: 1, 1: 0}


def test_what_is_not_allowed_is_never_paired() -> None:
    gold, ours = spans((0, 10), (0, 11)), spans((0, 10), (0, 11))
    assert pair(gold, ours, allow=lambda left, right: left != right) == {0: 1, 1: 0}
    assert pair(gold, ours, allow=lambda left, right: False) == {}


def test_half_is_enough_and_less_is_not() -> None:
    assert pair(spans((0, 10)), spans((0, 5))) == {0: 0}
    assert pair(spans((0, 11)), spans((0, 5))) == {}
    assert pair(spans((0, 11)), spans((10, 30)), least=TOUCH) == {0: 0}


PLACES = st.lists(st.tuples(st.integers(0, 12), st.integers(1, 8)), max_size=5).map(
    lambda found: spans(*sorted({(start, start + size) for start, size in found}))
)


@settings(max_examples=300, deadline=None)
@given(PLACES, PLACES)
def test_never_fewer_pairs_than_any_other_pairing(gold: list[Item], ours: list[Item]) -> None:
    found = pair(gold, ours)
    assert len(set(found.values())) == len(found)
    assert all(likeness(gold[left], ours[right]) >= OVERLAP for left, right in found.items())
    short, long = sorted((gold, ours), key=len)
    best = max(
        sum(likeness(one, other) >= OVERLAP for one, other in zip(short, order, strict=False))
        for order in permutations(long)
    )
    assert len(found) == best


@settings(max_examples=100, deadline=None)
@given(PLACES, PLACES, st.randoms())
def test_the_number_of_pairs_does_not_hang_on_the_order(
    gold: list[Item], ours: list[Item], chance: random.Random
) -> None:
    before = len(pair(gold, ours))
    chance.shuffle(gold)
    chance.shuffle(ours)
    assert len(pair(gold, ours)) == before


def test_thousands_of_spans_take_no_time() -> None:
    many = spans(*((at * 10, at * 10 + 8) for at in range(20_000)))
    assert pair(many, many) == {at: at for at in range(20_000)}
