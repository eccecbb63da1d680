"""A quantity's mark as an interval: what was suggested, what the page's fields say, what its words say."""

from __future__ import annotations

from dataclasses import replace

from toolkit.model import Quantity
from toolkit.model.claim import Modifier
from toolkit.model.number import Interval, bounded, parse
from toolkit.studio.conversion.marks import Mark
from toolkit.studio.conversion.roles import choice, suggested

Bounds = tuple[int | None, int | None]
_VAGUE = Interval(None, None, None, "vague")


def page_bounds(quantity: Quantity) -> Bounds:
    """The lowest and highest figure that the page shows; "about 40" shows 40 in both."""
    if quantity.modifier == "approximately":
        return quantity.value, quantity.value
    return quantity.low, quantity.high


def quantity(mark: Mark, text: str) -> Quantity:
    """The quantity: as suggested while nothing was changed, else from the fields, else from its words."""
    span = mark.span(text)
    made = suggested(Quantity, mark)
    modifier, low, high = (mark.fields.get(name) for name in ("modifier", "low", "high"))
    untouched = made is not None and (modifier, low, high) == (made.modifier, *page_bounds(made))
    if made and untouched and (made.modifier == "vague" or mark.label == "QUANTITY"):
        if made.span == span:
            return made
        if parse(made.raw) == parse(span.text):
            return replace(made, span=span, raw=span.text)
    words = parse(span.text) or _VAGUE
    if mark.label == "QUANTITY_VAGUE":
        found = _VAGUE
    elif untouched:
        found = words
    else:
        shown = (low if isinstance(low, int) else None, high if isinstance(high, int) else None)
        found = _interval(choice(modifier, Modifier, words.modifier), _meant(shown, made, words))
    vague = (words.vague_term or span.text) if found.modifier == "vague" else None
    return Quantity(
        span,
        span.text,
        found.value,
        found.low,
        found.high,
        made.unit if made else None,
        found.modifier,
        vague,
    )


def _meant(shown: Bounds, made: Quantity | None, words: Interval) -> Bounds:
    """The bounds that a person means: the words' where no field is filled.

    Both fields show the one figure of an exact count, and people change but one of them.
    """
    if shown == (None, None):
        return (words.low, words.high) if words.value is None else (words.value, words.value)
    before = page_bounds(made) if made else (None, None)
    if made and made.modifier in ("exact", "approximately") and None not in shown:
        changed = [now for now, old in zip(shown, before, strict=True) if now != old]
        if len(changed) == 1:
            return changed[0], changed[0]
    return shown


def _interval(modifier: Modifier, bounds: Bounds) -> Interval:
    """The record's interval of bounds as the page shows them ("more than 40" begins at 41)."""
    low, high = bounds
    figures = [figure for figure in bounds if figure is not None]
    if modifier == "vague" or not figures:
        return _VAGUE
    if modifier in ("more_than", "fewer_than"):
        more = modifier == "more_than"
        return Interval(None, figures[0] if more else None, None if more else figures[-1], modifier)
    if modifier in ("at_least", "at_most"):
        return bounded(figures[0] if modifier == "at_least" else figures[-1], modifier)
    if low is not None and high is not None and (low != high or modifier == "range"):
        return Interval(None, low, high, "range")
    if modifier == "range":
        return bounded(figures[0], "at_least" if high is None else "at_most")
    return bounded(figures[0], modifier)
