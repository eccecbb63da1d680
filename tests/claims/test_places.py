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
    ("text", "places"),
    [
        ("Gunmen came to a farm near Dori. The Dori attack was the worst.", ["Dori", "Dori"]),
        ("Fire in Tamba kills four\nTamba residents fled.", ["Tamba", "Tamba"]),
        ("It rained in Dori. The Dori Times reported it.", ["Dori"]),
        ("They met in Dori. Dori has blamed Tamba.", ["Dori"]),
        ("They met near Tamba. Ana Tamba spoke.", ["Tamba"]),
        ("It rained near Dori. Talks with Dori failed.", ["Dori"]),
        ("A quake hit a town in Chad. Chad asked for help.", ["Chad"]),
        ("He works in Orbix. Orbix sold it, and Orbix bought, and Orbix grew.", ["Orbix"]),
    ],
)  # fmt: skip
def test_places_named_again(label: Label, text: str, places: list[str]) -> None:
    found = [mention.text for mention in label(text).mentions if mention.label == "LOCATION"]
    assert found == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("They flew from the Netherlands to the UK on Friday.", ["the Netherlands", "the UK"]),
        ("The UK government denied it.", []),
        ("They met at the boundary of Dori and Kumasi provinces.", ["Dori", "Kumasi"]),
        ("Quakes shook Rwanda, Burundi and Uganda on Monday.", ["Rwanda", "Burundi", "Uganda"]),
        ("Roofs blew off in Selmer, Tenn., on Friday.", ["Selmer", "Tenn."]),
        ("He had led Kirova, a province in the north.", ["Kirova"]),
        ("The lorry came from Rangia in Assam.", ["Rangia", "Assam"]),
        ("They held the port city of Karimba Friday.", ["Karimba"]),
        ("Trade across the borders with Mali and Niger fell.", ["Mali", "Niger"]),
        ("Two runners fell at the Oslo Marathon.", []),
        ("Samples were sent by the Meteorological Department.", []),
    ],
)
def test_places_of_more_kinds(label: Label, text: str, places: list[str]) -> None:
    found = [mention.text for mention in label(text).mentions if mention.label == "LOCATION"]
    assert found == places


@pytest.mark.parametrize(
    ("text", "hedges"),
    [
        ("Doctors believe some 40 miners were buried.", ["believe"]),
        ("Both mayors believe it is vital to build.", []),
        ("The union alleges that two men were shot.", ["alleges"]),
        ("It is thought that he must have fallen.", ["thought", "must"]),
        ("The road could not be used, and shots could be heard.", []),
        ("Nine men reported to have been killed were found alive.", ["reported to"]),
    ],
)
def test_hedges(label: Label, text: str, hedges: list[str]) -> None:
    assert [mention.text for mention in label(text).mentions if mention.label == "HEDGE"] == hedges


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("They have lost 300 boats since the 1998 war.", ["since the 1998 war"]),
        ("In the week of 3 to 9 June it snowed.", ["In the week of 3 to 9 June"]),
        ("They landed on Friday at noon.", ["on Friday at noon"]),
        ("It has rained since dusk on Friday.", ["since dusk on Friday"]),
        ("The ferries took an hour to come.", ["an hour"]),
        ("Prices fell in the first half of the year.", ["in the first half of the year"]),
        ("The quake struck at 1802 GMT.", []),
        ("It began in the early morning hours.", []),
    ],
)
def test_days(label: Label, text: str, days: list[str]) -> None:
    assert [mention.text for mention in label(text).mentions if mention.label == "DATE"] == days


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


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Snow closed shops in Aska, Bero, Culo, and Deva, a port.", ["Aska", "Bero", "Culo", "Deva"]),
        ("Ash fell on towns such as Ama, Boro, Cuma, Dema, Elba, Fada, Gola, Hera and Iba.",
         ["Ama", "Boro", "Cuma", "Dema", "Elba", "Fada", "Gola", "Hera", "Iba"]),
        ("Hail fell in Aska (Boro Region), Culo and Deva.", ["Aska", "Boro Region", "Culo", "Deva"]),
        ("The villages of Aska, Bero and Culo were cut off.", ["Aska", "Bero", "Culo"]),
        ("Shops shut in Dori, Kaya, Seba and in Fada on Monday.", ["Dori", "Kaya", "Seba", "Fada"]),
        ("In Gao, Bello and Diallo met the press.", ["Gao"]),
        ("They met in Gao, and Bello, who leads the party, agreed.", ["Gao"]),
        ("In Lima, Smith, Jones and Brown were charged.", ["Lima"]),
        ("Rain fell in Gao, Mutam and Bello said roads were closed.", ["Gao"]),
        ("He spoke in Gao, President Ivanov and Prime Minister Lopez at his side.", ["Gao"]),
    ],
)  # fmt: skip
def test_places_named_together(label: Label, text: str, places: list[str]) -> None:
    found = [mention.text for mention in label(text).mentions if mention.label == "LOCATION"]
    assert found == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Two wells dried up in Marna Local Government Area of Zelen State.",
         ["Marna Local Government Area", "Zelen State"]),
        ("Nobody has reached Concord, a town built on sand.", ["Concord"]),
        ("They marched through downtown Zelen.", ["downtown Zelen"]),
        ("Bread is short in the city of Qasr al-Tamba.", ["Qasr al-Tamba"]),
        ("Cows block the line between Aska and Bero railway stations.", ["Aska", "Bero"]),
        ("Nurses from the Seed and Forestry Organization won a prize.", []),
        ("Prices fell in Western states.", []),
        ("Big cities and small towns suffered.", []),
    ],
)  # fmt: skip
def test_kinds_and_parts_of_places(label: Label, text: str, places: list[str]) -> None:
    found = [mention.text for mention in label(text).mentions if mention.label == "LOCATION"]
    assert found == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("They won Nevada and lost Iowa.", ["Nevada", "Iowa"]),
        ("Critics said that Sicily is neglected.", ["Sicily"]),
        ("Sicily will be rebuilt within ten years.", ["Sicily"]),
        ("He blames a Utrecht firm and an Ohio foundry.", ["Ohio"]),
        ("The Ohio governor spoke.", []),
        ("The Ohio Herald reported it.", []),
        ("Dagestan denies it.", []),
        ("Dagestan, which denies it, was asked.", []),
        ("Talks with Dagestan failed.", []),
        ("The firm told Sicily to pay.", []),
        ("They praised Sofia and Virginia.", []),
        ("They love Paraguay.", []),
    ],
)  # fmt: skip
def test_known_places_that_stand_alone(label: Label, text: str, places: list[str]) -> None:
    found = [mention.text for mention in label(text).mentions if mention.label == "LOCATION"]
    assert found == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The speaker of the parliament of Paraguay resigned.", ["Paraguay"]),
        ("It was a request of Albania.", []),
        ("The Bank of Uganda raised rates.", []),
        ("They refused to recognise Abkhazia or South Ossetia.", ["Abkhazia", "South Ossetia"]),
        ("Ingrid Holm-Larsen of Norway and Omar Bello of Chad will speak.", ["Norway", "Chad"]),
        ("Omar Bello, Gabon's acting president, has fled.", ["Gabon"]),
        ("Three ministers quit, Gabon's president said.", []),
        ("Trade between Bolivia and Peru fell.", []),
        ("The road between Bolivia and Peru is closed.", ["Bolivia", "Peru"]),
        ("Guards closed the Bolivia-Peru border.", ["the Bolivia-Peru border"]),
        ("He lashed out at Bolivia before departing Peru.", ["Peru"]),
        ("They bombed Iraqi Kurdistan again.", ["Iraqi Kurdistan"]),
    ],
)  # fmt: skip
def test_countries_that_are_places(label: Label, text: str, places: list[str]) -> None:
    found = [mention.text for mention in label(text).mentions if mention.label == "LOCATION"]
    assert found == places
