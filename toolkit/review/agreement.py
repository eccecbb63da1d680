"""How far annotators of the same texts agree: on spans, choices and counts, all of them and pair by pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from toolkit.errors import DataError
from toolkit.model import LABELS, Annotation
from toolkit.model.matching import pair
from toolkit.review.observed import KEPT, Interval, Text, observed
from toolkit.review.parts import CHOICES
from toolkit.review.statistics import CONFIDENCE, Figure, Resamples, Unit, known, ratio
from toolkit.review.texts import by_text

if TYPE_CHECKING:
    from collections.abc import Callable

RESAMPLES = 1_000
_ZERO_OR_ONE = ((0.0, 1.0), (1.0, 0.0))

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One label, choice or count: how many things were looked at, and figures by name."""

    things: int
    figures: Mapping[str, Figure]

    def record(self) -> dict[str, Any]:
        """As a JSON object."""
        return {"count": self.things, **{name: one.record() for name, one in self.figures.items()}}


@dataclass(frozen=True, slots=True)
class Section:
    """Rows over all annotators by name, and the same of each pair of annotators."""

    rows: Mapping[str, Row]
    pairs: Mapping[Pair, Mapping[str, Row]]

    def record(self) -> dict[str, Any]:
        """As a JSON object."""
        pairs = [
            {"annotators": list(names), "rows": {name: row.record() for name, row in rows.items()}}
            for names, rows in self.pairs.items()
        ]
        return {"rows": {name: row.record() for name, row in self.rows.items()}, "pairs": pairs}


@dataclass(frozen=True, slots=True)
class Agreement:
    """The whole result. ``documents`` have two annotators or more, ``alone`` have one and are not in it;
    ``annotators`` counts the documents of each among the former."""

    documents: int
    alone: int
    annotators: Mapping[str, int]
    resamples: int
    spans: Section
    choices: Section
    quantities: Section

    def record(self) -> dict[str, Any]:
        """As a JSON object; the same input gives the same bytes."""
        return {
            "documents": self.documents, "alone": self.alone, "annotators": dict(self.annotators),
            "resamples": self.resamples, "confidence": CONFIDENCE,
            "spans": self.spans.record(), "choices": self.choices.record(),
            "quantities": self.quantities.record(),
        }  # fmt: skip


def agreement(annotations: Iterable[Annotation], *, resamples: int = RESAMPLES) -> Agreement:
    """The agreement of all who annotated the same texts; see :func:`toolkit.review.texts.by_text`.

    Spans are those that annotators left standing, by label: F1 of equal places and of places that share half
    of their code points (one to one, as many as possible), pooled over pairs of annotators, and alpha over
    the words of the text, each with or without the label. Choices are compared where annotators have
    the same claim (:func:`toolkit.review.alignment.align`), and so are counts: equal intervals, intervals
    that meet, and alpha with the ratio metric on the figure of a count (else the middle of its bounds).

    Raises ``DataError`` when no text has two annotators.
    """
    texts: list[Text] = []
    alone: Counter[str] = Counter()
    for work in by_text(annotations):
        if len(work) > 1:
            texts.append(observed(work))
        else:
            alone.update(work.keys())
    if not texts:
        names = ", ".join(sorted(alone)) or "nobody"
        raise DataError(
            f"agreement needs a text that two people annotated; there are {alone.total()} with one annotator "
            f"each ({names})",
            fix="have a second person annotate some of them, and pull again",
        )
    annotators = Counter(name for text in texts for name in text.annotators)
    pairs = list(combinations(sorted(annotators), 2))
    sections = [
        Section(make(texts, resamples, None), _by_pair(make, texts, pairs, resamples))
        for make in (_span_rows, _choice_rows, _quantity_rows)
    ]
    return Agreement(len(texts), alone.total(), dict(sorted(annotators.items())), resamples, *sections)


def _by_pair(
    make: Callable[[Sequence[Text], int, Pair | None], dict[str, Row]], texts: Sequence[Text],
    pairs: Sequence[Pair], resamples: int,
) -> dict[Pair, dict[str, Row]]:  # fmt: skip
    shared = {names: [text for text in texts if text.annotators.issuperset(names)] for names in pairs}
    return {names: make(both, resamples, names) for names, both in shared.items() if both}


def _chosen(units: Iterable[Mapping[str, Any]], names: Pair | None) -> list[dict[str, Any]]:
    """The units that at least two have, or both of a pair."""
    found = ({who: unit[who] for who in unit if names is None or who in names} for unit in units)
    return [unit for unit in found if len(unit) > 1]


def _span_rows(texts: Sequence[Text], resamples: int, names: Pair | None) -> dict[str, Row]:
    draw = Resamples(len(texts), resamples)
    rows: dict[str, Row] = {}
    for label in LABELS:
        counts = [_span_counts(text.spans[label], names) for text in texts]
        total = sum(one[3] for one in counts)
        if total:
            exact, overlap, of = ([2.0 * one[0] for one in counts], [2.0 * one[1] for one in counts],
                                  [float(one[2]) for one in counts])  # fmt: skip
            figures = {
                "exact": draw.share(exact, of), "overlap": draw.share(overlap, of),
                "words": _word_alpha(draw, texts, label, names),
            }  # fmt: skip
            rows[label] = Row(total, figures)
    return rows


def _span_counts(spans: Mapping[str, list[tuple[int, int]]], names: Pair | None) -> tuple[int, int, int, int]:
    """Over pairs of annotators equal spans, overlapping ones and those of both sides; then all spans."""
    exact = overlap = of = 0
    chosen = [name for name in spans if names is None or name in names]
    for left, right in combinations(chosen, 2):
        ones, others = spans[left], spans[right]
        exact += len(set(ones) & set(others))
        overlap += len(pair([((one,),) for one in ones], [((one,),) for one in others]))
        of += len(ones) + len(others)
    return exact, overlap, of, sum(len(spans[name]) for name in chosen)


def _word_alpha(draw: Resamples, texts: Sequence[Text], label: str, names: Pair | None) -> Figure:
    import numpy as np

    seen, counts = np.zeros(len(texts)), np.zeros((len(texts), 2))
    for number, text in enumerate(texts):
        covered = [text.words[label][name] for name in text.words[label] if names is None or name in names]
        votes = Counter(word for one in covered for word in one)
        size = len(covered)
        seen[number] = sum(2 * count * (size - count) / (size - 1) for count in votes.values())
        counts[number] = text.length * size - votes.total(), votes.total()
    return draw.alpha_of(seen, counts, np.array(_ZERO_OR_ONE))


def _choice_rows(texts: Sequence[Text], resamples: int, names: Pair | None) -> dict[str, Row]:
    draw = Resamples(len(texts), resamples)
    rows: dict[str, Row] = {}
    for name in (KEPT, *CHOICES):
        documents = [_chosen(text.choices[name], names) for text in texts]
        units = [unit for found in documents for unit in found]
        if not units:
            continue
        same, of = _same(documents)
        figures = {
            "same": draw.share(same, of),
            "alpha": _with(known("alpha", units), draw.alpha(documents)),
            "kappa": _kappa(draw, documents, names),
        }  # fmt: skip
        rows[name] = Row(len(units), figures)
    return rows


def _kappa(draw: Resamples, documents: Sequence[Sequence[Unit]], names: Pair | None) -> Figure:
    """Cohen's of two annotators; Fleiss' of more, over what all of them chose."""
    everybody = {who for found in documents for unit in found for who in unit}
    if len(everybody) != 2:
        complete = [[unit for unit in found if unit.keys() == everybody] for found in documents]
        return _with(known("pi", [unit for found in complete for unit in found]), draw.fleiss(complete))
    left, right = names or sorted(everybody)
    pairs = [[(unit[left], unit[right]) for unit in found] for found in documents]
    return _with(known("kappa", [unit for found in documents for unit in found]), draw.kappa(pairs))


def _with(value: float | None, interval: Figure) -> Figure:
    """The library's value with the interval of the resamples."""
    return Figure(None) if value is None else replace(interval, value=value)


def _same(documents: Sequence[Sequence[Mapping[str, Any]]]) -> tuple[list[float], list[float]]:
    """Pairs of annotators with the same value, and all pairs, by document."""
    same, of = [], []
    for units in documents:
        pairs = [both for unit in units for both in combinations(unit.values(), 2)]
        same.append(float(sum(one == other for one, other in pairs)))
        of.append(float(len(pairs)))
    return same, of


def _quantity_rows(texts: Sequence[Text], resamples: int, names: Pair | None) -> dict[str, Row]:
    draw = Resamples(len(texts), resamples)
    documents = [_chosen(text.intervals, names) for text in texts]
    if not any(documents):
        return {}
    same, of = _same(documents)
    meeting = [
        float(sum(_meet(one, other) for unit in units for one, other in combinations(unit.values(), 2)))
        for units in documents
    ]
    figures: list[list[Unit]] = [
        [{who: _one_figure(interval) for who, interval in unit.items()} for unit in units]
        for units in documents
    ]
    row = Row(sum(map(len, documents)), {
        "same": draw.share(same, of), "meeting": draw.share(meeting, of), "alpha": draw.alpha(figures, ratio),
    })  # fmt: skip
    return {"interval": row}


def _meet(one: Interval, other: Interval) -> bool:
    """Whether some figure fits both; open ends reach as far as can be, "about 40" is 40."""
    (low, high), (least, most) = _ends(one), _ends(other)
    return low <= most and least <= high


def _ends(interval: Interval) -> tuple[float, float]:
    low, value, high = interval
    if low is None and high is None and value is not None:
        return value, value
    return (0 if low is None else low), (float("inf") if high is None else high)


def _one_figure(interval: Interval) -> float:
    low, value, high = interval
    known_ends = [float(figure) for figure in (low, high) if figure is not None]
    return float(value) if value is not None else sum(known_ends) / len(known_ends)
