"""Page junk around an article: marked with a reason, never cut, so that offsets hold.

Lines are looked at in order. Each is page junk by its own shape (:mod:`toolkit.ingest.page_lines`), or
because it stands in a list, form or notice that another line opened, or it is the article's. After
such an opening the article goes on only where shape and subject show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from toolkit.ingest.page_lines import Kind, dateline_credit, kind_of, trailing_credit
from toolkit.ingest.topic import Subject
from toolkit.model import Region

_PROSE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"[.…][\"'”’»)\]]*$")
_NAV_WORDS = 3
_NAV_RUN = 3
_PROSE_WORDS = 8
_WRAPPED = 50
_TEASER_WORDS = 15
_TEASERS = 3
_MAX_HEADLINE_WORDS = 25
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,}(?:,|\s[—–(-]|\s*$)")


@dataclass(slots=True)
class _Line:
    """A line without its surrounding white space; ``reason`` is set once it is known as junk."""

    start: int
    end: int
    text: str
    after_blank: bool
    reason: str = ""

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def is_prose(self) -> bool:
        return self.words >= _PROSE_WORDS and bool(_PROSE_END.search(self.text))

    @property
    def is_symbol(self) -> bool:
        return not any(char.isalnum() for char in self.text)


def mark(text: str, *, title: str | None = None) -> tuple[Region, ...]:
    """The boilerplate of a canonical text as ordered regions that do not touch text of the article.

    ``title`` is the headline where it is known apart from the text.
    """
    lines = list(_lines(text))
    _mark_sections(lines, title)
    _mark_navigation(lines)
    _mark_repeated_headline(lines, title)
    _mark_teasers(lines)
    _mark_symbols(lines)
    return tuple(_regions(lines))


def headline(text: str, regions: Sequence[Region]) -> str | None:
    """The text's first line that is not marked, when it has the shape of a headline, else None.

    That is: short, begun with a capital or figure, without a final full stop, no dateline, and with
    a longer text below it.
    """
    rest = [line for line in _lines(text) if not any(r.start <= line.start < r.end for r in regions)]
    if len(rest) < 2 or not _is_headline(rest[0]):
        return None
    return rest[0].text if any(line.is_prose for line in rest[1:]) else None


def _lines(text: str) -> Iterator[_Line]:
    start, blank = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            begin = start + raw.index(stripped)
            yield _Line(begin, begin + len(stripped), stripped, blank)
        blank = not stripped
        start += len(raw) + 1


def _is_headline(line: _Line) -> bool:
    text = line.text
    begins = next((char for char in text if char.isalnum()), "a")
    return (
        2 < line.words <= _MAX_HEADLINE_WORDS
        and not begins.islower()
        and not _FULL_STOP.search(text)
        and text[-1] not in ":;,"
        and not _DATELINE.match(text)
        and dateline_credit(text) is None
    )


def _mark_sections(lines: list[_Line], title: str | None) -> None:
    """Lines that are junk by themselves, and what stands below those that open a section."""
    subject, opened, prose = Subject(), None, 0
    subject.add(title or "")
    for index, line in enumerate(lines):
        kind = None if _is_wrapped(lines, index) else _kind(line)
        if kind is not None:
            line.reason = kind.reason
            # A credit inside a list does not end the list.
            opened = kind if kind.opens and not (opened and kind.opens == "sign-off") else opened
            continue
        if opened and _goes_on(lines, index, opened, subject, prose):
            opened = None
        if opened:
            line.reason = _BELOW[opened.opens]
        else:
            subject.add(line.text)
            prose += line.is_prose
            if trailing_credit(line.text):
                opened = _SIGNED


_SIGNED = Kind("agency credit", re.compile(""), 0, "sign-off")
_BELOW = {
    "list": "other articles",
    "end": "below the article",
    "legal": "below the legal notice",
    "sign-off": "below the sign-off",
}


def _kind(line: _Line) -> Kind | None:
    kind = kind_of(line.text)
    lower = line.text[:1].islower()
    return None if kind is not None and kind.opens == "list" and lower else kind


def _is_wrapped(lines: Sequence[_Line], index: int) -> bool:
    """Whether the line goes on with a sentence of the line above, in a text with hard line breaks."""
    if index == 0 or lines[index].after_blank or lines[index - 1].reason:
        return False
    above = lines[index - 1].text
    ended = _PROSE_END.search(above) or trailing_credit(above)
    return len(above) >= _WRAPPED and not ended


def _goes_on(lines: Sequence[_Line], index: int, opened: Kind, subject: Subject, prose: int) -> bool:
    """Whether the article goes on at this line after ``opened``."""
    line = lines[index]
    if opened.opens == "sign-off":
        return not line.is_prose or line.words < _TEASER_WORDS or subject.shared(line.text).some
    if not line.is_prose:
        return False
    if prose == 0:
        return True
    if opened.opens == "end":
        return False
    shared = subject.shared(line.text)
    items = _items_above(lines, index)
    if opened.opens == "list" and items >= 2 and _only_prose_follows(lines, index):
        return shared.any
    followed = _next_is_related(lines, index, subject)
    return shared.much or (shared.some and followed)


def _items_above(lines: Sequence[_Line], index: int) -> int:
    """How many lines of list items stand directly above: marked, and without a final full stop."""
    count = 0
    for line in reversed(lines[:index]):
        if not line.reason or line.is_prose:
            break
        count += 1
    return max(0, count - 1)


def _only_prose_follows(lines: Sequence[_Line], index: int) -> bool:
    """Whether prose follows up to the next line that is junk by itself: teasers alternate with titles."""
    for line in lines[index:]:
        if kind_of(line.text) is not None:
            return True
        if not line.is_prose and line.words > 1:
            return False
    return True


def _next_is_related(lines: Sequence[_Line], index: int, subject: Subject) -> bool:
    below = lines[index + 1] if index + 1 < len(lines) else None
    return below is not None and below.is_prose and subject.shared(below.text).some


def _mark_navigation(lines: Sequence[_Line]) -> None:
    """Runs of lines of one to three words: menus. Figures in them would be a table of the article."""

    def is_entry(line: _Line) -> bool:
        plain = not any(char.isdigit() for char in line.text) and not _PROSE_END.search(line.text)
        return bool(line.reason) or (line.words <= _NAV_WORDS and plain)

    for entry, group in groupby(lines, is_entry):
        run = list(group)
        if entry and sum(not line.reason for line in run) >= _NAV_RUN:
            for line in run:
                line.reason = line.reason or "navigation"


def _mark_repeated_headline(lines: Sequence[_Line], title: str | None) -> None:
    """The headline again: every later line that says the same as the first one, or as the title."""
    first = next((line for line in lines if not line.reason), None)
    if first is None or not _is_headline(first):
        return
    wanted = {_folded(first.text), _folded(title or first.text)}
    for line in lines:
        if line is not first and not line.reason and _folded(line.text) in wanted:
            line.reason = "repeated headline"


def _folded(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in text.casefold()).split())


def _mark_teasers(lines: Sequence[_Line]) -> None:
    """Paragraphs at the end that share nothing with the article nor with each other.

    Only runs of three or more: one last paragraph may well bring up something new.
    """
    left = [line for line in lines if not line.reason]
    tail: list[_Line] = []
    for index in range(len(left) - 1, 0, -1):
        line, subject = left[index], Subject()
        for other in [*left[:index], *tail]:
            subject.add(other.text)
        if line.words < _TEASER_WORDS or subject.shared(line.text).any:
            break
        tail.append(line)
    if len(tail) >= _TEASERS and len(left) - len(tail) >= 2:
        for line in tail:
            line.reason = "unrelated teaser"


def _mark_symbols(lines: Sequence[_Line]) -> None:
    """Dashes and dots between junk lines, or at the end after them, are junk with them."""
    for index, line in enumerate(lines):
        if line.is_symbol and not line.reason and index and lines[index - 1].reason:
            below = next((other for other in lines[index + 1 :] if not other.is_symbol), None)
            if below is None or below.reason:
                line.reason = lines[index - 1].reason


def _regions(lines: Sequence[_Line]) -> Iterator[Region]:
    """Adjacent junk lines as one region that names each of their reasons once, in order."""
    for junk, group in groupby(lines, lambda line: bool(line.reason)):
        run = list(group)
        if junk:
            reasons = ", ".join(dict.fromkeys(line.reason for line in run))
            yield Region(run[0].start, run[-1].end, "boilerplate", reasons)
            continue
        for line in run:
            for found in (dateline_credit(line.text), trailing_credit(line.text)):
                if found:
                    start, end = found
                    yield Region(line.start + start, line.start + end, "boilerplate", "agency credit")
