"""schema.org (``claimreview.jsonl``): a ``ClaimReview`` where there is a verdict, else a ``Claim``.

One JSON-LD object a line. A claim says its statement, who makes it and the report it appears in. What
the record does not tell is left out: whether a claimer is a person or a body, the address of a review,
a rating in figures. A claimer who denies the content or says nothing of it is not given as its author.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.files import write_records
from toolkit.gold.dataset import Dataset, Written
from toolkit.model import Document

FILE = "claimreview.jsonl"
CONTEXT = "https://schema.org"
NAMESPACE = "urn:factcheck-toolkit"


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write one object a claim; the notes count what schema.org has no place for."""
    lost: Counter[str] = Counter()
    count = write_records(folder / FILE, _lines(dataset, lost))
    notes = ["offsets, counts as intervals, certainty, events, relations and judgments have no place here"]
    notes += [f"{number} {what}" for what, number in sorted(lost.items())]
    yield Written(FILE, count, tuple(notes))


def _lines(dataset: Dataset, lost: Counter[str]) -> Iterator[dict[str, Any]]:
    for claim in dataset.claims():
        node = claim_node(claim, dataset.document(claim["doc_id"]))
        if claim["claimer"] and claim["stance"] != "affirm":
            lost["claims stand without the claimer, who denies or withholds them"] += 1
        if claim["via"]:
            lost["claims have outer sources"] += 1
        if claim["verdict"]:
            lost["reviews have no address, which search engines ask for"] += 1
            node = _review(claim, node)
        elif claim["evidence"]:
            lost["claims have evidence but no verdict to cite it"] += 1
        yield {"@context": CONTEXT, **node}


def claim_node(claim: dict[str, Any], document: Document | None) -> dict[str, Any]:
    """The ``Claim`` of a record; what is unknown has no key."""
    node = {
        "@type": "Claim",
        "@id": f"{NAMESPACE}:claim:{claim['claim_id']}",
        "identifier": claim["claim_id"],
        "text": claim["normalized"] or claim["span"]["text"],
        "appearance": _report(claim["doc_id"], document),
    }
    if claim["claimer"] and claim["stance"] == "affirm":
        node["author"] = {"name": claim["claimer"]["name"]}
    return node


def _report(doc_id: str, document: Document | None) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@type": "CreativeWork", "@id": f"{NAMESPACE}:document:{doc_id}", "identifier": doc_id,
    }  # fmt: skip
    if document is not None:
        publisher = {"@type": "Organization", "name": document.publisher} if document.publisher else None
        known = {
            "url": document.url, "headline": document.title, "publisher": publisher,
            "datePublished": document.published_at, "inLanguage": document.language,
        }  # fmt: skip
        node |= {name: value for name, value in known.items() if value is not None}
    return node


def _review(claim: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    verdict = claim["verdict"]
    cited = [_cited(evidence) for evidence in claim["evidence"]]
    return {
        "@type": "ClaimReview",
        "@id": f"{NAMESPACE}:review:{claim['claim_id']}",
        "claimReviewed": node["text"],
        "author": {"name": verdict["reviewer"]},
        "datePublished": verdict["date"],
        "reviewBody": verdict["justification"],
        "reviewRating": {"@type": "Rating", "alternateName": verdict["label"].replace("_", " ")},
        **({"citation": cited} if cited else {}),
        "itemReviewed": node,
    }


def _cited(evidence: dict[str, Any]) -> dict[str, Any]:
    known = {"url": evidence["url"], "text": evidence["quote"], "description": evidence["note"]}
    return {
        "@type": "CreativeWork",
        **{name: value for name, value in known.items() if value is not None},
    }
