"""Days, months and years of the calendar: what both written and relative dates come to."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.model.claim import DateRelation, Granularity

WEEKDAY = f"(?:{'|'.join(calendar.day_name)})"
MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_PARTS = {"start of": "early", "beginning of": "early", "middle of": "mid", "end of": "late"}


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, both included; None where the text does not let them be known."""

    start: date | None
    end: date | None
    granularity: Granularity
    relation: DateRelation = "on"


def month_days(year: int, month: int, part: str | None = None) -> tuple[date, date]:
    """First and last day of a month, or of its early, mid or late ``part``."""
    last = calendar.monthrange(year, month)[1]
    first_day, last_day = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(
        _PARTS.get(part or "", part or ""), (1, last)
    )
    return date(year, month, first_day), date(year, month, last_day)


def year_of(month: int, day: int, year: str | None, published: date | None) -> int | None:
    """The year written, else the one that puts the day last before the publication."""
    if year:
        return int(year)
    if published is None:
        return None
    return published.year - ((month, day) > (published.month, published.day))


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of a day."""
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


def shifted(day: date, months: int) -> tuple[int, int]:
    """Year and month so many months after those of a day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1
