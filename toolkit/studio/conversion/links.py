"""Which marks belong together: the reading that the page's guideline gives to its annotators.

A quantity belongs to the innermost claim it lies in; its victim is the next one inside that claim, else
the one before. A claimer or a cue belongs to the nearest claim of its sentence, and a claim that has a cue
alone shares the claimer before it ("X said A and claimed B"). An arrow outranks that: what has arrows
belongs exactly where they point. What a suggestion paired stays paired while both ends
stand, and the rest of a pair that was torn apart is free for what the annotator drew anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from toolkit.studio.conversion.marks import QUANTITIES, Mark, innermost, sentence

Arrow = tuple[str, str]
_LIKELY = 7
"""The code points of distance that a claim is forgiven which follows, or ends in a quotation mark: that is
where what is said mostly stands. On 1,500 claims of news texts 35 arrows were left to draw, 68 without."""
_QUOTE_ENDS = frozenset('”"»’')
NO_VICTIM = "no_victim"
"""Set in a mark's meta where the suggestion counts nobody although a victim stands near."""


@dataclass(frozen=True, slots=True)
class Links:
    """Ids of marks: the claims of each claimer, cue and quantity, and the victim of each count.

    A count is a quantity, or a claim without quantities.
    """

    claims: Mapping[str, tuple[str, ...]]
    victims: Mapping[str, str | None]

    def of_claim(self, claim: str, marks: Mapping[str, Mark], *labels: str) -> list[Mark]:
        """The marks with one of the labels that belong to a claim, in text order."""
        found = [
            marks[mark] for mark, claims in self.claims.items()
            if claim in claims and marks[mark].label in labels
        ]  # fmt: skip
        return sorted(found, key=lambda mark: (mark.start, mark.end, mark.id))


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the suggestion said, for reading an annotation that started from it."""

    marks: Mapping[str, Mark]
    arrows: Collection[Arrow]
    links: Links


def read(
    marks: Mapping[str, Mark], arrows: Collection[Arrow], text: str, suggested: Suggested | None = None
) -> Links:
    """Pair the marks of one page."""
    claims = [mark for mark in marks.values() if mark.label == "CLAIM"]
    owners = {
        mark.id: tuple(sorted(_claims_of(mark, claims, marks, arrows, text, suggested)))
        for mark in marks.values()
        if mark.label in ("CLAIMER", "CUE", *QUANTITIES)
    }
    _share_claimers(owners, marks, arrows, text, suggested)
    counted = {claim for mark, of in owners.items() if marks[mark].label in QUANTITIES for claim in of}
    counts = [(marks[mark], of) for mark, of in owners.items() if marks[mark].label in QUANTITIES and of]
    counts += [(claim, (claim.id,)) for claim in claims if claim.id not in counted]
    victims = {
        count.id: _victim_of(count, [marks[claim] for claim in of], marks, arrows, suggested)
        for count, of in counts
    }
    return Links(owners, victims)


def _claims_of(
    mark: Mark, claims: list[Mark], marks: Mapping[str, Mark], arrows: Collection[Arrow], text: str,
    suggested: Suggested | None,
) -> list[str]:  # fmt: skip
    drawn = _ends(mark.id, "CLAIM", marks, arrows)
    if drawn:
        return drawn
    if (
        suggested
        and mark.id in suggested.links.claims
        and not _ends(mark.id, "CLAIM", suggested.marks, suggested.arrows)
    ):
        kept = [claim for claim in suggested.links.claims[mark.id] if claim in marks]
        if kept:
            return kept
        claims = [claim for claim in claims if claim.id not in suggested.marks]
    if mark.label in QUANTITIES:
        inner = innermost(claims, mark)
        return [inner.id] if inner else []
    speech = [other for other in marks.values() if other.label in ("CLAIMER", "CUE")]
    return _nearest(mark, claims, speech, text)


def _share_claimers(
    owners: dict[str, tuple[str, ...]], marks: Mapping[str, Mark], arrows: Collection[Arrow], text: str,
    suggested: Suggested | None,
) -> None:  # fmt: skip
    """Give claims that have a cue but no claimer the one that stands before their cue."""
    claimers = [mark for mark in marks.values() if mark.label == "CLAIMER"]
    told = {claim for claimer in claimers for claim in owners[claimer.id]}
    free = [claimer for claimer in claimers if not _ends(claimer.id, "CLAIM", marks, arrows)]
    for cue in sorted(
        (mark for mark in marks.values() if mark.label == "CUE"), key=lambda cue: (cue.start, cue.id)
    ):
        start, _ = sentence(text, cue.start, cue.end)
        before = [claimer for claimer in free if start <= claimer.start and claimer.end <= cue.start]
        for claim in owners[cue.id]:
            if before and claim not in told and not (suggested and claim in suggested.marks):
                nearest = max(before, key=lambda claimer: (claimer.end, claimer.id))
                owners[nearest.id] = tuple(sorted((*owners[nearest.id], claim)))
                told.add(claim)


def _nearest(mark: Mark, claims: Iterable[Mark], speech: list[Mark], text: str) -> list[str]:
    """The nearest claim of the sentence; who speaks and how is no distance ("A, X said, adding that B")."""
    start, end = sentence(text, mark.start, mark.end)
    near = [
        claim for claim in claims
        if not claim.holds(mark) and any(begin < end and start < stop for begin, stop in claim.parts)
    ]  # fmt: skip

    def distance(claim: Mark) -> tuple[int, bool, int, str]:
        before = claim.start < mark.start
        left, right = (claim.end, mark.start) if before else (mark.end, claim.start)
        between = sum(other.length for other in speech if left <= other.start and other.end <= right)
        likely = not before or bool(_QUOTE_ENDS.intersection(text[left:right]))
        return mark.gap(claim) - between - _LIKELY * likely, before, -claim.length, claim.id

    return [min(near, key=distance).id] if near else []


def _victim_of(
    count: Mark, claims: list[Mark], marks: Mapping[str, Mark], arrows: Collection[Arrow],
    suggested: Suggested | None,
) -> str | None:  # fmt: skip
    drawn = _ends(count.id, "VICTIM", marks, arrows)
    if drawn:
        return drawn[0]
    inside = [
        mark for mark in marks.values()
        if mark.label == "VICTIM" and any(claim.holds(mark) for claim in claims)
    ]  # fmt: skip
    if suggested is None:
        inside = [] if count.meta.get(NO_VICTIM) else inside
    elif count.id in suggested.links.victims and not _ends(
        count.id, "VICTIM", suggested.marks, suggested.arrows
    ):
        kept = marks.get(suggested.links.victims[count.id] or "")
        inside = [mark for mark in inside if mark.id not in suggested.marks] + ([kept] if kept else [])
    inside.sort(
        key=lambda mark: (mark.start < count.start, count.gap(mark), mark.start, -mark.length, mark.id)
    )
    return inside[0].id if inside else None


def _ends(mark: str, label: str, marks: Mapping[str, Mark], arrows: Collection[Arrow]) -> list[str]:
    """Where the arrows between a mark and marks of a label lead; their direction does not matter."""
    other = [right if left == mark else left for left, right in arrows if mark in (left, right)]
    found = dict.fromkeys(end for end in other if end in marks and marks[end].label == label)
    return list(found)
