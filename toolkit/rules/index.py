"""From words to the rules that they matter to, so that a rule costs nothing where it can't match.

Every clause of :mod:`toolkit.rules.anchors` is one bit. What a word fulfils is looked up once and kept: the
words of a language are few.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

import regex

from toolkit.rules.compile import Expression, Lazy
from toolkit.rules.keys import keys, label_key
from toolkit.rules.pieces import Clause
from toolkit.rules.views import Views

_TOKEN = regex.compile(r"\w+|[^\w\s]")
# The same in less time, where no letter, digit or space is outside ASCII.
_PLAIN_TOKEN = re.compile(r"\w+|[^\w\s]", re.ASCII)
_LONGEST_WORD = 40
_MAX_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Scanner:
    """An expression and the bits of what it needs."""

    whole: Lazy
    needs: int


class Index:
    """Which needs of a set of expressions a word, sign or label fulfils."""

    def __init__(self) -> None:
        self._clauses: dict[Clause, int] = {}
        self._bits = 0
        self._holds: dict[str, int] = {}
        self._words = _Words(self._look_up)
        self._labels: dict[str, int] = {}
        self.views = Views()

    def begin(self) -> int:
        """The number of the next bit; what is added from here on shares none with what was added before."""
        self._clauses.clear()
        return self._bits

    def add(self, expression: Expression) -> Scanner:
        """Take an expression in."""
        needs = 0
        for clause in expression.needs:
            if clause not in self._clauses:
                bit = self._clauses[clause] = 1 << self._bits
                self._bits += 1
                for key in clause:
                    self._holds[key] = self._holds.get(key, 0) | bit
            needs |= self._clauses[clause]
        return Scanner(expression.whole, needs)

    def holds(self, text: str, *, plain: bool) -> int:
        """The needs that the words and signs of a text fulfil together; ``plain``: see ``Signs.PLAIN``."""
        tokens = (_PLAIN_TOKEN if plain else _TOKEN).findall(text)
        return reduce(or_, map(self._words.__getitem__, tokens), 0)

    def label(self, label: str) -> int:
        """The needs that an earlier match of a label fulfils."""
        if label not in self._labels:
            self._labels[label] = self._holds.get(label_key(label), 0)
        return self._labels[label]

    def _look_up(self, word: str) -> int:
        holds = 0
        for key in keys(word):
            holds |= self._holds.get(key, 0)
        return holds


class _Words(dict[str, int]):
    """What each word fulfils, looked up once and kept."""

    def __init__(self, look_up: Callable[[str], int]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, word: str) -> int:
        if len(word) > _LONGEST_WORD:
            return -1
        if len(self) >= _MAX_KEPT:
            self.clear()
        bits = self[word] = self._look_up(word)
        return bits
