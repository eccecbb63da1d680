"""How the claims of several annotators become one: what all say, what most say, or what one says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from toolkit.model import Claim, Review
from toolkit.model.claim import ReviewStatus
from toolkit.review.alignment import REMOVED, Unit, align
from toolkit.review.disagreements import EXISTENCE, Disagreement, unit_disagreements
from toolkit.review.parts import PARTS, decisions, disputed

ANNOTATOR = "annotator:"
STRATEGIES = ("unanimous", "majority", f"{ANNOTATOR}NAME")

Work = Mapping[str, Sequence[Claim]]
"""The claims of a text by annotator, removed suggestions among them."""


@dataclass(frozen=True, slots=True)
class Strategy:
    """``unanimous``, ``majority``, or ``annotator:`` and a name."""

    name: str

    def __post_init__(self) -> None:
        if self.name not in STRATEGIES[:2] and not self.annotator:
            raise ValueError(f"no strategy {self.name!r}; there are {', '.join(STRATEGIES)}")

    @property
    def annotator(self) -> str:
        """Whose word counts, or an empty text."""
        return self.name.removeprefix(ANNOTATOR) if self.name.startswith(ANNOTATOR) else ""


def unite(work: Work, strategy: Strategy) -> Iterator[Claim | Disagreement]:
    """The claims of one text with the judgments of all, and what the strategy leaves open, in text order.

    A claim that is left open in any part is not given. ``annotator:NAME`` needs ``NAME`` in ``work``.
    """
    if strategy.annotator:
        yield from overrule(work, work[strategy.annotator], strategy.annotator)
        return
    for unit in align(work):
        open_parts = list(unit_disagreements(unit, list(work)))
        if not open_parts:
            yield _settled(unit.first(), unit, work, None)
        elif strategy.name == "unanimous":
            yield from open_parts
        else:
            yield from _by_majority(unit, work, open_parts)


def overrule(work: Work, ruling: Sequence[Claim], adjudicator: str) -> Iterator[Claim]:
    """The claims as one person settles them, with the judgments of the annotators in ``work``.

    ``ruling`` may be the work of one of them, or of a third person who is not in ``work``. What annotators
    have and the ruling lacks is given as rejected.
    """
    third = adjudicator not in work
    for unit in align({**work, adjudicator: ruling}):
        seen = Unit(_without(unit.claims, adjudicator)) if third else unit
        own = unit.claims.get(adjudicator)
        if not seen.claims and (own is None or own.review.status == REMOVED):
            continue
        if seen.claims and not list(unit_disagreements(unit, [*{*work, adjudicator}])):
            yield _settled(seen.first(), seen, work, None)
        elif own is None or own.review.status == REMOVED:
            out = replace(unit.first(), review=Review(REMOVED, (), None, None))
            yield _settled(out, seen, work, adjudicator)
        else:
            yield _settled(own, seen, work, adjudicator)


def _by_majority(
    unit: Unit, work: Work, open_parts: Sequence[Disagreement]
) -> Iterator[Claim | Disagreement]:
    """Part by part what more than half of the annotators say; where no such half is, nothing is taken."""
    standing = unit.standing()
    if 2 * len(standing) < len(work):
        out = replace(unit.first(), review=Review(REMOVED, (), None, None))
        yield _settled(out, unit, work, "majority")
        return
    tied = [one for one in open_parts if one.part == EXISTENCE and 2 * len(standing) == len(work)]
    chosen: dict[str, Claim] = {}
    for part in disputed(standing):
        votes = decisions(part, standing)
        value, count = Counter(votes.values()).most_common(1)[0]
        if 2 * count > len(votes):
            chosen[part] = next(standing[name] for name in votes if votes[name] == value)
        else:
            tied += [one for one in open_parts if one.part == part]
    if tied:
        yield from tied
        return
    base = max(standing.values(), key=lambda claim: sum(claim is one for one in chosen.values()))
    fields: dict[str, Any] = {
        field: getattr(claim, field) for part, claim in chosen.items() for field in PARTS[part].fields
    }
    yield _settled(replace(base, **fields), unit, work, "majority")


def _settled(claim: Claim, unit: Unit, work: Work, adjudicator: str | None) -> Claim:
    """The claim with everybody's judgment; annotators who say the same in other ways need no third person
    but a name for who says so."""
    judgments = tuple(one for name in sorted(unit.claims) for one in unit.claims[name].review.judgments)
    statuses: set[ReviewStatus] = {judgment.status for judgment in judgments}
    rejected = claim.review.status == REMOVED
    if adjudicator is None and len(statuses) > 1:
        adjudicator = "unanimous"
    status: ReviewStatus = claim.review.status
    if adjudicator is not None:
        status = REMOVED if rejected else "adjudicated"
    return replace(claim, review=Review(status, judgments, adjudicator, _agreement(unit, work)))


def _agreement(unit: Unit, work: Work) -> float | None:
    """The share of annotators' pairs who say the same of the claim: that there is none, or all its parts."""
    standing = unit.standing()
    pairs = list(combinations(sorted(work), 2))
    same = 0
    for left, right in pairs:
        both = {name: standing[name] for name in (left, right) if name in standing}
        same += not both or (len(both) == 2 and not disputed(both))
    return round(same / len(pairs), 4) if pairs else None


def _without(claims: Mapping[str, Claim], name: str) -> dict[str, Claim]:
    return {other: claim for other, claim in claims.items() if other != name}
