"""Known names in a document: alias lists found in the text, and what a noun phrase is a name of.

Names that hold only inside one event are looked for only in documents that mention the event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from toolkit.claims.entity_files import Entity, EventFile, Party, Place, read_entity_files, read_event_files
from toolkit.files import contents_digest
from toolkit.model import Document, Match
from toolkit.model.claim import ClaimerType

_WORD = re.compile(r"[^\W_]+")
_LONG = 500


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for. ``country`` is set where it is a country or an adjective of one, ``shared``
    where a place's name is also one of people or things.
    """

    entity: str
    name: str
    type: ClaimerType
    country: bool = False
    demonym: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One alias in a text (half-open code points)."""

    start: int
    end: int
    named: Named


class Names:
    """An alias list that is searched for as a whole; the longest alias at a place wins.

    Letter case counts, except for aliases without capitals and where the text is all capitals.
    """

    def __init__(self, aliases: Iterable[tuple[str, Named]]) -> None:
        self._known: dict[str, list[tuple[str, Named]]] = {}
        by_first: dict[str, list[str]] = {}
        for alias, named in aliases:
            key = _folded(alias)
            if key not in self._known:
                first = _WORD.search(key)
                by_first.setdefault(first[0] if first else key, []).append(key)
            self._known.setdefault(key, []).append((alias, named))
        self._keys = by_first
        self._patterns: dict[str, re.Pattern[str]] = {}

    def find(self, text: str) -> Iterator[Hit]:
        """The aliases in a text, in order, not overlapping."""
        known = [pair for pair in _words(text) if pair[1] in self._keys]
        position = 0
        for place, first in sorted((at, key) for word, key in known for at in _places(text, word)):
            if place < position:
                continue
            if first not in self._patterns:
                self._patterns[first] = _alternation(self._keys[first])
            found = self._patterns[first].match(text, place)
            named = self._meaning(found[0]) if found else None
            if found and named:
                yield Hit(found.start(), found.end(), named)
                position = found.end()

    def exactly(self, text: str) -> Named | None:
        """What the whole text is an alias of."""
        return self._meaning(text)

    def _meaning(self, text: str) -> Named | None:
        shouted = text.isupper() and len(text) > 3
        flat = " ".join(text.split())
        for alias, named in self._known.get(_folded(text), []):
            if alias.islower() or shouted or _plain(alias) == _plain(flat):
                return named
        return None


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that hold in one document."""

    events: tuple[EventFile, ...]
    names: Names
    victims: Names
    places: Names

    def event_at(self, text: str) -> EventFile | None:
        """The event that holds in the document: the only one, else the one whose words the text has."""
        if len(self.events) < 2:
            return next(iter(self.events), None)
        return next((event for event in self.events if _mentions(event, text)), None)


class Entities:
    """All known names, as :func:`load_entities` read them; ``version`` is a digest of their files."""

    def __init__(
        self, names: Sequence[tuple[str, Named]], places: Sequence[tuple[str, Named]],
        parties: Sequence[Party], events: Sequence[EventFile], *, version: str,
    ) -> None:  # fmt: skip
        self.version = version
        self._names, self._places, self._events = tuple(names), tuple(places), tuple(events)
        self.parties = {noun: party for party in parties for noun in party.nouns}
        self._scope = lru_cache(maxsize=64)(self._make_scope)

    def scope(self, document: Document) -> Scope:
        """The names that hold in this document."""
        return self._scope(tuple(event for event in self._events if _mentions(event, document.text)))

    def matches(self, document: Document) -> list[Match]:
        """Known names as matches, sorted: ENTITY (attrs entity, name, type), PLACE (entity, name, shared)."""
        scope = self.scope(document)
        found = [
            Match(
                "entities", "ENTITY", hit.start, hit.end,
                attrs={"entity": hit.named.entity, "name": hit.named.name, "type": hit.named.type},
            )
            for hit in scope.names.find(document.text)
        ] + [
            Match(
                "places", "PLACE", hit.start, hit.end,
                attrs={"entity": hit.named.entity, "name": hit.named.name, "shared": hit.named.shared},
            )
            for hit in scope.places.find(document.text)
        ]  # fmt: skip
        return sorted(found, key=lambda match: (match.start, -match.end, match.label))

    def _make_scope(self, events: tuple[EventFile, ...]) -> Scope:
        names = [(alias, _entity(item)) for event in events for item in event.entities
                 for alias in (item.name, *item.aliases)]  # fmt: skip
        places = [(alias, _place(item)) for event in events for item in event.places
                  for alias in (item.name, *item.aliases)]  # fmt: skip
        victims = [(alias, Named(item.entity, item.name, item.type)) for event in events
                   for item in event.victims for alias in item.aliases]  # fmt: skip
        return Scope(events, Names([*names, *self._names]), Names(victims), Names([*places, *self._places]))


def load_entities(entity_files: Sequence[Path], event_files: Sequence[Path]) -> Entities:
    """Read the alias lists.

    Raises ``SettingsError`` with file, line and fix when a file is wrong, ``DataError`` when one
    cannot be read.
    """
    names: list[tuple[str, Named]] = []
    places: list[tuple[str, Named]] = []
    parties: list[Party] = []
    for file in read_entity_files(entity_files):
        parties += file.parties
        for item in file.entities:
            names += [(alias, _entity(item)) for alias in (item.name, *item.aliases)]
        for country in file.countries:
            own = Named(country.id, country.name, "government", country=True)
            of_it = Named(country.id, country.name, "government", country=True, demonym=True)
            names += [(alias, own) for alias in (country.name, *country.aliases)]
            names += [(alias, of_it) for alias in country.demonyms]
            at = _place(Place(country.id, country.name))
            places += [(alias, at) for alias in (country.name, *country.aliases)]
        for place in file.places:
            places += [(alias, _place(place)) for alias in (place.name, *place.aliases)]
    version = contents_digest([*entity_files, *event_files])
    return Entities(names, places, parties, read_event_files(event_files), version=version)


def _words(text: str) -> list[tuple[str, str]]:
    """The words of a text, each once, with what they are without regard to case."""
    return _kept_words(text) if len(text) > _LONG else _split(text)


@lru_cache(maxsize=2)
def _kept_words(text: str) -> list[tuple[str, str]]:
    """Those of a long text, kept, as the next list is searched for in the same one."""
    return _split(text)


def _split(text: str) -> list[tuple[str, str]]:
    return [(word, word.casefold()) for word in set(_WORD.findall(text))]


def _places(text: str, word: str) -> Iterator[int]:
    """Where a word begins that stands alone, as _WORD finds it."""
    place = text.find(word)
    while place >= 0:
        end = place + len(word)
        if not (text[place - 1 : place].isalnum() or text[end : end + 1].isalnum()):
            yield place
        place = text.find(word, end)


def _entity(item: Entity) -> Named:
    return Named(item.id, item.name, item.type)


def _place(item: Place) -> Named:
    return Named(item.id, item.name, "unknown", shared=item.shared)


def _mentions(event: EventFile, text: str) -> bool:
    folded = text.casefold()
    return any(
        re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
        for word in event.triggers
        if word.casefold() in folded
    )


def _alternation(keys: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(keys, key=lambda key: (-len(key), key))
    body = "|".join(
        r"\s+".join(re.escape(part).replace("'", "['’]").replace(r"\-", "[-‐‑]") for part in key.split())
        for key in longest_first
    )
    return re.compile(rf"(?:{body})(?!\w)", re.IGNORECASE)


def _plain(text: str) -> str:
    return text.replace("’", "'").replace("‐", "-").replace("‑", "-")


def _folded(text: str) -> str:
    return _plain(" ".join(text.casefold().split()))
