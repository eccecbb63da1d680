"""Headlines, teasers and whole articles of other stories around and inside an article.

They are told by form and place, not by wording: a headline has no full stop, a teaser says its own
headline again, a second article has a headline with a byline or a date below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from toolkit.ingest.lines import Line
from toolkit.ingest.topic import Subject, overlap

_LINK_WORDS = range(5, 23)
_TITLE_WORDS = range(3, 26)
_NEAR = 4
_LINKS = 3
_TOP = 40
_SAMPLE = 3
_DATED = {"byline", "publication line", "reporting credits", "agency credit", "source or web address"}
_AGE = "age of an article"
_OTHER = "link to another article"
SOURCES = "list of sources"
_TELLING = re.compile(
    r"\b(?:says?|said|tells?|told|den(?:y|ies|ied)|claims?|claimed|warns?|warned|vows?|urges?|accuses?|admits?"
    r"|announces?|rejects?|condemns?|reveals?|calls?|kill(?:s|ed)|dead|dies|died|injures?|injured|wound(?:s|ed)"
    r"|hurt|missing|arrest(?:s|ed)|jailed|fined|rescues?|freed|wins?|won|beats?|loses?|rises?|falls?|hits?"
    r"|seeks?|faces?|orders?|plans?|launch(?:es|ed)|rescued|resigns?|refuses?|survives?)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(r"(?:how|why|what|when|where|who|which|whose)\b", re.IGNORECASE)
_ITEM = re.compile(r"[•·▪■►▶*–—-]|\d+[.)]\s|\(?[a-z0-9]\)|.*\]$")


def is_title(line: Line) -> bool:
    """Whether a line can be a headline: no sentence, and nothing the page itself says."""
    return (
        line.kind is None and line.words in _TITLE_WORDS and line.is_headline and not _ITEM.match(line.text)
    )


def restates(title: Line, prose: Line) -> bool:
    """Whether a paragraph says again what the title above it says, as a teaser or a first paragraph does."""
    shared, of = overlap(title.text, prose.text)
    return shared >= 2 and shared * 5 >= of * 2


def title_above(lines: Sequence[Line], index: int) -> Line | None:
    """The title straight above a paragraph, stamps and bylines between them aside."""
    for line in reversed(lines[max(0, index - _NEAR) : index]):
        if is_title(line):
            return line
        if line.is_prose or (line.kind and line.kind.reason not in (*_DATED, _AGE)):
            return None
    return None


def mark_links(lines: Sequence[Line]) -> None:
    """Headlines that stand between an article's paragraphs: they lead to other articles.

    A heading of the article's own is shorter, asks, or tells nothing; a list of its own comes after a
    colon or has bullets.
    """
    dated = {line.start for line, below in pairwise(lines) if below.kind and below.kind.reason == _AGE}
    for link, group in groupby(_between(lines), lambda each: each[1]):
        run = [line for line, _ in group]
        telling = sum(_tells(line) or line.start in dated for line in run)
        # Many in a row may be the article's own list, unless every one of them reports something.
        if link and (telling == len(run) or 2 <= len(run) <= _LINKS):
            for line in run:
                line.reason = line.reason or _OTHER
    # A question beside such headlines is one of them.
    for line, below in pairwise(lines):
        for one, other in ((line, below), (below, line)):
            if one.reason == _OTHER and not one.kind and _asks(other) and not other.reason:
                other.reason = _OTHER


def _asks(line: Line) -> bool:
    short = line.kind is None and line.words in _LINK_WORDS
    return short and line.text.endswith("?") and _ASKING.match(line.text) is not None


def _between(lines: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """The lines from the first paragraph on, each with whether it can be a link."""
    prose = listing = False
    for index, line in enumerate(lines):
        if line.reason:
            # Below what one report rests on begins the next of a digest.
            listing = line.reason == SOURCES
            continue
        below = lines[index + 1].text[0] if index + 1 < len(lines) else "A"
        if line.is_prose:
            prose, listing = True, line.text.endswith(":")
        elif line.text.endswith(":"):
            listing = True
        wanted = prose and not listing and not below.islower() and line.words in _LINK_WORDS
        yield line, wanted and is_title(line) and not line.ends_sentence


def _tells(line: Line) -> bool:
    """Whether a headline reports something, or is written in title case."""
    if _ASKING.match(line.text):
        return False
    long = [word for word in line.text.split() if len(word) > 3 and word[0].isalpha()]
    capital = sum(word[0].isupper() for word in long)
    return line.words > 5 and (
        bool(_TELLING.search(line.text)) or (len(long) > 3 and capital >= 0.8 * len(long))
    )


def mark_next_article(lines: Sequence[Line]) -> None:
    """A second article below the first: a headline, a byline or date or dateline, a paragraph of its own."""
    subject, prose = Subject(), 0
    for index, line in enumerate(lines):
        if line.is_prose and not line.reason:
            prose += 1
        if prose < _SAMPLE or line.reason or not is_title(line) or not _opens_article(lines, index, subject):
            pass
        elif subject.shared(line.text).some or not _goes_on_below(lines, index, subject):
            for each in lines[index:]:
                each.reason = each.reason or "another article"
            return
        else:
            line.reason = _OTHER
        if not line.reason:
            subject.add(line.text)


def _goes_on_below(lines: Sequence[Line], index: int, subject: Subject) -> bool:
    """Whether the article goes on below a card of another: half of the next paragraphs are its own."""
    below = [line for line in lines[index + 1 :] if line.is_prose and line.kind is None][1 : 1 + 2 * _SAMPLE]
    return sum(subject.shared(line.text).much for line in below) * 2 >= max(len(below), 2)


def _opens_article(lines: Sequence[Line], index: int, subject: Subject) -> bool:
    dated = 0
    for below in lines[index + 1 : index + 1 + _NEAR]:
        if below.is_prose and below.kind is None:
            shared = subject.shared(below.text)
            dated += below.has_dateline
            return dated > 1 or (dated > 0 and (restates(lines[index], below) or not shared.some))
        if below.kind and below.kind.reason in _DATED:
            dated += 1
        elif below.words > 4:
            return False
    return False


def mark_above_headline(lines: Sequence[Line]) -> None:
    """Strips of other headlines above the article's own, which is the one that its first paragraphs say
    again; a list opened above it does not take it in."""
    first = next((at for at, line in enumerate(lines[:_TOP]) if line.is_prose and not line.reason), 0)
    sample = [line for line in lines[first : first + 2 * _SAMPLE] if line.is_prose and not line.reason]
    body = " ".join(line.text for line in sample[:_SAMPLE])
    shares = [overlap(line.text, body)[0] for line in lines[:first]]
    own = next((at for at in range(first) if is_title(lines[at]) and shares[at] >= 2), 0)
    lines[own].reason = "" if is_title(lines[own]) else lines[own].reason
    if all(share <= 1 for share in shares[:own]):
        for line in lines[:own]:
            line.reason = line.reason or "above the headline"
