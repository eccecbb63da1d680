"""Who a noun phrase names: the party, its type, and the antecedent of "it", "the army" or a surname."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from toolkit.claims.entities import Entities, Hit, Named, Scope
from toolkit.claims.entity_files import Party
from toolkit.model import Claimer, Document, Span
from toolkit.model.claim import ClaimerType, ResolvedBy

_DETERMINER = re.compile(
    r"(?:(?:both|all|some|many|most|several|other|one|two|three|four|five|six)(?: of)?\s+)?"
    r"(?:the|a|an|its|their|his|her|our|this|that|these|those|another)\s+"
    r"|(?:both|all|some|several|many|most|other|two|three|four|five|six)\s+",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r",\s|\s\(|\s(?:of|for|in|from|at|on|with|to|by|near|who|which|and|affiliated|involved|based|known|linked|led)\s"
)
_PERSON = re.compile(
    r"(?:[A-ZÀ-Þ][\w.'’-]*\s+)+(?:(?:al|bin|van|von|de|el|ben)[ -])?[A-ZÀ-Þ][\w'’-]+$|^[A-ZÀ-Þ][a-zà-ÿ'’-]+$"
)
_SINGULAR_PERSON = {"he", "she"}
_THING = {"it"}
_PLURAL = {"they", "we"}
_INDEFINITE = {
    "many",
    "some",
    "others",
    "most",
    "both",
    "few",
    "neither",
    "everyone",
    "nobody",
    "no one",
    "i",
    "you",
}
_GROUPS: frozenset[ClaimerType] = frozenset(
    {"rebel_group", "jihadist_group", "militia", "external_force", "intl_org", "state_forces"}
)
_GENERIC = {
    "group": _GROUPS, "movement": _GROUPS, "organisation": _GROUPS, "organization": _GROUPS, "alliance": _GROUPS,
    "coalition": _GROUPS, "front": _GROUPS,
}  # fmt: skip


@dataclass(slots=True)
class Speakers:
    """Names the claimers of one document in the order of the text, and remembers them for later ones."""

    document: Document
    entities: Entities
    scope: Scope
    before: list[tuple[int, Claimer]] = field(default_factory=list)

    def name(self, start: int, end: int) -> Claimer:
        """The claimer at a place (half-open code points)."""
        span = Span.of(self.document.text, start, end)
        claimer = self._pronoun(span) or self._named(span)
        self.before.append((start, claimer))
        return claimer

    def _pronoun(self, span: Span) -> Claimer | None:
        word = span.text.casefold()
        if word in _INDEFINITE:
            return Claimer(span, span.text, None, "unknown", "explicit")
        if word not in _SINGULAR_PERSON | _THING | _PLURAL:
            return None
        for _, known in reversed(self.before):
            person = _is_person(known)
            fits = person if word in _SINGULAR_PERSON else not person if word in _THING else True
            if fits and known.name.casefold() not in _INDEFINITE | _SINGULAR_PERSON | _THING | _PLURAL:
                return Claimer(span, known.name, known.entity, known.type, "coreference")
        if word not in _SINGULAR_PERSON and (hit := self._mentioned_before(span.start)):
            named = self._speaking(hit.named)
            return Claimer(span, named.name, named.entity, named.type, "coreference")
        return Claimer(span, span.text, None, "unknown", "explicit")

    def _mentioned_before(self, place: int) -> Hit | None:
        """The subject of the sentences just before, as far as it is a known party."""
        floor = max(self.document.text.rfind("\n", 0, place) + 1, place - 600)
        hits = list(self.scope.names.find(self.document.text[floor:place]))
        parties = [hit for hit in hits if not hit.named.country]
        return next(iter(parties or hits), None)

    def _named(self, span: Span) -> Claimer:
        core = core_of(span.text)
        named, how = self._party(span.text, core)
        if named is not None:
            return Claimer(span, named.name, named.entity, named.type, how)
        party = party_of(core, self.entities.parties)
        person = _person_in(core, party)
        if person and (full := self._full_name(person)):
            return Claimer(span, full.name, full.entity, full.type, "coreference")
        if party and not person and (known := self._same_party(party, core)):
            return Claimer(span, known.name, known.entity, known.type, "coreference")
        if not party and (allowed := _GENERIC.get(core.split()[-1].casefold() if core.split() else "")):
            for _, earlier in reversed(self.before):
                if earlier.type in allowed and _DETERMINER.match(span.text):
                    return Claimer(span, earlier.name, earlier.entity, earlier.type, "coreference")
        whole = party or party_of(span.text, self.entities.parties)
        return Claimer(
            span, person or core or span.text, None, whole.type if whole else "unknown", "explicit"
        )

    def _party(self, text: str, core: str) -> tuple[Named | None, ResolvedBy]:
        """A known party: by its whole name, by country and noun, or by the name the core ends with."""
        for words in (text.strip(" ,"), undetermined(text), core, *map(core_of, text.split(", "))):
            if found := self.scope.names.exactly(words):
                return self._speaking(found), "explicit"
        hits = list(self.scope.names.find(core))
        party = party_of(core, self.entities.parties)
        country = next((hit.named for hit in hits if hit.named.country), None)
        if party and country is None:
            of_it = re.search(re.escape(core) + r"\s+(?:of|in)\s+(\S+(?:\s+\S+)?)", " ".join(text.split()))
            inside = self.scope.names.find(of_it[1]) if of_it else ()
            country = next((hit.named for hit in inside if hit.named.country and not hit.named.demonym), None)
        proper = [hit for hit in hits if not hit.named.country and (hit.end == len(core) or hit.start == 0)]
        if proper and not (party and proper[-1].end < len(core) and _person_in(core, party)):
            return proper[-1].named, "explicit"
        if party and country and not _person_in(core, party):
            return _of_country(party, country, core), "explicit"
        return None, "explicit"

    def _speaking(self, named: Named) -> Named:
        """A country that speaks is its government; its people are its people."""
        if named.country and not named.demonym:
            return Named(f"{named.entity}.government", named.name, "government")
        return Named(named.entity, named.name, "civilian") if named.demonym else named

    def _full_name(self, person: str) -> Claimer | None:
        surname = person.split()[-1]
        for _, known in reversed(self.before):
            if " " in known.name and known.name.split()[-1] == surname and known.name != person:
                return known
        return None

    def _same_party(self, party: Party, core: str) -> Claimer | None:
        """ "The army" after "the Malian army": the last party of that kind, else the only country's."""
        if any(char.isupper() for char in core[1:]):
            return None
        for _, known in reversed(self.before):
            if known.entity and known.entity.endswith(f".{party.id}"):
                return known
        for _, known in reversed(self.before):
            if (
                known.entity
                and known.type == party.type
                and party.type not in {"civilian", "media", "witness"}
            ):
                return known
        return None


def core_of(text: str) -> str:
    """A noun phrase without determiner, closing commas, and what follows its head."""
    words = undetermined(text)
    found = _BREAK.search(words)
    return (words[: found.start()] if found else words).strip(" ,")


def undetermined(text: str) -> str:
    """A noun phrase without its determiner and closing comma."""
    words = " ".join(text.split()).strip(" ,")
    found = _DETERMINER.match(words)
    return words[found.end() :] if found and found.end() < len(words) else words


def party_of(core: str, parties: dict[str, Party]) -> Party | None:
    """The kind of party that a noun phrase's words name; the last and longest noun counts."""
    words = re.findall(r"[\w-]+", core.casefold())
    for end in range(len(words), 0, -1):
        for start in range(max(0, end - 4), end):
            if found := parties.get(" ".join(words[start:end])):
                return found
    return None


def group_of(text: str, scope: Scope, entities: Entities) -> tuple[str | None, str, ClaimerType | None]:
    """Entity id, name and type of those affected; several groups are joined by ``+``."""
    parts = [part for part in re.split(r"\s+and\s+|,\s+", text) if part.strip()]
    found: list[Named] = []
    for part in parts:
        core = undetermined(part)
        named = scope.victims.exactly(core) or scope.names.exactly(core) or _group(core, scope, entities)
        if named is None:
            return None, undetermined(text), None
        if named.entity not in {known.entity for known in found}:
            found.append(named)
    if not found:
        return None, undetermined(text), None
    kinds = {named.type for named in found}
    return (
        "+".join(sorted(named.entity for named in found)),
        found[0].name if len(found) == 1 else undetermined(text),
        found[0].type if len(kinds) == 1 else None,
    )


def _group(core: str, scope: Scope, entities: Entities) -> Named | None:
    hits = list(scope.names.find(core))
    proper = [hit for hit in hits if not hit.named.country]
    if proper:
        return proper[0].named
    party = party_of(core, entities.parties)
    country = next((hit.named for hit in hits if hit.named.country), None)
    if party and country:
        return _of_country(party, country, core)
    if party:
        return Named(party.id, core, party.type)
    return Named(f"{country.entity}.people", core, "civilian") if country else None


def _of_country(party: Party, country: Named, core: str) -> Named:
    return Named(f"{country.entity}.{party.id}", core, party.type)


def _person_in(core: str, party: Party | None) -> str | None:
    """The proper name at the end of "Foreign Minister Sergei Lavrov"."""
    found = _PERSON.search(core)
    if not found:
        return None
    words = found[0].split()
    nouns = {word for noun in (party.nouns if party else ()) for word in noun.split()}
    while words and words[0].casefold().strip(".") in nouns | _TITLES:
        words.pop(0)
    name = " ".join(words)
    return None if not words or name.casefold() in nouns else name


_TITLES = frozenset(
    "mr mrs ms dr prof professor gen general col colonel maj major capt captain lt lieutenant sgt sergeant sen senator rep gov "
    "governor president vice prime minister foreign defence defense interior health chancellor king queen prince spokesman "
    "spokeswoman spokesperson chief deputy former sir lady pope rev bishop archbishop judge justice secretary".split()
)


def _is_person(claimer: Claimer) -> bool:
    if claimer.entity is not None:
        return False
    return bool(re.fullmatch(r"(?:[A-ZÀ-Þ][\w.'’-]+\s?){1,4}", claimer.name)) or claimer.type in {
        "witness", "civilian", "analyst",
    }  # fmt: skip
