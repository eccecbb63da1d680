"""A text's lines with what their shape says: prose, headline, or neither."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.ingest.page_lines import Kind, agency_credits, kind_of
from toolkit.ingest.wrapping import unwrapped
from toolkit.model import Region

PROSE_WORDS = 8
MAX_HEADLINE_WORDS = 25
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ][A-ZÀ-Þ0-9]+\b")
_HEAD_CHARS = 5000
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"[.…][\"'”’»)\]]*$")
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’-]+(?: [A-ZÀ-Þ'’-]+)*[,:]? ?[^.:;]{0,40} ?(?:[—–]|\(\w+\)| - )")
_PLACE_LINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{2,}(?:,|\s[—–(-])")


@dataclass(slots=True)
class Line:
    """A line without its surrounding white space; half-open code points into the text.

    ``kind`` is what it is by its own wording, ``credits`` are agencies that sign inside it, and
    ``reason`` is set once it is known to be page junk.
    """

    start: int
    end: int
    text: str
    words: int
    kind: Kind | None
    credits: list[tuple[int, int]]
    reason: str = ""

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence ends where the line ends, an agency's credit apart."""
        return bool(_SENTENCE_END.search(self.text)) or any(end == len(self.text) for _, end in self.credits)

    @property
    def is_prose(self) -> bool:
        """Whether it can be a paragraph of an article: some words and the end of a sentence."""
        return self.words >= PROSE_WORDS and self.ends_sentence

    @property
    def is_sentence(self) -> bool:
        """Whether it is prose or a short sentence."""
        return self.is_prose or (self.words > 2 and bool(_FULL_STOP.search(self.text)))

    @property
    def has_dateline(self) -> bool:
        """Whether it begins as a report does: "PORT SALME, Tuva — …"."""
        return bool(_DATELINE.match(self.text))

    @property
    def is_symbol(self) -> bool:
        """Whether it has no letter and no figure."""
        return not any(char.isalnum() for char in self.text)

    @property
    def is_headline(self) -> bool:
        """Short, begun with a capital or figure, without a final full stop, and no dateline."""
        begins = next((char for char in self.text if char.isalnum()), "a")
        return (
            2 < self.words <= MAX_HEADLINE_WORDS
            and not begins.islower()
            and not _FULL_STOP.search(self.text)
            and self.text[-1] not in ":;,"
            and not self.credits
            and not (_PLACE_LINE.match(self.text) and not self.text.isupper())
        )


def read_lines(text: str) -> list[Line]:
    """The lines of a canonical text that are not blank; where lines are broken at a width, its paragraphs."""
    lines: list[Line] = []
    capitals = Counter(_CAPITALS.findall(text))
    for start, raw in unwrapped(text):
        stripped = raw.strip()
        if stripped:
            begin = start + raw.index(stripped)
            lines.append(
                Line(
                    start=begin,
                    end=begin + len(stripped),
                    text=stripped,
                    words=len(stripped.split()),
                    kind=kind_of(stripped),
                    credits=agency_credits(stripped, capitals),
                )
            )
    return lines


def headline(text: str, regions: Sequence[Region]) -> str | None:
    """The text's first line that is not marked, where it is a headline with prose below it, else None."""
    near = [region for region in regions if region.start < _HEAD_CHARS]
    rest = [line for line in read_lines(text[:_HEAD_CHARS]) if not _inside(line, near)]
    if not rest or not rest[0].is_headline or not any(line.is_prose for line in rest[1:]):
        return None
    return rest[0].text


def _inside(line: Line, regions: Sequence[Region]) -> bool:
    return any(region.start <= line.start and line.end <= region.end for region in regions)
