"""Checks that hold records against the text they point into.

Offsets are half-open code points. Without the document only what the record says of itself is held
together: order, lengths, digests.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from toolkit.gold.fault import Fault, cut, spans_of
from toolkit.gold.quotes import cut as cut_quote
from toolkit.model import Claim, Document, Span, digest

LONGEST_TEXT = 2**31 - 1


def inside(claim: Claim, document: Document | None) -> Iterator[Fault]:
    """Every span lies inside the document: start < end ≤ length of the text; the pieces of a split
    span are in order, don't overlap, and reach from its start to its end."""
    length = len(document.text) if document else LONGEST_TEXT
    for pointer, span in spans_of(claim):
        if problem := _misplaced(span, length):
            yield Fault(pointer, problem, "correct start, end and pieces", [span.start, span.end])


def slice_equals_text(
    claim: Claim, document: Document | None, *, quote_chars: int | None = None
) -> Iterator[Fault]:
    """The text of every span is what its offsets cut out of the document, and for a split span the
    cuts joined by one space. Without the document only the length is compared. In a dataset without
    article texts what is longer than the manifest's quotes.max_chars is cut to it and ends with "…"."""
    length = len(document.text) if document else LONGEST_TEXT
    for pointer, span in spans_of(claim):
        if _misplaced(span, length):
            continue
        if document is None:
            if quote_chars is None and span.pieces is None and span.end - span.start == len(span.text):
                continue
            expected = sum(end - start for start, end in span.parts()) + len(span.parts()) - 1
            if quote_chars is not None and expected > quote_chars and span.text.endswith("…"):
                expected = quote_chars
            if expected != len(span.text):
                yield Fault(
                    f"{pointer}/text", f"the offsets make {expected} code points, not {len(span.text)}",
                    "count code points, not bytes or UTF-16 units", span.text,
                )  # fmt: skip
        elif not span.holds_in(document.text):
            there = " ".join(document.text[start:end] for start, end in span.parts())
            if quote_chars is not None and span.text == cut_quote(there, quote_chars):
                continue
            yield Fault(
                f"{pointer}/text", f"says {cut(span.text)}, but the document has {cut(there)} there",
                _where(span.text, document.text), span.text,
            )  # fmt: skip


def mention_slice(mention: tuple[int, int, str], document: Document) -> Iterator[Fault]:
    """The text of every mention of a draft or annotation is what its offsets cut out of the document."""
    start, end, text = mention
    if not start < end <= len(document.text):
        yield Fault("", f"{start}–{end} lies outside the text", "correct start and end", [start, end])
    elif document.text[start:end] != text:
        there = document.text[start:end]
        yield Fault(
            "/text",
            f"says {cut(text)}, but the document has {cut(there)} there",
            _where(text, document.text),
            text,
        )


def own_document(claim: Claim, document: Document | None) -> Iterator[Fault]:
    """A claim names the document it points into by id and by the SHA-256 of its text, and both agree."""
    if claim.doc_id != f"doc-{claim.text_sha256[:16]}":
        yield Fault(
            "/text_sha256", "doc_id and text_sha256 name different texts",
            f"the doc_id of that digest is doc-{claim.text_sha256[:16]}", claim.text_sha256,
        )  # fmt: skip
    elif document is not None and (claim.doc_id, claim.text_sha256) != (
        document.doc_id,
        document.text_sha256,
    ):
        yield Fault(
            "/text_sha256", f"points into another text than document {document.doc_id}",
            "make the claim again on the document's present text", claim.text_sha256,
        )  # fmt: skip


def no_boilerplate(claim: Claim, document: Document | None) -> Iterator[Fault]:
    """No part of a claim's content lies in a region of the document that is marked as boilerplate."""
    for start, end in claim.span.parts():
        if document is not None and document.is_boilerplate(start, end):
            yield Fault(
                "/span", f"{start}–{end} touches marked boilerplate",
                "drop the claim, or unmark the region in the document", [start, end],
            )  # fmt: skip


def sentence_holds_start(claim: Claim, document: Document | None) -> Iterator[Fault]:  # noqa: ARG001
    """The sentence of a claim is the one that its content starts in."""
    if not claim.sentence.start <= claim.span.start < claim.sentence.end:
        yield Fault(
            "/sentence", f"{claim.sentence.start}–{claim.sentence.end} does not hold the content's start",
            f"give the sentence around {claim.span.start}", [claim.sentence.start, claim.sentence.end],
        )  # fmt: skip


def digest_is_true(document: Document) -> Iterator[Fault]:
    """A document's text_sha256 is the SHA-256 of its text, and its doc_id is made of that."""
    true = digest(document.text)
    if document.text_sha256 != true:
        yield Fault(
            "/text_sha256", "is not the digest of the text: the text or the digest was changed",
            f"take the original text; this one has {true}", document.text_sha256,
        )  # fmt: skip
    elif document.doc_id != f"doc-{true[:16]}":
        yield Fault("/doc_id", "is not made of the text's digest", f"use doc-{true[:16]}", document.doc_id)


def text_is_canonical(document: Document) -> Iterator[Fault]:
    """A document's text is normalised: Unicode NFC, lines end with LF alone, no NUL."""
    if not unicodedata.is_normalized("NFC", document.text):
        yield Fault("/text", "is not in Unicode NFC", "run `factcheck ingest` on the original again")
    for char, name in (("\r", "a carriage return"), ("\0", "a NUL")):
        if char in document.text:
            place = document.text.index(char)
            yield Fault(
                "/text", f"has {name} at {place}", "run `factcheck ingest` on the original again", place
            )


def regions_inside(document: Document) -> Iterator[Fault]:
    """The marked regions of a document lie inside its text, in order, and don't overlap."""
    for index, region in enumerate(document.regions):
        if not region.start < region.end <= len(document.text):
            yield Fault(
                f"/regions/{index}", f"{region.start}–{region.end} lies outside the text",
                "correct start and end", [region.start, region.end],
            )  # fmt: skip
    for index, (left, right) in enumerate(pairwise(document.regions), start=1):
        if right.start < left.end:
            yield Fault(f"/regions/{index}", "starts before the region before it ends", "sort or join them")


def _misplaced(span: Span, length: int) -> str:
    if span.pieces is None and span.start < span.end <= length:
        return ""
    parts = span.parts()
    if not all(start < end for start, end in [(span.start, span.end), *parts]):
        return f"start is not before end ({span.start}–{span.end})"
    if span.end > length:
        return f"ends at {span.end}, the text has {length} code points"
    if any(left[1] > right[0] for left, right in pairwise(parts)):
        return "its pieces are out of order or overlap"
    if (parts[0][0], parts[-1][1]) != (span.start, span.end):
        return "its pieces do not reach from start to end"
    return ""


def _where(quote: str, text: str) -> str:
    first = text.find(quote)
    if first < 0:
        return "copy the text from the document"
    if text.find(quote, first + 1) >= 0:
        return "correct the offsets; the words stand in several places"
    return f"correct the offsets; the words stand at {first}–{first + len(quote)}"
