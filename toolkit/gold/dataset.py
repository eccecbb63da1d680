"""What export formats read: the claims in order, and the documents where they were given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from toolkit.config import Settings
from toolkit.gold.library import Library
from toolkit.gold.overview import Overview
from toolkit.gold.quotes import cut_record, untold, without_text
from toolkit.model import Counts, DatasetFile, Document, Draft, Splits, from_record, to_record
from toolkit.spool import Spool

AsTask = Callable[[Draft], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Written:
    """One file that a format wrote into the folder; ``notes`` as in the manifest."""

    path: str
    records: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a dataset as a whole; its name, language and licence stand in the settings."""

    settings: Settings
    counts: Counts
    rules_versions: tuple[str, ...]


class Dataset:
    """The records of one export, which can be read as often as formats want, and what is known of them.

    ``files`` are those that formats wrote before this one, with their sizes and digests. ``as_task`` makes a
    Label Studio task of a document and its claims; None where whoever exports does not know how. With
    ``quote_chars`` records come without article texts, and quotes cut to that many code points. Where the
    documents are divided, ``splits`` counts what fell where and ``split_of`` tells a document's split.
    ``release`` is the version that the dataset has, if any.
    """

    def __init__(
        self, claims: Spool, library: Library, about: About, as_task: AsTask | None = None, *,
        quote_chars: int | None = None,
    ) -> None:  # fmt: skip
        self._claims, self._library, self._quote_chars = claims, library, quote_chars
        self.about, self.as_task = about, as_task
        self.files: list[DatasetFile] = []
        self.release: str | None = None
        self.splits: Splits | None = None
        self.split_of: Callable[[str], str] | None = None

    def claims(self) -> Iterator[dict[str, Any]]:
        """The claims as JSON objects in the order (doc_id, span.start, claim_id)."""
        for record in self._claims:
            self._cut(record)
            yield record

    def cut_quotes(self) -> int:
        """How many quotes the claims were given with are cut, because texts may not be shared."""
        return 0 if self.with_text else sum(self._cut(record) for record in self._claims)

    def _cut(self, record: dict[str, Any]) -> int:
        """Cut a claim's quotes where texts may not be shared; gives how many were."""
        if self._quote_chars is None:
            return 0
        document = self._library.find(record["doc_id"])
        return cut_record(record, self._quote_chars, document.text if document else "")

    @property
    def with_text(self) -> bool:
        """Whether article texts may be written."""
        return self._quote_chars is None

    def documents(self) -> Iterator[dict[str, Any]]:
        """The documents as JSON objects by doc_id, or what is left of them without their texts; none when
        none were given."""
        most = self._quote_chars
        for record in self._library.records():
            yield record if most is None else to_record(without_text(from_record(Document, record), most))

    @cached_property
    def overview(self) -> Overview:
        """What the records have in common; the first question reads them all once."""
        return Overview.of(self.claims(), self.documents())

    @property
    def document_count(self) -> int:
        """How many documents were given."""
        return len(self._library)

    def document(self, doc_id: str) -> Document | None:
        """The document of a claim, if it was given; in a dataset without texts its text is empty."""
        found = self._library.find(doc_id)
        return found if found is None or self._quote_chars is None else untold(found, self._quote_chars)
