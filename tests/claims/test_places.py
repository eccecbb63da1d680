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
        ("The strike began in Kenya's Turkana county.", ["Turkana county"]),
        ("Mali has launched air strikes.", []),
        ("They spoke at the RNC in English.", []),
        ("A statement was sent to Reuters in March.", []),
        ("In Gao, Bello said he would stay.", ["Gao"]),
    ],
)  # fmt: skip
def test_places(label: Label, text: str, places: list[str]) -> None:
    found = [mention.text for mention in label(text).mentions if mention.label == "LOCATION"]
    assert found == places
