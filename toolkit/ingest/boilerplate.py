"""Page junk around an article: marked with a reason, never cut, so that offsets hold.

Lines are looked at in order. Each is page junk by its own wording (:mod:`toolkit.ingest.page_lines`),
or because it stands in a list, form or notice that another line opened, or it is the article's. After
such an opening the article goes on only where shape and subject show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from toolkit.ingest.lines import Line, read_lines
from toolkit.ingest.other_articles import (
    is_title,
    mark_above_headline,
    mark_links,
    mark_next_article,
    restates,
    title_above,
)
from toolkit.ingest.page_lines import SIGN_OFF, Kind
from toolkit.ingest.topic import Subject, unrelated_tail
from toolkit.model import Region

_NAV_WORDS = 3
_NAV_RUN = 3
_TEASER_WORDS = 15
_TEASERS = 3
_EARLY = 4
_AHEAD = 40
_LOOK = 4
_READERS = 12
_ENDS = ("sign-off", "caption", "author")
_CONTINUES = re.compile(
    r"[\"“'‘]|(?:th(?:is|at|ese|ose|ere|ey)|but|and|he|she|it|we|i|in fact|however|meanwhile|still|yet|also|so)\b"
    r"|.*\b(?:we|I|I['’]m|our|my)\b",
    re.IGNORECASE,
)
_BELOW = {
    "list": "other articles",
    "end": "below the article",
    "legal": "below the legal notice",
    "sign-off": "below the sign-off",
    "caption": "caption",
    "author": "below the author's note",
}


def mark(text: str, *, title: str | None = None) -> tuple[Region, ...]:
    """The boilerplate of a canonical text as ordered regions that do not overlap.

    Offsets are half-open code points. ``title`` is the headline where it is known apart from the text.
    """
    lines = read_lines(text)
    _mark_sections(lines, title)
    _mark_navigation(lines)
    if not _is_shouted(lines):
        mark_next_article(lines)
        mark_above_headline(lines)
        mark_links(lines)
    _mark_repeated_headline(lines, title)
    _mark_teasers(lines)
    _mark_symbols(lines)
    return tuple(_regions(lines))


def _is_shouted(lines: Sequence[Line]) -> bool:
    """Whether a text is in capitals: a line of it does not show whether it is a headline."""
    return sum(line.text.isupper() for line in lines) > len(lines) / 2


def _mark_sections(lines: Sequence[Line], title: str | None) -> None:
    """Lines that are junk by themselves, and what stands below those that open a section."""
    subject, opened, prose = Subject(), None, 0
    subject.add(title or "")
    for index, line in enumerate(lines):
        kind = _kind(lines, index, subject)
        if kind is not None:
            line.reason = kind.reason
            # A credit inside a list does not end the list.
            opened = kind if kind.opens and not (opened and kind.opens in _ENDS) else opened
            continue
        if opened and ((prose == 0 and line.is_prose) or _goes_on(lines, index, opened, subject)):
            opened = None
            _take_back(lines, index)
        if opened:
            line.reason = _BELOW[opened.opens]
            opened = None if opened.opens == "caption" else opened
        else:
            subject.add(line.text)
            prose += line.is_prose
            opened = SIGN_OFF if line.credits and line.credits[-1][1] == len(line.text) else None


def _kind(lines: Sequence[Line], index: int, subject: Subject) -> Kind | None:
    """The line's kind, except where its place or form speaks against it: a headline may begin
    "Watch: …", the head of a list is no sentence, and a journalist may be whom the article is about."""
    line, kind = lines[index], lines[index].kind
    if kind is None or (index == 0 and kind.reason == "link to another article"):
        return None
    if kind.opens == "author":
        ahead = _paragraphs(lines, index + 1)
        return None if any(subject.shared(each.text).much for each in ahead) else kind
    if kind.opens == "comments":
        readers = any(_is_readers(each) for each in lines[index + 1 : index + _READERS])
        kind = Kind(kind.reason, "end" if readers else "list")
    sentence = line.text[0].islower() or line.text.endswith(".")
    return None if kind.opens == "list" and sentence else kind


def _is_readers(line: Line) -> bool:
    """Whether a line is of a part where readers write: its form, or somebody "says:"."""
    reason = line.kind.reason if line.kind else ""
    return reason in {"comment form", "reader comments"} or line.text.endswith((" says:", " wrote:"))


def _goes_on(lines: Sequence[Line], index: int, opened: Kind, subject: Subject) -> bool:
    """Whether the article goes on at this line after ``opened``."""
    line, shared = lines[index], subject.shared(lines[index].text)
    if opened.opens == "caption":
        return line.text.endswith(".")
    if opened.opens in ("sign-off", "author"):
        ahead = lines[index : index + _AHEAD]
        prose = next((each for each in ahead if each.is_prose and each.kind is None), None)
        teaser = prose is not None and prose.words >= _TEASER_WORDS
        return not teaser or prose is None or shared.some or subject.shared(prose.text).some
    if not line.is_prose or opened.opens == "end":
        return False
    if opened.opens == "list" and _is_teaser(lines, index):
        return False
    if opened.opens == "list" and _is_link(lines, index - 1) and not _is_link(lines, index + 1):
        return True
    run = list(_paragraphs(lines, index))
    related = sum(subject.shared(each.text).some for each in run)
    if opened.opens == "list" and (titles := _titles_above(lines, index)):
        # Two paragraphs without titles are the article's; three of other subjects are teasers.
        # A short subject so far says little, and the article is not over yet.
        early = subject.paragraphs <= _EARLY and len(run) > 1
        return shared.much or (related >= 1 and max(len(run), titles) >= 2) or len(run) == 2 or early
    return shared.much or (shared.some and related >= 2)


def _is_link(lines: Sequence[Line], index: int) -> bool:
    """Whether a line of that number is a link to another article, such as "Read on" below a teaser."""
    kind = lines[index].kind if 0 <= index < len(lines) else None
    return kind is not None and kind.reason == "link to another article"


def _is_teaser(lines: Sequence[Line], index: int) -> bool:
    """Whether a paragraph in a list of other articles belongs to the title above it: it says the same,
    or another title or a time follows it."""
    title = title_above(lines, index)
    if title is None:
        return False
    below = next((each for each in lines[index + 1 :] if not each.is_symbol), None)
    stamps = ("publication line", "age of an article")
    dated = below is not None and below.kind is not None and below.kind.reason in stamps
    linked = _is_link(lines, index + 1)
    return restates(title, lines[index]) or dated or linked or (below is not None and is_title(below))


def _paragraphs(lines: Sequence[Line], start: int) -> Iterator[Line]:
    """The next paragraphs, up to a title, an end or _LOOK of them."""
    count = 0
    for line in lines[start : start + _AHEAD]:
        if count == _LOOK or is_title(line) or (line.kind and line.kind.opens in ("list", "end", "comments", "legal")):
            return
        if line.is_sentence and line.kind is None:
            count += 1
            yield line


def _take_back(lines: Sequence[Line], index: int) -> None:
    """Short sentences straight above the line where the article goes on are the article's as well."""
    for line in reversed(lines[:index]):
        if line.kind is not None or line.is_prose or not line.is_sentence:
            return
        line.reason = ""


def _titles_above(lines: Sequence[Line], index: int) -> int:
    """How many titles of other articles stand directly above, stamps and the like between them."""
    start = max(0, index - _AHEAD)
    count = 0
    for line in reversed(lines[start:index]):
        if not line.reason or line.is_prose or (line.kind and line.kind.opens):
            break
        count += is_title(line)
    return count


def _mark_navigation(lines: Sequence[Line]) -> None:
    """Runs of lines of one to three words: menus. Figures in them would be a table of the article."""

    def is_entry(line: Line) -> bool:
        plain = not any(char.isdigit() for char in line.text) and not line.ends_sentence
        return bool(line.reason) or (line.words <= _NAV_WORDS and plain)

    for entry, group in groupby(lines, is_entry):
        run = list(group)
        if entry and sum(line.words <= _NAV_WORDS and not line.is_symbol for line in run) >= _NAV_RUN:
            for line in run:
                line.reason = line.reason or "navigation"


def _mark_repeated_headline(lines: Sequence[Line], title: str | None) -> None:
    """Every line that says the headline again, which is the title or the first line."""
    left = [line for line in lines if not line.reason]
    wanted = {_folded(title)} if title else set()
    if left and left[0].is_headline:
        wanted.add(_folded(left[0].text))
    for line in left[1:]:
        if line.words > 2 and _folded(line.text) in wanted:
            line.reason = "repeated headline"


def _folded(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in text.casefold()).split())


def _mark_teasers(lines: Sequence[Line]) -> None:
    """Paragraphs at the end that share nothing with the article nor with each other.

    Only runs of three or more: one last paragraph may well bring up something new.
    """
    left = [line for line in lines if not line.reason]
    count = unrelated_tail([line.text for line in left])
    tail: list[Line] = []
    for line in reversed(left[len(left) - count :]):
        if line.words < _TEASER_WORDS or _CONTINUES.match(line.text):
            break
        tail.append(line)
    if len(tail) >= _TEASERS and len(left) - len(tail) >= 2:
        for line in tail:
            line.reason = "unrelated teaser"


def _mark_symbols(lines: Sequence[Line]) -> None:
    """Dashes and dots below junk, and above other junk or the end, are junk with it."""
    below = "end"
    for index in reversed(range(1, len(lines))):
        line, above = lines[index], lines[index - 1]
        if line.is_symbol and not line.reason and below and (above.reason or above.is_symbol):
            line.reason = below if below != "end" else above.reason or "page control"
        below = line.reason


def _regions(lines: Sequence[Line]) -> Iterator[Region]:
    """Adjacent junk lines as one region that names each of their reasons once, in order."""
    for junk, group in groupby(lines, lambda line: bool(line.reason)):
        run = list(group)
        if junk:
            reasons = ", ".join(dict.fromkeys(line.reason for line in run))
            yield Region(run[0].start, run[-1].end, "boilerplate", reasons)
        else:
            for line in run:
                for start, end in line.credits:
                    yield Region(line.start + start, line.start + end, "boilerplate", "agency credit")
