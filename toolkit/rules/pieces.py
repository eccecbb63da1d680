"""What is known of a piece of a pattern, and of pieces together: how it begins, what it needs.

A piece is known as the few strings it can be, or else by how it can begin and by the sets of strings it
needs; pieces one after the other multiply, alternatives add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from toolkit.rules.keys import CLOSE, EDGE, closed, rareness, rarest

_MAX_STRINGS, _MAX_LENGTH = 500, 60
_MAX_CLAUSES = 4


Clause = frozenset[str]
"""Keys of which a sentence has one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """``exact``: all strings it can be, or None; then ``starts`` are its beginnings and ``empty`` counts."""

    exact: frozenset[str] | None = None
    starts: frozenset[str] = frozenset({""})
    empty: bool = False
    needs: tuple[Clause, ...] = ()

    @property
    def can_be_empty(self) -> bool:
        """Whether it matches the empty string."""
        return self.empty if self.exact is None else any(not text.strip(EDGE) for text in self.exact)

    @property
    def beginnings(self) -> frozenset[str]:
        """How it begins, strings that may go on."""
        return self.starts if self.exact is None else self.exact

    def openings(self) -> frozenset[str]:
        """How it begins where it is not empty."""
        return (
            self.starts if self.exact is None else frozenset(text for text in self.exact if text.strip(EDGE))
        )

    def clauses(self) -> list[Clause]:
        """Everything it needs."""
        return [*self.needs, *_clause(self.exact)]


NOTHING = Piece(frozenset({""}))


def either(ways: Sequence[Piece]) -> Piece:
    """One of several pieces."""
    if len(ways) == 1:
        return ways[0]
    if all(way.exact is not None and not way.needs for way in ways):
        strings = frozenset[str]().union(*(way.beginnings for way in ways))
        if len(strings) <= _MAX_STRINGS:
            return Piece(strings)
    starts = frozenset(closed(text) for way in ways for text in way.openings())
    return Piece(None, starts, any(way.can_be_empty for way in ways), tuple(_any_of(ways)))


def _any_of(ways: Sequence[Piece]) -> list[Clause]:
    """What every way needs: one of each choice of a need of every way. Only the rarest few are kept."""
    together = [Clause()]
    for way in ways:
        joined = {clause | own for clause in together for own in way.clauses()}
        least = [clause for clause in joined if not any(other < clause for other in joined)]
        together = sorted(least, key=lambda clause: (_frequency(clause), sorted(clause)))[:_MAX_CLAUSES]
    return together


def sequence(pieces: Sequence[Piece]) -> Piece:
    """One piece after the other: strings multiply while they are few."""
    needs: list[Clause] = []
    run: frozenset[str] = frozenset({""})
    exact, empty = True, True
    for piece in pieces:
        longer = _product(run, piece.exact) if piece.exact is not None else None
        needs += piece.needs
        empty &= piece.can_be_empty
        if longer is not None:
            run = longer
            continue
        exact = False
        needs += _clause(run)
        run = piece.exact if piece.exact is not None else frozenset({""})
    if exact:
        return Piece(run, needs=tuple(needs))
    return Piece(None, _beginnings(pieces), empty, (*needs, *_clause(run)))


def _product(left: frozenset[str], right: frozenset[str]) -> frozenset[str] | None:
    if left == NOTHING.exact:
        return right
    if len(left) * len(right) > _MAX_STRINGS:
        return None
    if len(left) * len(right) > 1 and max(map(len, left)) + max(map(len, right), default=0) > _MAX_LENGTH:
        return None
    return frozenset(a + b for a in left for b in right)


def _beginnings(pieces: Sequence[Piece]) -> frozenset[str]:
    """How a sequence begins: every string up to the end of its first word, or as far as it is known."""
    done: set[str] = set()
    going = {""}
    for piece in pieces:
        begins = {closed(text) if len(text) > 1 else text for text in piece.beginnings}
        if len(going) * len(begins) > 4 * _MAX_STRINGS:
            return frozenset(done | {text.strip(EDGE) for text in going})
        longer = {closed(a + b) for a in going for b in begins}
        rest = set(going) if piece.exact is None and piece.empty else set()
        if piece.exact is None:
            done |= longer
        else:
            done |= {text for text in longer if text.endswith(CLOSE)}
            rest |= {text for text in longer if not text.endswith(CLOSE)}
        going = rest
        if not going or "" in done:
            break
    return frozenset(done | {text for text in going if text.strip(EDGE)})


@lru_cache(maxsize=1 << 14)
def _clause(strings: frozenset[str] | None) -> tuple[Clause, ...]:
    """The strings as one set of keys, the rarest of each; none when one of them says nothing."""
    found: set[str] = set()
    for text in strings or ("",):
        best = rarest(text)
        if best is None:
            return ()
        found.add(best)
    return (Clause(frozenset(found)),)


def _frequency(clause: Clause) -> float:
    return sum(map(rareness, clause))
