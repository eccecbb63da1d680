"""A count's words as a quantity with its bounds."""

from __future__ import annotations

from toolkit.model import Match, Quantity, Span
from toolkit.model import number as numbers
from toolkit.model.claim import Modifier

Place = tuple[int, int]

_BOUNDS = frozenset({"at_least", "more_than", "at_most", "fewer_than", "approximately"})


def quantity_of(text: str, place: Place, match: Match | None) -> Quantity:
    """The count at a place as a record; the rule's own ``modifier`` says how its number is bounded."""
    raw = text[place[0] : place[1]]
    hint = match.attrs.get("modifier") if match else None
    interval = numbers.parse(raw)
    if interval is None:
        interval = numbers.Interval(None, None, None, "vague", raw)
    elif hint in _BOUNDS and interval.modifier == "exact" and interval.value is not None:
        interval = numbers.bounded(interval.value, _modifier(hint))
    return Quantity(
        Span.of(text, *place), raw, interval.value, interval.low, interval.high, None,
        interval.modifier, interval.vague_term,
    )  # fmt: skip


def _modifier(hint: object) -> Modifier:
    modifier: Modifier = hint  # type: ignore[assignment]
    return modifier
