"""What stands around a claim: its sentence, place, date and event."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import accumulate

from toolkit.claims import dates
from toolkit.claims.entities import Scope
from toolkit.claims.entity_files import EventFile
from toolkit.model import Event, Found, Location, Match, Span, When
from toolkit.model.claim import Effect

Place = tuple[int, int]

_NEAR = re.compile(
    r"\b(?:near|around|outside|close to|not far from|on the outskirts of|in the vicinity of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_OWN = re.compile(r"^(?:the|its|their)\s+", re.IGNORECASE)
_NEAR_WORD = re.compile(r"\b(?:area|vicinity|outskirts|border)\b", re.IGNORECASE)
# What stands between a word of saying, or a new figure, and the date on which it was said or given.
_SAID = re.compile(
    r"\b(?:rais|lower|revis|cut|updat|increas|put|gave|giv|publish|releas|issu)\w*\s"
    r"[^.;“”]{0,80}?\b(?:toll|number|figure|count|estimate|tally|total|it)s?(?:\s+(?:to|at|of|from))?"
    r"(?:\s+(?:(?:about|around|some|at|least|more|than|nearly|over|to|up)\s+)*[\d,]+)*\s*$",
    re.IGNORECASE,
)
# Before the place where somebody who speaks holds office.
_OFFICE = re.compile(
    r"\b(?:mayor|governor|prefect|bishop|archbishop|emir)\s+of\s+$"
    r"|\b(?:government|prosecutors|authorities|officials|ministry|embassy)\s+in\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_SAID_ON = frozenset({"date.weekday", "date.day", "date.relative"})
_SLACK = timedelta(days=60)
_ANY_DAY = date(2000, 1, 3)


class Covering:
    """Places, ready to be asked whether one of them holds another."""

    def __init__(self, places: Iterable[Place]) -> None:
        known = sorted(places)
        self._starts = [start for start, _ in known]
        self._ends = list(accumulate((end for _, end in known), max))

    def holds(self, start: int, end: int) -> bool:
        """Whether one of the places holds all of this one."""
        number = bisect_right(self._starts, start)
        return number > 0 and self._ends[number - 1] >= end


@dataclass(frozen=True, slots=True)
class Context:
    """One document's findings, ready to be asked about places in it.

    ``by_label`` has the places and dates that can belong to what is claimed: not where the speaker is from,
    nor when something was said.
    """

    found: Found
    scope: Scope
    published: date | None
    by_label: Mapping[str, Found]
    _locations: dict[Place, Location] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, found: Found, scope: Scope) -> Context:
        """The context of a document."""
        speaking = Covering(
            place for match in found.matches if match.label in {"ATTRIBUTION", "WITHHELD"}
            for role, place in match.groups.items() if role in {"CLAIMER", "SUBJECT"}
        )  # fmt: skip
        cues = {match.groups["CUE"][1] for match in found.matches
                if match.label == "ATTRIBUTION" and "CUE" in match.groups}  # fmt: skip
        made = cls(found, scope, dates.published_day(found.document.published_at), {})
        places = [m for m in found.matches if m.label == "LOCATION" and not made._speaks(m, speaking)]
        days = [m for m in found.matches if m.label == "DATE" and not made._of_saying(m, cues)]
        by_label = {
            label: replace(found, matches=tuple(kept))
            for label, kept in (("LOCATION", places), ("DATE", days))
        }
        return replace(made, by_label=by_label)

    @property
    def text(self) -> str:
        """The document's text."""
        return self.found.document.text

    def sentence(self, start: int) -> Span:
        """The sentence that holds a place, else the line."""
        number = bisect_right(self.found.sentences, start, key=lambda sentence: sentence[0]) - 1
        if number >= 0 and start < self.found.sentences[number][1]:
            return Span.of(self.text, *self.found.sentences[number])
        begin, end = self.text.rfind("\n", 0, start) + 1, self.text.find("\n", start)
        return Span.of(self.text, begin, len(self.text) if end < 0 else end)

    def event(self, parts: Sequence[Place], *, effect: Effect | None, bare: bool) -> Event | None:
        """Where and when, from the claim itself (or, for ``bare`` ones, its sentence), and which event."""
        location, when = self._location(parts), self._date(parts)
        if bare and (location is None or when is None):
            sentence = self.sentence(parts[0][0])
            around = [(sentence.start, sentence.end)]
            location, when = location or self._location(around), when or self._date(around)
        known = self.scope.event_at(self.text[parts[0][0] : parts[-1][1]])
        if known is not None and not self._belongs(known, effect, location, when):
            known = None
        if known is None and location is None and when is None:
            return None
        return Event(known.event_id if known else None, location, when)

    def _belongs(
        self, event: EventFile, effect: Effect | None, location: Location | None, when: When | None
    ) -> bool:
        if when is not None and when.start and when.end and event.start and event.end:
            first, last = date.fromisoformat(event.start), date.fromisoformat(event.end)
            if (
                date.fromisoformat(when.start) > last + _SLACK
                or date.fromisoformat(when.end) < first - _SLACK
            ):
                return False
        own_place = location is not None and location.entity in {place.id for place in event.places}
        return own_place or effect is not None

    def _location(self, parts: Sequence[Place]) -> Location | None:
        found = self._inside("LOCATION", parts)
        match = min(found, key=lambda one: _common(self.text[one.start : one.end]), default=None)
        if match is None:
            return None
        place = (match.start, match.end)
        if place not in self._locations:
            self._locations[place] = self._located(*place)
        return self._locations[place]

    def _located(self, start: int, end: int) -> Location:
        """A place's words with the name they stand for."""
        span = Span.of(self.text, start, end)
        hits = list(self.scope.places.find(span.text))
        near = bool(_NEAR.search(self.text, max(0, start - 40), start)) or bool(_NEAR_WORD.search(span.text))
        if hits:
            return Location(span, hits[-1].named.name, hits[-1].named.entity, near)
        return Location(span, _OWN.sub("", " ".join(span.text.split())), None, near)

    def _date(self, parts: Sequence[Place]) -> When | None:
        """The first date with known days, else one that would have them ("late July"), else any ("days")."""
        found = [self.when(match) for match in self._inside("DATE", parts)]
        if len(found) < 2:
            return found[0] if found else None

        def vagueness(when: When) -> tuple[bool, bool]:
            return when.start is None, dates.resolve(when.span.text, _ANY_DAY).start is None

        return min(found, key=vagueness)

    def _speaks(self, place: Match, speaking: Covering) -> bool:
        """Whether a place belongs to who speaks or is silent: "the mayor of Lae said"."""
        before = _OFFICE.search(self.text, max(0, place.start - 40), place.start)
        return before is not None or speaking.holds(place.start, place.end)

    def _of_saying(self, day: Match, cues: Set[int]) -> bool:
        """Whether a date is a mere length of time, or the day on which somebody spoke or gave a figure.

        ``cues``: where words of saying end.
        """
        if day.rule_id == "date.duration":
            return not self.text.startswith(" of", day.end)
        if day.rule_id not in _SAID_ON:
            return False
        beside = not cues.isdisjoint(range(day.start - 2, day.start + 1))
        sentence = self.sentence(day.start)
        return beside or _SAID.search(self.text, sentence.start, day.start) is not None

    def when(self, match: Match) -> When:
        """A date's words with the days they mean."""
        span = Span.of(self.text, match.start, match.end)
        days = dates.resolve(span.text, self.published)
        start, end = (day.isoformat() if day else None for day in (days.start, days.end))
        return When(span, start, end, days.granularity, days.relation)

    def _inside(self, label: str, parts: Sequence[Place]) -> list[Match]:
        return [
            match for match in self.by_label[label].within(min(parts)[0], max(end for _, end in parts))
            if any(start <= match.start and match.end <= end for start, end in parts)
        ]  # fmt: skip


def _common(name: str) -> bool:
    """Whether a place has no name of its own: "the desert"."""
    return not any(letter.isupper() for letter in name)
