"""Dates in words as ISO days, relative ones counted from the publication date.

Without a publication date a relative date keeps its words and gets no days. A weekday is the
publication day itself or the last such day before it, as news reports write.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.model.claim import DateRelation, Granularity

_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_DAYS = {name.casefold(): number for number, name in enumerate(calendar.day_name)}
_SEASONS = {
    "spring": (3, 1, 5, 31),
    "summer": (6, 1, 8, 31),
    "autumn": (9, 1, 11, 30),
    "fall": (9, 1, 11, 30),
    "winter": (12, 1, 2, 28),
}
_QUARTERS = ("first", "second", "third", "fourth")
_PARTS = {"start of": "early", "beginning of": "early", "middle of": "mid", "end of": "late"}
_MONTHS_OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_YEARS_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (6, 9)}
_NUMBER_WORDS = "zero one two three four five six seven eight nine ten eleven twelve"
_COUNTS = {word: number for number, word in enumerate(_NUMBER_WORDS.split(" "))}
_COUNTS |= {"a": 1, "an": 1}
_RELATIONS: tuple[tuple[DateRelation, str], ...] = (
    ("since", r"since\b|ever since\b"),
    ("until", r"until\b|till\b|by\b|up to\b"),
    ("before", r"before\b|ahead of\b|prior to\b"),
    ("after", r"after\b|following\b|from\b(?!.*\bto\b)"),
    ("during", r"(?:during|over|between|throughout|in|for|within|from|this|last (?:week|month|year))\b"),
)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = "|".join(_DAYS)
_NTH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20|21)\d\d"


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, both included; None where the text does not let them be known."""

    start: date | None
    end: date | None
    granularity: Granularity
    relation: DateRelation = "on"


def published_day(published_at: str | None) -> date | None:
    """The day of an ISO 8601 date or date-time, as its own time zone has it."""
    try:
        return date.fromisoformat(published_at[:10]) if published_at else None
    except ValueError:
        return None


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


def _month_days(year: int, month: int, part: str | None = None) -> tuple[date, date]:
    last = calendar.monthrange(year, month)[1]
    first_day, last_day = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(
        _PARTS.get(part or "", part or ""), (1, last)
    )
    return date(year, month, first_day), date(year, month, last_day)


def _year_of(month: int, day: int, year: str | None, published: date | None) -> int | None:
    """The year written, else the one that puts the day last before the publication."""
    if year:
        return int(year)
    if published is None:
        return None
    return published.year - ((month, day) > (published.month, published.day))


def _iso(found: re.Match[str], _: date | None) -> Days:
    day = date.fromisoformat(found[0])
    return Days(day, day, "day")


def _month_range(found: re.Match[str], published: date | None) -> Days | None:
    month = _MONTHS[found["month"]]
    end_month = _MONTHS[found["month2"]] if found["month2"] else month
    year = _year_of(end_month, int(found["day2"]), found["year"], published)
    if year is None:
        return Days(None, None, "period")
    start, end = date(year, month, int(found["day"])), date(year, end_month, int(found["day2"]))
    return Days(start, end, "period") if start <= end else None


def _day_of_month(found: re.Match[str], published: date | None) -> Days | None:
    month, number = _MONTHS[found["month"]], int(found["day"])
    year = _year_of(month, number, found["year"], published)
    if year is None:
        return Days(None, None, "day")
    day = date(year, month, number)
    return Days(day, day, "day")


def _month(found: re.Match[str], published: date | None) -> Days | None:
    month, part = _MONTHS[found["month"]], found["part"]
    year = _year_of(month, 1, found["year"], published)
    granularity: Granularity = "period" if part else "month"
    return Days(*_month_days(year, month, part), granularity) if year else Days(None, None, granularity)


def _years(found: re.Match[str], _: date | None) -> Days | None:
    first, last = int(found["first"]), int(found["last"])
    return Days(date(first, 1, 1), date(last, 12, 31), "period") if first <= last else None


def _year(found: re.Match[str], _: date | None) -> Days:
    return Days(date(int(found[0]), 1, 1), date(int(found[0]), 12, 31), "year")


def _decade(found: re.Match[str], _: date | None) -> Days:
    first, last = _YEARS_OF_DECADE.get(found["part"] or "", (0, 9))
    decade = int(found["decade"])
    return Days(date(decade + first, 1, 1), date(decade + last, 12, 31), "period")


def _weekdays(found: re.Match[str], published: date | None) -> Days | None:
    """``on Friday and Saturday``: two days, the later one last before the publication."""
    if published is None:
        return Days(None, None, "period")
    end = published - timedelta((published.weekday() - _DAYS[found["last"]]) % 7)
    start = end - timedelta((_DAYS[found["last"]] - _DAYS[found["first"]]) % 7)
    return Days(start, end, "period")


def _past(found: re.Match[str], published: date | None) -> Days:
    """``the past two weeks``: up to the publication."""
    if published is None:
        return Days(None, None, "period")
    count, unit = _count(found["count"]), found["unit"]
    if unit in {"day", "week"}:
        return Days(published - timedelta(count * (7 if unit == "week" else 1)), published, "period")
    year, month = _shifted(published, -count * {"month": 1, "year": 12, "decade": 120}[unit])
    day = min(published.day, calendar.monthrange(year, month)[1])
    return Days(date(year, month, day), published, "period")


def _count(word: str | None) -> int:
    return int(word) if word and word.isdigit() else _COUNTS[word or "a"]


def _weekday(found: re.Match[str], published: date | None) -> Days:
    if published is None:
        return Days(None, None, "day")
    back = (published.weekday() - _DAYS[found["weekday"]]) % 7
    if found["which"] == "last" and back == 0:
        back = 7
    if found["which"] == "next":
        back -= 7
    day = published - timedelta(back)
    return Days(day, day, "day")


def _ago(found: re.Match[str], published: date | None) -> Days:
    count = _count(found["count"])
    unit: str = found["unit"]
    granularity: Granularity = "year" if unit in {"year", "decade", "century"} else unit  # type: ignore[assignment]
    if published is None:
        return Days(None, None, granularity)
    if unit in {"day", "week"}:
        day = published - timedelta(count * (7 if unit == "week" else 1))
        return Days(day, day, "day") if unit == "day" else Days(*_week(day), "week")
    if unit == "month":
        return Days(*_month_days(*_shifted(published, -count)), "month")
    year = published.year - count * {"year": 1, "decade": 10, "century": 100}[unit]
    return Days(date(year, 1, 1), date(year, 12, 31), "year")


def _running(found: re.Match[str], published: date | None) -> Days:
    """``last week``, ``late last month``, ``this year``, ``next month``."""
    unit, part = found["unit"], found["part"]
    granularity: Granularity = "period" if part else unit  # type: ignore[assignment]
    if published is None:
        return Days(None, None, granularity)
    shift = {"last": -1, "this": 0, "next": 1}[found["which"]]
    if unit == "week":
        return Days(*_week(published + timedelta(7 * shift)), granularity)
    if unit == "month":
        return Days(*_month_days(*_shifted(published, shift), part), granularity)
    first, last = _MONTHS_OF_YEAR.get(part or "", (1, 12))
    year = published.year + shift
    return Days(date(year, first, 1), _month_days(year, last)[1], granularity)


def _season(found: re.Match[str], published: date | None) -> Days:
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


def _quarter(found: re.Match[str], published: date | None) -> Days:
    """The quarter of the year written, else the one that began last before the publication."""
    month = 3 * _QUARTERS.index(found["which"]) + 1
    year = _year_of(month, 1, found["year"], published)
    if year is None:
        return Days(None, None, "period")
    return Days(date(year, month, 1), _month_days(year, month + 2)[1], "period")


def _weekend(found: re.Match[str], published: date | None) -> Days:
    if published is None:
        return Days(None, None, "period")
    saturday = published - timedelta((published.weekday() - 5) % 7)
    if found["which"] == "last" and published.weekday() >= 5:
        saturday -= timedelta(7)
    return Days(saturday, saturday + timedelta(1), "period")


def _week(day: date) -> tuple[date, date]:
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


def _shifted(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def _day_first(found: re.Match[str], published: date | None) -> Days | None:
    """``22 to 27 July``: the month may stand behind the second day alone."""
    last, first = _MONTHS[found["month2"]], _MONTHS[found["month"] or found["month2"]]
    year = _year_of(last, int(found["day2"]), found["year"], published)
    if year is None:
        return Days(None, None, "period")
    start, end = date(year, first, int(found["day"])), date(year, last, int(found["day2"]))
    return Days(start, end, "period") if start <= end else None


def _today(found: re.Match[str], published: date | None) -> Days:
    words = found[0]
    shift = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2}.get(words, 0)
    day = published + timedelta(shift) if published else None
    return Days(day, day, "day")


_TO = "(?:-|–|—|to|and|until|through)"
_YEAR_BEHIND = rf"(?:,? (?P<year>{_YEAR}))?"
_COUNT = rf"(?:\d+|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
_PATTERNS: tuple[tuple[str, Callable[[re.Match[str], date | None], Days | None]], ...] = (
    (r"\d{4}-\d\d-\d\d", _iso),
    (
        rf"(?P<month>{_MONTH})\.? (?P<day>\d\d?){_NTH} ?{_TO} ?(?:(?P<month2>{_MONTH})\.? )?"
        rf"(?P<day2>\d\d?){_NTH}{_YEAR_BEHIND}",
        _month_range,
    ),
    (
        rf"(?P<day>\d\d?){_NTH} ?(?P<month>{_MONTH})?\.? ?{_TO} ?(?P<day2>\d\d?){_NTH} "
        rf"(?P<month2>{_MONTH})\.?{_YEAR_BEHIND}",
        _day_first,
    ),
    (rf"(?P<month>{_MONTH})\.? (?P<day>\d\d?){_NTH}{_YEAR_BEHIND}", _day_of_month),
    (rf"(?P<day>\d\d?){_NTH} (?:of )?(?P<month>{_MONTH})\.?{_YEAR_BEHIND}", _day_of_month),
    (
        rf"(?:(?P<part>early|mid|late|(?:start|beginning|middle|end) of)[ -](?:in )?)?(?P<month>{_MONTH})\.?"
        rf"(?:,? (?:of )?(?P<year>{_YEAR}))?",
        _month,
    ),
    (rf"(?P<first>{_YEAR}) ?(?:-|–|—|to|and|or|until) ?(?P<last>{_YEAR})", _years),
    (
        "(?:the day before )?(?:yesterday|today|tonight|tomorrow|overnight)"
        "|this (?:morning|afternoon|evening)|last night|earlier in the day",
        _today,
    ),
    (rf"(?P<first>{_DAY}) (?:and|to|through|until) (?P<last>{_DAY})", _weekdays),
    (rf"(?:(?P<which>last|next|this|past|previous) )?(?P<weekday>{_DAY})", _weekday),
    (rf"(?:last|past) (?P<count>{_COUNT}) (?P<unit>day|week|month|year|decade)s?", _past),
    ("past(?P<count>) (?P<unit>day|week|month|year|decade)", _past),
    (r"(?:(?P<part>early|mid|late)[ -])?(?P<decade>(?:1[5-9]|20)\d0)s", _decade),
    (
        rf"(?P<count>{_COUNT}) (?P<unit>day|week|month|year|decade|century)s? ago",
        _ago,
    ),
    (
        "(?:(?P<part>early|mid|late)[ -])?(?P<which>last|this|next) (?P<unit>week|month|year)",
        _running,
    ),
    ("(?:(?P<which>last|this|past|next) )?(?:the )?weekend", _weekend),
    (rf"(?P<which>first|second|third|fourth) quarter(?: of (?P<year>{_YEAR}))?", _quarter),
    (
        "(?:(?P<which>last|this|next) )?(?:the )?(?P<season>spring|summer|autumn|fall|winter)"
        rf"(?: (?:of )?(?P<year>{_YEAR}))?",
        _season,
    ),
    (_YEAR, _year),
)
_READINGS = tuple((re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), reading) for pattern, reading in _PATTERNS)
