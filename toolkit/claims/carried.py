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
_OF_THEM = re.compile(r"\s+of\s+(?P<group>them|these|those)(?=\s+(?:is|are|was|were|had|have|has)\b)")
# Behind a part: what it consists of, or where it was; "13 survived" is no part of the harm.
_ARE = re.compile(r"\s+(?:(?:were|was|are|is|came|hailed)\s+)?(?:all\s+)?(?=\w)")
_WHERE = re.compile(r"(?:from|in|at|under|over|aged)\b")
_ADJECTIVES = re.compile(
    r"(?:(?!(?:from|in|at|of|by|for|with|under|over|aged|near|the|and|or)\b)[a-zà-ÿ-]+\s+){0,3}"
)
# "A week ago they put the number at ", "by noon the figure had become ".
_FIGURE = re.compile(
    r"\b(?:it|that|this)\s+(?:is|was)\s+(?:up|down)\s+from\s+(?:the\s+)?$|\ban?\s+(?:figure|estimate|number)\s+of\s+$"
    r"|\b(?:the|that|this|its|their)\s+(?:(?:official|overall|total|latest|final|previous|earlier|initial|exact|real"
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
    harmed = _harmed(here, start, end)
    for match in here:
        count = match.start, match.end
        if match.label != "QUANTITY" or count in own:
            continue
        if _is_figure(text, start, match, here):
            whole, group = next(_before(told[max(0, number - _BACK) :], match.start), None), None
        elif not harmed and (of_them := _OF_THEM.match(text, match.end, end)):
            group = of_them.span("group")
            whole = _whole(text, told[max(0, number - _BACK) : number], count)
        elif not harmed and parts and (which := _part(text, here, match)) is not None:
            group = which or None
            whole = _whole(text, told[max(0, number - _BACK) : number], count)
        else:
            continue
        if whole is not None:
            yield Toll(count, None, whole.effect, group, (match.rule_id,), match.score)


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


def _before(told: Sequence[Sequence[Toll]], start: int) -> Iterator[Toll]:
    """The counted harms before a place, the last one first."""
    for rows in reversed(told):
        yield from (
            toll for toll in reversed(rows) if toll.effect and toll.quantity and toll.quantity[0] < start
        )


def _whole(text: str, told: Sequence[Sequence[Toll]], part: Place) -> Toll | None:
    """The last counted harm that a count can be a part of, as far as both are numbers."""
    low = _bounds(text, part)[0]
    for toll in _before(told, part[0]):
        high = _bounds(text, toll.quantity)[1] if toll.quantity else None
        if low is None or high is None or low <= high:
            return toll
    return None


def _bounds(text: str, count: Place) -> tuple[int | None, int | None]:
    interval = parse(text[slice(*count)])
    if interval is None:
        return None, None
    return interval.low or interval.value, interval.high or interval.value


def _part(text: str, here: Sequence[Match], count: Match) -> Place | tuple[()] | None:
    """Of what a part consists; empty where the text says where it was instead, None where it says neither."""
    behind = _ARE.match(text, count.end)
    if behind is None:
        return None
    start = behind.end()
    ahead = (match for match in here if match.label == "VICTIM" and match.start >= start)
    group = next(ahead, None)
    # Without "were" a word before the group may be what they did ("13 visited relatives").
    near = group is not None and (
        group.start == start
        or (behind[0].strip() and _ADJECTIVES.fullmatch(text, start, group.start) is not None)
    )
    if group is not None and near:
        return start, group.end
    return () if behind[0].strip() and _WHERE.match(text, start) else None
