"""Whether an article goes on below a list, a notice or a sign-off: what the next lines look like, and what
they share with the article so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.ingest.lines import Line
from toolkit.ingest.other_articles import is_title, restates, title_above
from toolkit.ingest.page_lines import Kind
from toolkit.ingest.topic import Subject

TEASER_WORDS = 15
_AHEAD = 40
_LOOK = 4
_EARLY = 6


def is_readers(line: Line) -> bool:
    """Whether a line is of a part where readers write: its form, or somebody "says:"."""
    reason = line.kind.reason if line.kind else ""
    return reason in {"comment form", "reader comments"} or line.text.endswith((" says:", " wrote:"))


def goes_on(lines: Sequence[Line], index: int, opened: Kind, subject: Subject) -> bool:
    """Whether the article goes on at this line after ``opened``."""
    line, shared = lines[index], subject.shared(lines[index].text)
    if opened.opens == "caption":
        return line.text.endswith(".")
    if opened.opens in ("sign-off", "author"):
        return shared.some or _goes_on_signed(lines, index, subject)
    if not line.is_prose or opened.opens == "end" or _is_entry(lines, index):
        return False
    if opened.opens != "list":
        run = list(paragraphs_from(lines, index))
        return shared.much or (shared.some and sum(subject.shared(each.text).some for each in run) >= 2)
    return not _is_teaser(lines, index) and _goes_on_below_list(lines, index, subject)


def _goes_on_signed(lines: Sequence[Line], index: int, subject: Subject) -> bool:
    """Below a sign-off only long paragraphs of another subject are teasers."""
    ahead = lines[index : index + _AHEAD]
    prose = next((each for each in ahead if each.is_prose and each.kind is None), None)
    return prose is None or prose.words < TEASER_WORDS or subject.shared(prose.text).some


def _goes_on_below_list(lines: Sequence[Line], index: int, subject: Subject) -> bool:
    if _is_link(lines, index - 1) and not _is_link(lines, index + 1):
        return True
    shared = subject.shared(lines[index].text)
    titles = _titles_above(lines, index)
    if not titles:
        return shared.some
    run = list(paragraphs_from(lines, index))
    related = any(subject.shared(each.text).some for each in run) and max(len(run), titles) > 1
    together = titles > 1 and subject.shared("\n".join(each.text for each in run)).some
    # A short subject so far says little, and the article is not over yet; two paragraphs without titles are
    # the article's, but three of other subjects are teasers.
    own = subject.paragraphs <= _EARLY or len(run) == 2 or together
    return shared.much or related or (titles > 1 and shared.any) or (len(run) > 1 and own)


def _is_link(lines: Sequence[Line], index: int) -> bool:
    """Whether a line of that number is a link to another article, such as "Read on" below a teaser."""
    kind = lines[index].kind if 0 <= index < len(lines) else None
    return kind is not None and kind.reason == "link to another article"


def _is_entry(lines: Sequence[Line], index: int) -> bool:
    """Whether the line above says that this one is the next of a list: "list 2 of 3"."""
    kind = lines[index - 1].kind if index else None
    return kind is not None and kind.reason == "entry of a list"


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


def paragraphs_from(lines: Sequence[Line], start: int) -> Iterator[Line]:
    """The next paragraphs, up to a title, an end or _LOOK of them."""
    count = 0
    for line in lines[start : start + _AHEAD]:
        if (
            count == _LOOK
            or is_title(line)
            or (line.kind and line.kind.opens in ("list", "end", "comments", "legal"))
        ):
            return
        if line.is_sentence and line.kind is None:
            count += 1
            yield line


def _titles_above(lines: Sequence[Line], index: int) -> int:
    """How many titles of other articles stand directly above, stamps and the like between them."""
    start = max(0, index - _AHEAD)
    count = 0
    for line in reversed(lines[start:index]):
        if not line.reason or line.is_prose or (line.kind and line.kind.opens):
            break
        count += line.kind is None and line.words > 2 and not line.is_sentence
    return count
