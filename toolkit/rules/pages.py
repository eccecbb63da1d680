"""A sentence while the cascade runs over it: its matches, and what a rule sees of it.

A rule sees the sentence with each match of the labels it refers to as one private-use character (where
such matches overlap, the longest stands), each run of white space and each quotation mark of two signs as
one sign, and a map leads back to offsets: its shadow. Rules of the same labels share a shadow until a level
is settled.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import regex

from toolkit.model import Match
from toolkit.rules.index import Index
from toolkit.rules.patterns import PLACEHOLDERS, label_bit
from toolkit.rules.quick import Signs, signs_of
from toolkit.rules.trace import Trace

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
    places: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def offset(self, place: int) -> int:
        """The document offset of a boundary in ``text``."""
        number = bisect_left(self.places, place) - 1 if self.places else -1
        if number < 0:
            return self.base + place
        return self.ends[number] + place - self.places[number] - 1


class Page:
    """One sentence with its settled matches, those of the running level, and shadows made so far.

    ``holds`` are the clauses (:class:`~toolkit.rules.index.Index`) that the sentence fulfils up to now.
    """

    __slots__ = (
        "_gaps", "_index", "_settled", "_shadows", "_signs", "_text", "end", "holds", "new", "start", "trace",
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
        self._shadows: dict[tuple[str, ...], Shadow] = {}
        self.holds = index.holds(text)

    def matches(self) -> Iterator[Match]:
        """The settled matches, label by label."""
        for found in self._settled.values():
            yield from found

    def shadow(self, labels: tuple[str, ...]) -> Shadow:
        """The sentence as a rule sees it that refers to ``labels``."""
        shadow = self._shadows.get(labels)
        if shadow is None:
            seen = self._seen(labels)
            shadow = self._shadows.get(seen) or self._make(seen)
            self._shadows[labels] = self._shadows[seen] = shadow
        return shadow

    def settle(self) -> None:
        """Take the level's matches in, overlaps within a label settled."""
        if not self.new:
            return
        by_label: dict[str, list[Match]] = {}
        for match in self.new:
            by_label.setdefault(match.label, []).append(match)
        for label, found in by_label.items():
            self._settled[label] = list(self._winners([*self._settled.get(label, ()), *found]))
            self.holds |= self._index.label(label)
        self.new = []
        self._shadows = {
            labels: shadow for labels, shadow in self._shadows.items() if by_label.keys().isdisjoint(labels)
        }

    def _winners(self, found: list[Match]) -> Iterator[Match]:
        if len(found) == 1:
            yield found[0]
            return
        taken = bytearray(self.end - self.start)
        order = sorted(found, key=lambda m: (-m.priority, m.start - m.end, m.start, m.rule_id))
        for match in order:
            start, end = match.start - self.start, match.end - self.start
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                yield match
            elif self.trace is not None:
                self.trace.beaten(match, order)

    def _seen(self, labels: tuple[str, ...]) -> tuple[str, ...]:
        """The labels of which there is a match, each as far from the last as it was: they make the shadow."""
        settled = self._settled
        if settled.keys().isdisjoint(labels):
            return ()
        first = next(number for number, label in enumerate(labels) if label in settled)
        return tuple([label if label in settled else "" for label in labels[first:]])

    def _make(self, labels: tuple[str, ...]) -> Shadow:
        masks: dict[tuple[int, int], int] = {}
        base = self.start
        for label in filter(None, labels):
            bit = label_bit(labels, label)
            for match in self._settled[label]:
                span = (match.start - base, match.end - base)
                masks[span] = masks.get(span, 0) | bit
        signs = {span: chr(PLACEHOLDERS + mask) for span, mask in masks.items()}
        if self._gaps:
            signs = self._gaps | signs
        if not signs:
            return Shadow(self._text, self.start, self._signs)
        shadow = Shadow("", self.start, self._signs)
        pieces: list[str] = []
        position = size = 0
        for start, end in outermost(signs) if len(signs) > 1 else signs:
            pieces += (self._text[position:start], signs[start, end])
            size += start - position + 1
            shadow.places.append(size - 1)
            shadow.ends.append(end + self.start)
            position = end
        shadow.text = "".join([*pieces, self._text[position:]])
        return shadow


def _one_sign(gap: str) -> str:
    if gap in {"‘‘", "’’"}:
        return "“" if gap == "‘‘" else "”"
    return "\n" if "\n" in gap else " "


def outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that do not overlap, the longest first choice, in order of position."""
    taken: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        number = bisect_left(taken, (start, end))
        clear_before = number == 0 or taken[number - 1][1] <= start
        if clear_before and (number == len(taken) or end <= taken[number][0]):
            taken.insert(number, (start, end))
    return taken
