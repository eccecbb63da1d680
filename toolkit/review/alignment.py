"""Which claims of several annotators of one text are the same claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from toolkit.model import Claim, Claimer, Quantity, Span, Victim
from toolkit.model.matching import Item, likeness, pair

REMOVED: Final = "rejected"


@dataclass(frozen=True, slots=True)
class Unit:
    """One claim as each annotator left it; who removed the suggestion has it with the status rejected.

    An annotator of the text who is not in ``claims`` never had the claim.
    """

    claims: Mapping[str, Claim]

    def standing(self) -> dict[str, Claim]:
        """The claims of those who say that there is one, by annotator."""
        return {name: claim for name, claim in self.claims.items() if claim.review.status != REMOVED}

    def first(self) -> Claim:
        """The claim that names the unit: one that stands where there is any, of the first annotator."""
        return next(iter(self.standing().values()), None) or next(iter(self.claims.values()))


@dataclass(frozen=True, slots=True)
class _Edge:
    """Two claims that may be one; the order of edges is the order in which they are joined."""

    same_id: bool
    points: int
    alike: float
    left: tuple[str, int]
    right: tuple[str, int]

    def order(self) -> tuple[bool, int, float, tuple[str, int], tuple[str, int]]:
        return not self.same_id, -self.points, -self.alike, self.left, self.right


def align(work: Mapping[str, Sequence[Claim]]) -> list[Unit]:
    """Bring together the claims of the annotators of one text, each in one unit, in text order.

    A suggestion keeps its id through all corrections, so equal ids are one claim. Of the others two are
    one when their contents share at least half of their code points: for two annotators the greatest
    such pairing, where several are possible the one in which claimer, quantity and victim stand in the same
    places. Two different suggestions of one prediction are two claims. With more annotators the closest
    pairs are joined first, and nobody is in a unit twice. The order of the input does not matter.
    """
    names = sorted(work)
    standing = {
        name: sorted((one for one in work[name] if one.review.status != REMOVED), key=_place)
        for name in names
    }
    at: dict[tuple[str, int], dict[str, Claim]] = {}
    for name in names:
        for number, claim in enumerate(standing[name]):
            at[name, number] = {name: claim}
    for edge in sorted(_edges(standing), key=_Edge.order):
        one, other = at[edge.left], at[edge.right]
        apart = any(_apart(left, right) for left in one.values() for right in other.values())
        if one is not other and not apart and not one.keys() & other.keys():
            one.update(other)
            at.update({place: one for place, unit in at.items() if unit is other})
    units = list({id(unit): unit for unit in at.values()}.values())
    _add_removed(units, {name: work[name] for name in names})
    return sorted((Unit(dict(sorted(unit.items()))) for unit in units), key=_order)


def _edges(standing: Mapping[str, Sequence[Claim]]) -> Iterator[_Edge]:
    for left, right in combinations(standing, 2):
        ones, others = standing[left], standing[right]
        ids = {claim.claim_id: number for number, claim in enumerate(others)}
        known = {number: ids[claim.claim_id] for number, claim in enumerate(ones) if claim.claim_id in ids}
        for number, other in known.items():
            yield _Edge(True, 0, 1.0, (left, number), (right, other))
        free = [number for number in range(len(ones)) if number not in known]
        rest = [number for number in range(len(others)) if number not in known.values()]
        yield from _alike(left, right, {n: ones[n] for n in free}, {n: others[n] for n in rest})


def _alike(left: str, right: str, ones: Mapping[int, Claim], others: Mapping[int, Claim]) -> Iterator[_Edge]:
    free, rest = list(ones), list(others)
    items = [[_item(claim) for claim in side.values()] for side in (ones, others)]

    def favour(one: int, other: int) -> int:
        return _points(ones[free[one]], others[rest[other]])

    def allow(one: int, other: int) -> bool:
        return not _apart(ones[free[one]], others[rest[other]])

    for one, other in pair(items[0], items[1], favour=favour, allow=allow).items():
        yield _Edge(
            False, favour(one, other), likeness(items[0][one], items[1][other]),
            (left, free[one]), (right, rest[other]),
        )  # fmt: skip


def _add_removed(units: list[dict[str, Claim]], work: Mapping[str, Sequence[Claim]]) -> None:
    """Put removed suggestions to those who kept them. Who removed one and drew it anew is there already."""
    by_id = {claim.claim_id: unit for unit in units for claim in unit.values()}
    for name, claims in work.items():
        for claim in claims:
            if claim.review.status != REMOVED:
                continue
            unit = by_id.get(claim.claim_id)
            if unit is None:
                unit = by_id[claim.claim_id] = {}
                units.append(unit)
            unit.setdefault(name, claim)


def _item(claim: Claim) -> Item:
    return (tuple(claim.span.parts()),)


def _apart(one: Claim, other: Claim) -> bool:
    """Whether these are two suggestions that stood beside each other."""
    made = [(claim.provenance.origin, claim.provenance.rules_version) for claim in (one, other)]
    return made[0] == made[1] and made[0][0] == "rule" and one.claim_id != other.claim_id


def _points(one: Claim, other: Claim) -> int:
    """How many of the quantity (which counts most), the victim and the claimer stand in the same place."""
    pairs = [
        (4, _span(one.quantity), _span(other.quantity)),
        (2, _span(one.victim), _span(other.victim)),
        (1, _span(one.claimer), _span(other.claimer)),
    ]
    return sum(weight for weight, left, right in pairs if left == right)


def _span(part: Quantity | Victim | Claimer | None) -> Span | None:
    return part.span if part else None


def _order(unit: Unit) -> tuple[int, int, str]:
    return _place(unit.first())


def _place(claim: Claim) -> tuple[int, int, str]:
    return claim.span.start, claim.span.end, claim.claim_id
