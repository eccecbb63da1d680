"""One mark as the part that it plays in a claim.

A suggested mark carries its part in ``meta``; where a person has changed the words, what followed from
the old ones is made anew from the new ones or dropped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar, get_args

from toolkit.model import Claimer, Cue, Hedge, Location, Quantity, Span, Victim, When, from_record
from toolkit.model.claim import ClaimerType, Modifier
from toolkit.model.number import quantity as quantity_in
from toolkit.studio.marks import Mark

T = TypeVar("T")
Bounds = tuple[int | None, int | None]


def suggested(kind: type[T], mark: Mark) -> T | None:
    """What the suggestion said of a mark, or None where there is none that can be read."""
    try:
        return from_record(kind, mark.meta["draft"])
    except (KeyError, ValueError):
        return None


def choice(value: object, allowed: Any, default: Any) -> Any:
    """A field's value where it is one of a Literal's, else the default."""
    return value if value in get_args(allowed) else default


def claimer(mark: Mark, text: str) -> Claimer:
    """The claimer that a mark and its fields name."""
    span = mark.span(text)
    made = suggested(Claimer, mark) or Claimer(span, span.text, None, "unknown", "explicit")
    name = str(mark.fields.get("claimer_name") or span.text)
    return replace(
        made, span=span, name=name, type=choice(mark.fields.get("claimer_type"), ClaimerType, made.type)
    )


def cue(mark: Mark, text: str) -> Cue:
    """The cue; its phrase is the word itself where a person marked another word."""
    span = mark.span(text)
    made = suggested(Cue, mark)
    if made and made.span == span and made.phrase.holds_in(text):
        return made
    return Cue(span, span, span.text.lower(), made.type if made else "neutral")


def victim(mark: Mark, text: str) -> Victim:
    """The victim; a known group stays known when only the borders of its words are moved."""
    span = mark.span(text)
    made = suggested(Victim, mark) or Victim(span, span.text, None, None)
    return made if made.span == span else replace(made, span=span, name=span.text)


def location(mark: Mark, text: str) -> Location:
    """The place."""
    span = mark.span(text)
    made = suggested(Location, mark) or Location(span, span.text, None, near=False)
    return made if made.span == span else replace(made, span=span, name=span.text)


def date(mark: Mark, text: str) -> When:
    """The date; other words have another date, which is left open."""
    span = mark.span(text)
    made = suggested(When, mark) or When(span, None, None, "period", "on")
    return made if made.span == span else replace(made, span=span, start=None, end=None)


def hedge(mark: Mark, text: str) -> Hedge:
    """The hedge."""
    made = suggested(Hedge, mark)
    return Hedge(mark.span(text), made.type if made else "modal")


def quantity(mark: Mark, text: str) -> Quantity:
    """The quantity: as suggested while nothing was changed, else from the fields, else from its words."""
    span = mark.span(text)
    made = suggested(Quantity, mark)
    shown = (mark.fields.get("modifier"), mark.fields.get("low"), mark.fields.get("high"))
    untouched = made is not None and shown == (made.modifier, *page_bounds(made))
    if made and untouched and (made.modifier == "vague") == (mark.label == "QUANTITY_VAGUE"):
        if made.span == span:
            return made
        if quantity_in(made.raw) == quantity_in(span.text):
            return replace(made, span=span, raw=span.text, vague_term=made.vague_term and span.text)
    modifier, figures = quantity_in(span.text)
    low, high = _as_shown(modifier, figures)
    if not untouched:
        modifier = choice(shown[0], Modifier, modifier)
        if shown[1] is not None or shown[2] is not None:
            low, high = _number(shown[1]), _number(shown[2])
    if mark.label == "QUANTITY_VAGUE":
        modifier = "vague"
    return _bounded(span, modifier, low, high, made.unit if made else None)


def page_bounds(quantity: Quantity) -> Bounds:
    """The lowest and highest figure that the page shows; "about 40" shows 40 in both."""
    if quantity.modifier == "approximately":
        return quantity.value, quantity.value
    return quantity.low, quantity.high


def _as_shown(modifier: Modifier, figures: list[int]) -> Bounds:
    """Figures of the words as the page would show them: "more than 40" begins at 41."""
    if not figures:
        return None, None
    low, high = min(figures), max(figures)
    if modifier in ("at_least", "more_than"):
        return low + (modifier == "more_than"), None
    if modifier in ("at_most", "fewer_than"):
        return None, high - (modifier == "fewer_than")
    return low, high


def _bounded(span: Span, modifier: Modifier, low: int | None, high: int | None, unit: str | None) -> Quantity:
    """The record of a modifier and the bounds that the page shows; no figure at all is a vague count."""
    figure = low if low is not None else high
    if modifier == "vague" or figure is None:
        return Quantity(span, span.text, None, None, None, unit, "vague", span.text)
    upper = high if high is not None else figure
    if modifier in ("exact", "approximately") and figure != upper:
        modifier = "range"
    value: int | None = None
    if modifier == "exact":
        value = low = high = figure
    elif modifier == "at_least":
        value, low, high = figure, figure, None
    elif modifier == "more_than":
        low, high = figure, None
    elif modifier == "at_most":
        value, low, high = upper, None, upper
    elif modifier == "fewer_than":
        low, high = None, upper
    elif modifier == "approximately":
        value, low, high = figure, None, None
    return Quantity(span, span.text, value, low, high, unit, modifier, None)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) else None
