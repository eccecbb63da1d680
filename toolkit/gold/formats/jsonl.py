"""JSON Lines: the records as they are, every field (``claims.jsonl``, ``documents.jsonl``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from toolkit.files import write_records
from toolkit.gold.dataset import Dataset, Written


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write the claims, and the documents where they were given."""
    yield Written("claims.jsonl", write_records(folder / "claims.jsonl", dataset.claims()))
    if dataset.document_count:
        yield Written("documents.jsonl", write_records(folder / "documents.jsonl", dataset.documents()))
