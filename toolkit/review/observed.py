"""What the annotators of one text did, in the form in which agreement is counted."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.model import LABELS, Annotation, Document, Quantity
from toolkit.review.alignment import REMOVED, align
from toolkit.review.alignment import Unit as Aligned
from toolkit.review.parts import CHOICES
from toolkit.review.statistics import Unit

KEPT = "suggestion kept"
_WORD = re.compile(r"\w+")

Interval = tuple[int | None, int | None, int | None]
"""Low, value and high of a count."""


@dataclass(frozen=True, slots=True)
class Text:
    """One document.

    ``spans`` and ``words`` are by label and annotator: half-open code points, and the numbers of the words
    in them, of ``length`` words in all. Of ``choices`` (by name) and ``intervals`` each unit is one claim,
    with what each annotator chose.
    """

    spans: Mapping[str, Mapping[str, list[tuple[int, int]]]]
    words: Mapping[str, Mapping[str, frozenset[int]]]
    length: int
    choices: Mapping[str, list[Unit]]
    intervals: list[dict[str, Interval]]
    annotators: frozenset[str]


def observed(work: Mapping[str, Annotation]) -> Text:
    """What all annotators of a text did."""
    spans: dict[str, dict[str, list[tuple[int, int]]]] = {label: {} for label in LABELS}
    for name, annotation in work.items():
        for label in LABELS:
            found = {(one.start, one.end) for one in annotation.mentions if one.label == label}
            spans[label][name] = sorted(found)
    places = _words(next(iter(work.values())).document)
    words = {
        label: {name: _covered(places, found) for name, found in by_name.items()}
        for label, by_name in spans.items()
    }
    units = align({name: annotation.claims for name, annotation in work.items()})
    choices: dict[str, list[Unit]] = {KEPT: [_kept(unit) for unit in units], **{name: [] for name in CHOICES}}
    intervals = []
    for unit in units:
        standing = unit.standing()
        for name, choice in CHOICES.items():
            given = {who: str(choice(claim) or "none") for who, claim in standing.items()}
            choices[name].append(given)
        counts = {who: claim.quantity for who, claim in standing.items()}
        intervals.append({who: _interval(count) for who, count in counts.items() if _is_number(count)})
    return Text(spans, words, len(places), choices, intervals, frozenset(work))


def _words(document: Document) -> list[int]:
    """Where the words of a text begin, page junk left out."""
    found = (match.span() for match in _WORD.finditer(document.text))
    return [start for start, end in found if not document.is_boilerplate(start, end)]


def _covered(words: Sequence[int], spans: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the words that begin in a span."""
    return frozenset(
        number for start, end in spans for number in range(bisect_left(words, start), bisect_left(words, end))
    )


def _kept(unit: Aligned) -> Unit:
    """What became of a suggested claim; what people added is no suggestion."""
    return {
        name: "removed" if claim.review.status == REMOVED else "kept"
        for name, claim in unit.claims.items() if claim.provenance.origin == "rule"
    }  # fmt: skip


def _is_number(count: Quantity | None) -> bool:
    return count is not None and any(figure is not None for figure in (count.low, count.value, count.high))


def _interval(count: Quantity | None) -> Interval:
    return (count.low, count.value, count.high) if count else (None, None, None)
