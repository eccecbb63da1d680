"""Marks, and who belongs to whom, back into claim records.

A suggested claim's record travels in its region's ``meta``, and what the page shows replaces what it
holds. A person's own claim begins with a blank record.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from toolkit.model import Certainty, Claim, Document, Event, Provenance, Review, Span, claim_id_for
from toolkit.model.claim import CheckLabel, Effect, Factuality, Stance
from toolkit.studio.conversion import counts, roles
from toolkit.studio.conversion.carried import Entry, blank, entries
from toolkit.studio.conversion.links import Links
from toolkit.studio.conversion.marks import QUANTITIES, Mark, innermost, sentence


@dataclass(frozen=True, slots=True)
class Assembled:
    """A claim record, whether it descends from a suggested one, and the regions it stands on."""

    claim: Claim
    suggested: bool
    regions: tuple[str, ...]


def assemble(
    document: Document, marks: Mapping[str, Mark], links: Links, *, known: Container[str]
) -> list[Assembled]:
    """The claims of one page in text order: one for each claim, claimer and quantity, each id once.

    ``known`` are the ids of the suggestion's marks: their hedges, places and dates belong to the records
    that carry them, all others to the claim they lie in.
    """
    claims = [mark for mark in marks.values() if mark.label == "CLAIM"]
    page = _Page(document, marks, links, claims, known)
    found: dict[str, Assembled] = {}
    for mark in sorted(claims, key=lambda mark: (mark.start, mark.end, mark.id)):
        for made in page.records(mark):
            found.setdefault(made.claim.claim_id, made)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Page:
    document: Document
    marks: Mapping[str, Mark]
    links: Links
    claims: list[Mark]
    known: Container[str]

    def records(self, mark: Mark) -> Iterator[Assembled]:
        """The records of one claim mark."""
        claimers: list[Any] = self.links.of_claim(mark.id, self.marks, "CLAIMER") or [None]
        quantities: list[Any] = self.links.of_claim(mark.id, self.marks, *QUANTITIES) or [None]
        cue = next(iter(self.links.of_claim(mark.id, self.marks, "CUE")), None)
        carried = entries(mark, self.document)
        standing = {quantity.id if quantity else None for quantity in quantities}
        # A record whose quantity is gone passes on to a quantity that is new, or to the bare claim.
        orphans = [entry for entry in carried if entry.quantity not in standing]
        for quantity in quantities:
            own = [entry for entry in carried if entry.quantity == (quantity.id if quantity else None)]
            entry = own[0] if own else orphans.pop(0) if orphans else None
            for number, claimer in enumerate(claimers):
                yield self.record(
                    mark, claimer, cue, quantity, entry, descends=entry is not None and number == 0
                )

    def record(
        self, mark: Mark, claimer: Mark | None, cue: Mark | None, quantity: Mark | None, entry: Entry | None,
        *, descends: bool,
    ) -> Assembled:  # fmt: skip
        """One record: the carried or a blank one with everything that stands on the page."""
        text, span = self.document.text, mark.span(self.document.text)
        base = entry.claim if entry else blank(self.document, span)
        count = quantity or mark
        victim = self.marks.get(self.links.victims.get(count.id) or "")
        hedges, location, date = self.around(mark, entry)
        lost = base.effect if entry and entry.quantity and not quantity else None
        made = replace(
            base,
            span=span,
            sentence=self.sentence(span, base.sentence),
            normalized=_words(count, "normalized") or _words(mark, "normalized"),
            claimer=roles.claimer(claimer, text) if claimer else base.claimer,
            cue=roles.cue(cue, text) if cue else None,
            stance=roles.choice(mark.fields.get("stance"), Stance, base.stance),
            certainty=Certainty(
                roles.choice(mark.fields.get("certainty"), Factuality, base.certainty.claimer),
                base.certainty.author if entry or claimer is None else "Uu",
            ),
            hedges=tuple(roles.hedge(hedge, text) for hedge in hedges),
            quantity=counts.quantity(quantity, text) if quantity else None,
            effect=roles.choice(count.fields.get("effect"), Effect, lost),
            victim=roles.victim(victim, text) if victim else None,
            event=self.event(base.event, location, date),
            check_worthiness=replace(
                base.check_worthiness,
                label=roles.choice(mark.fields.get("check"), CheckLabel, base.check_worthiness.label),
            ),
        )
        if not descends:
            made = _new(made)
        parts = [mark, claimer, cue, quantity, victim, *hedges, location, date]
        return Assembled(made, descends, tuple(name for part in parts if part for name in part.regions))

    def around(self, mark: Mark, entry: Entry | None) -> tuple[list[Mark], Mark | None, Mark | None]:
        """Hedges, place and date: those the suggestion had, and those that people marked in the claim."""
        carried = [*entry.hedges, entry.location, entry.date] if entry else []
        kept = {name: place for place, name in enumerate(carried) if name in self.marks}
        inside = [
            other for other in self.marks.values()
            if other.label in ("HEDGE", "LOCATION", "DATE")
            and (entry is None or other.id not in self.known)
            and innermost(self.claims, other) == mark
        ]  # fmt: skip
        inside.sort(key=lambda other: (other.start, other.end, other.id))
        found = inside + [self.marks[name] for name in kept if name]
        # What people marked outranks what was suggested, but hedges add up, in the suggestion's order.
        hedges = sorted((m for m in found if m.label == "HEDGE"), key=lambda m: kept.get(m.id, len(kept)))
        first = {other.label: other for other in reversed(found)}
        return hedges, first.get("LOCATION"), first.get("DATE")

    def event(self, base: Event | None, location: Mark | None, date: Mark | None) -> Event | None:
        """The event, where there is anything to say of it."""
        text = self.document.text
        where = roles.location(location, text) if location else None
        when = roles.date(date, text) if date else None
        if base is None and not (where or when):
            return None
        return Event(base.event_id if base else None, where, when)

    def sentence(self, span: Span, suggested: Span) -> Span:
        """The sentence in which the claim begins: the suggested one while that is so."""
        text = self.document.text
        if suggested.holds_in(text) and suggested.start <= span.start < suggested.end:
            return suggested
        return Span.of(text, *sentence(text, *span.parts()[0]))


def _new(claim: Claim) -> Claim:
    """A claim that descends from no suggested one: its own id, and no links of another's."""
    name = claim_id_for(
        claim.doc_id, claim.span, claimer=claim.claimer.span if claim.claimer else None,
        cue=claim.cue.span if claim.cue else None, quantity=claim.quantity.span if claim.quantity else None,
        victim=claim.victim.span if claim.victim else None, effect=claim.effect,
    )  # fmt: skip
    return replace(
        claim, claim_id=name, cluster_id=None, relations=(), evidence=(), verdict=None,
        provenance=Provenance("human", (), None, None, None, None, None, ()),
        review=Review("added", (), None, None),
    )  # fmt: skip


def _words(mark: Mark, name: str) -> str | None:
    value = mark.fields.get(name)
    return str(value) if value else None
