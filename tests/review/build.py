"""Annotators at work on small texts: claims by what differs, mentions by their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tests.gold.build import make_annotation, make_claim, make_document, place
from toolkit.model import Annotation, Claim, Document, Judgment, Label, Mention, Review
from toolkit.model.claim import ReviewStatus

SHORT = "At least 84 villagers were killed"


def judged(claim: Claim, annotator: str, status: ReviewStatus, **changes: Any) -> Claim:
    """The claim as one annotator left it."""
    number = sum(annotator.encode())
    review = Review(status, (Judgment(annotator, "person", status, number),), None, None)
    return replace(claim, review=review, **changes)


def added(claim: Claim, annotator: str, name: str, **changes: Any) -> Claim:
    """The claim as a person would have drawn it, with an id of its own."""
    human = replace(claim.provenance, origin="human", rule_ids=(), rules_version=None, score=None)
    return judged(
        replace(claim, claim_id=f"claim-{name:0>16}", provenance=human), annotator, "added", **changes
    )


def work(
    annotator: str, claims: Iterable[Claim] = (), document: Document | None = None,
    mentions: Iterable[tuple[Label, str]] = (), **more: Any,
) -> Annotation:  # fmt: skip
    """One annotator's work; ``mentions`` are labels and words."""
    document = document or make_document()
    spans = [(label, place(document, words)) for label, words in mentions]
    made = make_annotation(
        document, claims=claims, annotator=annotator, annotation=sum(annotator.encode()),
        state="annotated" if claims else "empty", **more,
    )  # fmt: skip
    return replace(
        made, mentions=tuple(Mention(label, one.start, one.end, one.text, ()) for label, one in spans)
    )


def suggestion(document: Document | None = None, content: str = SHORT) -> Claim:
    """A suggested claim."""
    return make_claim(document, content=content, status="pre_annotated")
