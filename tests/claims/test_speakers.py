"""Who speaks: names, types and antecedents of sources, one who quotes another, odd ones."""

from __future__ import annotations

import pytest

from .conftest import Label, said


@pytest.mark.parametrize(
    ("source", "name", "entity", "kind"),
    [
        ("The Malian army", "Malian army", "mali.army", "state_forces"),
        ("Mali's army", "Mali's army", "mali.army", "state_forces"),
        ("The Malian authorities", "Malian authorities", "mali.government", "government"),
        ("Mali", "Mali", "mali.government", "government"),
        ("Foreign Minister Sergei Lavrov", "Sergei Lavrov", None, "government"),
        ("The police chief of Malawi", "police chief", "malawi.police", "state_forces"),
        ("The United Nations", "United Nations", "un", "intl_org"),
        ("Witnesses", "Witnesses", None, "witness"),
        ("Two security sources", "security sources", None, "anonymous"),
        ("Military bloggers", "Military bloggers", None, "social_media"),
        ("The Russian mercenary group Wagner", "Wagner", "wagner", "external_force"),
    ],
)
def test_party(label: Label, source: str, name: str, entity: str | None, kind: str) -> None:
    (claim,) = label(f"{source} said that the road was closed.").claims
    assert claim.claimer is not None
    assert (claim.claimer.name, claim.claimer.entity, claim.claimer.type) == (name, entity, kind)
    assert claim.claimer.resolved_by == "explicit"


@pytest.mark.parametrize(
    ("text", "name", "entity"),
    [
        ("Wagner said that it had won. It said that the road was closed.", "Wagner", "wagner"),
        (
            "The Malian army said that it had won. The army said that the road was closed.",
            "Malian army",
            "mali.army",
        ),
        ("Hamas said that it had won. The group said that the road was closed.", "Hamas", "hamas"),
        ("Ana Ruiz said that she ran. She said that the road was closed.", "Ana Ruiz", None),
        ("Ana Ruiz said that she ran. Ruiz said that the road was closed.", "Ana Ruiz", None),
    ],
)
def test_antecedent(label: Label, text: str, name: str, entity: str | None) -> None:
    claim = label(text).claims[-1]
    assert claim.claimer is not None
    assert (claim.claimer.name, claim.claimer.entity) == (name, entity)
    assert claim.claimer.resolved_by == "coreference"


def test_he_is_no_organisation(label: Label) -> None:
    claim = label("Wagner said that it had won. He said that the road was closed.").claims[-1]
    assert claim.claimer is not None
    assert claim.claimer.entity is None


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("The owner, Marta Quiles,", "Marta Quiles", "civilian"),
        ("The governor, İpek Şahin,", "İpek Şahin", "government"),
        ("The agency's director, Pavel Novák,", "Pavel Novák", "government"),
        ("The head of the hospital, Dr Lena Osei,", "Lena Osei", "witness"),
        ("Olga Brandt, the mayor of Loma,", "Olga Brandt", "government"),
        ("The builders, a firm called Stone Bay,", "Stone Bay", "unknown"),
        ("Norland's interim president, Ibo Lund,", "Ibo Lund", "government"),
        ("Member of Parliament Ibo Lund", "Ibo Lund", "government"),
        ("Loma Fire Chief Ibo Lund", "Ibo Lund", "government"),
        ("The Ministry of Health", "Ministry of Health", "government"),
        ("Radio Sol", "Radio Sol", "media"),
        ("Hospital records seen by the newspaper", "Hospital records", "witness"),
    ],
)
def test_name_in_the_phrase(label: Label, source: str, name: str, kind: str) -> None:
    (claim,) = label(f"{source} said that the road was closed.").claims
    assert claim.claimer is not None
    assert claim.claimer.span is not None
    assert (claim.claimer.span.text, claim.claimer.name, claim.claimer.type) == (source, name, kind)


def test_name_in_the_phrase_behind_the_cue(label: Label) -> None:
    (claim,) = label("The road was closed, said the mayor, Olga Brandt.").claims
    assert claim.claimer is not None
    assert (claim.claimer.name, claim.claimer.resolved_by) == ("Olga Brandt", "explicit")


@pytest.mark.parametrize(
    ("first", "later", "name"),
    [
        ("The owner, Marta Quiles, said that she ran.", "Quiles", "Marta Quiles"),
        ("The owner, Marta Quiles, said that she ran. The police said that it was over.", "The owner",
         "Marta Quiles"),
        ("Olga Brandt, the mayor, said that she ran. The police said that it was over.", "She",
         "Olga Brandt"),
        ("The mayor, Olga Brandt, spoke. The police said that it was over.", "Brandt", "Olga Brandt"),
        ("The National Weather Agency said that it rained. The police said that it was over.", "The agency",
         "National Weather Agency"),
        ("The Ministry of Health said that it was ready. Olga Brandt said that she ran.", "The ministry",
         "Ministry of Health"),
        ("Northern Rail said that it was ready. Olga Brandt said that she ran.", "The company",
         "Northern Rail"),
        ("The army has not said how many men it lost.", "It", "army"),
        ("The fire service said that it rained.", "The service", "fire service"),
        ("The general staff said that it was late. Two sources said that it rained.", "It", "general staff"),
        ("The union Red Loom said that it rained. Olga Brandt said that she ran.", "It", "Red Loom"),
        ("The Weather Agency said that it rained. Olga Brandt said that she ran.", "It", "Weather Agency"),
    ],
)  # fmt: skip
def test_who_was_named_before(label: Label, first: str, later: str, name: str) -> None:
    claim = label(f"{first} {later} said that the road was closed.").claims[-1]
    assert claim.claimer is not None
    assert (claim.claimer.name, claim.claimer.resolved_by) == (name, "coreference")


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Olga Brandt said that she ran.", "It"),
        ("Northern Rail said that it was ready.", "She"),
        ("The Weather Agency said that it rained.", "The health agency"),
        ("The mayor, Olga Brandt, said that she ran.", "A mayor"),
        ("Vice President Olga Brandt said that she ran.", "The president"),
        ("Olga Brandt said that she ran.", "The company"),
        ("The United Nations said that it was late.", "Aid agencies"),
        ("A recent study said that it was late.", "The company"),
        ("Guild secretary Olga Brandt said that she ran.", "The guild"),
    ],
)
def test_who_cannot_be_meant(label: Label, first: str, later: str) -> None:
    claim = label(f"{first} {later} said that the road was closed.").claims[-1]
    assert claim.claimer is not None
    assert claim.claimer.resolved_by == "explicit"


def test_who_only_passes_on_has_no_claim(label: Label) -> None:
    """The radio that police are quoted from is named beside the police, not as a claimer of its own."""
    (claim,) = label("According to Radio Sol, police said that nine people had died in the fire.").claims
    assert claim.span.text == "nine people had died in the fire"
    assert claim.claimer is not None and claim.claimer.name == "police"
    assert [outer.name for outer in claim.via] == ["Radio Sol"]


def test_nested_attribution_keeps_the_outer_source(label: Label) -> None:
    claims = label("Reuters reported that the army said two soldiers had died.").claims
    inner = next(claim for claim in claims if claim.claimer and claim.claimer.name == "army")
    assert [outer.entity for outer in inner.via] == ["reuters"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("“The well is dry,” al-Farouk said.", [("al-Farouk", "said", "“The well is dry,”")]),
        ("Omar Diallo, of the River Foundation, said the dyke had gone.",
         [("Omar Diallo, of the River Foundation,", "said", "the dyke had gone")]),
        ("In an interview with Radio Sud, Lea Kane, adviser to the mayor, said the port would shut.",
         [("Lea Kane, adviser to the mayor,", "said", "the port would shut")]),
        ("Speaking to the Morning Post, Paul Hale, a pilot, said the runway was wet.",
         [("Paul Hale, a pilot,", "said", "the runway was wet")]),
        ("“The quay is ours,” said General Said Nasser.",
         [("General Said Nasser", "said", "“The quay is ours,”")]),
        ("Another notice clarified they would stay shut.",
         [("Another notice", "clarified", "they would stay shut")]),
        ("WHO warns of cholera in the camps.", [("WHO", "warns of", "cholera in the camps")]),
        ("A Reuters correspondent saw a tank burning at the gate.",
         [("A Reuters correspondent", "saw", "a tank burning at the gate")]),
        ("Both unions are now calling for an inquiry.", [("Both unions", "calling for", "an inquiry")]),
        ("The bank at first said the money was safe.", [("The bank", "said", "the money was safe")]),
        ("Crews say the count will rise, as they still dig in the mud.",
         [("Crews", "say", "the count will rise, as they still dig in the mud")]),
        ("The envoy said the pass was shut — the third time since May — because of snow.",
         [("The envoy", "said", "the pass was shut — the third time since May — because of snow")]),
    ],
)  # fmt: skip
def test_speakers_that_are_not_plain_names(label: Label, text: str, rows: list[tuple[str, str, str]]) -> None:
    assert said(label(text).claims) == rows
