"""Places used as places: behind words that say so, in lists, in datelines, beside what they are."""

from __future__ import annotations

import pytest

from .conftest import Label


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("LAE, Papua New Guinea (AP) — A landslide buried a school in Enga province.",
         ["LAE", "Papua New Guinea", "Enga province"]),
        ("Marches also took place in Gabes and Tozeur.", ["Gabes", "Tozeur"]),
        ("Houses were burned in Guma, Logo and Agatu.", ["Guma", "Logo", "Agatu"]),
        ("The boat had left Kendari for Raha.", ["Kendari", "Raha"]),
        ("Rescue teams from Courmayeur and Martigny took part.", ["Courmayeur", "Martigny"]),
        ("The plane crashed into Lake Atitlan.", ["Lake Atitlan"]),
        ("Iraqi troops retook Qayyara from the militants.", ["Qayyara"]),
        ("They were flown to Bogota from the jungles of Guaviare.", ["Bogota", "Guaviare"]),
        ("A train derailed outside Lac-Megantic, Quebec, and exploded.", ["Lac-Megantic", "Quebec"]),
        ("The strike began in Kenya's Turkana county.", ["Kenya", "Turkana county"]),
        ("Mali has launched air strikes.", []),
        ("They spoke at the RNC in English.", []),
        ("A statement was sent to Reuters in March.", []),
        ("In Gao, Bello said he would stay.", ["Gao"]),
    ],
)  # fmt: skip
def test_places(label: Label, text: str, places: list[str]) -> None:
    found = [mention.text for mention in label(text).mentions if mention.label == "LOCATION"]
    assert found == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("QUETTA: Four men were shot on Monday, police said.", ["QUETTA"]),
        ("SMITH: We met them on Monday.", []),
        ("A quake struck Vanuatu on Monday.", ["Vanuatu"]),
        ("Nine dead in attack on Haiti market town.", ["Haiti"]),
        ("Fire broke out in the Mendes spinning mill.", ["the Mendes spinning mill"]),
        ("They spoke of Ansongo, where ten people died.", ["Ansongo"]),
        ("Gangs control most of the capital Lilongwe.", ["Lilongwe"]),
        ("It is not true that the island was left alone.", []),
    ],
)  # fmt: skip
def test_place_extents(label: Label, text: str, places: list[str]) -> None:
    found = [mention.text for mention in label(text).mentions if mention.label == "LOCATION"]
    assert found == places


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        ("The agency raised its death toll to 19 on Tuesday.", None, None),
        ("A channel put the toll at about 50 on Tuesday.", None, None),
        ("Twelve people died in Lae on Tuesday.", "Lae", "on Tuesday"),
        ("Two died in last week's fire in Lae.", "Lae", "last week"),
        ("The toll rose to 19 after five hours of fighting near Lae.", "Lae", "five hours"),
        ("The mayor of Lae welcomed it, but 12 people died in Wau.", "Wau", None),
        ("Ten men were killed in the desert south of Tinzaouaten.", "Tinzaouaten", None),
    ],
)  # fmt: skip
def test_events(label: Label, text: str, place: str | None, day: str | None) -> None:
    claim = label(text).claims[0]
    location = claim.event.location if claim.event else None
    when = claim.event.date if claim.event else None
    assert (location.span.text if location else None, when.span.text if when else None) == (place, day)


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("“No officer died,” the chief said.", []),
        ("The people who were killed had left.", []),
        ("A nurse was killed in Gao.", ["A nurse"]),
        ("Gunmen killed 14 villagers and abducted the priest.", ["the priest", "villagers"]),
    ],
)
def test_groups_without_a_count(label: Label, text: str, victims: list[str]) -> None:
    assert sorted(claim.victim.span.text for claim in label(text).claims if claim.victim) == victims
