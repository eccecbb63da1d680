"""Quotation marks: where a quote opens and closes, across sentences but inside a paragraph."""

from __future__ import annotations

import re

_OPENED = re.compile(r"[“\"]|''|‘‘")
_CLOSED = re.compile(r"[”\"]|''|’’")
_ENDS = re.compile(r"(?:[”\"]|''|’’)[,.]?$")
_QUOTE = re.compile(r"“[^”\n]*”?|\"[^\"\n]*\"?|''[^\n]*?(?:''|$)|‘‘[^\n]*?(?:’’|$)", re.MULTILINE)
_PARAGRAPH = re.compile(r"[ \t]*\n\s*((?:[“\"‘>]|'')[^\n]*[^\s])")
_LONGEST = 4000
_LINE = 10_000


def opens(text: str, place: int) -> bool:
    """Whether a quote opens at a place."""
    return _OPENED.match(text, place) is not None


def close_of(text: str, start: int, limit: int) -> int | None:
    """One past the mark that closes the quote that opens at ``start``, before ``limit``."""
    opening = _OPENED.match(text, start)
    found = _CLOSED.search(text, opening.end() if opening else start, min(limit, start + _LONGEST))
    return found.end() if found else None


def open_of(text: str, start: int, end: int) -> int | None:
    """Where the quote opens that closes at the end of ``text[start:end]``; it may open before ``start``."""
    found = _ENDS.search(text, start, end)
    if found is None:
        return None
    mark = found[0].rstrip(",.")
    opening = {"”": "“", "’’": "‘‘"}.get(mark, mark)
    floor = max(paragraph(text, start)[0], end - _LONGEST)
    place = text.rfind(opening, floor, found.start())
    return place if place >= 0 else None


def inside(text: str, start: int, place: int) -> bool:
    """Whether a place lies in a quote that opened at or after ``start``: the last mark before it opens one.

    A mark opens where a word follows it and none stands before it, whichever way it is curled.
    """
    if text.count("''", start, place) % 2:
        return True
    last = max(text.rfind(mark, start, place) for mark in '"“”')
    if last < 0 or text[last] == "”":
        return False
    if last + 1 < len(text) and text[last + 1].isspace():
        return False
    return last == start or not (text[last - 1].isalnum() or text[last - 1] in ".,!?…)%")


def marked(text: str, start: int, end: int) -> bool:
    """Whether a quote opens inside ``text[start:end]``."""
    return _OPENED.search(text, start, end) is not None


def paragraph(text: str, place: int) -> tuple[int, int]:
    """The line that holds a place; of a line without end no more than _LINE on either side."""
    first, last = max(0, place - _LINE), min(len(text), place + _LINE)
    begin, end = text.rfind("\n", first, place), text.find("\n", place, last)
    return first if begin < 0 else begin + 1, last if end < 0 else end


def spoken(text: str, place: int) -> list[tuple[int, int]]:
    """The quotes of the paragraph that holds a place, marks included; the last may be unclosed."""
    start, end = paragraph(text, place)
    return [found.span() for found in _QUOTE.finditer(text, start, end)]


def next_paragraph(text: str, place: int) -> tuple[int, int]:
    """The paragraph behind a place, without white space; empty where there is none, or no quote opens it."""
    found = _PARAGRAPH.match(text, place)
    return found.span(1) if found else (place, place)
