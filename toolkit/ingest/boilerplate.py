"""Page junk around an article: marked with a reason, never cut, so that offsets hold.

Lines are looked at in order. Each is page junk by its own wording (:mod:`toolkit.ingest.page_lines`),
or because it stands in a list, form or notice that another line opened, or it is the article's. After
such an opening the article goes on only where shape and subject show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from toolkit.ingest.lines import MAX_HEADLINE_WORDS, Line, read_lines
from toolkit.ingest.other_articles import SOURCES, mark_above_headline, mark_links, mark_next_article
from toolkit.ingest.page_lines import SIGN_OFF, Kind
from toolkit.ingest.resuming import TEASER_WORDS, goes_on, is_readers, paragraphs_from
from toolkit.ingest.topic import Subject, is_one_sentence, unrelated_tail
from toolkit.model import Region

_NAV_WORDS = 3
_NAV_RUN = 3
_TEASERS = 3
_READERS = 12
_ENDS = ("sign-off", "caption", "author")
_CONTINUES = re.compile(
    r"[\"“'‘]|(?:th(?:is|at|ese|ose|ere|ey)|but|and|he|she|it|we|i|in fact)\b"
    r"|(?:however|meanwhile|still|yet|also|so)\b"
    r"|.*\b(?:we|I|I['’]m|our|my)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"[Bb][Yy]:? ((?:[A-ZÀ-Þ][\w.'’-]+ ){1,3}[A-ZÀ-Þ][\w'’-]+)(?=\W|$)")
_SPEAKS = re.compile(r"[“\"]|\b(?:said|says|told)\b")
# "Bridge falls in Lae | Radio Sol", where the headline stands below without the site.
_PAGE_TITLE = re.compile(r"(?P<headline>.{10,200}?) (?:[|–—·»]|-{1,2}) [^|]{2,40}")
_PROSE_ABOVE = 2
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
    _keep_broken(lines)
    _mark_navigation(lines)
    if not _is_shouted(lines):
        mark_next_article(lines)
        mark_above_headline(lines)
        mark_links(lines)
    _mark_repeated_headline(lines, title)
    _mark_author(lines)
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
            # A credit inside a list does not end the list; what an article rests on ends all of it.
            opened = kind if kind.opens and not (opened and kind.opens in _ENDS) else opened
            opened = None if kind.reason == SOURCES else opened
            continue
        if opened and ((prose == 0 and line.is_prose) or goes_on(lines, index, opened, subject)):
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
        ahead = paragraphs_from(lines, index + 1)
        return None if any(subject.shared(each.text).much for each in ahead) else kind
    if kind.opens == "comments":
        readers = any(is_readers(each) for each in lines[index + 1 : index + _READERS])
        kind = Kind(kind.reason, "end" if readers else "list")
    sentence = line.text[0].islower() or line.text.endswith(".")
    return None if kind.opens == "list" and sentence else kind


def _take_back(lines: Sequence[Line], index: int) -> None:
    """Short sentences straight above the line where the article goes on are the article's as well."""
    for line in reversed(lines[:index]):
        if line.kind is not None or line.is_prose or not line.is_sentence:
            return
        line.reason = ""


def _keep_broken(lines: Sequence[Line]) -> None:
    """A sentence that page junk breaks in two is the article's, in a list or not."""
    for index, line in enumerate(lines):
        if line.kind or not line.text[0].islower() or not line.is_sentence:
            continue
        above = next((each for each in reversed(lines[:index]) if each.kind is None), None)
        broken = above is not None and above is not lines[index - 1] and above.words > _NAV_WORDS
        if above is not None and broken and not above.ends_sentence:
            line.reason = above.reason = ""


def _mark_navigation(lines: Sequence[Line]) -> None:
    """Runs of lines of one to three words: menus. With figures, or after a colon, they are the article's."""

    def is_entry(line: Line) -> bool:
        if line.reason or line.words > _NAV_WORDS:
            return bool(line.reason)
        return not any(char.isdigit() for char in line.text) and not line.ends_sentence

    above = ""
    for entry, group in groupby(lines, is_entry):
        run = list(group)
        listed, above = above.endswith(":"), run[-1].text
        if (
            entry
            and not listed
            and sum(line.words <= _NAV_WORDS and not line.is_symbol for line in run) >= _NAV_RUN
        ):
            for line in run:
                line.reason = line.reason or "navigation"


def _mark_repeated_headline(lines: Sequence[Line], title: str | None) -> None:
    """Every line that says the headline again, which is the title or the first line."""
    left = [line for line in lines if not line.reason]
    wanted = {_folded(title)} if title else set()
    if left and left[0].is_headline:
        wanted.add(_folded(left[0].text))
    for line in left[1:]:
        if 2 < line.words <= MAX_HEADLINE_WORDS and _folded(line.text) in wanted:
            line.reason = "repeated headline"
    titled = _PAGE_TITLE.fullmatch(left[0].text) if left else None
    if titled and any(_folded(line.text) == _folded(titled["headline"]) for line in left[1:]):
        left[0].reason = "page title"


def _folded(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in text.casefold()).split())


def _mark_author(lines: Sequence[Line]) -> None:
    """What is said below an article of who wrote it, as the byline above has it."""
    signed = [found[1] for line in lines if line.kind and (found := _BYLINE.match(line.text))]
    prose = 0
    for line in lines:
        about = any(line.text.startswith((f"{name} ", f"{name}’", f"{name}'")) for name in signed)
        if about and prose >= _PROSE_ABOVE and not line.reason and not _SPEAKS.search(line.text):
            line.reason = "author's note"
        prose += line.is_prose and not line.reason


def _mark_teasers(lines: Sequence[Line]) -> None:
    """Paragraphs at the end that share nothing with the article nor with each other.

    Only runs of three or more: one last paragraph may well bring up something new. Four of one sentence
    each may share a word or two by chance.
    """
    left = [line for line in lines if not line.reason]
    texts = [line.text for line in left]
    strict = _last_run(left[len(left) - unrelated_tail(texts, shared=0) :])
    loose = _last_run(left[len(left) - unrelated_tail(texts, shared=2) :], one_sentence=True)
    for run, least in ((strict, _TEASERS), (loose, _TEASERS + 1)):
        if len(run) >= least and len(left) - len(run) >= 2:
            for line in run:
                line.reason = "unrelated teaser"


def _last_run(tail: Sequence[Line], *, one_sentence: bool = False) -> list[Line]:
    """The last lines that are shaped as teasers: long, and not going on with what was said before."""

    def is_one(line: Line) -> bool:
        shaped = line.words >= TEASER_WORDS and not _CONTINUES.match(line.text)
        return shaped and (not one_sentence or is_one_sentence(line.text))

    return list(takewhile(is_one, reversed(tail)))


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
