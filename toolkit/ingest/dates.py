"""Publication dates as ISO 8601, read but never guessed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE_ONLY = re.compile(r"\d{4}-?\d{2}-?\d{2}")
_TIME = re.compile(r"\d[:.h]\d\d|\d\s*[ap]\.?m\b", re.IGNORECASE)
_MAIL = re.compile(
    r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|GMT|UT|Z)"
)
_UTC_NAMES = {"UTC", "GMT", "Z"}


def iso_date(value: str) -> str | None:
    """The ISO 8601 date or date-time that ``value`` states, or None when it states none for certain.

    Without a time it is a date; a zone is kept as an offset, an unknown zone name leaves only the
    date. "03/04/2024" is None (April or March?), and so is everything relative or without a year.
    """
    value = " ".join(value.split())
    if _DATE_ONLY.fullmatch(value):
        return _iso(value)
    return _iso(value.replace(" ", "T", 1)) or _iso(value) or _mail(value) or _worded(value)


def _iso(value: str) -> str | None:
    try:
        if _DATE_ONLY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
        # A zone may stand behind a space: "2024-07-30T10:00:00 +0000".
        found = datetime.fromisoformat(value.replace(" ", ""))
    except ValueError:
        return None
    return _stamp(found) if "T" in value.upper() or len(value) > 10 else None


def _mail(value: str) -> str | None:
    try:
        return _stamp(parsedate_to_datetime(value)) if _MAIL.fullmatch(value) else None
    except ValueError:
        return None


def _worded(value: str) -> str | None:
    """Dates in words and in numbers, taken only when every way of reading gives the same day."""
    if len(value) > 60 or not _YEAR.search(value):
        return None
    readings = {_read(value, day_first, default) for day_first in (True, False) for default in _DEFAULTS}
    found = readings.pop() if len(readings) == 1 else None
    if found is None or not _TIME.search(value):
        return found.date().isoformat() if found else None
    named_zone = found.tzinfo is None and re.search(r"\b(?!AM\b|PM\b)[A-Z]{2,5}$", value)
    return found.date().isoformat() if named_zone else _stamp(found)


# Two different defaults: whatever the text leaves open comes out differently, and is then refused.
_DEFAULTS = (datetime(2001, 1, 1), datetime(2004, 12, 28))


def _read(value: str, day_first: bool, default: datetime) -> datetime | None:
    from dateutil import parser  # type: ignore[import-untyped]

    try:
        found: datetime = parser.parse(value, dayfirst=day_first, default=default, tzinfos=_zone)
        return found
    except (ValueError, OverflowError):
        return None


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    """Offsets and UTC alone: what other names mean depends on the machine or the country."""
    if name in _UTC_NAMES and not offset:
        return UTC
    return timezone(timedelta(seconds=offset)) if offset is not None else None


def _stamp(found: datetime) -> str:
    # ISO allows offsets with seconds and the schema does not; no clock has used one for a century.
    offset = found.utcoffset()
    if offset is not None and offset.total_seconds() % 60:
        return found.date().isoformat()
    return found.isoformat().replace("+00:00", "Z")
