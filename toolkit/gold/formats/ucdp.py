"""UCDP GED shaped CSV (``ucdp.csv``): deaths by event and side, as the claims have them.

One row for each event and group of victims, with the columns of UCDP's Georeferenced Event Dataset where
there is something to say. Nothing is added up and nothing is judged: ``low`` to ``high`` is the interval that
holds every figure claimed, and ``best`` is the figure on which all claims agree. Where a claim has no
bound there is no ``low`` or ``high``; where figures differ there is no ``best``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from toolkit.gold.dataset import Dataset, Written
from toolkit.gold.formats.marks import notes
from toolkit.gold.formats.table import Cell, described, write_table
from toolkit.spool import Spool, spool

COLUMNS = (
    "id", "relid", "year", "side", "side_name", "side_type", "number_of_sources", "source_article",
    "source_office", "source_date", "source_headline", "where_description", "date_prec", "date_start",
    "date_end", "best", "high", "low", "number_of_claims", "claimed", "claim_ids",
)  # fmt: skip
FIGURES = "low to high holds every figure claimed, best is the figure all agree on; nothing is added up"


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write the rows; the notes count claims that are no death toll of a known event, by reason."""
    lost: Counter[str] = Counter()
    with spool() as tolls:
        _gather(dataset, tolls, lost)
        counts = write_table(folder / "ucdp.csv", COLUMNS, _rows(dataset, tolls))
    yield described("ucdp.csv", counts, (FIGURES, *notes(lost)))


def _gather(dataset: Dataset, tolls: Spool, lost: Counter[str]) -> None:
    """Keep the tolls by event and side."""
    for claim in dataset.claims():
        reason = _unfit(claim)
        if reason:
            lost[f"claims left out: {reason}"] += 1
            continue
        place = f"{claim['doc_id']} {claim['span']['start']:09} {claim['claim_id']}"
        tolls.add("\n".join(_group(claim)), claim, id=place)


def _unfit(claim: dict[str, Any]) -> str | None:
    """Why a claim is no death toll that has a place in the table."""
    quantity, event = claim["quantity"], claim["event"]
    if claim["effect"] != "death":
        return "not about deaths"
    if claim["stance"] != "affirm":
        return "denied or withheld"
    if event is None or event["event_id"] is None:
        return "no event"
    if claim["victim"] is None:
        return "nobody named as victim"
    if quantity is None or (quantity["value"], quantity["low"], quantity["high"]) == (None, None, None):
        return "no figure"
    return None


def _side(claim: dict[str, Any]) -> str:
    victim = claim["victim"]
    return str(victim["entity"] or victim["name"].casefold())


def _group(claim: dict[str, Any]) -> tuple[str, str]:
    return claim["event"]["event_id"], _side(claim)


def _rows(dataset: Dataset, tolls: Spool) -> Iterator[list[Cell]]:
    for number, ((event, side), claims) in enumerate(groupby(tolls, key=_group), start=1):
        yield [number, event, *_row(dataset, side, list(claims))]


def _row(dataset: Dataset, side: str, claims: list[dict[str, Any]]) -> list[Cell]:
    sources = [dataset.document(name) for name, _ in groupby(claims, key=itemgetter("doc_id"))]
    known = [source for source in sources if source is not None]
    start, end = days(claims)
    low, best, high = figures([claim["quantity"] for claim in claims])
    places = (claim["event"]["location"] for claim in claims)
    return [
        start.year if start else None, side, _joined(claim["victim"]["name"] for claim in claims),
        _joined(claim["victim"]["group_type"] for claim in claims), len(sources),
        _joined(source.url for source in known), _joined(source.publisher for source in known),
        _joined((source.published_at or "")[:10] for source in known),
        _joined(source.title for source in known), _joined(place and place["name"] for place in places),
        precision(start, end), start.isoformat() if start else None, end.isoformat() if end else None,
        best, high, low,
        len(claims), "; ".join(map(_claimed, claims)), "; ".join(claim["claim_id"] for claim in claims),
    ]  # fmt: skip


def figures(quantities: list[dict[str, Any]]) -> tuple[int | None, int | None, int | None]:
    """``(low, best, high)`` of what was claimed; None where a claim leaves it open or they differ."""
    lows = [quantity["low"] for quantity in quantities]
    highs = [quantity["high"] for quantity in quantities]
    values = {quantity["value"] for quantity in quantities}
    low = None if None in lows else min(lows)
    high = None if None in highs else max(highs)
    return low, values.pop() if len(values) == 1 else None, high


def days(claims: list[dict[str, Any]]) -> tuple[date | None, date | None]:
    """First and last day that the claims name for the event; None when no claim names both."""
    whens = [claim["event"]["date"] for claim in claims if claim["event"]["date"]]
    named = [
        (date.fromisoformat(when["start"]), date.fromisoformat(when["end"]))
        for when in whens
        if when["start"] and when["end"] and when["relation"] in ("on", "during")
    ]
    if not named:
        return None, None
    return min(start for start, _ in named), max(end for _, end in named)


def precision(start: date | None, end: date | None) -> int | None:
    """UCDP's ``date_prec``: 1 the day, 2 up to six days, 3 a week, 4 up to a month, 5 longer."""
    if start is None or end is None:
        return None
    length = (end - start).days + 1
    limits = ((1, 1), (6, 2), (7, 3), (31, 4))
    return next((code for limit, code in limits if length <= limit), 5)


def _claimed(claim: dict[str, Any]) -> str:
    who = claim["claimer"]["name"] if claim["claimer"] else "the report"
    return f"{claim['quantity']['raw']} ({who})"


def _joined(values: Iterable[str | None]) -> str | None:
    """The different values in their order, or nothing."""
    return "; ".join(dict.fromkeys(value for value in values if value)) or None
