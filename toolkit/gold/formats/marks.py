"""What formats share that mark words in texts: the documents one by one, and the marks of a claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from toolkit.gold.dataset import Dataset
from toolkit.model import Document, from_record

Part = tuple[int, int]
_PLACES = ("span", "phrase")


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked place of a claim: its label, what it is to the claim, and what the record says of it.

    ``parts`` are half-open code points, in order; a mark in several parts is split.
    """

    label: str
    role: str
    parts: tuple[Part, ...]
    said: dict[str, Any]


def by_document(dataset: Dataset) -> Iterator[tuple[Document, list[dict[str, Any]]]]:
    """Every document with its claims, by ``doc_id``; those without a claim are there too."""
    groups = groupby(dataset.claims(), key=itemgetter("doc_id"))
    name, claims = next(groups, ("", iter(())))
    for record in dataset.documents():
        document = from_record(Document, record)
        if document.doc_id != name:
            yield document, []
            continue
        yield document, list(claims)
        name, claims = next(groups, ("", iter(())))


def marks_of(claim: dict[str, Any]) -> Iterator[Mark]:
    """The content first, then its source, the words of saying, and what it is about."""
    yield Mark("CLAIM", "claim", _parts(claim["span"]), {})
    event = claim["event"] or {}
    quantity = claim["quantity"]
    vague = quantity and quantity["modifier"] == "vague"
    parts: list[tuple[str, str, dict[str, Any] | None]] = [
        ("CLAIMER", "claimer", claim["claimer"]),
        *(("CLAIMER", "via", source) for source in claim["via"]),
        ("CUE", "cue", claim["cue"]),
        *(("HEDGE", "hedge", hedge) for hedge in claim["hedges"]),
        ("QUANTITY_VAGUE" if vague else "QUANTITY", "quantity", quantity),
        ("VICTIM", "victim", claim["victim"]),
        ("LOCATION", "location", event.get("location")),
        ("DATE", "date", event.get("date")),
    ]
    for label, role, part in parts:
        if part is not None and part["span"] is not None:
            said = {key: value for key, value in part.items() if key not in _PLACES}
            yield Mark(label, role, _parts(part["span"]), said)


def unmarked(claims: Iterable[dict[str, Any]]) -> int:
    """How many claims have somebody who says it without words for it in the text."""
    return sum(
        any(source and source["span"] is None for source in (claim["claimer"], *claim["via"]))
        for claim in claims
    )


def notes(lost: Counter[str]) -> tuple[str, ...]:
    """What was counted, as the manifest's notes."""
    return tuple(f"{count} {what}" for what, count in sorted(lost.items()) if count)


def _parts(span: dict[str, Any]) -> tuple[Part, ...]:
    pieces = span.get("pieces") or [span]
    return tuple((piece["start"], piece["end"]) for piece in pieces)
