"""Written dates as days: what a match of a pattern in :mod:`toolkit.claims.dates` means.

Each takes the match and the publication day; without the day a date that names no year has no days. Readings
that no calendar has raise ``ValueError`` or give None.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from toolkit.claims.days import MONTHS, Days, month_days, year_of
from toolkit.model.claim import Granularity

_SEASONS = {
    "spring": (3, 1, 5, 31),
    "summer": (6, 1, 8, 31),
    "autumn": (9, 1, 11, 30),
    "fall": (9, 1, 11, 30),
    "winter": (12, 1, 2, 28),
}
_QUARTERS = ("first", "second", "third", "fourth")
_YEARS_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (6, 9)}


def iso(found: re.Match[str], _: date | None) -> Days:
    """``2024-07-29``."""
    day = date.fromisoformat(found[0])
    return Days(day, day, "day")


def month_range(found: re.Match[str], published: date | None) -> Days | None:
    """``July 22 to 27``."""
    month = MONTHS[found["month"]]
    end_month = MONTHS[found["month2"]] if found["month2"] else month
    year = year_of(end_month, int(found["day2"]), found["year"], published)
    if year is None:
        return Days(None, None, "period")
    start, end = date(year, month, int(found["day"])), date(year, end_month, int(found["day2"]))
    return Days(start, end, "period") if start <= end else None


def day_of_month(found: re.Match[str], published: date | None) -> Days | None:
    """``29 July 2024``."""
    month, number = MONTHS[found["month"]], int(found["day"])
    year = year_of(month, number, found["year"], published)
    if year is None:
        return Days(None, None, "day")
    day = date(year, month, number)
    return Days(day, day, "day")


def month(found: re.Match[str], published: date | None) -> Days | None:
    """``late July``."""
    month, part = MONTHS[found["month"]], found["part"]
    year = year_of(month, 1, found["year"], published)
    granularity: Granularity = "period" if part else "month"
    return Days(*month_days(year, month, part), granularity) if year else Days(None, None, granularity)


def years(found: re.Match[str], _: date | None) -> Days | None:
    """``2020 to 2021``."""
    first, last = int(found["first"]), int(found["last"])
    return Days(date(first, 1, 1), date(last, 12, 31), "period") if first <= last else None


def year(found: re.Match[str], _: date | None) -> Days:
    """``2012``."""
    return Days(date(int(found[0]), 1, 1), date(int(found[0]), 12, 31), "year")


def decade(found: re.Match[str], _: date | None) -> Days:
    """``the early 1990s``."""
    first, last = _YEARS_OF_DECADE.get(found["part"] or "", (0, 9))
    decade = int(found["decade"])
    return Days(date(decade + first, 1, 1), date(decade + last, 12, 31), "period")


def day_first(found: re.Match[str], published: date | None) -> Days | None:
    """``22 to 27 July``: the month may stand behind the second day alone."""
    last, first = MONTHS[found["month2"]], MONTHS[found["month"] or found["month2"]]
    year = year_of(last, int(found["day2"]), found["year"], published)
    if year is None:
        return Days(None, None, "period")
    start, end = date(year, first, int(found["day"])), date(year, last, int(found["day2"]))
    return Days(start, end, "period") if start <= end else None


def season(found: re.Match[str], published: date | None) -> Days:
    """``the summer of 2020``."""
    year = int(found["year"]) if found["year"] else None
    first_month, first_day, last_month, last_day = _SEASONS[found["season"]]
    if year is None and published:
        year = published.year - (
            found["which"] == "last" or (first_month, first_day) > (published.month, published.day)
        )
    if year is None:
        return Days(None, None, "season")
    turns = int(last_month < first_month)
    last = calendar.monthrange(year + turns, last_month)[1] if turns else last_day
    return Days(date(year, first_month, first_day), date(year + turns, last_month, last), "season")


def quarter(found: re.Match[str], published: date | None) -> Days:
    """The quarter of the year written, else the one that began last before the publication."""
    month = 3 * _QUARTERS.index(found["which"]) + 1
    year = year_of(month, 1, found["year"], published)
    if year is None:
        return Days(None, None, "period")
    return Days(date(year, month, 1), month_days(year, month + 2)[1], "period")
