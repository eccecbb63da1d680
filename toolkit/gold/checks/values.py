"""Checks that hold the values of one claim against each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

from toolkit.gold.fault import Fault
from toolkit.model import Claim, Document, Quantity

EXACT_INTEGER = 2**53 - 1
REVIEWED = frozenset({"accepted", "corrected", "added", "adjudicated"})


class _Bounds(NamedTuple):
    """Which of a quantity's figures a modifier wants, and the words that say so."""

    value: bool
    low: bool
    high: bool
    words: str


_BOUNDS = {
    "exact": _Bounds(True, True, True, "value, low and high are the same number"),
    "at_least": _Bounds(True, True, False, "value and low are the number, high is null"),
    "more_than": _Bounds(False, True, False, "low is the number plus 1, value and high are null"),
    "at_most": _Bounds(True, False, True, "value and high are the number, low is null"),
    "fewer_than": _Bounds(False, False, True, "high is the number minus 1, value and low are null"),
    "approximately": _Bounds(True, False, False, "value is the number, low and high are null"),
    "range": _Bounds(False, True, True, "low and high are the bounds, value is null"),
}


def interval(claim: Claim, document: Document | None) -> Iterator[Fault]:  # noqa: ARG001
    """The figures of a quantity are ordered, low ≤ value ≤ high, and small enough (below 2⁵³) for
    every JSON reader to keep them exact."""
    if claim.quantity is None:
        return
    figures = _figures(claim.quantity)
    known = [(name, figure) for name, figure in figures if figure is not None]
    for name, figure in known:
        if figure > EXACT_INTEGER:
            yield Fault(f"/quantity/{name}", f"is above {EXACT_INTEGER}", "give the real figure", figure)
    if [figure for _, figure in known] != sorted(figure for _, figure in known):
        shown = ", ".join(f"{name} {figure}" for name, figure in known)
        yield Fault("/quantity", f"{shown} are not in order", "low ≤ value ≤ high", dict(known))


def modifier(claim: Claim, document: Document | None) -> Iterator[Fault]:  # noqa: ARG001
    """A quantity's modifier says which figures it has. exact: value = low = high. at_least N: value =
    low = N. more_than N: low = N + 1 alone. at_most N: value = high = N. fewer_than N: high = N − 1
    alone. approximately N: value = N alone. range: low and high without a value."""
    quantity = claim.quantity
    if quantity is None or quantity.modifier == "vague":
        return
    bounds = _BOUNDS[quantity.modifier]
    figures = _figures(quantity)
    wanted = {"low": bounds.low, "value": bounds.value, "high": bounds.high}
    apart = any((figure is not None) != wanted[name] for name, figure in figures)
    unequal = bounds.value and len({figure for _, figure in figures if figure is not None}) > 1
    if apart or unequal:
        shown = ", ".join(f"{name} {'null' if figure is None else figure}" for name, figure in figures)
        yield Fault(
            "/quantity", f"{quantity.modifier} does not go with {shown}",
            f"{quantity.modifier}: {bounds.words}", dict(figures),
        )  # fmt: skip


def vague(claim: Claim, document: Document | None) -> Iterator[Fault]:  # noqa: ARG001
    """Vague words ("dozens", "heavy losses") never become numbers: modifier vague has a vague_term and
    no figure, and every other modifier has no vague_term."""
    quantity = claim.quantity
    if quantity is None:
        return
    if quantity.modifier != "vague":
        if quantity.vague_term is not None:
            yield Fault(
                "/quantity/vague_term", f"stands beside the modifier {quantity.modifier}",
                "make it null, or the modifier vague", quantity.vague_term,
            )  # fmt: skip
        return
    for name, figure in _figures(quantity):
        if figure is not None:
            yield Fault(f"/quantity/{name}", "is a number made of a vague word", "make it null", figure)
    if quantity.vague_term is None:
        yield Fault("/quantity/vague_term", "is missing", "give the vague word, as in the text")


def dates(claim: Claim, document: Document | None) -> Iterator[Fault]:
    """A date starts before it ends and not after the report was published. A calendar unit such as
    "this year" may end later, and so may a bound ("before", "until"). A publication time that has
    an offset counts as the latest local date anywhere on Earth at that moment."""
    when = claim.event.date if claim.event else None
    if when is None:
        return
    if when.start and when.end and when.start > when.end:
        yield Fault(
            "/event/date", f"starts {when.start}, after its end {when.end}", "exchange or correct them"
        )
        return
    published = _published(document)
    if published is None or when.relation in {"before", "until"}:
        return
    last = when.end if when.granularity in {"day", "period"} else when.start
    for name, day in (("start", when.start), ("end", last)):
        if day and date.fromisoformat(day) > published:
            yield Fault(
                f"/event/date/{name}", f"{day} is after the report's publication on {published}",
                "correct the date, or published_at of the document", day,
            )  # fmt: skip
            return


def polarity(claim: Claim, document: Document | None) -> Iterator[Fault]:  # noqa: ARG001
    """Who denies a content presents it as not so: the stance deny needs CT-, PR- or PS- for the claimer."""
    if claim.stance == "deny" and not claim.certainty.claimer.endswith("-"):
        yield Fault(
            "/certainty/claimer", f"is {claim.certainty.claimer}, but the claimer denies",
            "use CT-, PR- or PS-, or correct the stance", claim.certainty.claimer,
        )  # fmt: skip


def attribution(claim: Claim, document: Document | None) -> Iterator[Fault]:  # noqa: ARG001
    """A word of saying belongs to somebody: a cue without a claimer is a warning, because some texts
    name nobody. A claimer found "explicit"ly has its span."""
    if claim.cue is not None and claim.claimer is None:
        yield Fault(
            "/claimer", f"is missing, but {claim.cue.phrase.text!r} says that somebody speaks",
            "mark who speaks, or give an anonymous claimer", severity="warning",
        )  # fmt: skip
    if claim.claimer and claim.claimer.span is None and claim.claimer.resolved_by == "explicit":
        yield Fault(
            "/claimer/span", "is null, but resolved_by says that the claimer stands in the text",
            "mark the claimer, or say coreference or author",
        )  # fmt: skip


def judgments(claim: Claim, document: Document | None) -> Iterator[Fault]:  # noqa: ARG001
    """Where two judgments disagree, and where the status is adjudicated, an adjudicator is named."""
    statuses = sorted({judgment.status for judgment in claim.review.judgments})
    if claim.review.adjudicator is not None:
        return
    if len(statuses) > 1:
        yield Fault(
            "/review/adjudicator", f"is missing, but the judgments disagree: {', '.join(statuses)}",
            "have a third person settle it, and name them", statuses,
        )  # fmt: skip
    elif claim.review.status == "adjudicated":
        yield Fault("/review/adjudicator", "is missing in an adjudicated claim", "name who settled it")


def reviewed(claim: Claim, document: Document | None) -> Iterator[Fault]:  # noqa: ARG001
    """A dataset holds only what people accepted, corrected, added or adjudicated: no rejected claim
    and no suggestion that nobody looked at. (Only datasets are held to this.)"""
    if claim.review.status not in REVIEWED:
        yield Fault(
            "/review/status", f"is {claim.review.status} in a dataset", "export again; it is left out then",
            claim.review.status,
        )  # fmt: skip


def pseudonyms(claim: Claim, document: Document | None) -> Iterator[Fault]:  # noqa: ARG001
    """Annotators stand in a dataset under pseudonyms of one word: neither as an e-mail address nor with
    first and last name. (Only datasets are held to this.)"""
    named = [
        (f"/review/judgments/{i}/annotator", one.annotator) for i, one in enumerate(claim.review.judgments)
    ]
    for pointer, name in [*named, ("/review/adjudicator", claim.review.adjudicator or "")]:
        if "@" in name or " " in name:
            yield Fault(
                pointer, "looks like a person's name or address", "put a pseudonym of one word there", name
            )


def _figures(quantity: Quantity) -> list[tuple[str, int | None]]:
    return [("low", quantity.low), ("value", quantity.value), ("high", quantity.high)]


def _published(document: Document | None) -> date | None:
    """The last local date on which the report may have appeared; None when it is not known."""
    if document is None or document.published_at is None:
        return None
    try:
        moment = datetime.fromisoformat(document.published_at)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return moment.date()
    try:
        return moment.astimezone(timezone(timedelta(hours=14))).date()
    except OverflowError:
        return moment.date()
