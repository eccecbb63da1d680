"""A sentence while the cascade runs over it: its matches, and what a rule sees of it.

A rule sees the sentence with each match of the labels it refers to as one private-use character (where
such matches overlap, the longest stands), each run of white space and each quotation mark of two signs as
one sign, and a map leads back to offsets: its shadow. Rules of the same labels share a shadow until a level
is settled.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from toolkit.model import Match
from toolkit.rules.index import Index
from toolkit.rules.patterns import PLACEHOLDERS
from toolkit.rules.quick import Signs, signs_of
from toolkit.rules.trace import Trace
from toolkit.rules.views import Seen, View

_GAP = regex.compile(r"\s{2,}|‘‘|’’")


@dataclass(slots=True)
class Shadow:
    """A sentence with earlier matches as single characters, and the way back to offsets.

    ``base`` is the sentence's offset; after the sign at ``places[i]``, which stands for more, the document
    goes on at ``ends[i]``. ``signs`` are those of the sentence.
    """

    text: str
    base: int
    signs: Signs
    places: Sequence[int] = ()
    ends: Sequence[int] = ()

    def offset(self, place: int) -> int:
        """The document offset of a boundary in ``text``."""
        number = bisect_left(self.places, place)
        if not number:
            return self.base + place
        return self.ends[number - 1] + place - self.places[number - 1] - 1


class Page:
    """One sentence with its settled matches, those of the running level, and shadows made so far.

    ``holds`` are the clauses (:class:`~toolkit.rules.index.Index`) that the sentence fulfils up to now.
    """

    __slots__ = (
        "_gaps", "_index", "_present", "_settled", "_shadows", "_signs", "_text", "end", "holds", "new",
        "start", "trace",
    )  # fmt: skip

    def __init__(self, start: int, end: int, text: str, index: Index, trace: Trace | None = None) -> None:
        self.start, self.end, self.trace = start, end, trace
        self.new: list[Match] = []
        self._text, self._index = text, index
        self._signs = signs_of(text)
        # White space other than single spaces is rare, and looked for where there is any.
        odd_space = "  " in text or "‘‘" in text or "’’" in text or not text.isprintable()
        gaps = _GAP.finditer(text) if odd_space else ()
        self._gaps = {found.span(): _one_sign(found[0]) for found in gaps}
        self._settled: dict[str, list[Match]] = {}
        self._shadows: dict[View | Seen, Shadow] = {}
        self._present = 0
        self.holds = index.holds(text, plain=self._signs is Signs.PLAIN)

    def matches(self) -> Iterator[Match]:
        """The settled matches, label by label."""
        for found in self._settled.values():
            yield from found

    def shadow(self, view: View) -> Shadow:
        """The sentence as the rules of a view see it."""
        shadow = self._shadows.get(view)
        if shadow is None:
            seen = view.seen(self._present)
            shadow = self._shadows.get(seen) or self._make(seen)
            self._shadows[view] = self._shadows[seen] = shadow
        return shadow

    def settle(self) -> None:
        """Take the level's matches in, overlaps within a label settled."""
        if not self.new:
            return
        by_label: dict[str, list[Match]] = {}
        for match in self.new:
            by_label.setdefault(match.label, []).append(match)
        changed = 0
        for label, new in by_label.items():
            found = [*self._settled[label], *new] if label in self._settled else new
            self._settled[label] = list(self._winners(found)) if len(found) > 1 else found
            changed |= self._index.views.number(label)
            self.holds |= self._index.label(label)
        self.new = []
        self._present |= changed
        self._shadows = {seen: shadow for seen, shadow in self._shadows.items() if not seen.mask & changed}

    def _winners(self, found: list[Match]) -> Iterator[Match]:
        taken = bytearray(self.end - self.start)
        order = sorted(found, key=lambda m: (-m.priority, m.start - m.end, m.start, m.rule_id))
        for match in order:
            start, end = match.start - self.start, match.end - self.start
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\1" * (end - start)
                yield match
            elif self.trace is not None:
                self.trace.beaten(match, order)

    def _make(self, seen: Seen) -> Shadow:
        text, base = self._text, self.start
        codes: dict[tuple[int, int], int] = {}
        for label, bit in seen.bits:
            for match in self._settled[label]:
                span = match.start - base, match.end - base
                codes[span] = codes.get(span, PLACEHOLDERS) | bit
        if self._gaps:
            codes = self._gaps | codes
        if not codes:
            return Shadow(text, base, self._signs)
        spans = sorted(codes)
        if any(after[0] < before[1] for before, after in pairwise(spans)):
            spans = outermost(spans)
        pieces: list[str] = []
        places: list[int] = []
        ends: list[int] = []
        position = size = 0
        for span in spans:
            start, end = span
            pieces += (text[position:start], chr(codes[span]))
            size += start - position
            places.append(size)
            ends.append(base + end)
            size += 1
            position = end
        pieces.append(text[position:])
        return Shadow("".join(pieces), base, self._signs, places, ends)


def _one_sign(gap: str) -> int:
    if gap in {"‘‘", "’’"}:
        return ord("“" if gap == "‘‘" else "”")
    return ord("\n" if "\n" in gap else " ")


def outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that do not overlap, the longest first choice, in order of position."""
    taken: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        number = bisect_left(taken, (start, end))
        clear_before = number == 0 or taken[number - 1][1] <= start
        if clear_before and (number == len(taken) or end <= taken[number][0]):
            taken.insert(number, (start, end))
    return taken
