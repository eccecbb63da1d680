"""What rules found that did not stand, and why: told to ``RuleSet.find`` by those who want to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from toolkit.model import Match

Reason = Literal["unless", "priority", "length", "position", "name"]


@dataclass(frozen=True, slots=True)
class Lost:
    """A match that did not stand.

    ``winner`` is the match of its label that stands there; with ``unless`` it is None, and ``start`` and
    ``end`` (half-open code points) are what the rule's own veto matched.
    """

    match: Match
    reason: Reason
    winner: Match | None
    start: int
    end: int


class Trace:
    """Keeps what was lost, in the order in which it happened."""

    def __init__(self) -> None:
        self.lost: list[Lost] = []
        self._gone: set[int] = set()

    def vetoed(self, match: Match, start: int, end: int) -> None:
        """The rule's ``unless`` matched at ``start`` to ``end``."""
        self.lost.append(Lost(match, "unless", None, start, end))

    def beaten(self, match: Match, order: Sequence[Match]) -> None:
        """A match overlaps one that comes before it in ``order``, the best first."""
        self._gone.add(id(match))
        winner = next(
            other for other in order
            if id(other) not in self._gone and other.start < match.end and match.start < other.end
        )  # fmt: skip
        self.lost.append(Lost(match, _reason(winner, match), winner, winner.start, winner.end))


def _reason(winner: Match, loser: Match) -> Reason:
    if winner.priority != loser.priority:
        return "priority"
    if winner.end - winner.start != loser.end - loser.start:
        return "length"
    return "position" if winner.start != loser.start else "name"
