"""Quotation marks: where a quote opens and closes, across sentences but inside a paragraph.

Straight marks are read by what stands around them, as a report mixes the forms (``"… ,”``) and opens a long
quote anew without having closed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.model.marks import plain_marks

_ANY = re.compile("[“”\"'‘’]")
_OPENED = re.compile(r"[“\"]|''|‘‘")
_MARK = re.compile(r"[“”\"]|''|‘‘|’’")
_ENDS = re.compile(r"(?:[”\"]|''|’’)[,.]?$")
# A single mark counts where a sentence begins behind it, or ends before it: "says, ‘We left.’"
_SINGLE = re.compile(r"(?<![^\s(\[])['‘](?=[A-ZÀ-ÞĀ-Ž])")
_SINGLE_END = re.compile(r"(?<=[,.!?…])['’](?![\w'’])")
_SINGLE_ENDS = re.compile(r"[,.!?…]['’][,.]?$")
_PARAGRAPH = re.compile(r"[ \t]*\n\s*((?:[“\"‘>]|'')[^\n]*[^\s])")
_LONGEST = 4000
_LINE = 10_000
_BEFORE_OPENING = frozenset(" \t\n\u00a0([—–-/‘'")


def opens(text: str, place: int) -> bool:
    """Whether a quote opens at a place."""
    text = plain_marks(text)
    return _OPENED.match(text, place) is not None or _SINGLE.match(text, place) is not None


def close_of(text: str, start: int, limit: int) -> int | None:
    """One past the mark that closes the quote that opens at ``start``, before ``limit``.

    Where another quote opens before that, the place behind the last word of this one.
    """
    text = plain_marks(text)
    limit = min(limit, start + _LONGEST)
    opening = _OPENED.match(text, start)
    if opening is None and _SINGLE.match(text, start):
        closing = _SINGLE_END.search(text, start + 1, limit)
        return closing.end() if closing else None
    depth = 0
    for mark in _MARK.finditer(text, opening.end() if opening else start, limit):
        if not _is_opening(text, mark):
            if depth == 0:
                return mark.end()
            depth -= 1
        elif depth == 0 and (last := _before(text, start, mark.start())) is not None:
            return last
        else:
            depth += 1
    return None


def open_of(text: str, start: int, end: int) -> int | None:
    """Where the quote opens that closes at the end of ``text[start:end]``; it may open before ``start``."""
    text = plain_marks(text)
    floor = max(paragraph(text, start)[0], end - _LONGEST)
    if found := _ENDS.search(text, start, end):
        place = _last_opening(text, floor, found.start())
        return None if place is None else place
    if found := _SINGLE_ENDS.search(text, start, end):
        singles = list(_SINGLE.finditer(text, floor, found.start()))
        closed = list(_SINGLE_END.finditer(text, floor, found.start()))
        if singles and (not closed or closed[-1].end() <= singles[-1].start()):
            return singles[-1].start()
    return None


def beyond(text: str, start: int, end: int) -> int | None:
    """One past the mark that closes the quote which opens in ``text[start:end]`` and goes on behind it."""
    text = plain_marks(text)
    opening = _last_opening(text, start, end)
    return None if opening is None else close_of(text, opening, paragraph(text, start)[1])


def _last_opening(text: str, floor: int, end: int) -> int | None:
    """The last mark before a place that opens a quote which is still open there."""
    depth = 0
    for mark in reversed(list(_MARK.finditer(text, floor, end))):
        if not _is_opening(text, mark):
            depth += 1
        elif depth == 0:
            return mark.start()
        else:
            depth -= 1
    return None


def _is_opening(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark opens a quote; a straight one does where a word follows and none stands before."""
    if mark[0] in {"“", "‘‘"}:
        return True
    if mark[0] in {"”", "’’"}:
        return False
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < len(text) else " "
    return before in _BEFORE_OPENING and not after.isspace()


def _before(text: str, start: int, place: int) -> int | None:
    """Where the words before a mark end, if a sentence ends there: the quote begins anew, none is nested."""
    end = place
    while end > start and text[end - 1].isspace():
        end -= 1
    return end if start < end < place and text[end - 1] in ".!?…" else None


def inside(text: str, start: int, place: int) -> bool:
    """Whether a place lies in a quote that opened at or after ``start``: the last mark before it opens one.

    A mark opens where a word follows it and none stands before it, whichever way it is curled.
    """
    text = plain_marks(text)
    opened, closed = text.rfind("‘‘", start, place), text.rfind("’’", start, place)
    last = max(text.rfind(mark, start, place) for mark in '"“”')
    if opened > max(closed, last):
        return True
    if last < closed or last < 0 or text[last] == "”":
        return False
    if last + 1 < len(text) and text[last + 1].isspace():
        return False
    return last == start or not (text[last - 1].isalnum() or text[last - 1] in ".,!?…)%")


def marked(text: str, start: int, end: int) -> bool:
    """Whether a quote opens inside ``text[start:end]``."""
    text = plain_marks(text)
    return _OPENED.search(text, start, end) is not None


def paragraph(text: str, place: int) -> tuple[int, int]:
    """The line that holds a place; of a line without end no more than _LINE on either side."""
    first, last = max(0, place - _LINE), min(len(text), place + _LINE)
    begin, end = text.rfind("\n", first, place), text.find("\n", place, last)
    return first if begin < 0 else begin + 1, last if end < 0 else end


def spoken(text: str, place: int) -> list[tuple[int, int]]:
    """The quotes of the paragraph that holds a place, marks included; the last may be unclosed."""
    text = plain_marks(text)
    start, end = paragraph(text, place)
    return list(_quotes(text, start, end)) if _ANY.search(text, start, end) else []


def _quotes(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        double = next((m for m in _MARK.finditer(text, at, end) if _is_opening(text, m)), None)
        single = _SINGLE.search(text, at, double.start() if double else end)
        opening = single.start() if single and close_of(text, single.start(), end) else None
        if opening is None:
            if double is None:
                return
            opening = double.start()
        at = close_of(text, opening, end) or min(end, opening + _LONGEST)
        yield opening, at


def is_closed(text: str, quote: tuple[int, int]) -> bool:
    """Whether a quote of :func:`spoken` has its closing mark; one without goes on in the next."""
    text = plain_marks(text)
    return quote[1] - quote[0] > 1 and text[quote[1] - 1] in "”\"'’"


def next_paragraph(text: str, place: int) -> tuple[int, int]:
    """The paragraph behind a place, without white space; empty where there is none, or no quote opens it."""
    text = plain_marks(text)
    found = _PARAGRAPH.match(text, place)
    return found.span(1) if found else (place, place)
