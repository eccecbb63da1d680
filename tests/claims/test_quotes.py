"""Quotes of several sentences, mixed marks, and who speaks what goes on; what is said beside what is not."""

from __future__ import annotations

import pytest

from toolkit.claims import quotes
from toolkit.claims.negation import negated
from toolkit.claims.phrases import person_in_office

from .conftest import Label, said


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ('"We ran,” she said.', ['"We ran,”']),
        ("“We ran,\" she said.", ["“We ran,\""]),
        ('She spoke. "It was dark. "We ran," she said.', ['"It was dark.', '"We ran,"']),
        ("He said “go “north” now” and left.", ["“go “north” now”"]),
        ("He said, ‘We left.’ It's the '80s.", ["‘We left.’"]),
        ("It's ten o'clock, the drivers' union said.", []),
    ],
)  # fmt: skip
def test_where_quotes_open_and_close(text: str, spoken: list[str]) -> None:
    assert [text[start:end] for start, end in quotes.spoken(text, 0)] == spoken


def test_a_quote_before_its_cue_is_one_claim_a_sentence(label: Label) -> None:
    text = '"Our drivers were not armed. The guards shot at them from the gate," the union said.'
    claims = label(text).claims
    assert [(claim.span.text, claim.cue is None, claim.certainty.claimer) for claim in claims] == [
        ('"Our drivers were not armed.', True, "CT-"),
        ('The guards shot at them from the gate,"', False, "CT+"),
    ]
    assert {claim.claimer.name for claim in claims if claim.claimer} == {"union"}


def test_mere_talk_before_its_cue_stays_whole(label: Label) -> None:
    politics = " The campaign was about candidates and voters."
    claims = label("“It is a good house. It is ours,” said Ana Ruiz." + politics).claims
    assert [claim.span.text for claim in claims if claim.claimer] == ["“It is a good house. It is ours,”"]


@pytest.mark.parametrize("between", [" ", "\n\n"])
def test_a_quote_that_opens_anew_belongs_to_who_speaks_its_end(label: Label, between: str) -> None:
    text = (
        "The harbour master, Tad Brandt, said the pier was shut."
        f"{between}“Two boats sank in the night.{between}“A third is adrift,” said the pilot, Ana Ruiz."
    )
    found = {claim.span.text: claim.claimer.name for claim in label(text).claims if claim.claimer}
    assert found["“Two boats sank in the night."] == "Ana Ruiz"


def test_who_gives_no_comment_speaks_the_quote_behind(label: Label) -> None:
    text = "The brewery declined to say how many posts would go. “We owe our staff an answer first.”"
    quoted = [claim for claim in label(text).claims if claim.span.text.startswith("“")]
    assert [claim.claimer.name for claim in quoted if claim.claimer] == ["brewery"]


def test_what_is_unsaid_in_a_quote_is_no_silence(label: Label) -> None:
    claims = label("“We have not said how many beds there are,” the nurse said.").claims
    assert {claim.stance for claim in claims} == {"affirm"}


def test_a_silence_ends_where_somebody_speaks(label: Label) -> None:
    text = "The club did not comment and its lawyer says the fine was paid in June."
    assert [(claim.stance, claim.span.text) for claim in label(text).claims] == [
        ("withhold", "The club did not comment"),
        ("affirm", "the fine was paid in June"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It's still not clear who set the barn on fire.",
        "No death toll was given.",
        "A spokesman would not elaborate on the plan.",
        "The names of the crew were not immediately available.",
        "The bank declined further comment.",
        "None of the three clubs has released its accounts.",
        "The airline offered no proof.",
        "Details of the deal remain unclear.",
    ],
)
def test_withheld_in_other_words(label: Label, text: str) -> None:
    assert [claim.stance for claim in label(text).claims] == ["withhold"]


@pytest.mark.parametrize(
    "text",
    [
        "The port called reports of a leak “baseless”.",
        "The army rebuffed claims that it had shelled the market.",
        "The minister described the toll as completely false.",
        "The judge rejected that argument on Friday.",
    ],
)
def test_denials_in_other_words(label: Label, text: str) -> None:
    assert [claim.stance for claim in label(text).claims] == ["deny"]


def test_what_is_not_ruled_out_is_not_denied(label: Label) -> None:
    assert "deny" not in {
        claim.stance for claim in label("The union has not ruled out a second strike.").claims
    }


@pytest.mark.parametrize(
    "content",
    [
        "between Monday and now, we have not had a single call",
        "the wards were also without water",
        "at no time did we ask for money",
        "this figure is pure fabrication",
        "he was also unaware of the letter",
        "not all of the boats came back",
    ],
)
def test_negated_in_other_words(content: str) -> None:
    assert negated(content, [(0, len(content))])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Minister of Foreign Affairs Ana Ruiz", "Ana Ruiz"),
        ("Secretary of State Tad Brandt, a former judge", "Tad Brandt"),
        ("the agent in charge Ana Ruiz", "Ana Ruiz"),
        ("Minister of Foreign Affairs", None),
    ],
)
def test_the_name_behind_an_office(text: str, name: str | None) -> None:
    assert person_in_office(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Malian army said ten men died. A rebel spokesman said none had.", "rebel spokesman"),
        ("The Malian government paid. The Brandt administration said it was late.", "Brandt administration"),
        ("The union's representative, Ana Ruiz, spoke in June. She said it was late.", "Ana Ruiz"),
    ],
)
def test_who_is_somebody_else(label: Label, text: str, name: str) -> None:
    claimer = label(text).claims[-1].claimer
    assert claimer is not None
    assert claimer.name == name


def test_what_the_same_one_thinks_is_no_second_claim(label: Label) -> None:
    claims = label("The pilot said he believed the radar had failed.").claims
    assert [claim.span.text for claim in claims] == ["he believed the radar had failed"]


def test_who_reports_what_another_said(label: Label) -> None:
    text = "The bridge was shut, the mayor said, reports the local newspaper."
    found = {claim.span.text: [via.name for via in claim.via] for claim in label(text).claims}
    assert found == {
        "The bridge was shut": ["local newspaper"],
        "The bridge was shut, the mayor said": [],
    }


@pytest.mark.parametrize(
    "text",
    [
        "``We ran. The dam broke,'' said Ana Ruiz.",
        "”We ran. The dam broke,” said Ana Ruiz.",
        "«We ran. The dam broke,» said Ana Ruiz.",
        "``We ran. The dam broke,″ said Ana Ruiz.",
    ],
)
def test_odd_marks_are_read_like_the_usual_ones(label: Label, text: str) -> None:
    claims = label(text).claims
    first, second = text.removesuffix(" said Ana Ruiz.").split(" The ")
    assert [claim.span.text for claim in claims] == [first, f"The {second}"]
    assert {claim.claimer.name for claim in claims if claim.claimer} == {"Ana Ruiz"}


def test_a_quote_that_opens_inside_what_is_said_goes_on(label: Label) -> None:
    text = (
        "She said her brother was “pulled from the car and beaten. They left him there.” Police saw nothing."
    )
    claims = label(text).claims
    assert [claim.span.text for claim in claims] == [
        "her brother was “pulled from the car and beaten.", "They left him there.”", "Police saw nothing",
    ]  # fmt: skip
    assert [claim.claimer is not None and claim.claimer.name == "She" for claim in claims] == [
        True,
        True,
        False,
    ]


def test_content_that_ends_in_anothers_quote_has_it(label: Label) -> None:
    text = "The Tribune reported that union leader Ana Ruiz had said: “We will pay back every coin.”"
    outer, inner = label(text).claims
    assert outer.span.text == "union leader Ana Ruiz had said: “We will pay back every coin.”"
    assert inner.span.text == "“We will pay back every coin.”"


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
def test_a_quote_over_sentences(label: Label, left: str, right: str) -> None:
    """An account is one claim a sentence; the word of saying belongs to the sentence beside it."""
    more = f"{left}Soldiers killed nine men. We waited.{right}"
    text = f"{left}The roof fell in. We ran,{right} Ana Ruiz said. {more}"
    claims = label(text).claims
    assert [claim.span.text.rstrip(".") for claim in claims] == [
        f"{left}The roof fell in", f"We ran,{right}", f"{left}Soldiers killed nine men", f"We waited.{right}"
    ]  # fmt: skip
    assert [claim.cue.span.text if claim.cue else None for claim in claims] == [None, "said", None, None]
    assert {claim.claimer.name for claim in claims if claim.claimer} == {"Ana Ruiz"}
    assert [claim.claimer.resolved_by for claim in claims if claim.claimer] == [
        "coreference", "explicit", "coreference", "coreference"
    ]  # fmt: skip


def test_talk_stays_whole(label: Label) -> None:
    """In a report on politics what somebody says of his own mind is one claim of several sentences."""
    text = "“I think you know why. We need to talk about it,” said Ana Ruiz."
    politics = " The candidates for the senate met the voters."
    assert [claim.span.text for claim in label(text + politics).claims if claim.claimer] == [
        "“I think you know why. We need to talk about it,”"
    ]
    assert [claim.span.text for claim in label(text).claims] == [
        "“I think you know why.", "We need to talk about it,”"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "“We ran,” Ana Ruiz said.\n\n“Nobody helped us.”",
        "Ana Ruiz said that the army came at night.\n\n“Nobody helped us.”",
        "“We ran. We had no time to dress,” Ana Ruiz said. “Soldiers killed nine men.”",
        "Ana Ruiz said: “We ran.” “Soldiers killed nine men.”",
    ],
)
def test_who_spoke_last_goes_on(label: Label, text: str) -> None:
    claim = label(text).claims[-1]
    assert claim.span.text in {"“Nobody helped us.”", "“Soldiers killed nine men.”"}
    assert claim.claimer is not None
    assert claim.claimer.name == "Ana Ruiz"


def test_talk_goes_on_with_the_quote_before(label: Label) -> None:
    text = "“We are sad,” Ana Ruiz said. “It was a good house. I loved it.”"
    text += " The senate heard of the campaign and its voters."
    claim, *_ = label(text).claims
    assert claim.span.text == "“We are sad,” “It was a good house. I loved it.”"
    assert claim.claimer is not None
    assert (claim.claimer.name, claim.claimer.resolved_by) == ("Ana Ruiz", "explicit")


def test_who_spoke_before_another_paragraph_does_not_go_on(label: Label) -> None:
    text = "“We ran,” Ana Ruiz said.\n\nThe road is steep and narrow.\n\n“Nobody helped us.”"
    assert [claim.span.text for claim in label(text).claims if claim.claimer] == ["“We ran,”"]


def test_who_speaks_in_a_quote_is_who_is_quoted(label: Label) -> None:
    text = "“We ran,” said Ana Ruiz. “I counted eleven bodies in the yard.”"
    assert {source for source, _, _ in said(label(text).claims)} == {"Ana Ruiz"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“Nobody was warned.” The comment came from the mayor, Olga Brandt.", "Olga Brandt"),
        ("Olga Brandt, the mayor, said the bridge was old. “Nobody was warned.”", "Olga Brandt"),
    ],
)
def test_quote_with_its_speaker_next_to_it(label: Label, text: str, name: str) -> None:
    claim = next(claim for claim in label(text).claims if claim.span.text == "“Nobody was warned.”")
    assert claim.claimer is not None
    assert (claim.claimer.name, claim.claimer.resolved_by, claim.cue) == (name, "coreference", None)
    assert (claim.certainty.claimer, claim.certainty.author) == ("CT-", "Uu")


def test_quote_with_nobody_next_to_it(label: Label) -> None:
    claims = label("The bridge was old. “Nobody was warned.” It had no rails.").claims
    assert [claim.span.text for claim in claims] == ["The bridge was old", "It had no rails"]
