"""What stands marked in a text, between claims on one side and Label Studio's regions on the other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from toolkit.model import Span
from toolkit.model.sentences import sentences

JUNK = "BOILERPLATE"
"""The label that shows marked boilerplate on the page; it is no span label and is ignored on pull."""
QUANTITIES = ("QUANTITY", "QUANTITY_VAGUE")

Part = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """One labelled place; a claim may have several parts (``continues`` relations on the page).

    ``id`` is the first part's region id and ``regions`` are all of them, in order. ``fields`` are what
    the page shows for it, by control name; ``meta`` is what the page only carries.
    """

    id: str
    label: str
    parts: tuple[Part, ...]
    fields: Mapping[str, str | int]
    meta: Mapping[str, Any]
    regions: tuple[str, ...]

    def span(self, text: str) -> Span:
        """The span in the document's text."""
        return Span.joined(text, list(self.parts))

    @property
    def start(self) -> int:
        """The first code point."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.parts[-1][1]

    @property
    def length(self) -> int:
        """Code points covered."""
        return sum(end - start for start, end in self.parts)

    def holds(self, other: Mark) -> bool:
        """Whether the other mark lies in this one, piece by piece."""
        return all(
            any(start <= begin and stop <= end for start, end in self.parts) for begin, stop in other.parts
        )

    def gap(self, other: Mark) -> int:
        """Code points between this mark and the nearest part of the other; 0 when they touch."""
        return min(
            max(0, begin - end, start - stop) for start, end in self.parts for begin, stop in other.parts
        )


class Places:
    """Marks by place, so that those of one stretch are found without a look at all others."""

    _STRETCH = 512

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._at: defaultdict[int, list[tuple[int, int, Mark]]] = defaultdict(list)
        for mark in marks:
            start, end = mark.start, mark.end
            for stretch in range(start // self._STRETCH, (end - 1) // self._STRETCH + 1):
                self._at[stretch].append((start, end, mark))

    def touching(self, start: int, end: int) -> list[Mark]:
        """Each mark whose hull reaches into ``start`` to ``end``, half-open, once."""
        near = {
            mark.id: mark
            for stretch in range(start // self._STRETCH, (end - 1) // self._STRETCH + 1)
            for begin, stop, mark in self._at.get(stretch, ())
            if begin < end and start < stop
        }
        return list(near.values())


def innermost(claims: Iterable[Mark], mark: Mark) -> Mark | None:
    """The smallest claim that the mark lies in."""
    around = [claim for claim in claims if claim.holds(mark)]
    return min(around, key=lambda claim: (claim.length, claim.start, claim.id), default=None)


def sentence(text: str, start: int, end: int) -> Part:
    """From where the sentence of ``text[start:end]`` begins to where it ends, or the next ones if it goes
    on into them.

    It decides only what is "in the same sentence" on the page and the sentence of claims that people
    add; suggested claims bring theirs with them.
    """
    spans = _sentences(text)
    first = bisect_right(spans, start, key=itemgetter(0)) - 1
    last = bisect_left(spans, end, key=itemgetter(1))
    begins = spans[first][0] if first >= 0 and start < spans[first][1] else start
    ends = spans[last][1] if last < len(spans) and spans[last][0] < end else end
    return begins, ends


@lru_cache(maxsize=1)
def _sentences(text: str) -> list[Part]:
    # Asked for once a mark, and the marks of one text come together.
    return sentences(text)
