"""Who a noun phrase names: the party, its type, and the antecedent of "it", "the army" or a surname."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from toolkit.claims.antecedents import Antecedent, full_name_before, name_in_apposition
from toolkit.claims.entities import Entities, Hit, Named, Scope
from toolkit.claims.entity_files import Party
from toolkit.claims.phrases import (
    core_of,
    of_country,
    party_of,
    person_in,
    person_in_office,
    undetermined,
)
from toolkit.model import Claimer, Document, Span
from toolkit.model.claim import ClaimerType

_SINGULAR_PERSON = {"he", "she", "him", "her"}
_THING = {"it"}
_PLURAL = {"they", "we", "them"}
_INDEFINITE = frozenset(
    ("many", "some", "others", "most", "both", "few", "neither", "everyone", "nobody", "no one", "i", "you")
)
_GROUPS: frozenset[ClaimerType] = frozenset(
    {"rebel_group", "jihadist_group", "militia", "external_force", "intl_org", "state_forces"}
)
# "A spokesman" is somebody new, whoever spoke before.
_ANOTHER = re.compile(r"(?:an?|another|one|some|several|two|three|other)\s", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:the|this|that)\s", re.IGNORECASE)
# Of these there are many in a report: two of a kind are hardly the same.
_MANY: frozenset[ClaimerType] = frozenset({"intl_org"})
_GENERIC = dict.fromkeys(
    ("group", "movement", "organisation", "organization", "alliance", "coalition", "front"), _GROUPS
)


@dataclass(slots=True)
class Speakers:
    """Names the claimers of one document in the order of the text, and remembers them for later ones."""

    document: Document
    entities: Entities
    scope: Scope
    before: list[Antecedent] = field(default_factory=list)

    def name(self, start: int, end: int) -> Claimer:
        """The claimer at a place (half-open code points)."""
        span = Span.of(self.document.text, start, end)
        claimer = self._pronoun(span) or self._named(span)
        self.before.append(Antecedent(start, claimer, span.text))
        return claimer

    def mention(self, start: int, end: int) -> None:
        """A subject that says nothing: remembered where it is a party or a name, as a claimer would be."""
        words = undetermined(self.document.text[start:end])
        if words.islower() and party_of(words, self.entities.parties) is None:
            return  # neither: told before the cost of naming it
        claimer = self.name(start, end)
        known = self.before[-1]
        named = known.proper or (claimer.type != "unknown" and self._is_party(claimer.name))
        if claimer.resolved_by == "coreference" or not named:
            self.before.pop()

    def _is_party(self, name: str) -> bool:
        """Whether the last noun is the party: "the army", not "an army lorry"."""
        last = name.rsplit(maxsplit=1)[-1]
        return (
            party_of(last, self.entities.parties) is not None or party_of(name, self.entities.parties) is None
        )

    def _pronoun(self, span: Span) -> Claimer | None:
        word = span.text.casefold()
        if word in _INDEFINITE:
            return Claimer(span, span.text, None, "unknown", "explicit")
        if word not in _SINGULAR_PERSON | _THING | _PLURAL:
            return None
        for known in reversed(self.before):
            fits = known.person if word in _SINGULAR_PERSON else not known.person
            fits = fits and not (word in _THING and known.several)
            if (
                fits
                and known.claimer.name.casefold() not in _INDEFINITE | _SINGULAR_PERSON | _THING | _PLURAL
            ):
                return self._again(span, known.claimer)
        if word not in _SINGULAR_PERSON and (hit := self._mentioned_before(span.start)):
            named = self._speaking(hit.named)
            return Claimer(span, named.name, named.entity, named.type, "coreference")
        return Claimer(span, span.text, None, "unknown", "explicit")

    @staticmethod
    def _again(span: Span, known: Claimer) -> Claimer:
        return Claimer(span, known.name, known.entity, known.type, "coreference")

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
        person = person_in_office(span.text) or person_in(core, party)
        if person and (full := self._full_name(person)):
            return self._again(span, full)
        apposed = name_in_apposition(span.text)
        known = not (person or apposed or _ANOTHER.match(span.text))
        same = (
            self._same_party(party, core, definite=_DEFINITE.match(span.text) is not None)
            if party and known and not _proper_at_start(span.text, core)
            else None
        )
        if found := same or (None if apposed else self._described(span.text, core)):
            return self._again(span, found)
        whole = party or party_of(span.text, self.entities.parties)
        kind = whole.type if whole else "unknown"
        if apposed:
            return Claimer(span, apposed, None, kind, "explicit")
        if (
            person
            and " " not in person
            and (name := full_name_before(self.document.text, span.start, person))
        ):
            return Claimer(span, name, None, kind, "coreference")
        return Claimer(span, person or core or span.text, None, kind, "explicit")

    def _described(self, text: str, core: str) -> Claimer | None:
        """ "The mayor", "the agency": the last one that the text has called so, else a group by its kind."""
        words = " ".join(text.split())
        definite = _DEFINITE.match(words)
        if not core or any(char.isupper() for char in core) or undetermined(words) == words:
            return None
        if definite and undetermined(words) == core:
            for known in reversed(self.before):
                if known.fits(core):
                    return known.claimer
        if allowed := _GENERIC.get(core.rsplit(maxsplit=1)[-1].casefold()):
            return next(
                (item.claimer for item in reversed(self.before) if item.claimer.type in allowed), None
            )
        return None

    def _party(self, text: str, core: str) -> Named | None:
        """A known party: by its whole name, by country and noun, or by the name the core ends with."""
        parts = text.split(", ")
        own = map(core_of, parts) if len(parts) > 1 else ()
        for words in dict.fromkeys((text.strip(" ,"), undetermined(text), core, *own)):
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
        for known in (item.claimer for item in reversed(self.before)):
            if " " in known.name and known.name.split()[-1] == surname and known.name != person:
                return known
        return None

    def _same_party(self, party: Party, core: str, *, definite: bool) -> Claimer | None:
        """ "The army" after "the Malian army": the last party of that kind, else the only country's."""
        if any(char.isupper() for char in core[1:]):
            return None
        earlier = [item.claimer for item in reversed(self.before) if item.claimer.entity]
        for known in earlier:
            if known.entity and known.entity.endswith(f".{party.id}"):
                return known
        # "Aid groups" are not the agency that was named before them; "the agency" is.
        if party.type in _MANY and not definite:
            return None
        for known in earlier:
            if known.type == party.type and party.type not in {"civilian", "media", "witness"}:
                return known
        return None


def _proper_at_start(text: str, core: str) -> bool:
    """Whether a noun phrase behind a determiner begins with a name: "the Ruiz administration"."""
    return core[:1].isupper() and not text.startswith(core)
