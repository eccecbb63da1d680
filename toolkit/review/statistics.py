"""Agreement beyond chance, and how far chance may have moved a figure.

Point values of choices are those of NLTK's ``AnnotationTask``. Intervals come from resamples of the
documents: for them the coefficients are written once more over counts by document, so that a resample
is a sum of these; the tests hold both equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isnan, sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

CONFIDENCE = 0.95
SEED = 0
_Z = 1.959963984540054

Value = str | float
Unit = Mapping[str, Value]
"""What annotators, by name, chose for one thing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A coefficient with the ends of its 95 % interval; None where there is nothing to compute it from."""

    value: float | None
    low: float | None = None
    high: float | None = None

    def record(self) -> dict[str, float | None]:
        """As a JSON object, four places."""
        named = {"value": self.value, "low": self.low, "high": self.high}
        return {name: None if figure is None else round(figure, 4) for name, figure in named.items()}


def wilson(right: int, of: int) -> Figure:
    """A share with its score interval (Wilson 1927, Journal of the American Statistical Association 22)."""
    if not of:
        return Figure(None)
    share, spread = right / of, _Z * _Z / of
    half = _Z * sqrt(share * (1 - share) / of + spread / (4 * of))
    middle = share + spread / 2
    return Figure(share, max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread)))


class Resamples:
    """How often each document stands in each resample; row 0 is the documents as they are.

    Documents are drawn with replacement, as many as there are (Efron 1979); the seed is fixed, so the same
    input gives the same figures.
    """

    def __init__(self, documents: int, resamples: int) -> None:
        import numpy as np

        self.weights: Array = np.ones((1, documents))
        if documents > 1 and resamples:
            drawn = np.random.default_rng(SEED).multinomial(
                documents, [1 / documents] * documents, size=resamples
            )
            self.weights = np.vstack([self.weights, drawn])

    def figure(self, values: Array) -> Figure:
        """The first value with the percentile interval of the others (those that are no number left out)."""
        import numpy as np

        point, drawn = float(values[0]), values[1:][~np.isnan(values[1:])]
        if isnan(point):
            return Figure(None)
        if not len(drawn):
            return Figure(point)
        tail = 100 * (1 - CONFIDENCE) / 2
        low, high = np.percentile(drawn, [tail, 100 - tail])
        return Figure(point, float(low), float(high))

    def share(self, right: Sequence[float], of: Sequence[float]) -> Figure:
        """The share of two counts by document."""
        return self.figure(_divided(self.weights @ _array(right), self.weights @ _array(of)))

    def alpha(
        self, documents: Sequence[Sequence[Unit]], distance: Callable[[Any, Any], float] | None = None
    ) -> Figure:
        """Krippendorff's alpha (2011, "Computing Krippendorff's alpha-reliability") of the units by document.

        A unit with one value counts for nothing; ``distance`` is the squared difference of two values,
        without it 0 or 1. Undefined where only one value was ever given.
        """
        import numpy as np

        usable = [[list(unit.values()) for unit in units if len(unit) > 1] for units in documents]
        values = sorted({value for units in usable for unit in units for value in unit}, key=_key)
        place = {value: number for number, value in enumerate(values)}
        apart = distance or (lambda one, other: float(one != other))
        delta = np.array([[apart(one, other) for other in values] for one in values], dtype=np.float64)
        counts = np.zeros((len(usable), len(values)))
        seen = np.zeros(len(usable))
        for number, units in enumerate(usable):
            for unit in units:
                for value in unit:
                    counts[number, place[value]] += 1
                pairs = sum(delta[place[one], place[other]] for one, other in combinations(unit, 2))
                seen[number] += 2 * pairs / (len(unit) - 1)
        if not values:
            return Figure(None)
        return self.alpha_of(seen, counts, delta)

    def alpha_of(self, seen: Array, counts: Array, delta: Array) -> Figure:
        """Alpha from each document's disagreement (over all ordered pairs, each unit divided by its values
        less one) and its counts of each value."""
        observed, totals = self.weights @ seen, self.weights @ counts
        expected = ((totals @ delta) * totals).sum(axis=1)
        return self.figure(1 - _divided(observed * (totals.sum(axis=1) - 1), expected))

    def kappa(self, documents: Sequence[Sequence[tuple[Value, Value]]]) -> Figure:
        """Cohen's kappa (1960) of two annotators' choices by document; undefined as alpha is."""
        import numpy as np

        values = sorted({value for pairs in documents for pair in pairs for value in pair}, key=_key)
        place = {value: number for number, value in enumerate(values)}
        table = np.zeros((len(documents), len(values), len(values)))
        for number, pairs in enumerate(documents):
            for one, other in pairs:
                table[number, place[one], place[other]] += 1
        drawn = np.einsum("rd,dvw->rvw", self.weights, table)
        size = drawn.sum(axis=(1, 2))
        same = _divided(np.einsum("rvv->r", drawn), size)
        chance = _divided((drawn.sum(axis=1) * drawn.sum(axis=2)).sum(axis=1), size * size)
        return self.figure(_divided(same - chance, 1 - chance))

    def fleiss(self, documents: Sequence[Sequence[Unit]]) -> Figure:
        """Fleiss' kappa (1971) of units by document that all annotators chose for; undefined as alpha is."""
        import numpy as np

        values = sorted({value for units in documents for unit in units for value in unit.values()}, key=_key)
        place = {value: number for number, value in enumerate(values)}
        counts, same, of = (
            np.zeros((len(documents), len(values))),
            [0.0] * len(documents),
            [0.0] * len(documents),
        )
        for number, units in enumerate(documents):
            for unit in units:
                for value in unit.values():
                    counts[number, place[value]] += 1
                pairs = [one == other for one, other in combinations(unit.values(), 2)]
                same[number] += sum(pairs) / len(pairs)
                of[number] += 1
        drawn = self.weights @ counts
        agreed = _divided(self.weights @ _array(same), self.weights @ _array(of))
        shares = _divided(drawn, drawn.sum(axis=1, keepdims=True) + np.zeros_like(drawn))
        chance = (shares**2).sum(axis=1)
        return self.figure(_divided(agreed - chance, 1 - chance))


def ratio(one: float, other: float) -> float:
    """The squared difference of two counts in proportion to their size (Krippendorff's ratio metric)."""
    return ((one - other) / (one + other)) ** 2 if one + other else 0.0


def known(coefficient: str, units: Sequence[Unit]) -> float | None:
    """NLTK's ``alpha``, ``kappa`` (two annotators; Cohen) or ``pi`` (Fleiss) of choices.

    For ``kappa`` and ``pi`` each unit has a choice of each annotator. None where only one choice was ever
    made, so that chance cannot be told.
    """
    from nltk.metrics.agreement import AnnotationTask

    usable = [unit for unit in units if len(unit) > 1]
    if len({value for unit in usable for value in unit.values()}) < 2:
        return None
    data = [(name, number, value) for number, unit in enumerate(usable) for name, value in unit.items()]
    return float(getattr(AnnotationTask(data), coefficient)())


def _array(values: Sequence[float]) -> Array:
    import numpy as np

    return np.asarray(values, dtype=np.float64)


def _divided(left: Array, right: Array) -> Array:
    import numpy as np

    return np.divide(left, right, out=np.full_like(left, np.nan), where=np.abs(right) > 1e-12)


def _key(value: Value) -> tuple[bool, Value]:
    return isinstance(value, str), value
