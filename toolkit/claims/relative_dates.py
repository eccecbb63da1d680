"""Relative dates as days, counted from the publication: what a match of a pattern in
:mod:`toolkit.claims.dates` means. Without the publication day they have no days.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from toolkit.claims.days import Days, month_days, shifted, week_of
from toolkit.model.claim import Granularity

DAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
_NUMBER_WORDS = "zero one two three four five six seven eight nine ten eleven twelve"
COUNTS = {word: number for number, word in enumerate(_NUMBER_WORDS.split(" "))}
COUNTS |= {"a": 1, "an": 1}
_MONTHS_OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}


def weekdays(found: re.Match[str], published: date | None) -> Days | None:
    """``on Friday and Saturday``: two days, the later one last before the publication."""
    if published is None:
        return Days(None, None, "period")
    end = published - timedelta((published.weekday() - DAYS[found["last"]]) % 7)
    start = end - timedelta((DAYS[found["last"]] - DAYS[found["first"]]) % 7)
    return Days(start, end, "period")


def past(found: re.Match[str], published: date | None) -> Days:
    """``the past two weeks``: up to the publication."""
    if published is None:
        return Days(None, None, "period")
    count, unit = _count(found["count"]), found["unit"]
    if unit in {"day", "week"}:
        return Days(published - timedelta(count * (7 if unit == "week" else 1)), published, "period")
    year, month = shifted(published, -count * {"month": 1, "year": 12, "decade": 120}[unit])
    day = min(published.day, calendar.monthrange(year, month)[1])
    return Days(date(year, month, day), published, "period")


def weekday(found: re.Match[str], published: date | None) -> Days:
    """``on Thursday``."""
    if published is None:
        return Days(None, None, "day")
    back = (published.weekday() - DAYS[found["weekday"]]) % 7
    if found["which"] == "last" and back == 0:
        back = 7
    if found["which"] == "next":
        back -= 7
    day = published - timedelta(back)
    return Days(day, day, "day")


def ago(found: re.Match[str], published: date | None) -> Days:
    """``two years ago``."""
    count = _count(found["count"])
    unit: str = found["unit"]
    granularity: Granularity = "year" if unit in {"year", "decade", "century"} else unit  # type: ignore[assignment]
    if published is None:
        return Days(None, None, granularity)
    if unit in {"day", "week"}:
        day = published - timedelta(count * (7 if unit == "week" else 1))
        return Days(day, day, "day") if unit == "day" else Days(*week_of(day), "week")
    if unit == "month":
        return Days(*month_days(*shifted(published, -count)), "month")
    year = published.year - count * {"year": 1, "decade": 10, "century": 100}[unit]
    return Days(date(year, 1, 1), date(year, 12, 31), "year")


def running(found: re.Match[str], published: date | None) -> Days:
    """``last week``, ``late last month``, ``this year``, ``next month``."""
    unit, part = found["unit"], found["part"]
    granularity: Granularity = "period" if part else unit  # type: ignore[assignment]
    if published is None:
        return Days(None, None, granularity)
    shift = {"last": -1, "this": 0, "next": 1}[found["which"]]
    if unit == "week":
        return Days(*week_of(published + timedelta(7 * shift)), granularity)
    if unit == "month":
        return Days(*month_days(*shifted(published, shift), part), granularity)
    first, last = _MONTHS_OF_YEAR.get(part or "", (1, 12))
    year = published.year + shift
    return Days(date(year, first, 1), month_days(year, last)[1], granularity)


def weekend(found: re.Match[str], published: date | None) -> Days:
    """``over the weekend``."""
    if published is None:
        return Days(None, None, "period")
    saturday = published - timedelta((published.weekday() - 5) % 7)
    if found["which"] == "last" and published.weekday() >= 5:
        saturday -= timedelta(7)
    return Days(saturday, saturday + timedelta(1), "period")


def today(found: re.Match[str], published: date | None) -> Days:
    """``yesterday``."""
    words = found[0]
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2}.get(words, 0)
    day = published + timedelta(shift) if published else None
    return Days(day, day, "day")


def _count(word: str | None) -> int:
    return int(word) if word and word.isdigit() else COUNTS[word or "a"]
