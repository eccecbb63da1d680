"""Who said what: sources as maximal noun phrases, contents without source and cue."""

from __future__ import annotations

import pytest

from toolkit.claims.cues import lemma_of

from .conftest import Label, said


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("The road is blocked, haulers said.", [("haulers", "said", "The road is blocked")]),
        ("“It fell,” said Omar Said, 40.", [("Omar Said, 40", "said", "“It fell,”")]),
        ("The council said about half of the wells were dry.",
         [("The council", "said", "about half of the wells were dry")]),
        ("Ana Ruiz, a former judge, called them long overdue.",
         [("Ana Ruiz, a former judge,", "called", "them long overdue")]),
        ("Nobody had counted the passengers.", []),
        ("Port Adel, May 3 (LPN): Nine barges sank, police said.", [("police", "said", "Nine barges sank")]),
        ("The clerk said the crew was warned but chose to sail.",
         [("The clerk", "said", "the crew was warned but chose to sail")]),
        ("Poverty will grow, a think tank said.", [("a think tank", "said", "Poverty will grow")]),
        ("Guards said they were held all night, something police deny.",
         [("police", "deny", "they were held all night"), ("Guards", "said", "they were held all night")]),
        ("A clinic has admitted 40 wounded guards, according to its director.",
         [("its director", "according to", "A clinic has admitted 40 wounded guards")]),
        ("The bank declined to comment on the letter, citing a pending inquiry.", []),
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
        ("Tad Devine, an adviser to Mr. Sand, said on Tuesday that the campaign would go on.",
         [("Tad Devine, an adviser to Mr. Sand,", "said", "the campaign would go on")]),
        ("“The pier is gone,” a clerk told Radio Sol but gave no hour.",
         [("a clerk", "told", "“The pier is gone,”")]),
        ("“The pier is gone,” the agency quoted a clerk as saying.",
         [("a clerk", "saying", "“The pier is gone,”")]),
        ("“The pier is gone,” a clerk was quoted as saying by the agency.",
         [("a clerk", "saying", "“The pier is gone,”")]),
        ("The ministry said guards who had seen the blaze told police that the gate was shut.",
         [("The ministry", "said", "guards who had seen the blaze told police that the gate was shut"),
          ("guards who had seen the blaze", "told", "the gate was shut")]),
        ("“It is over,” said Okoro, who added that 300 tents were needed.",
         [("Okoro", "said", "“It is over,”"), ("Okoro", "added", "300 tents were needed")]),
        ("The port authority, which had earlier said that one crane fell, has denied reports of a leak.",
         [("The port authority", "said", "one crane fell"),
          ("The port authority", "denied", "reports of a leak")]),
        ("Nurses at clinics where the sick were taken said that beds had run out.",
         [("Nurses at clinics where the sick were taken", "said", "beds had run out")]),
        ("Some 44 goats died in Niger, according to Radio Sol, a local station.",
         [("Radio Sol, a local station", "according to", "Some 44 goats died in Niger")]),
        ("Abel Roy, Bangladesh’s minister for ports, said the pier was shut.",
         [("Abel Roy, Bangladesh’s minister for ports,", "said", "the pier was shut")]),
        ("According to harbour police, the first fire broke out in Lami, a suburb, hurting two.",
         [("harbour police", "According to", "the first fire broke out in Lami, a suburb, hurting two")]),
        ("Footage posted online shows guards beating a man.",
         [("Footage posted online", "shows", "guards beating a man")]),
        ("The council announced May 12 as the day of the count.",
         [("The council", "announced", "May 12 as the day of the count")]),
        ("The clerk said he had no details on the number of dead.",
         [("The clerk", "said", "he had no details on the number of dead")]),
        ("Port owners, like their rivals, say trade is up.",
         [("Port owners, like their rivals,", "say", "trade is up")]),
        ("“We are done,” the man said angrily.", [("the man", "said", "“We are done,”")]),
        ("The minister issued a statement saying that ten people had died.",
         [("The minister", "saying", "ten people had died")]),
        ("Ms. Ruiz told the hall that it was “a crime,” adding, “We will answer.”",
         [("Ms. Ruiz", "told", "it was “a crime,”"), ("Ms. Ruiz", "adding", "“We will answer.”")]),
        ("The changes, which officials said will come in June, do not apply here.",
         [("officials", "said", "will come in June")]),
        ("Weeks after the king announced that the war was over, jets bombed a port.",
         [("the king", "announced", "the war was over")]),
        ("While one firm says there are 2,400 mines, another says there are 1,800.",
         [("one firm", "says", "there are 2,400 mines"), ("another", "says", "there are 1,800")]),
        ("The court this month rejected a request from the party.",
         [("The court", "rejected", "a request from the party")]),
        ("Its spokesman, Col. Idris Faro, said the jets had left.",
         [("Its spokesman, Col. Idris Faro,", "said", "the jets had left")]),
        ("An official who asked not to be named rejected it as propaganda.",
         [("An official who asked not to be named", "rejected", "it as propaganda")]),
        ("The owner has dismissed as “baseless” claims that the door was locked.",
         [("The owner", "dismissed", "claims that the door was locked")]),
        ("Farmers have blamed the sluice.", [("Farmers", "blamed", "the sluice")]),
        ("The bank had forecast a gap of 5 percent.", [("The bank", "forecast", "a gap of 5 percent")]),
        ("Analysts at Sol said in a note the target was bold.",
         [("Analysts at Sol", "said", "the target was bold")]),
        ("Nine people died, head of the Marn council Ana Ruiz said.",
         [("head of the Marn council Ana Ruiz", "said", "Nine people died")]),
        ("Nine people died, the Commission on Human Rights (CHR) has said.",
         [("the Commission on Human Rights (CHR)", "said", "Nine people died")]),
        ("A thousand people died on the roads, as per a list issued by the state.",
         [("a list issued by the state", "as per", "A thousand people died on the roads")]),
        ("Four dead at party, sheriff says", [("sheriff", "says", "Four dead at party")]),
        ("Radio Sol quoted one man as saying the doors were locked.",
         [("one man", "saying", "the doors were locked")]),
        ("The party threatened a nationwide strike.", [("The party", "threatened", "a nationwide strike")]),
        ("The agency published a new count on Tuesday: 15 people died.",
         [("The agency", "published", "15 people died")]),
        ("The rebels said they had won, while the army said they had fled.",
         [("The rebels", "said", "they had won"), ("the army", "said", "they had fled")]),
        ("The rebels claimed a victory, asserting that they killed 131 soldiers.",
         [("The rebels", "claimed", "a victory"), ("The rebels", "asserting", "they killed 131 soldiers")]),
        ("Wagner estimated that the rebels had 1,000 men, and reported that a helicopter was downed.",
         [("Wagner", "estimated", "the rebels had 1,000 men"),
          ("Wagner", "reported", "a helicopter was downed")]),
        ("The mayor had left the room, saying it was too late.",
         [("The mayor", "saying", "it was too late")]),
        ("The agency on Friday lowered the number of dead to twelve.",
         [("The agency", "lowered", "the number of dead to twelve")]),
        ("Detectives suspect that the fire was set on purpose.",
         [("Detectives", "suspect", "the fire was set on purpose")]),
        ("The coroner put the toll at 14.", [("The coroner", "put", "the toll at 14")]),
        ("The coroner put the toll at 14 on Monday.", [("The coroner", "put", "the toll at 14")]),
        ("The coroner put the toll at 14, down from 16 on Monday.",
         [("The coroner", "put", "the toll at 14, down from 16 on Monday")]),
        ("Thousands fled what the Red Cross calls a forgotten war.",
         [("the Red Cross", "calls", "a forgotten war")]),
        ("Without more help, the minister told reporters earlier, the gap would grow.",
         [("the minister", "told", "Without more help the gap would grow")]),
        ("Clean Hands, which wanted a trial, was pleased, but its director, Ana Ruiz, said it came late.",
         [("its director, Ana Ruiz,", "said", "it came late")]),
        ("Twenty deaths were reported since June.", []),
        ("The governor spoke of 20 dead.", [("The governor", "spoke of", "20 dead")]),
        ("The minister called the blast an accident.", [("The minister", "called", "the blast an accident")]),
        ("Nine people drowned, the coast guard said on Wednesday.",
         [("the coast guard", "said", "Nine people drowned")]),
        ("Ten people died, the agency said, and 240 were injured.",
         [("the agency", "said", "Ten people died 240 were injured")]),
        ("Ten people died, the agency said, and left the scene.",
         [("the agency", "said", "Ten people died")]),
        ("The ministry said 20 people had died, a far higher count than the army gave.",
         [("The ministry", "said", "20 people had died")]),
        ("The ministry said 20 people had died and named one of them as a teacher.",
         [("The ministry", "said", "20 people had died")]),
        ("The ministry said 20 people had died, in a message to parents.",
         [("The ministry", "said", "20 people had died")]),
        ("PORT ADEL – Twenty people died in the fire, police said.",
         [("police", "said", "Twenty people died in the fire")]),
        ("Marn (Wire) — “Nobody was warned,” the mayor said.",
         [("the mayor", "said", "“Nobody was warned,”")]),
        ("The rebels deny it.", [("The rebels", "deny", "it")]),
        ("Two officers who took part in the raid told a newspaper they had no order.",
         [("Two officers who took part in the raid", "told", "they had no order")]),
        ("Fishermen along the bay said the water was black.",
         [("Fishermen along the bay", "said", "the water was black")]),
        ("The minister has called the allegation absurd.",
         [("The minister", "called", "the allegation absurd")]),
        ("“Where is the aid?” Ana Ruiz asked on Monday.", [("Ana Ruiz", "asked", "“Where is the aid?”")]),
        ("“Forty are in hospital,” according to the mayor.",
         [("the mayor", "according to", "“Forty are in hospital,”")]),
        ("The union went on strike, vowing to stay out until June.",
         [("The union", "vowing", "to stay out until June")]),
        ("Residents said by phone mortar shells had hit three houses.",
         [("Residents", "said", "mortar shells had hit three houses")]),
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
        "The guests on the late night show left.",
        "Who do you think won the race?",
        "“I believe that the police said so to everyone",
        "The coalition praised the work of the nurses.",
        "The army urged civilians to leave the town.",
    ],
)
def test_what_only_looks_like_a_cue(label: Label, text: str) -> None:
    assert said(label(text).claims) == []


def test_content_whose_verb_waits_behind_the_source_has_pieces(label: Label) -> None:
    text = "Two cooks were, according to the brigade, among the wounded."
    (claim,) = label(text).claims
    assert claim.span.pieces is not None
    assert [text[piece.start : piece.end] for piece in claim.span.pieces] == [
        "Two cooks were",
        "among the wounded",
    ]


@pytest.mark.parametrize(
    ("text", "claimer", "content"),
    [
        ("A nurse was quoted by Radio Sol: “The wards were full.”", "A nurse", "“The wards were full.”"),
        ("One miner described the night: “Nobody slept.”", "One miner", "“Nobody slept.”"),
        ("Doctors are warning that the wells are dry.", "Doctors", "the wells are dry"),
        ("It forced the minister to admit that the wells were dry.", "the minister", "the wells were dry"),
        ("Another miner, Ana Ruiz said the lamps went out.", "Another miner, Ana Ruiz", "the lamps went out"),
        ("The owner criticised the law saying it was old.", "The owner", "it was old"),
        ("The union's letter reads, in part, “We stay.”", "The union's letter", "“We stay.”"),
    ],
)  # fmt: skip
def test_ways_to_say_it(label: Label, text: str, claimer: str, content: str) -> None:
    found = [(c.claimer.span.text, c.span.text) for c in label(text).claims if c.claimer and c.claimer.span]
    assert found == [(claimer, content)]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor declared a state of emergency.",
        "A lorry slammed into the gate of the port.",
        "Nine dead in car blasts in the port.",
        "He is a self proclaimed king.",
    ],
)
def test_no_words_of_saying(label: Label, text: str) -> None:
    assert not [claim for claim in label(text).claims if claim.cue]


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


@pytest.mark.parametrize(
    "text",
    [
        "That made her the second confirmed case in the district.",
        "The grants added into the bill cost $9 million.",
        "The colonel declared himself the victor.",
        "Six provinces have declared emergencies.",
        "The swimmer claimed her fourth medal in Lima.",
        "A bomb blasted the market.",
        "If the drought continues it could ruin the harvest.",
        "The firm added 90 jobs.",
        "The bishop called on his flock to stay at home.",
        "Both neighbours warned Ruritania against such a step.",
        "The mayor criticised the plan.",
        "The clerk asked Tessa Boyd, who was driving, to stop.",
        "Output fell by a tenth compared to the year before.",
    ],
)
def test_words_of_saying_that_say_nothing(label: Label, text: str) -> None:
    assert said(label(text).claims) == []
