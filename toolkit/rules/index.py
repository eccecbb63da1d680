"""From words to the rules that they matter to, so that a rule costs nothing where it can't match.

Every clause of :mod:`toolkit.rules.anchors` is one bit of ``holds``, every expression with known beginnings
one bit of ``starts``. What a word means is looked up once and kept: the words of a language are few.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import regex

from toolkit.rules.compile import Expression, Lazy
from toolkit.rules.keys import keys, label_key
from toolkit.rules.patterns import PLACEHOLDERS

_TOKEN = regex.compile(r"\w+|[^\w\s]")
_LONGEST_WORD = 40
_MAX_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Means:
    """What a word, sign or label does, bit by bit.

    ``holds``: the clauses it fulfils; ``starts``: the expressions it may begin; ``leads``: those it may
    stand right before.
    """

    holds: int = 0
    starts: int = 0
    leads: int = 0

    def __or__(self, other: Means) -> Means:
        return Means(self.holds | other.holds, self.starts | other.starts, self.leads | other.leads)


@dataclass(slots=True)
class Words:
    """The words and signs of a text: where each begins, and what it means (see ``Means``)."""

    places: list[int]
    holds: list[int]
    starts: list[int]
    leads: list[int]

    def present(self) -> int:
        """The clauses that the words fulfil together."""
        return reduce(or_, self.holds, 0)

    def replaced(self, spans: Sequence[tuple[int, int]], means: Sequence[Means], text: str) -> Words | None:
        """The words of the text with each span made one sign; None where a span ends inside a word."""
        made = Words([], [], [], [])
        number = shift = 0
        for (start, end), sign in zip(spans, means, strict=True):
            first, after = bisect_left(self.places, start, number), bisect_left(self.places, end, number)
            if first == len(self.places) or self.places[first] != start:
                return None
            clean = after < len(self.places) and self.places[after] == end
            if not (clean or end == len(text) or text[end].isspace()):
                return None
            made.take(self, number, first, shift)
            made.append(start - shift, sign)
            shift += end - start - 1
            number = after
        made.take(self, number, len(self.places), shift)
        return made

    def take(self, other: Words, first: int, last: int, shift: int) -> None:
        """Add some words of another, so much before their places there."""
        self.places += [at - shift for at in other.places[first:last]]
        self.holds += other.holds[first:last]
        self.starts += other.starts[first:last]
        self.leads += other.leads[first:last]

    def append(self, place: int, means: Means) -> None:
        """Add one word."""
        self.places.append(place)
        self.holds.append(means.holds)
        self.starts.append(means.starts)
        self.leads.append(means.leads)

    def set_at(self, places: Iterable[int], means: Iterable[Means]) -> None:
        """Give the words at some places another meaning."""
        for place, meaning in zip(places, means, strict=True):
            number = bisect_left(self.places, place)
            self.holds[number], self.starts[number] = meaning.holds, meaning.starts
            self.leads[number] = meaning.leads


@dataclass(frozen=True, slots=True)
class Scanner:
    """An expression, and which bits it goes by.

    ``start`` is 0 where it may begin anywhere, ``led`` where anything may stand before it; ``first`` says
    that it begins with the sentence. Of its ``needs`` a match has those of ``ahead`` not before its
    beginning. Where ``tail`` is given, it matches from one of the places with ``tail_holds`` on, or the
    expression doesn't match at all.
    """

    whole: Lazy
    needs: int
    ahead: int
    start: int
    led: int
    first: bool
    tail: Lazy | None
    tail_holds: int


class Index:
    """What every word and label means to a set of expressions."""

    def __init__(self) -> None:
        self._clauses: dict[frozenset[str], int] = {}
        self._holds: dict[str, int] = {}
        self._starts: dict[str, int] = {}
        self._leads: dict[str, int] = {}
        self._scanners = 0
        self._words: dict[str, Means] = {}
        self._places: dict[tuple[tuple[str, ...], int], Means] = {}

    def add(self, expression: Expression) -> Scanner:
        """Take an expression in."""
        anchors = expression.anchors
        needs = ahead = 0
        for clause in anchors.needs:
            bit = self._bit(clause.keys)
            needs |= bit
            ahead |= bit if clause.ahead else 0
        bit = 1 << self._scanners
        self._scanners += 1
        start, led = anchors.starts is not None and bit, anchors.before is not None and bit
        for keys_of, known in ((anchors.starts, self._starts), (anchors.before, self._leads)):
            for key in keys_of or ():
                known[key] = known.get(key, 0) | bit
        tail_holds = 0
        if expression.tail is not None:
            tail_holds = self._bit(frozenset(map(label_key, expression.tail_labels)))
        return Scanner(
            expression.whole, needs, ahead, int(start), int(led), anchors.first, expression.tail, tail_holds
        )  # fmt: skip

    def _bit(self, clause: frozenset[str]) -> int:
        if clause not in self._clauses:
            bit = self._clauses[clause] = 1 << len(self._clauses)
            for key in clause:
                self._holds[key] = self._holds.get(key, 0) | bit
        return self._clauses[clause]

    def words(self, text: str) -> Words:
        """The words and signs of a text."""
        known = self._words
        found = [(one.start(), known.get(one[0]) or self._look_up(one[0])) for one in _TOKEN.finditer(text)]
        return Words(
            [at for at, _ in found], [means.holds for _, means in found],
            [means.starts for _, means in found], [means.leads for _, means in found],
        )  # fmt: skip

    def label(self, label: str) -> Means:
        """What an earlier match of a label means."""
        key = label_key(label)
        return Means(self._holds.get(key, 0), self._starts.get(key, 0), self._leads.get(key, 0))

    def placeholder(self, labels: tuple[str, ...], mask: int) -> Means:
        """What a place with several labels means, given bit by bit."""
        key = (labels, mask)
        if key not in self._places:
            means = self._look_up(chr(PLACEHOLDERS))
            for bit, label in enumerate(labels):
                means |= self.label(label) if mask >> bit & 1 else Means()
            self._places[key] = means
        return self._places[key]

    def _look_up(self, word: str) -> Means:
        if len(word) > _LONGEST_WORD:
            return Means(-1, -1, -1)
        holds = starts = leads = 0
        for key, first in keys(word):
            holds |= self._holds.get(key, 0)
            leads |= self._leads.get(key, 0)
            if first:
                starts |= self._starts.get(key, 0)
        if len(self._words) >= _MAX_KEPT:
            self._words.clear()
        means = self._words[word] = Means(holds, starts, leads)
        return means
