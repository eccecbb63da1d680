"""A count's words as a quantity with its bounds."""

from __future__ import annotations

from toolkit.model import Match, Quantity, Span
from toolkit.model import number as numbers
from toolkit.model.claim import Modifier

Place = tuple[int, int]

_BOUNDS: dict[object, Modifier] = {
    "at_least": "at_least", "more_than": "more_than", "at_most": "at_most", "fewer_than": "fewer_than",
    "approximately": "approximately",
}  # fmt: skip


def quantity_of(text: str, place: Place, match: Match | None) -> Quantity:
    """The count at a place as a record; the rule's own ``modifier`` says how its number is bounded."""
    raw = text[place[0] : place[1]]
    bound = _BOUNDS.get(match.attrs.get("modifier")) if match else None
    interval = numbers.parse(raw)
    if interval is None:
        interval = numbers.Interval(None, None, None, "vague", raw)
    elif bound and interval.modifier == "exact" and interval.value is not None:
        interval = numbers.bounded(interval.value, bound)
    return Quantity(
        Span.of(text, *place), raw, interval.value, interval.low, interval.high, None,
        interval.modifier, interval.vague_term,
    )  # fmt: skip
