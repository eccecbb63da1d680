"""What rules find in a document, before it is put together into claims."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from toolkit.model.document import Document
from toolkit.model.issue import Issue

Attrs = Mapping[str, str | int | bool]


class Match(NamedTuple):
    """One place where a rule (or an alias list) matched; half-open code points into the document.

    A tuple, as there are thousands: it is made in a third of the time that a frozen dataclass takes.

    ``label`` is a span label or one of the cascade's own (``ATTRIBUTION``, ``CASUALTY``, ``ENTITY``).
    ``groups`` are the captured roles, for instance ``{"CLAIMER": (0, 11), "CUE": (12, 16)}``.
    """

    rule_id: str
    label: str
    start: int
    end: int
    groups: Mapping[str, tuple[int, int]] = MappingProxyType({})
    attrs: Attrs = MappingProxyType({})
    score: float = 1.0
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Everything the cascade found in one document.

    ``sentences`` are half-open code points in order, outside boilerplate, and no match crosses one.
    ``matches`` are sorted by start, then longest first. ``issues`` name rules that ran out of time.
    """

    document: Document
    sentences: tuple[tuple[int, int], ...]
    matches: tuple[Match, ...]
    issues: tuple[Issue, ...] = ()
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(match.start for match in self.matches))

    def within(self, start: int, end: int) -> tuple[Match, ...]:
        """The matches that begin in a stretch of the text (half-open), in order."""
        first = bisect_left(self._starts, start)
        return self.matches[first : bisect_left(self._starts, end, first)]

    def with_more(self, more: Iterable[Match]) -> Found:
        """The same with more matches, each at its place; itself where there are none."""
        added = tuple(more)
        if not added:
            return self
        matches = sorted(
            (*self.matches, *added), key=lambda one: (one.start, -one.end, one.label, one.rule_id)
        )
        return Found(self.document, self.sentences, tuple(matches), self.issues)

    def stretches(self, most: int, longest: int) -> Iterator[Found]:
        """The same piece by piece, each of at most so many sentences and about so many code points."""
        first = 0
        for number, (_, end) in enumerate(self.sentences):
            full = number + 1 - first == most or end - self.sentences[first][0] >= longest
            if full or number + 1 == len(self.sentences):
                sentences = self.sentences[first : number + 1]
                matches = self.within(sentences[0][0], end)
                yield Found(self.document, sentences, matches, self.issues)
                first = number + 1
