"""What an annotator made of suggested spans: kept, relabelled, moved or removed; and what was missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.model import Claim, Draft, Mention, Quantity, Span
from toolkit.model.matching import Item, pair

Place = tuple[str, int, int]
"""Label, start and end: half-open code points."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``accepted``, ``rejected``, or ``corrected`` with what of it: ``label`` or ``span``."""

    status: str
    field: str = ""


def suggested_spans(draft: Draft, claim_ids: frozenset[str]) -> dict[Place, tuple[str, ...]]:
    """The spans that these claims of a draft bring to the page, with the rules that found each."""
    rules: dict[Place, tuple[str, ...]] = {
        (one.label, one.start, one.end): one.rule_ids for one in draft.mentions
    }
    places = {place for claim in draft.claims if claim.claim_id in claim_ids for place in _places(claim)}
    return {place: rules.get(place, ()) for place in sorted(places)}


def outcomes(
    suggested: Sequence[Place], mentions: Sequence[Mention]
) -> tuple[dict[Place, Outcome], list[Place]]:
    """What became of each suggested span, and the spans of the annotator that answer to none.

    A span on the same words with another label is that one relabelled; else one of the same label that
    shares at least half of the code points is that one moved (one to one, as many as possible).
    """
    found: dict[Place, Outcome] = {}
    theirs: set[Place] = {(one.label, one.start, one.end) for one in mentions}
    open_places = [place for place in suggested if place not in theirs]
    found.update({place: Outcome("accepted") for place in suggested if place in theirs})
    rest = sorted(place for place in theirs if place not in found)
    for place in list(open_places):
        same = next((other for other in rest if other[1:] == place[1:]), None)
        if same:
            found[place] = Outcome("corrected", "label")
            rest.remove(same)
            open_places.remove(place)
    for label in sorted({place[0] for place in open_places}):
        ours = [place for place in open_places if place[0] == label]
        others = [place for place in rest if place[0] == label]
        moved = pair([_item(one) for one in ours], [_item(one) for one in others])
        found.update({ours[one]: Outcome("corrected", "span") for one in moved})
        taken = {others[other] for other in moved.values()}
        rest = [place for place in rest if place not in taken]
    found.update({place: Outcome("rejected") for place in suggested if place not in found})
    return found, rest


def _item(place: Place) -> Item:
    return (((place[1], place[2]),),)


def _places(claim: Claim) -> Iterator[Place]:
    for label, span in _spans(claim).items():
        for start, end in span.parts() if span else ():
            yield label, start, end
    for hedge in claim.hedges:
        for start, end in hedge.span.parts():
            yield "HEDGE", start, end


def _spans(claim: Claim) -> Mapping[str, Span | None]:
    event = claim.event
    return {
        "CLAIM": claim.span,
        "CLAIMER": claim.claimer.span if claim.claimer else None,
        "CUE": claim.cue.span if claim.cue else None,
        _count_label(claim.quantity): claim.quantity.span if claim.quantity else None,
        "VICTIM": claim.victim.span if claim.victim else None,
        "LOCATION": event.location.span if event and event.location else None,
        "DATE": event.date.span if event and event.date else None,
    }


def _count_label(count: Quantity | None) -> str:
    return "QUANTITY_VAGUE" if count and count.modifier == "vague" else "QUANTITY"
