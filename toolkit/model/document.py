"""A news report: its canonical text, what is known of it, and which parts are page junk."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

RegionKind = Literal["boilerplate"]


def digest(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes in hexadecimal; ``text_sha256`` everywhere."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class Region:
    """A marked part of a document's text (half-open code points); no claim may lie in boilerplate."""

    start: int
    end: int
    kind: RegionKind
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """One report. ``text`` is canonical (NFC, LF): every offset of every record points into it.

    ``doc_id`` derives from the text, so the same text is the same document wherever it came from.
    ``published_at`` is an ISO 8601 date or date-time, or None when the report does not say.
    """

    schema_version: str
    doc_id: str
    text_sha256: str
    title: str | None
    url: str | None
    publisher: str | None
    published_at: str | None
    language: str | None
    source_path: str
    text: str
    regions: tuple[Region, ...]

    @staticmethod
    def id_for(text: str) -> str:
        """The id of the document that has this canonical text."""
        return f"doc-{digest(text)[:16]}"

    def is_boilerplate(self, start: int, end: int) -> bool:
        """Whether any of ``text[start:end]`` lies in marked boilerplate."""
        return any(region.start < end and start < region.end for region in self.regions)


@dataclass(frozen=True, slots=True)
class Source:
    """What a dataset without article texts says of a document; ``chars`` is the text's length in code points.

    Whoever has the article can make the text again and hold it against ``text_sha256``.
    """

    schema_version: str
    doc_id: str
    text_sha256: str
    title: str | None
    url: str | None
    publisher: str | None
    published_at: str | None
    language: str | None
    source_path: str
    chars: int
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Which part of a dataset a document and all its claims belong to.

    ``group`` is what was divided as a whole: an event's id, or the document's own where no claim has one.
    """

    schema_version: str
    doc_id: str
    group: str
    split: str
