"""Records without article texts: quotes short enough to share, and documents as digest and length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit.model import Document, Source

SHORT = 120
_MORE = "…"


def cut(text: str, most: int) -> str:
    """The text in at most ``most`` code points; one that was cut ends with "…"."""
    return text if len(text) <= most else text[: most - 1] + _MORE


def cut_record(record: dict[str, Any], most: int) -> int:
    """Cut every quote in a claim record (spans, ``raw`` and quotes of evidence); gives how many were."""
    count = 0
    for holder, key in _quotes(record):
        short = cut(holder[key], most)
        count += short != holder[key]
        holder[key] = short
    return count


def without_text(document: Document) -> Source:
    """What may be shared of a document whose text may not."""
    return Source(
        document.schema_version, document.doc_id, document.text_sha256, document.title, document.url,
        document.publisher, document.published_at, document.language, document.source_path,
        len(document.text), document.regions,
    )  # fmt: skip


def _quotes(value: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Every place in a claim record that holds words of a text."""
    if isinstance(value, list):
        for item in value:
            yield from _quotes(item)
    elif isinstance(value, dict):
        named = {"text"} if {"start", "end"} <= value.keys() else {"raw", "quote"}
        yield from ((value, key) for key in sorted(named & value.keys()) if isinstance(value[key], str))
        for item in value.values():
            yield from _quotes(item)
