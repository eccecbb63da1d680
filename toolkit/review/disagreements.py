"""Where annotators of one text say different things: the list that a third person settles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from toolkit.model import Annotation, Claim, Span, from_checked, to_record
from toolkit.review.alignment import Unit, align
from toolkit.review.parts import disputed, shown
from toolkit.spool import spool

EXISTENCE = "claim"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing that annotators see differently: ``said`` has their names and words, in order of the names.

    ``part`` is ``claim`` where they differ on whether there is one. ``place`` is its content.
    """

    doc_id: str
    claim_id: str
    place: Span
    part: str
    said: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        words = " ".join(self.place.text.split())
        words = words if len(words) <= 60 else words[:59] + "…"
        said = "; ".join(f"{name} says {value}" for name, value in self.said)
        return f"“{words}” ({self.place.start}–{self.place.end}), {self.part}: {said}"


@dataclass(frozen=True, slots=True)
class Disputed:
    """A text on which annotators disagree: the work of each, and what they disagree on in text order."""

    doc_id: str
    work: tuple[Annotation, ...]
    disagreements: tuple[Disagreement, ...]


def disagreements(annotations: Iterable[Annotation]) -> Iterator[Disputed]:
    """The texts that several annotators see differently, sorted by ``doc_id``.

    Skipped annotations say nothing of the text. Of two annotations of one annotator the later stands
    (by ``updated_at``, then id). Input may come in any order: it waits in a temporary file.
    """
    with spool() as waiting:
        for annotation in annotations:
            if annotation.state != "skipped":
                name = f"{annotation.updated_at} {annotation.project_id:020} {annotation.annotation:020}"
                waiting.add(annotation.document.doc_id, to_record(annotation), id=name)
        for doc_id, group in groupby(waiting, key=lambda record: record["document"]["doc_id"]):
            latest = {one.annotator: one for one in (from_checked(Annotation, record) for record in group)}
            work = {name: latest[name].claims for name in sorted(latest)}
            found = tuple(one for unit in align(work) for one in unit_disagreements(unit, list(work)))
            if found:
                yield Disputed(doc_id, tuple(latest[name] for name in work), found)


def unit_disagreements(unit: Unit, annotators: Sequence[str]) -> Iterator[Disagreement]:
    """What the annotators of a text see differently in one claim."""
    standing, first = unit.standing(), unit.first()
    if standing and len(standing) < len(annotators):
        said = tuple((name, _existence(unit, name)) for name in sorted(annotators))
        yield Disagreement(first.doc_id, first.claim_id, first.span, EXISTENCE, said)
    for part in disputed(standing):
        yield Disagreement(first.doc_id, first.claim_id, first.span, part, _votes(part, standing))


def _votes(part: str, claims: Mapping[str, Claim]) -> tuple[tuple[str, str], ...]:
    return tuple((name, shown(part, claims[name])) for name in sorted(claims))


def _existence(unit: Unit, name: str) -> str:
    claim = unit.claims.get(name)
    return "not marked" if claim is None else claim.review.status
