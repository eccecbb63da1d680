"""Records without article texts: quotes short enough to share, and documents as digest and length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from toolkit.model import Document, Source

_MORE = "…"


def cut(text: str, most: int) -> str:
    """The text in at most ``most`` code points; one that was cut ends with "…"."""
    return text if len(text) <= most else text[: most - 1] + _MORE


def cut_record(record: dict[str, Any], most: int, text: str = "") -> int:
    """Cut every quote in a claim record (spans, ``raw`` and quotes of evidence); gives how many were.

    Any other words of the record (a statement, a name) are cut too where more than ``most`` code points of
    them stand in a row in ``text`` or in one of its quotes.
    """
    strings = list(_strings(record))
    texts = [text, *(holder[key] for holder, key, is_quote in strings if is_quote)]
    count = 0
    for holder, key, is_quote in strings:
        if len(holder[key]) > most and (is_quote or quoted(holder[key], texts, most)):
            holder[key] = cut(holder[key], most)
            count += 1
    return count


def quoted(words: str, texts: Iterable[str], most: int) -> bool:
    """Whether more than ``most`` code points of the words stand in a row in one of the texts, however
    the white space between them is written."""
    folded = " ".join(words.split())
    runs = [folded[start : start + most + 1] for start in range(len(folded) - most)]
    return bool(runs) and any(
        run in there for there in (" ".join(text.split()) for text in texts) for run in runs
    )


def untold(document: Document, most: int) -> Document:
    """The document without its text; a title that stands in the text is a quote like any other."""
    title = document.title
    if title is not None and quoted(title, [document.text], most):
        title = cut(title, most)
    return replace(document, title=title, text="")


def without_text(document: Document, most: int) -> Source:
    """What may be shared of a document whose text may not."""
    known = untold(document, most)
    return Source(
        known.schema_version, known.doc_id, known.text_sha256, known.title, known.url, known.publisher,
        known.published_at, known.language, known.source_path, len(document.text), known.regions,
    )  # fmt: skip


def _strings(value: Any) -> Iterator[tuple[Any, Any, bool]]:
    """Every string in a record: what holds it, its key there, and whether it is words of a text by nature."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    quotes = {"text"} if isinstance(value, dict) and {"start", "end"} <= value.keys() else {"raw", "quote"}
    for key, inner in list(items):
        if isinstance(inner, str):
            yield value, key, key in quotes
        elif isinstance(inner, dict | list):
            yield from _strings(inner)
