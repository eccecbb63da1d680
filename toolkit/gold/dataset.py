"""What export formats read: the claims in order, and the documents where they were given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from toolkit.config import Settings
from toolkit.gold.library import Library
from toolkit.gold.overview import Overview
from toolkit.model import Counts, DatasetFile, Document, Draft
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
    Label Studio task of a document and its claims; None where whoever exports does not know how.
    """

    def __init__(self, claims: Spool, library: Library, about: About, as_task: AsTask | None = None) -> None:
        self._claims, self._library = claims, library
        self.about, self.as_task = about, as_task
        self.files: list[DatasetFile] = []

    def claims(self) -> Iterator[dict[str, Any]]:
        """The claims as JSON objects in the order (doc_id, span.start, claim_id)."""
        return iter(self._claims)

    def documents(self) -> Iterator[dict[str, Any]]:
        """The documents as JSON objects by doc_id; none when none were given."""
        return self._library.records()

    @cached_property
    def overview(self) -> Overview:
        """What the records have in common; the first question reads them all once."""
        return Overview.of(self.claims(), self.documents())

    @property
    def document_count(self) -> int:
        """How many documents were given."""
        return len(self._library)

    def document(self, doc_id: str) -> Document | None:
        """The document of a claim, if it was given."""
        return self._library.find(doc_id)
