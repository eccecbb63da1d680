"""Claims of several annotators come together as they should, whatever they look like."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.gold.build import TEXT, make_document, place
from tests.review.build import SHORT, added, judged, suggestion
from toolkit.model import Claim, Span
from toolkit.model.matching import OVERLAP, iou
from toolkit.review.alignment import align

PLACES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=4, unique=True)
TEXTS = st.dictionaries(st.sampled_from(["ann-1", "ann-2", "ann-3"]), PLACES, min_size=1)


def drawn(name: str, places: list[tuple[int, int]]) -> list[Claim]:
    return [
        added(suggestion(), name, f"{name[-1]}{number}", span=Span.of(TEXT, start, start + size))
        for number, (start, size) in enumerate(places)
    ]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_claim_is_in_one_unit_and_nobody_twice(texts: dict[str, list[tuple[int, int]]]) -> None:
    work = {name: drawn(name, places) for name, places in texts.items()}
    units = align(work)
    found = sorted((name, claim.claim_id) for unit in units for name, claim in unit.claims.items())
    assert found == sorted((name, claim.claim_id) for name, claims in work.items() for claim in claims)
    for unit in units:
        if len(unit.claims) == 2:
            one, other = (tuple(claim.span.parts()) for claim in unit.claims.values())
            assert iou(one, other) >= OVERLAP
    assert align({name: list(reversed(claims)) for name, claims in reversed(work.items())}) == units


def test_equal_ids_are_one_claim_wherever_it_was_moved() -> None:
    one = suggestion()
    moved = judged(one, "ann-2", "corrected", span=place(make_document(), "no more"))
    (unit,) = align({"ann-1": [judged(one, "ann-1", "accepted")], "ann-2": [moved]})
    assert list(unit.claims) == ["ann-1", "ann-2"]


def test_who_removed_a_suggestion_stands_with_those_who_kept_it() -> None:
    one = suggestion()
    removed = judged(one, "ann-1", "rejected")
    (unit,) = align({"ann-1": [removed], "ann-2": [judged(one, "ann-2", "accepted")], "ann-3": []})
    assert list(unit.claims) == ["ann-1", "ann-2"]
    assert list(unit.standing()) == ["ann-2"]
    assert unit.first().review.status == "accepted"
    (alone,) = align({"ann-1": [removed], "ann-3": []})
    assert alone.standing() == {}


def test_two_suggestions_on_the_same_words_are_two_claims() -> None:
    """ "84 villagers and 47 soldiers": ann-1 keeps the one and ann-2 the other."""
    one = suggestion()
    two = replace(one, claim_id="claim-00000000000000c3", quantity=None)
    units = align({
        "ann-1": [judged(one, "ann-1", "accepted"), judged(two, "ann-1", "rejected")],
        "ann-2": [judged(one, "ann-2", "rejected"), judged(two, "ann-2", "accepted")],
    })  # fmt: skip
    assert sorted(list(unit.standing()) for unit in units) == [["ann-1"], ["ann-2"]]
    assert all(len(unit.claims) == 2 for unit in units)
    newer = replace(two, provenance=replace(two.provenance, rules_version="ffffffff"))
    assert len(align({"ann-1": [one], "ann-2": [newer]})) == 1


def test_less_than_half_is_another_claim() -> None:
    one = added(suggestion(), "ann-1", "a1")
    other = replace(one, claim_id="claim-00000000000000b2", span=place(make_document(), SHORT[:14]))
    assert [list(unit.claims) for unit in align({"ann-1": [one], "ann-2": [other]})] == [["ann-2"], ["ann-1"]]
