"""What a report tells in its own voice without a toll, clause by clause."""

from __future__ import annotations

import pytest

from .conftest import Label


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("The house passed the budget by 12 votes to 8.", ["The house passed the budget by 12 votes to 8"]),
        ("Parliament passed the budget after a long debate.",
         ["Parliament passed the budget after a long debate"]),
        ("Firefighters had contained 60 percent of the blaze by Sunday evening.",
         ["Firefighters had contained 60 percent of the blaze by Sunday evening"]),
        ("The court sentenced two former ministers to 15 years in prison, but both are free.",
         ["The court sentenced two former ministers to 15 years in prison", "both are free"]),
        ("The bridge was closed; the ferry ran until noon.",
         ["The bridge was closed", "the ferry ran until noon"]),
        ("The bridge was closed, and the ferry ran until noon.",
         ["The bridge was closed", "the ferry ran until noon"]),
        ("Lae, Marn, Goro and Tarsk are among the towns without water.",
         ["Lae, Marn, Goro and Tarsk are among the towns without water"]),
        ("The storm turned north on Monday but was still at sea by night.",
         ["The storm turned north on Monday but was still at sea by night"]),
        ("But the talks, which began in May, broke down.", ["the talks, which began in May, broke down"]),
        ("The range straddles the border.", ["The range straddles the border"]),
        ("LAE (Agency) – The port reopened on Friday.", ["The port reopened on Friday"]),
    ],
)  # fmt: skip
def test_each_clause_is_a_statement(label: Label, text: str, contents: list[str]) -> None:
    claims = label(text).claims
    assert [claim.span.text for claim in claims] == contents
    assert {(claim.claimer, claim.cue) for claim in claims} == {(None, None)}
    assert {(claim.certainty.claimer, claim.certainty.author) for claim in claims} == {("CT+", "CT+")}


@pytest.mark.parametrize(
    "text",
    [
        "Who launched the insurgency in 2012?",
        "Our readers can tell the bridge from the dam.",
        "The mayor should have closed the bridge.",
        "Sign up for more stories from Lae.",
        "This article was first published in May.",
        "Here is what these sums tell.",
        "Ten days without water.",
        "The cause is still unclear.",
    ],
)
def test_what_states_nothing(label: Label, text: str) -> None:
    assert label(text).claims == ()


def test_what_a_source_tells_is_not_told_twice(label: Label) -> None:
    (claim,) = label("Separatists launched an insurgency in 2012, the ministry said.").claims
    assert claim.claimer is not None
    assert claim.claimer.name == "ministry"


def test_what_stands_before_another_clause_that_a_source_tells(label: Label) -> None:
    claims = label("The bridge was closed on Monday, but police said the ferry ran.").claims
    assert [(claim.span.text, claim.claimer and claim.claimer.name) for claim in claims] == [
        ("The bridge was closed on Monday", None), ("the ferry ran", "police"),
    ]  # fmt: skip


def test_a_clause_before_its_main_clause_is_none_alone(label: Label) -> None:
    (claim,) = label("As farmers fled to the port, a minister said the road was safe.").claims
    assert claim.span.text == "the road was safe"


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Police have made no arrests.", "CT-"),
        ("The road has not been reopened since May.", "CT-"),
        ("The clinic no longer has power.", "CT-"),
        ("The road has yet to be reopened.", "CT-"),
        ("The gunmen are believed to have crossed the river.", "PR+"),
    ],
)
def test_a_statement_can_be_negated_or_hedged(label: Label, text: str, certainty: str) -> None:
    (claim,) = label(text).claims
    assert claim.certainty.claimer == certainty


def test_the_headline_states_something(label: Label) -> None:
    text = "U.S. Senate passes port bill\n\nThe bill was sent to the house on Monday."
    assert [claim.span.text for claim in label(text).claims] == [
        "U.S. Senate passes port bill", "The bill was sent to the house on Monday",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("The council passed a budget of $40 million.", ["$40 million"]),
        ("The rate rose from $350 to $420 on Monday.", ["$350", "$420"]),
        ("The rate rose to $6 per $1,000 on Monday.", ["$6"]),
        ("Some 340 homes stand near the dam.", ["Some 340"]),
        ("Planes dropped two bombs on the dam.", [None]),
        ("The two men worked for a charity.", [None]),
    ],
)
def test_counts_of_a_statement(label: Label, text: str, counts: list[str | None]) -> None:
    found = [claim.quantity.raw if claim.quantity else None for claim in label(text).claims]
    assert found == counts


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("The guard, who was hurt in a raid, later died.", "The guard, who was hurt in a raid, later died"),
        ("The fire, which broke out at noon, gutted eight shops but hurt nobody.",
         "The fire, which broke out at noon, gutted eight shops"),
        ("A young driver, who was drunk, was arrested.", "A young driver, who was drunk, was arrested"),
        ("The guard, who was hurt, ran.", "was hurt"),
    ],
)  # fmt: skip
def test_a_clause_goes_on_behind_a_relative_one(label: Label, text: str, contents: str) -> None:
    assert contents in [claim.span.text for claim in label(text).claims if claim.effect]
