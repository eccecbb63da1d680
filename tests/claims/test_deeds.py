"""What a report tells in its own voice without a toll, as far as it can be checked."""

from __future__ import annotations

import pytest

from .conftest import Label


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The house passed the budget by 120 votes to 80.", "The house passed the budget by 120 votes to 80"),
        ("Unemployment rose to 8.1 percent in the second quarter, its highest level since 2014.",
         "Unemployment rose to 8.1 percent in the second quarter, its highest level since 2014"),
        ("Separatists launched an insurgency against the state in 2012.",
         "Separatists launched an insurgency against the state in 2012"),
        ("Protesters stormed the regional parliament on Thursday and set fire to two cars.",
         "Protesters stormed the regional parliament on Thursday and set fire to two cars"),
        ("Firefighters had contained 60 percent of the blaze by Sunday evening.",
         "Firefighters had contained 60 percent of the blaze by Sunday evening"),
        ("The court sentenced two former ministers to 15 years in prison, but both are free.",
         "The court sentenced two former ministers to 15 years in prison"),
    ],
)  # fmt: skip
def test_a_deed_with_a_figure_or_a_date(label: Label, text: str, content: str) -> None:
    (claim,) = label(text).claims
    assert (claim.span.text, claim.claimer, claim.cue) == (content, None, None)
    assert (claim.certainty.claimer, claim.certainty.author) == ("CT+", "CT+")


@pytest.mark.parametrize(
    "text",
    [
        "Parliament passed the budget after a long debate.",
        "Protesters blocked the road for some time.",
        "The mayor likes the new bridge of 2012.",
        "Who launched the insurgency in 2012?",
        "She left the room with a smile.",
    ],
)
def test_what_nobody_could_check(label: Label, text: str) -> None:
    assert label(text).claims == ()


def test_what_a_source_tells_is_not_told_twice(label: Label) -> None:
    (claim,) = label("Separatists launched an insurgency in 2012, the ministry said.").claims
    assert claim.claimer is not None
    assert claim.claimer.name == "ministry"
