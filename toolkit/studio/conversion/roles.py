"""One mark as the part that it plays in a claim.

A suggested mark carries its part in ``meta``; where a person has changed the words, what followed from
the old ones is made anew from the new ones or dropped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar, get_args

from toolkit.model import Claimer, Cue, Hedge, Location, Victim, When, from_checked
from toolkit.model.claim import ClaimerType
from toolkit.studio.conversion.marks import Mark

T = TypeVar("T")


def suggested(kind: type[T], mark: Mark) -> T | None:
    """What the suggestion said of a mark, or None where there is none that can be read."""
    try:
        return from_checked(kind, mark.meta["draft"])
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
