"""Small drafts with exact offsets, as many as a test wants."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from toolkit.model import (
    SCHEMA_VERSION,
    Certainty,
    CheckWorthiness,
    Claim,
    Claimer,
    Cue,
    Document,
    Draft,
    Provenance,
    Quantity,
    Review,
    Span,
    Victim,
    claim_id_for,
    digest,
    to_record,
)

RULES = "rules-1"


def draft(number: int = 0, *, version: str = RULES, text: str | None = None) -> Draft:
    """One report with one claim; every number gives another text, and every third one an emoji first."""
    smile = "😀 " if number % 3 == 0 else ""
    text = (
        text
        or f"{smile}Report {number}.\nPolice said that 12 people were killed near Ségou on day {number}.\n"
    )
    document = Document(
        schema_version=SCHEMA_VERSION, doc_id=Document.id_for(text), text_sha256=digest(text),
        title=f"Report {number}", url=None, publisher="The Daily", published_at="2024-07-28", language="en",
        source_path=f"{number}.txt", text=text, regions=(),
    )  # fmt: skip
    return Draft(document, (), (_claim(document, version),))


def drafts(count: int, *, version: str = RULES, start: int = 0) -> list[Draft]:
    """The drafts of the numbers from ``start``."""
    return [draft(number, version=version) for number in range(start, start + count)]


def write(path: Path, made: Sequence[Draft]) -> Path:
    """The drafts as a JSON Lines file."""
    lines = (json.dumps(to_record(one), ensure_ascii=False) for one in made)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def _span(text: str, quote: str) -> Span:
    start = text.index(quote)
    return Span.of(text, start, start + len(quote))


def _claim(document: Document, version: str) -> Claim:
    text = document.text
    content = _span(text, "12 people were killed near Ségou")
    claimer, cue = _span(text, "Police"), _span(text, "said")
    number, people = _span(text, "12"), _span(text, "people")
    sentence = _span(text, text.strip().rsplit("\n", 1)[-1])
    return Claim(
        schema_version=SCHEMA_VERSION,
        claim_id=claim_id_for(
            document.doc_id, content, claimer=claimer, cue=cue, quantity=number, victim=people, effect="death"
        ),
        doc_id=document.doc_id, text_sha256=document.text_sha256, span=content, sentence=sentence,
        normalized=None,
        claimer=Claimer(claimer, "Police", None, "state_forces", "explicit"), via=(),
        cue=Cue(cue, cue, "say", "neutral"), stance="affirm", certainty=Certainty("CT+", "CT+"), hedges=(),
        quantity=Quantity(number, "12", 12, 12, 12, None, "exact", None), effect="death",
        victim=Victim(people, "people", None, "civilian"), event=None, toll_scope=None,
        check_worthiness=CheckWorthiness("CFS", 0.9, ("figure",)), cluster_id=None, relations=(), evidence=(),
        verdict=None,
        provenance=Provenance("rule", ("casualty.passive",), version, 0.9, None, None, None, ()),
        review=Review("pre_annotated", (), None, None),
    )  # fmt: skip
