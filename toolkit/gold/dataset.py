"""What export formats read: the claims in order, and the documents where they were given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.gold.library import Library
from toolkit.model import Document
from toolkit.spool import Spool


@dataclass(frozen=True, slots=True)
class Written:
    """One file that a format wrote into the folder; ``notes`` as in the manifest."""

    path: str
    records: int
    notes: tuple[str, ...] = ()


class Dataset:
    """The records of one export; they can be read as often as formats want."""

    def __init__(self, claims: Spool, library: Library) -> None:
        self._claims, self._library = claims, library

    def claims(self) -> Iterator[dict[str, Any]]:
        """The claims as JSON objects in the order (doc_id, span.start, claim_id)."""
        return iter(self._claims)

    def documents(self) -> Iterator[dict[str, Any]]:
        """The documents as JSON objects by doc_id; none when none were given."""
        return self._library.records()

    @property
    def document_count(self) -> int:
        """How many documents were given."""
        return len(self._library)

    def document(self, doc_id: str) -> Document | None:
        """The document of a claim, if it was given."""
        return self._library.find(doc_id)
