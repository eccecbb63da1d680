"""What people decide about a claim, part by part: what is compared, and how it reads in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.model import Claim, Cue, Location, Span, Victim, When

CHOICES: dict[str, Callable[[Claim], object]] = {
    "stance": lambda claim: claim.stance,
    "certainty of claimer": lambda claim: claim.certainty.claimer,
    "effect": lambda claim: claim.effect,
    "check-worthiness": lambda claim: claim.check_worthiness.label,
    "kind of claimer": lambda claim: claim.claimer and claim.claimer.type,
    "kind of quantity": lambda claim: claim.quantity and claim.quantity.modifier,
}
"""The choices that agreement is measured on; None is a choice as well (no effect, no claimer …)."""


@dataclass(frozen=True, slots=True)
class Part:
    """One decision: ``judged`` is what people are held to, ``fields`` of the record go with it."""

    fields: tuple[str, ...]
    judged: Callable[[Claim], object]


def _place(what: Span | Cue | Victim | Location | When | None) -> tuple[tuple[int, int], ...]:
    span = what if isinstance(what, Span) or what is None else what.span
    return tuple(span.parts()) if span else ()


def _claimer(claim: Claim) -> object:
    one = claim.claimer
    return one and (_place(one.span), one.name, one.type)


def _quantity(claim: Claim) -> object:
    one = claim.quantity
    return one and (_place(one.span), one.value, one.low, one.high, one.modifier, one.vague_term)


def _event(claim: Claim) -> object:
    if claim.event is None or not (claim.event.location or claim.event.date):
        return None
    where, when = claim.event.location, claim.event.date
    return _place(where), _place(when)


PARTS: dict[str, Part] = {
    "content": Part(("span", "sentence"), lambda claim: _place(claim.span)),
    "claimer": Part(("claimer", "via"), _claimer),
    "cue": Part(("cue",), lambda claim: _place(claim.cue)),
    "stance": Part(("stance", "certainty"), lambda claim: (claim.stance, claim.certainty.claimer)),
    "hedges": Part(("hedges",), lambda claim: tuple(sorted(_place(one.span) for one in claim.hedges))),
    "quantity": Part(("quantity",), _quantity),
    "effect": Part(("effect",), lambda claim: claim.effect),
    "victim": Part(("victim",), lambda claim: _place(claim.victim)),
    "event": Part(("event",), _event),
    "check-worthiness": Part(("check_worthiness",), lambda claim: claim.check_worthiness.label),
    "statement": Part(("normalized",), lambda claim: claim.normalized),
}
"""Everything that the page lets people change. Stance and certainty go together: a denial needs a minus.

What follows from it (a victim's group, a date's days, kinds of cues) is not held against anybody.
"""


def decisions(part: str, claims: Mapping[str, Claim]) -> dict[str, object]:
    """What each annotator decided; a statement that somebody did not write is no decision."""
    found = {name: PARTS[part].judged(claim) for name, claim in claims.items()}
    return {name: value for name, value in found.items() if part != "statement" or value is not None}


def disputed(claims: Mapping[str, Claim]) -> list[str]:
    """The parts that the annotators of one claim decided otherwise."""
    return [part for part in PARTS if len(set(decisions(part, claims).values())) > 1]


def shown(part: str, claim: Claim) -> str:
    """The decision as words, for people who have to settle it."""
    words = _WORDS[part](claim)
    return " ".join(words.split()) if words else "none"


def _quote(span: Span | None) -> str:
    if span is None:
        return ""
    text = " ".join(span.text.split())
    return f"“{text if len(text) <= 80 else text[:79] + '…'}” ({span.start}–{span.end})"


def _said(*values: Any) -> str:
    return " ".join(str(value) for value in values if value not in (None, ""))


def _quantity_words(claim: Claim) -> str:
    one = claim.quantity
    if one is None:
        return ""
    figures = [f"{name} {value}" for name, value in
               (("low", one.low), ("value", one.value), ("high", one.high)) if value is not None]  # fmt: skip
    return _said(_quote(one.span), one.modifier, *figures, one.vague_term)


def _event_words(claim: Claim) -> str:
    where, when = (claim.event.location, claim.event.date) if claim.event else (None, None)
    return "; ".join(filter(None, [
        f"place {_quote(where.span)}" if where else "",
        f"date {_quote(when.span)}" if when else "",
    ]))  # fmt: skip


_WORDS: dict[str, Callable[[Claim], str]] = {
    "content": lambda claim: _quote(claim.span),
    "claimer": lambda claim: (
        _said(claim.claimer.name, _quote(claim.claimer.span), claim.claimer.type) if claim.claimer else ""
    ),
    "cue": lambda claim: _quote(claim.cue.span) if claim.cue else "",
    "stance": lambda claim: f"{claim.stance} {claim.certainty.claimer}",
    "hedges": lambda claim: ", ".join(_quote(one.span) for one in claim.hedges),
    "quantity": _quantity_words,
    "effect": lambda claim: claim.effect or "",
    "victim": lambda claim: _quote(claim.victim.span) if claim.victim else "",
    "event": _event_words,
    "check-worthiness": lambda claim: claim.check_worthiness.label,
    "statement": lambda claim: claim.normalized or "",
}
