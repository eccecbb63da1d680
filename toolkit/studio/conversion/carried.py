"""What a claim region's ``meta`` carries: all of the record that the page does not show, kept short.

Label Studio repeats a region's ``meta`` with every field of the region, so only what differs from a
blank record is carried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from toolkit.model import (
    SCHEMA_VERSION,
    Certainty,
    CheckWorthiness,
    Claim,
    Document,
    Event,
    Provenance,
    Review,
    Span,
    from_checked,
    quick_record,
)
from toolkit.studio.conversion.marks import Mark

_FROM_DOCUMENT = ("schema_version", "doc_id", "text_sha256", "span")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a claim region; all but ``claim`` are ids of marks, None where it has none."""

    claim: Claim
    quantity: str | None
    hedges: tuple[str, ...]
    location: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class _Packed:
    claim: dict[str, Any]
    quantity: str | None
    hedges: tuple[str, ...]
    location: str | None
    date: str | None


_NOTHING = Claim(
    schema_version=SCHEMA_VERSION, claim_id="", doc_id="", text_sha256="", span=Span(0, 0, ""),
    sentence=Span(0, 0, ""), normalized=None, claimer=None, via=(), cue=None, stance="affirm",
    certainty=Certainty("CT+", "CT+"), hedges=(), quantity=None, effect=None, victim=None, event=None,
    toll_scope=None, check_worthiness=CheckWorthiness("CFS", 1.0, ()), cluster_id=None, relations=(),
    evidence=(), verdict=None, provenance=Provenance("human", (), None, None, None, None, None, ()),
    review=Review("added", (), None, None),
)  # fmt: skip


def blank(document: Document, span: Span) -> Claim:
    """A record that says nothing yet but where the claim stands."""
    return replace(_NOTHING, doc_id=document.doc_id, text_sha256=document.text_sha256, span=span)


@cache
def _plain() -> dict[str, Any]:
    return quick_record(_NOTHING)


def pack(claim: Claim) -> dict[str, Any]:
    """What of a claim must be carried; regions and fields of the page hold the rest."""
    event = claim.event and Event(claim.event.event_id, None, None)
    claimer = claim.claimer if claim.claimer and claim.claimer.span is None else None
    bare = replace(
        claim, claimer=claimer, cue=None, quantity=None, victim=None, hedges=(), event=event, normalized=None
    )
    packed = _difference(quick_record(bare), _plain())
    packed["sentence"] = [[start, end] for start, end in claim.sentence.parts()]
    return {key: value for key, value in packed.items() if key not in _FROM_DOCUMENT}


def entries(mark: Mark, document: Document) -> list[Entry]:
    """The records that a claim's region carries; one that cannot be read is left out."""
    found: list[Entry] = []
    carried = mark.meta.get("claims")
    for record in carried if isinstance(carried, list) else []:
        try:
            packed = from_checked(_Packed, record)
            claim = _unpack(packed.claim, document, mark.span(document.text))
        except (KeyError, TypeError, ValueError):
            continue
        found.append(Entry(claim, packed.quantity, packed.hedges, packed.location, packed.date))
    return found


def _unpack(packed: Mapping[str, Any], document: Document, span: Span) -> Claim:
    parts = [(int(start), int(end)) for start, end in packed["sentence"]]
    claim = from_checked(Claim, _merged(_plain(), {**packed, "sentence": _plain()["sentence"]}))
    return replace(
        claim, doc_id=document.doc_id, text_sha256=document.text_sha256, span=span,
        sentence=Span.joined(document.text, parts),
    )  # fmt: skip


def _difference(record: Mapping[str, Any], plain: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are not the plain record's, objects within objects likewise."""
    return {
        key: _difference(value, plain[key])
        if isinstance(value, dict) and isinstance(plain[key], dict)
        else value
        for key, value in record.items()
        if value != plain.get(key)
    }


def _merged(plain: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    both = {
        key: _merged(plain[key], value)
        if isinstance(value, dict) and isinstance(plain.get(key), dict)
        else value
        for key, value in changes.items()
    }
    return {**plain, **both}
