"""Dates in words as ISO days, relative ones counted from the publication date.

Without a publication date a relative date keeps its words and gets no days. A weekday is the
publication day itself or the last such day before it, as news reports write.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from toolkit.claims import relative_dates, written_dates
from toolkit.claims.days import MONTHS, Days
from toolkit.claims.relative_dates import COUNTS, DAYS
from toolkit.model.claim import DateRelation

__all__ = ["Days", "published_day", "resolve"]

_RELATIONS: tuple[tuple[DateRelation, str], ...] = (
    ("since", r"since\b|ever since\b"),
    ("until", r"until\b|till\b|by\b|up to\b"),
    ("before", r"before\b|ahead of\b|prior to\b"),
    ("after", r"after\b|following\b|from\b(?!.*\bto\b)"),
    ("during", r"(?:during|over|between|throughout|in|for|within|from|this|last (?:week|month|year))\b"),
)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = "|".join(DAYS)
_NTH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20|21)\d\d"


def published_day(published_at: str | None) -> date | None:
    """The day of an ISO 8601 date or date-time, as its own time zone has it."""
    try:
        return date.fromisoformat(published_at[:10]) if published_at else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def resolve(text: str, published: date | None) -> Days:
    """The days that a date's words mean in a report published on ``published``."""
    words = " ".join(text.casefold().replace("’", "'").split())
    relation = _relation(words)
    for pattern, reading in _READINGS:
        if found := pattern.search(words):
            try:
                days = reading(found, published)
            except (ValueError, OverflowError):
                continue
            if days is not None:
                return _not_after(days, words, published, relation)
    return Days(None, None, "period", relation)


def _relation(words: str) -> DateRelation:
    return next((name for name, pattern in _RELATIONS if re.match(pattern, words)), "on")


def _not_after(days: Days, words: str, published: date | None, relation: DateRelation) -> Days:
    """What a report tells of a running week, month or year ends with its publication."""
    end = days.end
    if published and days.start and end and days.start <= published < end and "next" not in words:
        end = published
    return Days(days.start, end, days.granularity, relation)


_TO = "(?:-|–|—|to|and|until|through)"
_YEAR_BEHIND = rf"(?:,? (?P<year>{_YEAR}))?"
_COUNT = rf"(?:\d+|{'|'.join(sorted(COUNTS, key=len, reverse=True))})"
_PATTERNS: tuple[tuple[str, Callable[[re.Match[str], date | None], Days | None]], ...] = (
    (r"\d{4}-\d\d-\d\d", written_dates.iso),
    (
        rf"(?P<month>{_MONTH})\.? (?P<day>\d\d?){_NTH} ?{_TO} ?(?:(?P<month2>{_MONTH})\.? )?"
        rf"(?P<day2>\d\d?){_NTH}{_YEAR_BEHIND}",
        written_dates.month_range,
    ),
    (
        rf"(?P<day>\d\d?){_NTH} ?(?P<month>{_MONTH})?\.? ?{_TO} ?(?P<day2>\d\d?){_NTH} "
        rf"(?P<month2>{_MONTH})\.?{_YEAR_BEHIND}",
        written_dates.day_first,
    ),
    (rf"(?P<month>{_MONTH})\.? (?P<day>\d\d?){_NTH}{_YEAR_BEHIND}", written_dates.day_of_month),
    (rf"(?P<day>\d\d?){_NTH} (?:of )?(?P<month>{_MONTH})\.?{_YEAR_BEHIND}", written_dates.day_of_month),
    (
        rf"(?:(?P<part>early|mid|late|(?:start|beginning|middle|end) of)[ -](?:in )?)?(?P<month>{_MONTH})\.?"
        rf"(?:,? (?:of )?(?P<year>{_YEAR}))?",
        written_dates.month,
    ),
    (rf"(?P<first>{_YEAR}) ?(?:-|–|—|to|and|or|until) ?(?P<last>{_YEAR})", written_dates.years),
    (
        "(?:the day before )?(?:yesterday|today|tonight|tomorrow|overnight)"
        "|this (?:morning|afternoon|evening)|last night|earlier in the day",
        relative_dates.today,
    ),
    (rf"(?P<first>{_DAY}) (?:and|to|through|until) (?P<last>{_DAY})", relative_dates.weekdays),
    (rf"(?:(?P<which>last|next|this|past|previous) )?(?P<weekday>{_DAY})", relative_dates.weekday),
    (rf"(?:last|past) (?P<count>{_COUNT}) (?P<unit>day|week|month|year|decade)s?", relative_dates.past),
    ("past(?P<count>) (?P<unit>day|week|month|year|decade)", relative_dates.past),
    (r"(?:(?P<part>early|mid|late)[ -])?(?P<decade>(?:1[5-9]|20)\d0)s", written_dates.decade),
    (
        rf"(?P<count>{_COUNT}) (?P<unit>day|week|month|year|decade|century)s? ago",
        relative_dates.ago,
    ),
    (
        "(?:(?P<part>early|mid|late)[ -])?(?P<which>last|this|next) (?P<unit>week|month|year)",
        relative_dates.running,
    ),
    ("(?:(?P<which>last|this|past|next) )?(?:the )?weekend", relative_dates.weekend),
    (rf"(?P<which>first|second|third|fourth) quarter(?: of (?P<year>{_YEAR}))?", written_dates.quarter),
    (
        "(?:(?P<which>last|this|next) )?(?:the )?(?P<season>spring|summer|autumn|fall|winter)"
        rf"(?: (?:of )?(?P<year>{_YEAR}))?",
        written_dates.season,
    ),
    (_YEAR, written_dates.year),
)
_READINGS = tuple((re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), reading) for pattern, reading in _PATTERNS)
