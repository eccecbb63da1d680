"""Who said what: sources as maximal noun phrases, contents without source and cue."""

from __future__ import annotations

import pytest

from toolkit.claims.cues import lemma_of

from .conftest import Label, said


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Police said on Thursday that two people had died.", [("Police", "said", "two people had died")]),
        ("Police said two people had died.", [("Police", "said", "two people had died")]),
        ("Two people had died, police said.", [("police", "said", "Two people had died")]),
        ("Two people had died, said Ana Ruiz, a doctor at the clinic.",
         [("Ana Ruiz, a doctor at the clinic", "said", "Two people had died")]),
        ("According to the ministry, two died.", [("the ministry", "According to", "two died")]),
        ("Two people died, according to the health ministry.",
         [("the health ministry", "according to", "Two people died")]),
        ("The rebels claimed to have killed 20 soldiers.",
         [("The rebels", "claimed", "to have killed 20 soldiers")]),
        ("The army confirmed heavy losses but did not provide details.",
         [("The army", "confirmed", "heavy losses")]),
        ("The army denied killing civilians.", [("The army", "denied", "killing civilians")]),
        ("The government accused the rebels of planting the bomb, but no proof was shown.",
         [("The government", "accused", "the rebels of planting the bomb")]),
        ("On Thursday, the ministry said ten houses had burned down.",
         [("the ministry", "said", "ten houses had burned down")]),
        ("The mayor, in a rare interview, admitted mistakes.", [("The mayor", "admitted", "mistakes")]),
        ("Rosa Vela, the mayor of the town, said ten houses had burned down.",
         [("Rosa Vela, the mayor of the town,", "said", "ten houses had burned down")]),
        ("Both the army and the group Wagner reported losses.",
         [("Both the army and the group Wagner", "reported", "losses")]),
        ("She told reporters in the capital that nobody was hurt.", [("She", "told", "nobody was hurt")]),
        ("Mali rebels report 131 casualties.", [("Mali rebels", "report", "131 casualties")]),
        ("The agency published a new count on Tuesday: 15 people died.",
         [("The agency", "published", "15 people died")]),
        ("The rebels said they had won, while the army said they had fled.",
         [("The rebels", "said", "they had won"), ("the army", "said", "they had fled")]),
        ("The rebels claimed a victory, asserting that they killed 131 soldiers.",
         [("The rebels", "claimed", "a victory"), ("The rebels", "asserting", "they killed 131 soldiers")]),
        ("Wagner estimated that the rebels had 1,000 men, and reported that a helicopter was downed.",
         [("Wagner", "estimated", "the rebels had 1,000 men"),
          ("Wagner", "reported", "a helicopter was downed")]),
        ("The mayor had mocked the plan, saying it was too late.",
         [("The mayor", "saying", "it was too late")]),
        ("While the government has acknowledged losses, it left them uncounted.",
         [("the government", "acknowledged", "losses")]),
    ],
)  # fmt: skip
def test_source_cue_content(label: Label, text: str, rows: list[tuple[str, str, str]]) -> None:
    assert said(label(text).claims) == rows


@pytest.mark.parametrize(
    "text",
    [
        "Some claims were found to be misleading.",
        "The figure was cited by a newspaper.",
        "A report on the fire is due in May.",
        "None has claimed the attack.",
        "The killing of civilians must stop.",
        "The reported toll has risen.",
        "As expected, the bridge held.",
        "It went according to plan.",
        "The army did not deny the report.",
    ],
)
def test_what_only_looks_like_a_cue(label: Label, text: str) -> None:
    assert said(label(text).claims) == []


def test_split_quote_has_pieces(label: Label) -> None:
    text = "“We will fight,” said Amadou Keita, a rebel spokesman, “to the end.”"
    (claim,) = label(text).claims
    assert claim.span.pieces is not None
    assert claim.span.text == "“We will fight,” “to the end.”"
    assert [text[piece.start : piece.end] for piece in claim.span.pieces] == [
        "“We will fight,”",
        "“to the end.”",
    ]
    assert claim.claimer is not None
    assert claim.claimer.name == "Amadou Keita"


@pytest.mark.parametrize(("left", "right"), [("“", "”"), ('"', '"'), ("''", "''")])
def test_quotes_go_over_sentences(label: Label, left: str, right: str) -> None:
    text = f"{left}The roof fell in. We ran,{right} Ana Ruiz said. {left}Nobody helped us.{right}"
    (claim,) = label(text).claims
    assert claim.span.text == f"{left}The roof fell in. We ran,{right} {left}Nobody helped us.{right}"


def test_a_quote_ends_with_its_paragraph(label: Label) -> None:
    text = "“We ran,” Ana Ruiz said.\n\n“Another voice.”"
    (claim,) = label(text).claims
    assert claim.span.text == "“We ran,”"


def test_who_speaks_in_a_quote_is_who_is_quoted(label: Label) -> None:
    text = "“We ran,” said Ana Ruiz. “I counted eleven bodies in the yard.”"
    assert {source for source, _, _ in said(label(text).claims)} == {"Ana Ruiz"}


def test_nested_attribution_keeps_the_outer_source(label: Label) -> None:
    claims = label("Reuters reported that the army said two soldiers had died.").claims
    inner = next(claim for claim in claims if claim.claimer and claim.claimer.name == "army")
    assert [outer.entity for outer in inner.via] == ["reuters"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Neither Mali nor Wagner have said how many troops they lost.",
         "Neither Mali nor Wagner have said how many troops they lost"),
        ("Wagner confirmed heavy casualties but did not provide details.", "did not provide details"),
        ("The army admitted losses without giving numbers.", "without giving numbers"),
    ],
)  # fmt: skip
def test_withheld_is_the_reporter_s_voice(label: Label, text: str, content: str) -> None:
    withheld = [claim for claim in label(text).claims if claim.stance == "withhold"]
    assert [(claim.span.text, claim.claimer, claim.cue) for claim in withheld] == [(content, None, None)]


def test_denial_has_a_minus(label: Label) -> None:
    (claim,) = label("The army denied killing civilians.").claims
    assert (claim.stance, claim.certainty.claimer, claim.cue and claim.cue.type) == ("deny", "CT-", "deny")


def test_cue_phrase_holds_auxiliaries_and_adverbials(label: Label) -> None:
    (claim,) = label("The army has repeatedly said Wednesday that two men died.").claims
    assert claim.cue is not None
    assert (claim.cue.span.text, claim.cue.phrase.text) == ("said", "has repeatedly said Wednesday")


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("said", "say"), ("told", "tell"), ("acknowledged", "acknowledge"), ("denies", "deny"),
        ("stated", "state"),
        ("reporting", "report"), ("admitted", "admit"), ("claimed", "claim"), ("insisted", "insist"),
        ("noted", "note"),
        ("According to", "according to"), ("estimated", "estimate"), ("stresses", "stress"), ("added", "add"),
        ("announced", "announce"), ("warned", "warn"), ("signalled", "signal"), ("disputed", "dispute"),
    ],
)  # fmt: skip
def test_lemma(word: str, lemma: str) -> None:
    assert lemma_of(word) == lemma
