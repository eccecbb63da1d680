"""The numbers of money, shares and measures: "Over 75" of "over 75 percent", "5,000" of "5,000 gallons".

They are shown as quantities, and never counted as a toll. How far away something lies is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from toolkit.model import Found, Match

_DISTANCE = re.compile(
    r"(?:km|kms|kilomet\w+|miles?|nautical miles|km/h|kmh|kph|mph|knots|km²)$", re.IGNORECASE
)
_AWAY = re.compile(
    r"\s+(?:\([^)]*\)\s+)?(?:from|away|off|north|south|east|west|outside|inside|behind|ahead|apart)\b"
)
_SCALES = r"(?:million|billion|trillion|thousand|hundred|lakh|crore|dozen)\b"
_UNITS = {
    "PERCENT": re.compile(r"[-\s]*(?:per\s?cent|pct|percentage\s+points?)$", re.IGNORECASE),
    "MONEY": re.compile(rf"(?:[-\s]+(?:US\s+)?(?!{_SCALES})[^\W\d_]+)+$", re.IGNORECASE),
    "MEASURE": re.compile(r"[-\s]*(?:(?:sq(?:uare)?\.?|cubic)\s+)?(?:[^\W\d_]+²?|°C?)$", re.IGNORECASE),
}
_CURRENCY = re.compile(r"[A-Z][A-Za-z]{1,2}\.?\s(?=\d)")
_BEFORE = re.compile(
    r"\b(?:at least|no (?:fewer|less) than|(?:just |slightly |well )?(?:(?:more|less|fewer) than|over|under)"
    r"|above|below|up to|as (?:much|many) as|about|around|some|roughly|approximately|nearly|almost"
    r"|an estimated|between \d[\d.,]* and)\s+$",
    re.IGNORECASE,
)
_LONGEST = 40


def amounts(found: Found, labels: Set[str] = _UNITS.keys()) -> Iterator[tuple[int, int, str]]:
    """Start, end (half-open code points) and rule of each such number, with the words that bound it."""
    text = found.document.text
    for match in found.matches:
        if match.label in labels and not _is_far(text, match):
            raw = text[match.start : match.end]
            if match.rule_id in {"quantity.magnitude", "quantity.fraction"}:
                continue
            unit = _UNITS[match.label].search(raw)
            end = match.start + unit.start() if unit and unit.start() else match.end
            currency = _CURRENCY.match(raw)
            start = match.start + (currency.end() if currency else 0)
            bound = None if currency else _BEFORE.search(text, max(0, start - _LONGEST), start)
            yield bound.start() if bound else start, end, match.rule_id


def _is_far(text: str, match: Match) -> bool:
    if match.label != "MEASURE":
        return False
    away = _AWAY.match(text, match.end) is not None
    return away or _DISTANCE.search(text, match.start, match.end) is not None
