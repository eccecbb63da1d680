"""What is denied, negated or left unsaid, wherever the sentence says so."""

from __future__ import annotations

import pytest

from toolkit.claims.negation import negated

from .conftest import Label, said


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The army shelled the village, a claim the government denied.",
         "the government", "The army shelled the village"),
        ("The army shelled the village, an accusation rejected by the ministry.",
         "the ministry", "The army shelled the village"),
        ("Rebels say the army killed 30 villagers, which the army denies.",
         "the army", "the army killed 30 villagers"),
        ("The claim was swiftly rejected by the army.", "the army", "The claim"),
        ("The operator, Hidrosur, disputes this, saying that inspections took place in March.",
         "The operator, Hidrosur,", "this"),
    ],
)  # fmt: skip
def test_denials_behind_and_before(label: Label, text: str, source: str, content: str) -> None:
    claims = [claim for claim in label(text).claims if claim.stance == "deny"]
    assert [(row[0], row[2]) for row in said(tuple(claims))] == [(source, content)]
    assert {claim.certainty.claimer for claim in claims} == {"CT-"}


def test_who_declines_to_say_one_thing_may_say_another(label: Label) -> None:
    claims = label("The port declined to name the ship but said that its cook was safe.").claims
    assert {(claim.stance, claim.span.text) for claim in claims} == {
        ("withhold", "The port declined to name the ship"),
        ("affirm", "its cook was safe"),
    }


def test_what_is_denied_has_its_toll_on_both_sides(label: Label) -> None:
    claims = label("Rebels say the army killed 30 villagers, which the army denies.").claims
    assert {(claim.stance, claim.quantity.value) for claim in claims if claim.quantity} == {
        ("affirm", 30),
        ("deny", 30),
    }


@pytest.mark.parametrize(
    "content",
    [
        "the sirens failed to sound before the wave",
        "it posed no danger to the public",
        "in the last week, no aid had reached the camp",
        "the second wave of arrests in the northern district had not been ordered by his office",
        "“We did not fire. Our men were unarmed.”",
        "none of the money had arrived",
        "police had found no trace of explosives",
        "the passengers were unhurt",
        "it cannot pay the salaries",
        "not to raise taxes",
    ],
)
def test_negated_contents(content: str) -> None:
    assert negated(content, [(0, len(content))])


@pytest.mark.parametrize(
    "content",
    [
        "no fewer than 20 men died",
        "the army did not know how many died",
        "officials that were not there had left",
        "two men died and nobody was hurt",
        "it was not only the rain",
        "the mayor no doubt knew",
        "it was not clear who fired",
    ],
)
def test_contents_with_a_no_that_are_not_negated(content: str) -> None:
    assert not negated(content, [(0, len(content))])


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("The ministry rejected the account and declined to discuss the operation.",
         ["the account", "declined to discuss the operation"]),
        ("The ministry revised the toll down to 31, without explaining the change.",
         ["the toll down to 31", "without explaining the change"]),
        ("Neither side would provide attendance lists.", ["Neither side would provide attendance lists"]),
    ],
)  # fmt: skip
def test_what_is_left_unsaid_ends_the_content(label: Label, text: str, contents: list[str]) -> None:
    claims = label(text).claims
    assert [claim.span.text for claim in claims] == contents
    assert claims[-1].stance == "withhold"


@pytest.mark.parametrize(
    "text",
    [
        "No casualties were reported.",
        "There were no reports of injuries.",
        "No guards were among the dead.",
        "Reuters could not independently verify the claim.",
        "The trust has not met it since July 2021.",
        "The mayor said the 2025 budget could not accommodate the wage.",
        "“There will be no new taxes,” the mayor said.",
    ],
)
def test_what_is_said_not_to_be_so(label: Label, text: str) -> None:
    (claim,) = label(text).claims
    assert claim.stance == "affirm"
    assert claim.certainty.claimer.endswith("-")
    assert claim.victim is None


@pytest.mark.parametrize(
    "text",
    [
        "It made no mention of the prisoners.",
        "The army has not reacted to the accusation.",
        "The mayor has left, nor would he say who gave the order.",
    ],
)
def test_more_that_is_withheld(label: Label, text: str) -> None:
    assert [claim.stance for claim in label(text).claims][-1:] == ["withhold"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Neither Mali nor Wagner have said how many troops they lost.",
         "Neither Mali nor Wagner have said how many troops they lost"),
        ("Wagner confirmed heavy casualties but did not provide details.", "did not provide details"),
        ("Neither the men in Marn nor Black Oak, the mercenary group, has disclosed how many it lost.",
         "Neither the men in Marn nor Black Oak, the mercenary group, has disclosed how many it lost"),
        ("The mayor's office, which has run the shelter since May, did not say how many were inside.",
         "The mayor's office, which has run the shelter since May, did not say how many were inside"),
        ("The army admitted losses without giving numbers.", "without giving numbers"),
    ],
)  # fmt: skip
def test_withheld_is_the_reporter_s_voice(label: Label, text: str, content: str) -> None:
    withheld = [claim for claim in label(text).claims if claim.stance == "withhold"]
    assert [(claim.span.text, claim.claimer, claim.cue) for claim in withheld] == [(content, None, None)]


def test_denial_has_a_minus(label: Label) -> None:
    (claim,) = label("The army denied killing civilians.").claims
    assert (claim.stance, claim.certainty.claimer, claim.cue and claim.cue.type) == ("deny", "CT-", "deny")


@pytest.mark.parametrize(
    ("text", "stance", "certainty"),
    [
        ("The rebels deny it.", "deny", "CT-"),
        ("The army denied that its soldiers had shot at the crowd.", "deny", "CT-"),
        ("The ministry rejected claims that the bridge had fallen.", "deny", "CT-"),
        ("The governor dismissed reports of a second explosion.", "deny", "CT-"),
        ("The army said it had not fired on the crowd.", "affirm", "CT-"),
        ("The army said no soldiers were killed.", "affirm", "CT-"),
        ("The army said none of its soldiers had been hurt.", "affirm", "CT-"),
        ("The company said it has no record of the visit.", "affirm", "CT-"),
        ("The mayor said the port was no longer guarded.", "affirm", "CT-"),
        ("The miner said that to be frank, the lamps did not work.", "affirm", "CT-"),
        ("The firm said the leak of oil from the old ship in the bay posed no danger.", "affirm", "CT-"),
        ("The owner said the inspector “didn't look” at the roof.", "affirm", "CT-"),
        ("The mayor said that had nothing to do with the vote.", "affirm", "CT-"),
        ("The nurse said she cried whenever the lamps did not work.", "affirm", "CT+"),
        ("The army said no fewer than 20 men had died.", "affirm", "CT+"),
        ("The army said two men had died and nobody else was hurt.", "affirm", "CT+"),
        ("The army said it did not know how many had died.", "affirm", "CT+"),
        ("Officials said the bridge that was never repaired fell on Monday.", "affirm", "CT+"),
    ],
)
def test_polarity(label: Label, text: str, stance: str, certainty: str) -> None:
    (claim,) = label(text).claims
    assert (claim.stance, claim.certainty.claimer) == (stance, certainty)
