"""W3C Web Annotation (``webannotation.jsonl``): one JSON-LD annotation a claim, on the report's text.

The target names the text by the document's id and SHA-256, with a position selector (code points,
half-open) and a quote selector with its surroundings; a split quote has a target for each piece. The
bodies are the statement in words, and the claim's fields as one JSON literal, none of them lost.
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
    """Write one annotation a claim; the notes count claims with several targets."""
    split = 0

    def annotations() -> Iterator[dict[str, Any]]:
        nonlocal split
        for claim in dataset.claims():
            document = dataset.document(claim["doc_id"])
            if document is not None:
                split += "pieces" in claim["span"]
                yield annotation(claim, document)

    count = write_records(folder / FILE, annotations())
    notes = (f"{split} claims in several pieces have a target for each piece",) if split else ()
    yield Written(FILE, count, notes)


def annotation(claim: dict[str, Any], document: Document) -> dict[str, Any]:
    """The annotation of a claim; what is unknown (when it was made, for one) has no key."""
    span = claim["span"]
    parts = span.get("pieces") or [span]
    targets = [_target(document, part["start"], part["end"]) for part in parts]
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


def _target(document: Document, start: int, end: int) -> dict[str, Any]:
    text = document.text
    return {
        "source": _source(document),
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": text[start:end],
                "prefix": text[max(start - SURROUNDINGS, 0) : start],
                "suffix": text[end : end + SURROUNDINGS],
            },
        ],
    }


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
