"""Which marks belong together: the reading that the page's guideline gives to its annotators.

A quantity belongs to the innermost claim it lies in; its victim is the next one inside that claim, else
the one before. A claimer or a cue belongs to the nearest claim of its sentence, and a claim that has a cue
alone shares the claimer before it ("X said A and claimed B"). An arrow outranks that: what has arrows
belongs exactly where they point. What a suggestion paired stays paired while both ends
stand, and the rest of a pair that was torn apart is free for what the annotator drew anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from toolkit.studio.conversion.marks import QUANTITIES, Mark, Places, innermost, sentence

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

    A count is a quantity, or a claim without quantities. ``parts`` has the claims the other way round.
    """

    claims: Mapping[str, tuple[str, ...]]
    victims: Mapping[str, str | None]
    parts: Mapping[str, Sequence[str]]

    def of_claim(self, claim: str, marks: Mapping[str, Mark], *labels: str) -> list[Mark]:
        """The marks with one of the labels that belong to a claim, in text order."""
        found = [marks[mark] for mark in self.parts.get(claim, ()) if marks[mark].label in labels]
        return sorted(found, key=lambda mark: (mark.start, mark.end, mark.id))


class Suggested:
    """What the suggestion said, for reading an annotation that started from it."""

    def __init__(self, marks: Mapping[str, Mark], arrows: Collection[Arrow], text: str) -> None:
        self.marks = marks
        self.links = read(marks, arrows, text)
        self._ends = _Ends(marks, arrows)

    def paired(self, mark: str) -> bool:
        """Whether a mark was paired with claims, or with none, without an arrow."""
        return mark in self.links.claims and not self._ends.of(mark, "CLAIM")

    def counts(self, mark: str) -> bool:
        """Whether a count's victim, or that it has none, went without an arrow."""
        return mark in self.links.victims and not self._ends.of(mark, "VICTIM")


def read(
    marks: Mapping[str, Mark], arrows: Collection[Arrow], text: str, suggested: Suggested | None = None
) -> Links:
    """Pair the marks of one page."""
    return _Reading(marks, arrows, text, suggested).links()


class _Ends:
    """Where the arrows of a mark lead; their direction does not matter."""

    def __init__(self, marks: Mapping[str, Mark], arrows: Collection[Arrow]) -> None:
        self._marks = marks
        self._others: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for left, right in arrows:
            self._others[left][right] = None
            self._others[right][left] = None

    def of(self, mark: str, label: str) -> list[str]:
        """The marks of a label at the other ends, in the order of the arrows."""
        others = self._others.get(mark, ())
        return [end for end in others if end in self._marks and self._marks[end].label == label]


class _Reading:
    """One page as it is read: its marks by label and by place."""

    def __init__(
        self, marks: Mapping[str, Mark], arrows: Collection[Arrow], text: str, suggested: Suggested | None
    ) -> None:
        self._marks, self._text, self._suggested = marks, text, suggested
        self._ends = _Ends(marks, arrows)
        self._by_label: defaultdict[str, list[Mark]] = defaultdict(list)
        for mark in marks.values():
            self._by_label[mark.label].append(mark)
        self._claims = Places(self._by_label["CLAIM"])
        self._victims = Places(self._by_label["VICTIM"])
        self._speech = Places(self._labelled("CLAIMER", "CUE"))

    def links(self) -> Links:
        """Who belongs to whom."""
        owners = {
            mark.id: tuple(sorted(self._claims_of(mark)))
            for mark in self._labelled("CLAIMER", "CUE", *QUANTITIES)
        }
        self._share_claimers(owners)
        parts: defaultdict[str, list[str]] = defaultdict(list)
        counted: set[str] = set()
        victims: dict[str, str | None] = {}
        for name, claims in owners.items():
            for claim in claims:
                parts[claim].append(name)
            if claims and self._marks[name].label in QUANTITIES:
                counted.update(claims)
                victims[name] = self._victim_of(self._marks[name], [self._marks[claim] for claim in claims])
        for uncounted in self._by_label["CLAIM"]:
            if uncounted.id not in counted:
                victims[uncounted.id] = self._victim_of(uncounted, [uncounted])
        return Links(owners, victims, parts)

    def _labelled(self, *labels: str) -> list[Mark]:
        return [mark for label in labels for mark in self._by_label[label]]

    def _claims_of(self, mark: Mark) -> list[str]:
        drawn = self._ends.of(mark.id, "CLAIM")
        if drawn:
            return drawn
        suggested = self._suggested
        own: Collection[str] = ()
        if suggested and suggested.paired(mark.id):
            kept = [claim for claim in suggested.links.claims[mark.id] if claim in self._marks]
            if kept:
                return kept
            # What was paired and torn apart is free for claims that the annotator drew.
            own = suggested.marks
        if mark.label in QUANTITIES:
            around = self._claims.touching(mark.start, mark.end)
            inner = innermost((claim for claim in around if claim.id not in own), mark)
            return [inner.id] if inner else []
        return self._nearest(mark, own)

    def _share_claimers(self, owners: dict[str, tuple[str, ...]]) -> None:
        """Give claims that have a cue but no claimer the one that stands before their cue."""
        claimers = self._by_label["CLAIMER"]
        told = {claim for claimer in claimers for claim in owners[claimer.id]}
        free = Places(claimer for claimer in claimers if not self._ends.of(claimer.id, "CLAIM"))
        for cue in sorted(self._by_label["CUE"], key=lambda cue: (cue.start, cue.id)):
            start, _ = sentence(self._text, cue.start, cue.end)
            before = [
                claimer for claimer in free.touching(start, cue.start)
                if start <= claimer.start and claimer.end <= cue.start
            ]  # fmt: skip
            for claim in owners[cue.id]:
                if before and claim not in told and not (self._suggested and claim in self._suggested.marks):
                    nearest = max(before, key=lambda claimer: (claimer.end, claimer.id))
                    owners[nearest.id] = tuple(sorted((*owners[nearest.id], claim)))
                    told.add(claim)

    def _nearest(self, mark: Mark, without: Collection[str]) -> list[str]:
        """The nearest claim of the sentence; who speaks is no distance ("A, X said, adding that B")."""
        start, end = sentence(self._text, mark.start, mark.end)
        near = [
            claim for claim in self._claims.touching(start, end)
            if claim.id not in without
            and not claim.holds(mark)
            and any(begin < end and start < stop for begin, stop in claim.parts)
        ]  # fmt: skip

        def distance(claim: Mark) -> tuple[int, bool, int, str]:
            before = claim.start < mark.start
            left, right = (claim.end, mark.start) if before else (mark.end, claim.start)
            said = self._speech.touching(left, right)
            between = sum(other.length for other in said if left <= other.start and other.end <= right)
            likely = not before or bool(_QUOTE_ENDS.intersection(self._text[left:right]))
            return mark.gap(claim) - between - _LIKELY * likely, before, -claim.length, claim.id

        return [min(near, key=distance).id] if near else []

    def _victim_of(self, count: Mark, claims: list[Mark]) -> str | None:
        drawn = self._ends.of(count.id, "VICTIM")
        if drawn:
            return drawn[0]
        inside = [
            mark for claim in claims for mark in self._victims.touching(claim.start, claim.end)
            if claim.holds(mark)
        ]  # fmt: skip
        suggested = self._suggested
        if suggested is None:
            inside = [] if count.meta.get(NO_VICTIM) else inside
        elif suggested.counts(count.id):
            kept = self._marks.get(suggested.links.victims[count.id] or "")
            inside = [mark for mark in inside if mark.id not in suggested.marks] + ([kept] if kept else [])
        inside.sort(
            key=lambda mark: (mark.start < count.start, count.gap(mark), mark.start, -mark.length, mark.id)
        )
        return inside[0].id if inside else None
