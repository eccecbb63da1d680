"""JSON objects and table rows as articles; documents that were ingested before as they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from toolkit import reading
from toolkit.config import Limits
from toolkit.files import Line
from toolkit.ingest.article import Article, RefusedError
from toolkit.ingest.normalise import normalise
from toolkit.model import Document, Issue, digest, from_record

TEXT_FIELDS = {"text", "body", "content", "article"}
FIELDS = {
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "publisher": ("publisher", "source", "outlet"),
    "published_at": ("published_at", "published", "date"),
    "language": ("language", "lang"),
}
_AGAIN = "make the file again with factcheck ingest"


def is_document(record: dict[str, object]) -> bool:
    """Whether a record claims to come from ``factcheck ingest``."""
    return {"doc_id", "text_sha256"} <= record.keys()


def as_article(line: Line) -> Article | Issue:
    """The article in a record, by the names in TEXT_FIELDS and FIELDS; other names are ignored."""
    record = line.record
    if isinstance(record.get("document"), dict):
        return Issue(
            check="record/kind", path=line.path, line=line.number, message="a draft or annotation",
            fix="give the articles, or the documents.jsonl of factcheck ingest",
        )  # fmt: skip
    text = next((record[name] for name in sorted(TEXT_FIELDS, reverse=True) if record.get(name)), None)
    if not isinstance(text, str):
        return Issue(
            check="record/text", path=line.path, line=line.number,
            message="no text" if text is None else f"the text is of type {type(text).__name__}",
            fix=f"put the article's text into one of {', '.join(sorted(TEXT_FIELDS))}",
        )  # fmt: skip
    metadata = {
        field: next((record[name] for name in names if record.get(name) is not None), None)
        for field, names in FIELDS.items()
    }
    return Article(line.path, text, line.number, metadata)


def as_document(line: Line, limits: Limits) -> Iterator[Document | Issue]:
    """A document record as it is, regions included, after checking that it still is what it says.

    The text must be canonical and give the record's digest and id, regions must lie in it in order.
    """
    faults = list(reading.broken("document", line))
    if not faults:
        document = from_record(Document, line.record)
        faults = list(_faults(document, line, limits))
    if faults:
        yield from faults
    else:
        yield document


def _faults(document: Document, line: Line, limits: Limits) -> Iterator[Issue]:
    def issue(pointer: str, message: str, fix: str = _AGAIN) -> Issue:
        return Issue(
            check=f"document{pointer}", path=line.path, line=line.number, record=document.doc_id,
            pointer=pointer, message=message, fix=fix,
        )  # fmt: skip

    text = document.text
    try:
        if normalise(text, limit=limits.document_chars) != text:
            yield issue("/text", "the text is not in its canonical form (NFC, LF)")
    except RefusedError as refused:
        yield issue("/text", refused.problem, refused.fix)
        return
    if document.text_sha256 != digest(text):
        yield issue("/text_sha256", "the digest is not that of the text: the text was changed")
    elif document.doc_id != Document.id_for(text):
        yield issue("/doc_id", f"the id is not that of the text, {Document.id_for(text)}")
    if any(region.end <= region.start or region.end > len(text) for region in document.regions):
        yield issue("/regions", "a region lies outside the text")
    elif any(left.end > right.start for left, right in pairwise(document.regions)):
        yield issue("/regions", "the regions overlap or are out of order")
