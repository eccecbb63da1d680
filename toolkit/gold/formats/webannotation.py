"""W3C Web Annotation (``webannotation.jsonl``): one JSON-LD annotation a claim, on the report's text.

The target names the text by the document's id and SHA-256, with a position selector (code points,
half-open) and a quote selector with its surroundings; a split quote has a target for each piece. The
bodies are the statement in words, and the claim's fields as one JSON literal, none of them lost. Where
article texts are left out, the quote selector has no surroundings, and a quote that is cut or split has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from toolkit import __version__
from toolkit.files import write_records
from toolkit.gold.dataset import Dataset, Written
from toolkit.model import Document

FILE = "webannotation.jsonl"
NAMESPACE = "urn:factcheck-toolkit"
CONTEXT: list[Any] = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "@version": 1.1,
        "sdo": "https://schema.org/",
        "factcheck": f"{NAMESPACE}:schema:claim:1#",
        "record": {"@id": "factcheck:record", "@type": "@json"},
    },
]
SURROUNDINGS = 32
"""Code points of a quote's prefix and suffix."""
# They have a place of their own in the annotation.
_ELSEWHERE = ("claim_id", "doc_id", "text_sha256", "span")


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write one annotation a claim; the notes count claims with several targets, or without a quote."""
    split = bare = 0

    def annotations() -> Iterator[dict[str, Any]]:
        nonlocal split, bare
        for claim in dataset.claims():
            document = dataset.document(claim["doc_id"])
            if document is not None:
                split += "pieces" in claim["span"]
                bare += not document.text and _words(claim["span"]) is None
                yield annotation(claim, document)

    count = write_records(folder / FILE, annotations())
    said = {
        "claims in several pieces have a target for each piece": split,
        "claims have a cut or split quote and so a position alone": bare,
    }
    yield Written(FILE, count, tuple(f"{number} {what}" for what, number in said.items() if number))


def annotation(claim: dict[str, Any], document: Document) -> dict[str, Any]:
    """The annotation of a claim; what is unknown (when it was made, for one) has no key."""
    span = claim["span"]
    parts = span.get("pieces") or [span]
    targets = [_target(document, part["start"], part["end"], _words(span)) for part in parts]
    creators = _creators(claim["review"])
    return {
        "@context": CONTEXT,
        "id": f"{NAMESPACE}:claim:{claim['claim_id']}",
        "type": "Annotation",
        "motivation": ["identifying", "assessing"] if claim["verdict"] else "identifying",
        **({"creator": creators} if creators else {}),
        "generator": {
            "id": NAMESPACE, "type": "Software", "name": f"factcheck-toolkit {__version__}",
        },
        "body": _bodies(claim, document),
        "target": targets if len(targets) > 1 else targets[0],
    }  # fmt: skip


def _bodies(claim: dict[str, Any], document: Document) -> list[dict[str, Any]]:
    language = {"language": document.language} if document.language else {}
    fields = {name: value for name, value in claim.items() if name not in _ELSEWHERE}
    return [
        {
            "type": "TextualBody", "purpose": "describing", "format": "text/plain", **language,
            "value": claim["normalized"] or claim["span"]["text"],
        },
        {"type": "factcheck:Claim", "purpose": "identifying", "record": fields},
    ]  # fmt: skip


def _target(document: Document, start: int, end: int, words: str | None) -> dict[str, Any]:
    """A place in the text; where the text is left out, ``words`` are the quote, if it is known whole."""
    text, quoted = document.text, {"type": "TextQuoteSelector", "exact": words}
    if text:
        quoted |= {
            "exact": text[start:end],
            "prefix": text[max(start - SURROUNDINGS, 0) : start],
            "suffix": text[end : end + SURROUNDINGS],
        }
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    selectors = [position, quoted] if quoted["exact"] is not None else [position]
    return {"source": _source(document), "selector": selectors}


def _words(span: dict[str, Any]) -> str | None:
    """The words of a span in one piece that is not cut."""
    whole = span["end"] - span["start"] == len(span["text"]) and not span["text"].endswith("…")
    return span["text"] if whole and "pieces" not in span else None


def _source(document: Document) -> dict[str, Any]:
    """The normalised text as a resource: offsets do not hold in the page behind ``sdo:url``."""
    known = {
        "language": document.language, "sdo:sha256": document.text_sha256, "sdo:url": document.url,
        "sdo:headline": document.title, "sdo:publisher": document.publisher,
        "sdo:datePublished": document.published_at,
    }  # fmt: skip
    return {
        "id": f"{NAMESPACE}:document:{document.doc_id}",
        "type": "Text",
        "format": "text/plain",
        **{name: value for name, value in known.items() if value is not None},
    }


def _creators(review: dict[str, Any]) -> list[dict[str, str]]:
    """Everybody who judged the claim, by pseudonym; of an adjudicator it is not known who or what it is."""
    kinds = {"person": "Person", "scripted": "Software"}
    found = {judgment["annotator"]: kinds[judgment["kind"]] for judgment in review["judgments"]}
    if review["adjudicator"] and review["adjudicator"] not in found:
        found[review["adjudicator"]] = ""
    return [
        {
            "id": f"{NAMESPACE}:annotator:{quote(name, safe='')}",
            **({"type": kind} if kind else {}),
            "nickname": name,
        }
        for name, kind in found.items()
    ]
