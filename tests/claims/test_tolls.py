"""One claim per claimer, effect, group and count; counts as intervals."""

from __future__ import annotations

import pytest

from toolkit.model import Claim

from .conftest import Label

Row = tuple[str | None, str | None, int | None, int | None, str | None]


def row(claim: Claim) -> Row:
    quantity = claim.quantity
    return (
        quantity.raw if quantity else None, claim.effect, quantity.low if quantity else None,
        quantity.high if quantity else None, claim.victim.span.text if claim.victim else None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("The rebels said they killed at least 84 mercenaries and 47 soldiers.",
         [("at least 84", "death", 84, None, "mercenaries"), ("47", "death", 47, 47, "soldiers")]),
        ("The army said two soldiers were killed and ten wounded.",
         [("two", "death", 2, 2, "soldiers"), ("ten", "injury", 10, 10, "soldiers")]),
        ("Police said 20 or more people may have been killed.",
         [("20 or more", "death", 20, None, "people")]),
        ("Reports suggest that between 20 and 80 fighters died.",
         [("between 20 and 80", "death", 20, 80, "fighters")]),
        ("The group said a drone had killed dozens of civilians.",
         [("dozens", "death", None, None, "civilians")]),
        ("The mayor said Roads Minister Ana Ruiz, Trade Minister Ibo Lund and a clerk were killed.",
         [(None, "death", None, None, "a clerk"), (None, "death", None, None, "Trade Minister Ibo Lund"),
          (None, "death", None, None, "Roads Minister Ana Ruiz")]),
        ("The clinic said that 30 women were hurt, nine of them nurses, and a cook died.",
         [(None, "death", None, None, "a cook"), ("30", "injury", 30, 30, "women"),
          ("nine", "injury", 9, 9, "nurses")]),
        ("The clinic said that 30 women died, nine of them nurses, and 12 were hurt.",
         [("30", "death", 30, 30, "women"), ("nine", "death", 9, 9, "nurses"),
          ("12", "injury", 12, 12, "women")]),
        ("The clinic said that more than 400 fled their homes.",
         [("more than 400", "displaced", 401, None, None)]),
        ("The port said a barge with 18 sailors aboard sank.", [("18", None, 18, 18, "sailors")]),
        ("The state said more than 2.4 lakh villagers had been displaced.",
         [("more than 2.4 lakh", "displaced", 240_001, None, "villagers")]),
        ("The mayor said the deputy minister for roads was wounded.",
         [(None, "injury", None, None, "the deputy minister for roads")]),
        ("The mayor said a bear had wounded Ana Ruiz, and that Ruiz herself was beaten.",
         [(None, "injury", None, None, "Ana Ruiz"), (None, "injury", None, None, "Ruiz herself")]),
        ("The village lost 40 of its 200 people to cholera.",
         [("40", "death", 40, 40, "people")]),
        ("The mayor said nine shops and a taxi were burned.",
         [(None, "destroyed", None, None, "a taxi"), ("nine", "destroyed", 9, 9, "shops")]),
        ("The ministry said the death toll had risen to 40.", [("40", "death", 40, 40, None)]),
        ("Wagner said it had suffered heavy losses.", [("heavy", "casualty_unspecified", None, None, "it")]),
        ("The rebels said they had taken seven soldiers prisoner.",
         [("seven", "captured", 7, 7, "soldiers")]),
        ("The mayor said up to 120 people had been in the building.",
         [("up to 120", None, None, 120, "people")]),
        ("The group claimed the deaths of 50 mercenaries and 10 soldiers.",
         [("50", "death", 50, 50, "mercenaries"), ("10", "death", 10, 10, "soldiers")]),
        ("The agency lowered the number of people killed in the flood from 19 to 16.",
         [("19", "death", 19, 19, "people"), ("16", "death", 16, 16, "people")]),
        ("The death toll rose from 19 to 23.",
         [("19", "death", 19, 19, None), ("23", "death", 23, 23, None)]),
        ("Three men died and one boy was injured.",
         [("Three", "death", 3, 3, "men"), ("one", "injury", 1, 1, "boy")]),
        ("The union put the dead at 124 and the wounded at 200.",
         [("124", "death", 124, 124, None), ("200", "injury", 200, 200, None)]),
        ("Six people, four men and two women, were killed.",
         [("Six", "death", 6, 6, "people"), ("four", "death", 4, 4, "men"), ("two", "death", 2, 2, "women")]),
        ("Seven soldiers, injured by a mine, were evacuated to the capital.",
         [("Seven", "injury", 7, 7, "soldiers")]),
        ("One of two helicopters had been shot down.", [("One", "destroyed", 1, 1, "helicopters")]),
        ("A boy of 17 was killed.", [(None, "death", None, None, "A boy of 17")]),
        ("The clinic had been counting five bodies twice.", []),
        ("The toll stood at six civilians dead and 20 others wounded.",
         [("six", "death", 6, 6, "civilians"), ("20", "injury", 20, 20, "others")]),
        ("At least 40 people, including nine children, were killed and 12 injured.",
         [("At least 40", "death", 40, None, "people"), ("nine", "death", 9, 9, "children"),
          ("12", "injury", 12, 12, "people")]),
        ("Police said troops killed ten gunmen and seized three M16 rifles.",
         [("ten", "death", 10, 10, "gunmen"), ("three", "captured", 3, 3, None)]),
        ("The storm left one farmer and a trader dead a few hours later.",
         [(None, "death", None, None, "a trader"), ("one", "death", 1, 1, "farmer")]),
        ("Some 300 took shelter in a school.", [("Some 300", "displaced", None, None, None)]),
        ("It fired rockets, 40 that injured five sailors.",
         [("five", "injury", 5, 5, "sailors")]),
        ("Two trams collided, killing 45 people. Of these, 13 were depot staff.",
         [("45", "death", 45, 45, "people"), ("13", "death", 13, 13, "depot staff")]),
        ("The fire killed 14 weavers. Five of them were women.",
         [("14", "death", 14, 14, "weavers"), ("Five", "death", 5, 5, "them")]),
        ("The flood killed 30 people. Of these, 40 were guests.", [("30", "death", 30, 30, "people")]),
        ("The flood killed 30 people. Of these, 13 lived for a day.", [("30", "death", 30, 30, "people")]),
        ("Camp staff said 2,000 herders had fled. A week ago they put the number at 1,500.",
         [("2,000", "displaced", 2000, 2000, "herders"), ("1,500", "displaced", 1500, 1500, None)]),
        ("The militia said it had captured 12 soldiers; by noon the figure had risen to 17.",
         [("12", "captured", 12, 12, "soldiers"), ("17", "captured", 17, 17, None)]),
        ("A marcher was killed and dozens wounded in the clash.",
         [(None, "death", None, None, "A marcher"), ("dozens", "injury", None, None, None)]),
        ("Nine sailors were captured and 19 bodies were found.",
         [("Nine", "captured", 9, 9, "sailors"), ("19", "death", 19, 19, None)]),
        ("Six missing miners were found dead on Tuesday.", [("Six", "death", 6, 6, "missing miners")]),
        ("From 40 to 60 people were killed in the raid.",
         [("From 40 to 60", "death", 40, 60, "people")]),
        ("He died at 85 after a long illness.", []),
        ("Two boys aged five and 11 died.", [("Two", "death", 2, 2, "boys aged five and 11")]),
        ("Six cooks from Lae, Marn and San Rafael were killed.",
         [("Six", "death", 6, 6, "cooks from Lae, Marn and San Rafael")]),
        ("The navy “neutralised” nine smugglers.", [("nine", "death", 9, 9, "smugglers")]),
        ("The board reported 31 deaths, a number that was later lowered to 28.",
         [("31", "death", 31, 31, None), ("28", "death", 28, 28, None)]),
        ("Raiders abducted 14 weavers who were washing wool.",
         [("14", "captured", 14, 14, "weavers who were washing wool")]),
        ("The budget eliminates 900 posts in the ports.", [("900", None, 900, 900, "posts")]),
        ("Sixty-one of the 4,000 patients have died.", [("Sixty-one", "death", 61, 61, "patients")]),
        ("Police said that one miner was killed.", [("one", "death", 1, 1, "miner")]),
        ("About 30k residents were displaced.", [("About 30k", "displaced", None, None, "residents")]),
        ("THREE PEASANTS WERE KILLED.", [("THREE", "death", 3, 3, "PEASANTS")]),
        ("A SOLDIER WAS KILLED AND TWO CIVILIANS WERE WOUNDED.",
         [(None, "death", None, None, "A SOLDIER"), ("TWO", "injury", 2, 2, "CIVILIANS")]),
        ("A policeman died in the attack.", [(None, "death", None, None, "A policeman")]),
        ("A soldier injured the driver.", [(None, "injury", None, None, "the driver")]),
        ("A drone had destroyed the bridge.", [(None, "destroyed", None, None, "the bridge")]),
        ("Fourteen people were treated for burns.", [("Fourteen", "injury", 14, 14, "people")]),
        ("Nine people were in hospital.", [("Nine", "injury", 9, 9, "people")]),
        ("Two nurses were among the dead.", [("Two", "death", 2, 2, "nurses")]),
        ("The rebels are holding seven prisoners.", [("seven", "captured", 7, 7, "prisoners")]),
        ("At least 400 families lost their homes.", [("At least 400", "displaced", 400, None, "families")]),
        ("The storm damaged 40 houses and destroyed 12.",
         [("40", "other", 40, 40, "houses"), ("12", "destroyed", 12, 12, "houses")]),
        ("Eighteen schoolgirls and their teacher died when a bus fell into a ravine.",
         [(None, "death", None, None, "their teacher"), ("Eighteen", "death", 18, 18, "schoolgirls")]),
        ("The raid killed 23 civilians, including five children and two nurses.",
         [("23", "death", 23, 23, "civilians"), ("five", "death", 5, 5, "children"),
          ("two", "death", 2, 2, "nurses")]),
        ("Twelve choristers, three of them children, drowned.",
         [("Twelve", "death", 12, 12, "choristers"), ("three", "death", 3, 3, "children")]),
        ("Among the victims were five Indians, two Germans and one Finn.",
         [("five", "death", 5, 5, "Indians"), ("two", "death", 2, 2, "Germans"),
          ("one", "death", 1, 1, "Finn")]),
        ("Divers retrieved 12 bodies overnight, raising the toll to 49.",
         [("12", "death", 12, 12, None), ("49", "death", 49, 49, None)]),
        ("Nine “bandits” were killed and fourteen others were wounded.",
         [("Nine", "death", 9, 9, "bandits"), ("fourteen", "injury", 14, 14, "others")]),
        ("Eight of them were wounded.", [("Eight", "injury", 8, 8, "them")]),
        ("Nine people died in the storm: six in Lae, two in Wau and one at sea.",
         [("Nine", "death", 9, 9, "people"), ("six", "death", 6, 6, None), ("two", "death", 2, 2, None),
          ("one", "death", 1, 1, None)]),
        ("The death toll from a 6.2-magnitude quake that shook Lae has risen to 40.",
         [("40", "death", 40, 40, None)]),
        ("The hospital treated about 70 injured people.", [("about 70", "injury", None, None, "people")]),
        ("The crush claimed 27 lives on Friday.", [("27", "death", 27, 27, None)]),
        ("The army lost 30 men in a week of clashes, the rebels six.",
         [("30", "death", 30, 30, "men"),
          ("six", "death", 6, 6, "the rebels")]),
        ("The army lost “fewer than 20” men.", [("fewer than 20", "death", None, 19, "men")]),
        ("The army lost two tanks.", [("two", "destroyed", 2, 2, "tanks")]),
        ("The raid left some 40 soldiers from the garrison dead.",
         [("some 40", "death", None, None, "soldiers")]),
        ("Five people died and 48 were hurt, 21 of them police officers, in the clashes.",
         [("Five", "death", 5, 5, "people"), ("48", "injury", 48, 48, "people"),
          ("21", "injury", 21, 21, "police officers")]),
        ("The dead include 11 members of the Red gang.",
         [("11", "death", 11, 11, "members of the Red gang")]),
        ("Gunmen shot dead the commander of its northern unit, Idris Bako.",
         [(None, "death", None, None, "the commander of its northern unit, Idris Bako")]),
        ("The suspect, a man from Lae, died of a gunshot wound.",
         [(None, "death", None, None, "The suspect, a man from Lae")]),
        ("Up to 4,000 families had fled the district.",
         [("Up to 4,000", "displaced", None, 4000, "families")]),
        ("The army said it had shot down one of the jets.", [("one", "destroyed", 1, 1, "the jets")]),
        ("The storm claimed at least 11 lives.", [("at least 11", "death", 11, None, None)]),
        ("A spokesman put its losses at 11 dead and 24 wounded.",
         [("11", "death", 11, 11, None), ("24", "injury", 24, 24, None)]),
        ("Six people are still missing, down from 30 on Tuesday.",
         [("Six", "missing", 6, 6, "people"), ("30", "missing", 30, 30, None)]),
        ("The number of missing rose to 103.", [("103", "missing", 103, 103, None)]),
        ("Two policemen guarding the bank in Quito were killed by 30 men in uniforms.",
         [("Two", "death", 2, 2, "policemen guarding the bank in Quito")]),
        ("Twelve gunmen killed three people.", [("three", "death", 3, 3, "people")]),
        ("On 50 motorbikes, they torched 14 houses.", [("14", "destroyed", 14, 14, "houses")]),
        ("The mayor of San Rafael was shot dead outside his home.",
         [(None, "death", None, None, "The mayor of San Rafael")]),
        ("Ernesto Diaz, 52, was kidnapped.", [(None, "captured", None, None, "Ernesto Diaz")]),
        ("The flood forced 2,300 villagers from their homes.",
         [("2,300", "displaced", 2300, 2300, "villagers")]),
        ("Two troopers died, bringing to 50 the number of soldiers killed since 2013.",
         [("Two", "death", 2, 2, "troopers"), ("50", "death", 50, 50, "soldiers")]),
        ("Seven inmates were stabbed or strangled to death.", [("Seven", "death", 7, 7, "inmates")]),
        ("Some 2,800 homes were lost and 200 homes were destroyed, killing 56.",
         [("Some 2,800", "destroyed", None, None, "homes"), ("200", "destroyed", 200, 200, "homes"),
          ("56", "death", 56, 56, None)]),
        ("5 soldiers, 3 rebels dead in raid",
         [("5", "death", 5, 5, "soldiers"), ("3", "death", 3, 3, "rebels")]),
        ("Police said 15,000 people had marched.", [("15,000", None, 15000, 15000, "people")]),
        ("The mayor said there were eight lifeguards for 1,900 swimmers.",
         [("eight", None, 8, 8, "lifeguards"), ("1,900", None, 1900, 1900, "swimmers")]),
        ("The bank said the repairs would cost $3.5 million.",
         [("$3.5 million", None, 3500000, 3500000, None)]),
        ("The port said 40 containers were empty.", [("40", None, 40, 40, None)]),
        ("Over 9,000 nurses marched through Lae on Friday.", [("Over 9,000", None, 9001, None, "nurses")]),
        ("The ferry, with 212 passengers aboard, ran aground.", [("212", None, 212, 212, "passengers")]),
        ("The ministry will hire 4,500 teachers.", []),
        ("Doctors said 900 suspected cholera cases and 31 deaths were recorded.",
         [("900", "other", 900, 900, None), ("31", "death", 31, 31, None)]),
        ("Two villagers were swept away.", [("Two", "missing", 2, 2, "villagers")]),
        ("The dead include nine of the 40 guards.", [("nine", "death", 9, 9, "guards")]),
        ("The toll lies between 50 and 70.", [("between 50 and 70", "death", 50, 70, None)]),
        ("The group confirmed the death of its commander.", [(None, "death", None, None, "its commander")]),
    ],
)  # fmt: skip
def test_tolls(label: Label, text: str, rows: list[Row]) -> None:
    told = [claim for claim in label(text).claims if "statement.sentence" not in claim.provenance.rule_ids]
    assert [row(claim) for claim in told] == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Gunmen killed the presenter, Wilmer Padilla, and wounded two technicians.",
         [("death", "the presenter, Wilmer Padilla"), ("injury", "technicians")]),
        ("A nurse and her two sons were among the dead.", [("death", "A nurse"), ("death", "sons")]),
        ("Police detained a 19-year-old man in La Ceiba.", [("captured", "a 19-year-old man")]),
        ("Security forces hurt several protesters, doctors said.", [("injury", "protesters")]),
        ("Four climbers died, including an Italian guide.",
         [("death", "an Italian guide"), ("death", "climbers")]),
        ("Guards shot three inmates dead.", [("death", "inmates")]),
        ("The mayor's brother was shot dead.", [("death", "The mayor's brother")]),
        ("Soldiers beat a shopkeeper.", [("injury", "a shopkeeper")]),
        ("The fire destroyed homes and residents fled.", []),
        ("Rescuers freed the driver.", []),
        ("The houses of the street were empty, and those in the tower are all wounded.", []),
        ("One striker lost an eye and six officers suffered cuts.",
         [("injury", "striker"), ("injury", "officers")]),
        ("Opposition leader Kizza Besigye was detained at his home.",
         [("captured", "Opposition leader Kizza Besigye")]),
        ("A man killed in the blast was a baker.", [("death", "A man")]),
        ("A climber from Spain fell to his death.", [("death", "A climber from Spain")]),
        ("Villagers were killed and a bus driver froze to death.",
         [("death", "Villagers"), ("death", "a bus driver")]),
        ("A policeman was killed by a sniper.", [("death", "A policeman")]),
        ("Ernesto Vidal kept bees. Vidal was shot dead at his gate.", [("death", "Vidal")]),
        ("Vidal was shot dead at his gate.", []),
        ("A man in his car was shot dead.", [("death", "A man in his car")]),
        ("It is not clear if the pilot was killed.", []),
        ("The army killed the gunmen at the bridge.", []),
        ("No one in the two buses was hurt.", []),
        ("The team beat the record.", []),
        ("The army killed the deal.", []),
    ],
)  # fmt: skip
def test_harm_without_a_count(label: Label, text: str, rows: list[tuple[str, str]]) -> None:
    found = [(claim.effect, claim.victim.span.text) for claim in label(text).claims if claim.victim]
    assert found == rows


def test_a_list_of_people_with_commas_is_in_one_clause(label: Label) -> None:
    (claim,) = label("Ali Khan, a 26-year-old rider, and a student were shot dead.").claims
    assert claim.span.text == "Ali Khan, a 26-year-old rider, and a student were shot dead"
    assert claim.effect == "death"


def test_what_befell_the_next_is_not_what_befell_those_before(label: Label) -> None:
    claims = label("A blast killed nine people, and the market burned.").claims
    found = [(claim.effect, claim.victim and claim.victim.span.text, claim.span.text) for claim in claims]
    assert found == [
        ("death", "people", "A blast killed nine people"),
        (None, None, "the market burned"),
    ]


def test_what_closes_a_list_is_in_its_clause(label: Label) -> None:
    spans = {claim.span.text for claim in label("They killed a guard, a cook, and two drivers.").claims}
    assert spans == {"They killed a guard, a cook, and two drivers"}


def test_shared_count_has_both_effects(label: Label) -> None:
    claims = label("The group said it had killed and injured dozens of soldiers.").claims
    assert {claim.effect for claim in claims} == {"death", "injury"}
    assert len({claim.claim_id for claim in claims}) == 2


def test_claims_of_one_sentence_share_span_claimer_and_cue(label: Label) -> None:
    first, second = label("The rebels claimed to have killed 84 mercenaries and 47 soldiers.").claims
    assert (first.span, first.claimer, first.cue) == (second.span, second.claimer, second.cue)


def test_reporter_s_voice_has_no_claimer(label: Label) -> None:
    claim, _ = label("At least 12 miners died when the shaft fell in, and work has stopped.").claims
    assert (claim.claimer, claim.cue, claim.effect) == (None, None, "death")
    assert claim.span.text.startswith("At least 12 miners died")


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("The rebels said they had killed 84 soldiers.", "by_claimer"),
        ("The rebels claimed to have killed 84 soldiers.", "by_claimer"),
        ("Wagner said it had suffered heavy losses.", "overall"),
        ("The army said 84 soldiers were killed.", "overall"),
        ("The army said a drone had killed 12 soldiers.", "overall"),
    ],
)
def test_scope(label: Label, text: str, scope: str) -> None:
    (claim,) = label(text).claims
    assert claim.toll_scope == scope


@pytest.mark.parametrize(
    "text",
    [
        "The army seized power in two coups in 2020 and 2021.",
        "The clashes mark one of the heaviest losses for the group.",
        "Between July 22 and 27 nothing happened.",
        "Over 1,000 men marched.",
    ],
)
def test_counts_that_are_no_toll(label: Label, text: str) -> None:
    assert [claim for claim in label(text).claims if claim.effect and claim.quantity] == []


def test_hedges_and_certainty(label: Label) -> None:
    (claim,) = label("Bloggers estimated that 20 men may have been killed.").claims
    assert [(hedge.span.text, hedge.type) for hedge in claim.hedges][-1] == ("may", "modal")
    assert (claim.certainty.claimer, claim.certainty.author) == ("PS+", "Uu")


def test_event_place_and_date(label: Label) -> None:
    (claim,) = label(
        "The rebels said they killed 84 soldiers near Tinzaouaten between July 22 and 27."
    ).claims
    assert claim.event is not None
    assert claim.event.event_id == "tinzaouaten-2024"
    assert claim.event.location is not None
    assert (claim.event.location.entity, claim.event.location.near) == ("tinzaouaten", True)
    assert claim.event.date is not None
    assert (claim.event.date.start, claim.event.date.end) == ("2024-07-22", "2024-07-27")


def test_day_of_the_statement_is_not_the_day_of_the_event(label: Label) -> None:
    (claim,) = label("The army said on Thursday that two soldiers had died.").claims
    assert claim.event is None or claim.event.date is None


def test_without_publication_date_a_relative_date_keeps_its_words(label: Label) -> None:
    (claim,) = label("The army said that two soldiers had died on Monday.", published=None).claims
    assert claim.event is not None and claim.event.date is not None
    assert (claim.event.date.span.text, claim.event.date.start, claim.event.date.end) == (
        "on Monday",
        None,
        None,
    )


def test_check_worthiness_says_why(label: Label) -> None:
    toll, talk = (
        label(text).claims[0].check_worthiness
        for text in ("The Malian army said two soldiers had died.", "She said the food was good.")
    )
    assert toll.label == "CFS"
    assert "a toll" in toll.reasons
    assert talk.label == "NFS"


def test_what_befell_somebody_who_does_something_else_ends_with_its_comma(label: Label) -> None:
    first, _ = label("The guard, who was not hurt, said the gate had been open.").claims
    assert (first.span.text, first.effect, first.certainty.claimer) == ("was not hurt", "injury", "CT-")
