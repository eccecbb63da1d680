"""Where annotators of one text say different things: the list that a third person settles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.model import Annotation, Claim, Span
from toolkit.review.alignment import Unit, align
from toolkit.review.parts import disputed, shown
from toolkit.review.texts import by_text

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
    """The texts that several annotators see differently, sorted by ``doc_id``; see :func:`by_text`."""
    for work in by_text(annotations):
        claims = {name: annotation.claims for name, annotation in work.items()}
        found = tuple(one for unit in align(claims) for one in unit_disagreements(unit, list(claims)))
        if found:
            yield Disputed(found[0].doc_id, tuple(work.values()), found)


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
