"""Who a noun phrase names: the party, its type, and the antecedent of "it", "the army" or a surname."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from toolkit.claims.entities import Entities, Hit, Named, Scope
from toolkit.claims.entity_files import Party
from toolkit.claims.phrases import core_of, of_country, party_of, person_in, undetermined
from toolkit.model import Claimer, Document, Span
from toolkit.model.claim import ClaimerType

_SINGULAR_PERSON = {"he", "she"}
_THING = {"it"}
_PLURAL = {"they", "we"}
_INDEFINITE = frozenset(
    ("many", "some", "others", "most", "both", "few", "neither", "everyone", "nobody", "no one", "i", "you")
)
_GROUPS: frozenset[ClaimerType] = frozenset(
    {"rebel_group", "jihadist_group", "militia", "external_force", "intl_org", "state_forces"}
)
_GENERIC = dict.fromkeys(
    ("group", "movement", "organisation", "organization", "alliance", "coalition", "front"), _GROUPS
)


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
        named = self._party(span.text, core)
        if named is not None:
            return Claimer(span, named.name, named.entity, named.type, "explicit")
        party = party_of(core, self.entities.parties)
        person = person_in(core, party)
        if person and (full := self._full_name(person)):
            return Claimer(span, full.name, full.entity, full.type, "coreference")
        if party and not person and (known := self._same_party(party, core)):
            return Claimer(span, known.name, known.entity, known.type, "coreference")
        if not party and (allowed := _GENERIC.get(core.split()[-1].casefold() if core.split() else "")):
            for _, earlier in reversed(self.before):
                if earlier.type in allowed and undetermined(span.text) != span.text:
                    return Claimer(span, earlier.name, earlier.entity, earlier.type, "coreference")
        whole = party or party_of(span.text, self.entities.parties)
        return Claimer(
            span, person or core or span.text, None, whole.type if whole else "unknown", "explicit"
        )

    def _party(self, text: str, core: str) -> Named | None:
        """A known party: by its whole name, by country and noun, or by the name the core ends with."""
        for words in (text.strip(" ,"), undetermined(text), core, *map(core_of, text.split(", "))):
            if found := self.scope.names.exactly(words):
                return self._speaking(found)
        hits = list(self.scope.names.find(core))
        party = party_of(core, self.entities.parties)
        country = next((hit.named for hit in hits if hit.named.country), None)
        if party and country is None:
            of_it = re.search(re.escape(core) + r"\s+(?:of|in)\s+(\S+(?:\s+\S+)?)", " ".join(text.split()))
            inside = self.scope.names.find(of_it[1]) if of_it else ()
            country = next((hit.named for hit in inside if hit.named.country and not hit.named.demonym), None)
        proper = [hit for hit in hits if not hit.named.country and (hit.end == len(core) or hit.start == 0)]
        if proper and not (party and proper[-1].end < len(core) and person_in(core, party)):
            return proper[-1].named
        if party and country and not person_in(core, party):
            return of_country(party, country, core)
        return None

    def _speaking(self, named: Named) -> Named:
        """A country that speaks is its government; its people are its people."""
        if named.country and not named.demonym:
            return Named(f"{named.entity}.government", named.name, "government")
        return Named(named.entity, named.name, "civilian") if named.demonym else named

    def _full_name(self, person: str) -> Claimer | None:
        surname = person.rsplit(maxsplit=1)[-1]
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


def _is_person(claimer: Claimer) -> bool:
    if claimer.entity is not None:
        return False
    return bool(re.fullmatch(r"(?:[A-ZÀ-Þ][\w.'’-]+\s?){1,4}", claimer.name)) or claimer.type in {
        "witness", "civilian", "analyst",
    }  # fmt: skip
