"""The documents that claims point into, kept on disk and found by their id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit.gold.fault import Fault
from toolkit.model import Document, from_checked, to_line
from toolkit.spool import Spool


class Library:
    """Documents by ``doc_id``. The last one found stays in memory, as claims come sorted by document."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._last: Document | None = None
        self.empty = True

    def add(self, document: Document) -> bool:
        """Keep a document; False when it is there already."""
        self.empty = False
        return self._spool.add_line(document.doc_id, to_line(document))

    def find(self, doc_id: str) -> Document | None:
        """The document, if it was given."""
        if self.empty:
            return None
        if self._last is None or self._last.doc_id != doc_id:
            if doc_id not in self._spool:
                return None
            self._last = from_checked(Document, self._spool.get(doc_id))
        return self._last

    def missing(self, doc_id: str) -> Iterator[Fault]:
        """The check ``known-document``: where there are documents, a claim's is among them."""
        if not self.empty and self.find(doc_id) is None:
            yield Fault("/doc_id", "this document was not given", "add it to the documents", doc_id)

    def records(self) -> Iterator[dict[str, Any]]:
        """All documents as JSON objects, by id."""
        return iter(self._spool)

    def __len__(self) -> int:
        return len(self._spool)
