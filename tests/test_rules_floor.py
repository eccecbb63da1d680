"""The rules are no worse than the committed floor, and the floor cannot sink by accident."""

from __future__ import annotations

import pytest

from tests import rules_floor
from tests.rules_floor import Floor, faults, lowered, raised

FLOOR = Floor("corpus-1", {"CUE, exact": 0.9, "CLAIM, exact": 0.8})


def test_the_rules_stand_on_the_floor() -> None:
    floor = Floor.load()
    assert faults(floor, rules_floor.measure(), rules_floor.corpus_digest()) == []
    assert {
        "CLAIM, exact",
        "CLAIMER, overlap",
        "claimer → claim, overlap",
        "interval",
    } <= floor.figures.keys()


def test_one_figure_below_is_named_with_both_ways_out() -> None:
    assert faults(FLOOR, {"CUE, exact": 0.9, "CLAIM, exact": 0.85}, "corpus-1") == []
    (said,) = faults(FLOOR, {"CUE, exact": 0.8999, "CLAIM, exact": 0.8}, "corpus-1")
    assert said.startswith(
        "CUE, exact: 0.8999 is below its floor of 0.9000. Fix: mend the rules, or python -m"
    )
    assert len(faults(FLOOR, {"CUE, exact": 0.9}, "corpus-1")) == 1


def test_another_corpus_and_a_figure_without_floor_are_faults() -> None:
    same = dict(FLOOR.figures)
    assert "the sample corpus is another" in faults(FLOOR, same, "corpus-2")[0]
    assert faults(FLOOR, {**same, "DATE, exact": 1.0}, "corpus-1") == [
        "DATE, exact has no floor. Fix: python -m tests.rules_floor --raise"
    ]


def test_raising_never_lowers() -> None:
    up = raised(FLOOR, {"CUE, exact": 0.95, "CLAIM, exact": 0.8}, "corpus-2")
    assert up == Floor("corpus-2", {"CLAIM, exact": 0.8, "CUE, exact": 0.95})
    with pytest.raises(SystemExit, match="would lower CLAIM, exact"):
        raised(FLOOR, {"CUE, exact": 0.95, "CLAIM, exact": 0.7}, "corpus-1")


def test_lowering_needs_a_reason_and_keeps_it() -> None:
    measured = {"CUE, exact": 0.95, "CLAIM, exact": 0.7}
    down = lowered(FLOOR, measured, "corpus-1", "contents end before the date now")
    assert down.figures == {"CLAIM, exact": 0.7, "CUE, exact": 0.95}
    assert down.lowered[0].reason == "contents end before the date now"
    assert down.lowered[0].figures == {"CLAIM, exact": (0.8, 0.7)}
    with pytest.raises(SystemExit, match="reason"):
        lowered(FLOOR, measured, "corpus-1", " ")
