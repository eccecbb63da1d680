"""The named checks: what JSON Schema can't say about records, each a small function.

A check's explanation is its docstring; ``factcheck validate --explain NAME`` prints it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import partial

from toolkit.gold.checks import sets, texts, values
from toolkit.gold.checks.sets import Register, SetCheck
from toolkit.gold.fault import Fault, Place
from toolkit.model import Claim, Document, Issue, Mention

ClaimCheck = Callable[[Claim, Document | None], Iterator[Fault]]
DocumentCheck = Callable[[Document], Iterator[Fault]]

TEXT: dict[str, ClaimCheck] = {
    "inside": texts.inside,
    "slice": texts.slice_equals_text,
    "document": texts.own_document,
}
VALUES: dict[str, ClaimCheck] = {
    "boilerplate": texts.no_boilerplate,
    "sentence": texts.sentence_holds_start,
    "interval": values.interval,
    "modifier": values.modifier,
    "vague": values.vague,
    "dates": values.dates,
    "polarity": values.polarity,
    "attribution": values.attribution,
    "judgments": values.judgments,
}
DATASET: dict[str, ClaimCheck] = {
    "reviewed": values.reviewed,
    "pseudonyms": values.pseudonyms,
}
ALL = {**TEXT, **VALUES}
DOCUMENTS: dict[str, DocumentCheck] = {
    "digest": texts.digest_is_true,
    "canonical": texts.text_is_canonical,
    "regions": texts.regions_inside,
}
SETS: dict[str, SetCheck] = {
    "unique": sets.unique,
    "targets": sets.targets,
    "symmetric": sets.symmetric,
    "disjoint": sets.disjoint,
}
OTHERS = {
    "mention": texts.mention_slice.__doc__ or "",
    "texts": "A note: without documents, slices are held against lengths alone. Give them with --documents.",
    "known-document": "Where documents are given, the document of every claim is among them.",
    "leakage": "In a dataset with splits every document is in one of them, and no event in two.",
    "schema/…": "The record breaks its JSON Schema (folder schemas/); the name ends with its keyword.",
    "settings": "A project, rule, entity or event file breaks its schema or is not plain YAML.",
    "file/json": "A line is not one JSON object in UTF-8: cut off, a key twice, NaN, too long …",
    "file/open": "A file or folder is not there, or may not be read.",
    "file/kind": "Neither claims, documents, drafts or annotations, nor a dataset, nor settings.",
    "file/empty": "A file has no records.",
    "manifest/format": "manifest.json is not JSON, breaks its schema, or is of another claim schema.",
    "manifest/file": "Every file of the manifest is a plain file in the folder, with its size and SHA-256.",
    "manifest/extra": "The folder holds nothing that the manifest doesn't name, besides SHA256SUMS.",
    "manifest/sums": "SHA256SUMS names every file and the manifest itself with their digests.",
    "manifest/counts": "The manifest's counts are those of claims.jsonl and documents.jsonl.",
}


def explanations() -> dict[str, str]:
    """What each check holds records to, by the name that issues give in brackets."""
    named = {**TEXT, **VALUES, **DATASET, **DOCUMENTS, **SETS}
    texts = {name: inspect.getdoc(check) or "" for name, check in named.items()}
    return {name: " ".join(text.split()) for name, text in {**texts, **OTHERS}.items()}


def explanation(name: str) -> str | None:
    """What one check holds records to; None when no check is called so."""
    return explanations().get("schema/…" if name.startswith("schema/") else name)


def check_claim(
    claim: Claim, document: Document | None, place: Place, *, in_dataset: bool = False,
    quote_chars: int | None = None,
) -> Iterator[Issue]:  # fmt: skip
    """What is wrong with one claim; a rejected one is only held against its text. ``quote_chars`` is the
    longest quote of a dataset without article texts."""
    named = TEXT if claim.review.status == "rejected" else ALL
    if quote_chars is not None:
        named = named | {"slice": partial(texts.slice_equals_text, quote_chars=quote_chars)}
    for checks in (named, DATASET if in_dataset else {}):
        for name, check in checks.items():
            for fault in check(claim, document):
                yield place.issue(name, fault)


def check_document(document: Document, place: Place) -> Iterator[Issue]:
    """What is wrong with one document."""
    for name, check in DOCUMENTS.items():
        for fault in check(document):
            yield place.issue(name, fault)


def check_mention(mention: Mention, document: Document, place: Place) -> Iterator[Issue]:
    """What is wrong with one mention of a draft or annotation."""
    for fault in texts.mention_slice((mention.start, mention.end, mention.text), document):
        yield place.issue("mention", fault)


def check_together(register: Register) -> Iterator[Issue]:
    """What is wrong between the claims of one file or dataset."""
    for name, check in SETS.items():
        for place, fault in check(register):
            yield place.issue(name, fault)
