"""Noun phrases: their core, the kind of party that their words name, the groups that they join."""

from __future__ import annotations

import re

from toolkit.claims.entities import Entities, Named, Scope
from toolkit.claims.entity_files import Party
from toolkit.model.claim import ClaimerType

WORD = re.compile(r"[\w-]+")
_DETERMINER = re.compile(
    r"(?:(?:both|all|some|many|most|several|other|one|two|three|four|five|six)(?: of)?\s+)?"
    r"(?:the|a|an|its|their|his|her|our|this|that|these|those|another)\s+"
    r"|(?:both|all|some|several|many|most|other|two|three|four|five|six)\s+",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r",\s|\s\(|\s(?:of|for|in|from|at|on|with|to|by|near|who|which|and|affiliated|involved|based|known|linked|led"
    r"|seen|obtained|investigating|probing|searching|monitoring|working|living|reviewed|viewed|published|released|collected|compiled|kept|held|run|close|familiar)\s"
)
# "Ministry of Health" is one name; "the police of Malawi" is a noun and where it is.
_NAMED_OF = re.compile(
    r"\b(?:Ministry|Department|Office|Bank|University|Institute|Council|Court|Chamber|Bureau|Board|Centre|Center|"
    r"Federation|Association|Union|Academy|Church|House|Port|Front|Movement|Agency|Commission|Committee|School|"
    r"College|Society|League|Army|Party|Voice|Alliance|Organi[sz]ation)"
    r"(?: (?:of|for) (?:the )?[A-ZÀ-ÞĀ-ŽḀ-Ỿ][\w'’-]+)+"
)
_PERSON = re.compile(
    r"(?:[A-ZÀ-ÞĀ-ŽḀ-Ỿ][\w.'’-]*\s+)+(?:(?:al|bin|van|von|de|el|ben)[ -])?[A-ZÀ-ÞĀ-ŽḀ-Ỿ][\w'’-]+$"
    r"|^[A-ZÀ-ÞĀ-ŽḀ-Ỿ][a-zà-žḁ-ỿ'’-]+$"
)
_FULL_NAME = 2  # words of a name and a surname
_TITLE_WORDS = (
    "mr mrs ms dr prof professor gen general col colonel maj major capt captain lt lieutenant sgt sergeant "
    "sen senator rep gov governor president vice prime minister foreign defence defense interior health "
    "chancellor king queen prince spokesman spokeswoman spokesperson chief deputy former sir lady pope rev "
    "bishop archbishop judge justice secretary brigadier dsp ssp asp"
)
_TITLES = frozenset(_TITLE_WORDS.split(" "))
# What an office is of, before the name of who holds it.
_FIELD_WORDS = (
    "Administration Administrative Affairs Agrarian Agricultural Agriculture Animal Antiquities Arts "
    "Aviation Border Borders Broadcasting Budget Business Care Change Charge Child Children Citizenship "
    "Civil Climate Coastal Commerce Communication Communications Communities Community Conservation "
    "Constitutional Consumer Cooperation Cooperatives Correctional Corrections Crime Cultural Culture "
    "Customs Cyber Cybersecurity Defence Defense Development Digital Disaster Disciplinary Drinking "
    "Ecology Economic Economics Economy Education Elderly Electricity Emergencies Emergency Employment "
    "Energy Environment Environmental Equality Ethnic European Exchequer External Families Family "
    "Federal Finance Fire Fisheries Fishing Food Foreign Forest Forestry Forests Gas Gender General "
    "Government Health Heritage Higher Home Homeland Housing Human Humanitarian Immigration Indigenous "
    "Industrial Industries Industry Information Infrastructure Innovation Integration Intelligence "
    "Interior Internal International Investigations Investment Irrigation Islamic Justice Labor Labour "
    "Land Lands Law Legal Livestock Local Management Manpower Marine Maritime Media Medical Migration "
    "Mineral Minerals Mines Mining Minority National Natural Nuclear Oil Operations Overseas Parks "
    "Parliamentary Personnel Petroleum Planning Police Policy Political Ports Post Posts Power Primary "
    "Prisons Privatisation Privatization Protection Provincial Public Railway Railways Reconstruction "
    "Reform Refugee Refugees Regional Rehabilitation Relations Relief Religion Religious Research "
    "Resilience Resources Revenue Rights Road Roads Rural Safety Sanitation School Schools Science "
    "Security Service Services Shipping Situations Skills Small Social Sport Sports Staff State "
    "Statistics Steel Strategic Strategy Supply Sustainable Tax Taxation Technology Telecommunications "
    "Textiles Tourism Trade Training Transport Transportation Treasury Tribal University Urban Veteran "
    "Veterans Veterinary Water Welfare Wildlife Women Work Works Youth"
)
_FIELD = rf"(?:{'|'.join(_FIELD_WORDS.split())}|Police|[Pp]arliament|Congress|[Cc]harge)"
_OFFICE_OF = re.compile(
    r"(?:[\w’'-]+\s+){0,5}?(?i:minister|secretary|undersecretary|under-secretary|chief|head|director|agent|officer|commissioner|attorney|administrator"
    r"|inspector|superintendent|coordinator|adviser|advisor|envoy|deputy|chair|chairman|chairwoman|ombudsman|controller|member)\s"
    rf"(?:(?:of|for|in)\s+(?:the\s+)?(?:{_FIELD}(?:['’]s?)?(?:,|\s+and|\s+&)?\s+)+)+"
    r"(?P<name>(?:[A-ZÀ-ÞĀ-Ž][\w.’'-]+\s+){1,3}[A-ZÀ-ÞĀ-Ž][\w’'-]+)$"
)
# Nouns for one person; "the mayor" is a he or a she, "the agency" an it.
_ROLE_WORDS = (
    "activist ambassador analyst attorney author bishop blogger boy brother captain chairman chairwoman "
    "chancellor chief colonel columnist commander congressman congresswoman coroner correspondent "
    "councillor daughter detective diplomat director doctor driver economist editor engineer expert "
    "farmer father firefighter fisherman founder general girl governor head historian husband imam "
    "investigator journalist judge king lawmaker lawyer leader lieutenant major man manager mayor medic "
    "minister mother neighbor neighbour nurse officer official organiser organizer owner paramedic "
    "passenger policeman policewoman pope premier president priest prince professor prosecutor queen "
    "representative reporter rescuer researcher resident scientist secretary senator sergeant sheriff "
    "shopkeeper "
    "sister soldier son spokesman spokesperson spokeswoman student surgeon survivor teacher villager "
    "widow widower wife witness woman worker "
)
ROLES = frozenset(_ROLE_WORDS.split(" ")) - {""}


def core_of(text: str) -> str:
    """A noun phrase without determiner, closing commas, and what follows its head."""
    words = undetermined(text)
    whole = _NAMED_OF.search(words)
    found = _BREAK.search(words)
    if whole and found and whole.start() < found.start() < whole.end():
        found = _BREAK.search(words, whole.end())
    return (words[: found.start()] if found else words).strip(" ,")


def undetermined(text: str) -> str:
    """A noun phrase without its determiner and closing comma."""
    words = " ".join(text.split()).strip(" ,")
    found = _DETERMINER.match(words)
    return words[found.end() :] if found and found.end() < len(words) else words


def party_of(core: str, parties: dict[str, Party]) -> Party | None:
    """The kind of party that a noun phrase's words name; the last and longest noun counts."""
    words = WORD.findall(core.casefold())
    for end in range(len(words), 0, -1):
        for start in range(max(0, end - 4), end):
            if found := parties.get(" ".join(words[start:end])):
                return found
    return None


def person_in(core: str, party: Party | None) -> str | None:
    """The proper name at the end of "Foreign Minister Sergei Lavrov"."""
    found = _PERSON.search(core)
    whole = _NAMED_OF.search(core)
    if not found or (whole and whole.start() < found.start() < whole.end()):
        return None
    words = found[0].split()
    nouns = {word for noun in (party.nouns if party else ()) for word in noun.split()}
    titled = 0
    while titled < len(words) and (word := words[titled].casefold().strip(".")) in nouns | _TITLES:
        titled += 1
        if word in _TITLES or word in ROLES:
            words, titled = words[titled:], 0
    # "Marlow Fire Chief Ed Brandt": what stands before the office is of it.
    last = max((at for at, word in enumerate(words[:-_FULL_NAME]) if word.casefold() in ROLES), default=-1)
    name = " ".join(words[last + 1 :])
    return None if not name or name.casefold() in nouns else name


def person_in_office(text: str) -> str | None:
    """The name behind an office and its field: "Minister of Foreign Affairs Ana Ruiz"."""
    found = _OFFICE_OF.match(" ".join(text.split()).split(", ")[0])
    return found["name"] if found else None


def of_country(party: Party, country: Named, core: str) -> Named:
    """One party of a country: "Malian" and "army" make mali.army."""
    return Named(f"{country.entity}.{party.id}", core, party.type)


def group_of(text: str, scope: Scope, entities: Entities) -> tuple[str | None, str, ClaimerType | None]:
    """Entity id, name and type of those affected; several known groups are joined by ``+``.

    The id is None where a part is no party that has one ("people"), the type where parts differ.
    """
    parts = [undetermined(part) for part in re.split(r"\s+and\s+|,\s+", text) if part.strip()]
    groups = [scope.victims.exactly(part) or _group(part, scope, entities) for part in parts]
    ids = {group.entity for group in groups if group}
    kinds = {group.type if group else None for group in groups}
    whole = bool(groups) and all(group and group.entity for group in groups)
    first = groups[0] if len(groups) == 1 else None
    return (
        "+".join(sorted(ids)) if whole else None,
        first.name if first else undetermined(text),
        kinds.pop() if len(kinds) == 1 else None,
    )


def _group(core: str, scope: Scope, entities: Entities) -> Named | None:
    """A known name in the phrase, a country's party, or a kind of party (without an id)."""
    hits = list(scope.names.find(core))
    proper = [hit for hit in hits if not hit.named.country]
    if proper:
        return proper[0].named
    party = party_of(core, entities.parties)
    country = next((hit.named for hit in hits if hit.named.country), None)
    if party:
        return of_country(party, country, core) if country else Named("", core, party.type)
    return Named(f"{country.entity}.people", core, "civilian") if country else None
