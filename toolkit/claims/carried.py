"""Counts whose harm the sentence before tells: "Of these, 13 were nurses", "The number later rose to 61"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.claims.toll import Place, Toll
from toolkit.model import Found, Match
from toolkit.model.number import parse

# What opens a sentence on parts of a number.
_PARTS = re.compile(
    r"[“\"]?(?:(?:Of|Among|From)\s+(?:these|those|them|that\s+(?:number|total))\b"
    r"|(?:They|These|Those)\s+(?:also\s+)?(?:include|included|comprise|comprised)\b)"
)
_OF_THEM = re.compile(r"\s+of\s+(?:them|these|those|the\s+(?:victims|total))(?=\s+(?:is|are|was|were)\b)")
# Behind a part: what it consists of, or where it was; "13 survived" is no part of the harm.
_ARE = re.compile(
    r"\s+(?:(?:were|was|are|is)\s+(?:all\s+)?)?(?=(?:of\s+)?(?P<group>\w))"
    r"|\s+(?:were|was|are|is|came|hailed)\s+(?=(?:from|in|at|under|over|aged)\b)"
)
_WHERE = re.compile(r"(?:from|in|at|under|over|aged)\b")
# "It had earlier put the number at ", "by Sunday the figure had become ".
_FIGURE = re.compile(
    r"\b(?:the|that|this|its|their)\s+(?:(?:official|overall|total|latest|final|previous|earlier|initial|exact|real"
    r"|true|actual)\s+)?(?:number|figure|count|tally|total)\s+(?:(?:has|have|had|is|was|stands?|stood|since|now|later|then|also"
    r"|already|further|rises|rose|risen|climbed|jumped|grew|grown|increased|fell|fallen|dropped|become|became|been|be"
    r"|may|might|could|reached|passed|topped|exceeded|put|revised|raised|lowered|updated|cut|up|down|to|at|as|past)\s+){1,6}$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:]|,?\s+but\s|[”\"]\s")
# So many sentences back, and so many code points before a figure, are looked at.
_BACK, _BEFORE = 2, 120


def carried(found: Found, number: int, told: Sequence[Sequence[Toll]]) -> Iterator[Toll]:
    """The tolls that a sentence leaves to the ones before it.

    ``told`` are the tolls of each sentence up to the one of that ``number``, its own last.
    """
    start, end = found.sentences[number]
    text = found.document.text
    own = {toll.quantity for toll in told[number] if toll.effect}
    here = found.within(start, end)
    parts = _PARTS.match(text, start, end)
    for match in here:
        count = match.start, match.end
        if match.label != "QUANTITY" or count in own:
            continue
        if _is_figure(text, start, match, here):
            whole = _before(told, number, match.start)
            if whole is not None and whole.quantity != count:
                yield Toll(count, None, whole.effect, None, (match.rule_id,), match.score)
        elif parts or _OF_THEM.match(text, match.end, end):
            whole = _before(told[:number], number - 1, start)
            group = _group(text, here, match)
            if whole is None or group is None or _harmed(here, start, end):
                continue
            if _is_less(text, count, whole.quantity):
                yield Toll(count, None, whole.effect, group or None, (match.rule_id,), match.score)


def _is_figure(text: str, start: int, count: Match, here: Sequence[Match]) -> bool:
    """Whether a count is said of "the number" or "the figure" in a clause that names no harm."""
    first = max(start, count.start - _BEFORE)
    if _FIGURE.search(text, first, count.start) is None:
        return False
    for turn in _CLAUSE.finditer(text, first, count.start):
        first = turn.end()
    return not _harmed(here, first, count.end)


def _harmed(here: Sequence[Match], start: int, end: int) -> bool:
    return any(match.label == "EFFECT" and start <= match.start < end for match in here)


def _before(told: Sequence[Sequence[Toll]], number: int, start: int) -> Toll | None:
    """The last counted harm before a place, at most _BACK sentences before."""
    for rows in reversed(told[max(0, number - _BACK) : number + 1]):
        for toll in reversed(rows):
            if toll.effect and toll.quantity and toll.quantity[0] < start:
                return toll
    return None


def _group(text: str, here: Sequence[Match], count: Match) -> Place | tuple[()] | None:
    """Of what a part consists; empty where the text says where it was instead, None where it says neither."""
    end = count.end
    if of_them := _OF_THEM.match(text, end):
        end = of_them.end()
    behind = _ARE.match(text, end)
    if behind is None:
        return None
    end = behind.end()
    groups = [match for match in here if match.label == "VICTIM" and match.start == end]
    if groups:
        return groups[0].start, groups[0].end
    return () if _WHERE.match(text, end) and behind[0].strip() else None


def _is_less(text: str, part: Place, whole: Place | None) -> bool:
    """Whether a part can be one of the whole, as far as both are numbers."""
    one, other = parse(text[slice(*part)]), parse(text[slice(*whole)]) if whole else None
    low = (one.low or one.value) if one else None
    high = (other.high or other.value or other.low) if other else None
    return low is None or high is None or low <= high
