"""A toll: what befell how many of whom, by the places of its words."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.model.claim import Effect

Place = tuple[int, int]

_THINGS = frozenset({"destroyed", "other"})


@dataclass(frozen=True, slots=True)
class Toll:
    """One harm to one group, counted or not; ``victim`` is None where the text names no group.

    A count of something else than harm ("120 people were in the building") has neither ``harm`` (the
    word's place) nor ``effect``. People and things that rules know are its ``victim`` all the same, so that
    counts of them can be compared; other words for what it counts are its ``unit``.
    ``alone`` is true where harm and group say something without a count ("a judge was murdered").
    """

    quantity: Place | None
    harm: Place | None
    effect: Effect | None
    victim: Place | None
    rule_ids: tuple[str, ...]
    score: float
    unit: Place | None = None
    alone: bool = False

    def places(self) -> list[Place]:
        """Where count, harm and group stand, in order."""
        return sorted(place for place in (self.quantity, self.harm, self.victim) if place)

    def anchor(self) -> Place:
        """The place that decides whose content the toll lies in."""
        return self.quantity or self.harm or self.places()[0]

    def hull(self) -> Place:
        """From the count or the harm to the end of them and of the group behind."""
        start = min(place[0] for place in (self.quantity, self.harm) if place)
        return start, max(end for _, end in self.places())


def befalls_things(effect: Effect | None) -> bool:
    """Whether a harm is one of things as well as of people."""
    return effect in _THINGS


def same_kind(one: Effect | None, other: Effect | None) -> bool:
    """Whether both harms befall people, or both things."""
    return befalls_things(one) == befalls_things(other)
