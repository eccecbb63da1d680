"""Claims and documents to test with, built from a text and the words in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from toolkit import schema
from toolkit.files import write_records
from toolkit.model import (
    Annotation,
    Certainty,
    CheckWorthiness,
    Claim,
    Claimer,
    Cue,
    Document,
    Draft,
    Event,
    Judgment,
    Location,
    Mention,
    Provenance,
    Quantity,
    Quarantined,
    Region,
    Review,
    Span,
    Victim,
    When,
    claim_id_for,
    digest,
    to_record,
)
from toolkit.model.annotation import AnnotationState
from toolkit.model.claim import ReviewStatus

CONTENT = "At least 84 villagers were killed on July 27 near Tinzé"
TEXT = (
    "Flood kills villagers \N{WATER WAVE}\n\n"
    "At least 84 villagers were killed on July 27 near Tinzé, Colonel Adama said on Monday.\n"
    "“We counted 47,” a nurse told this paper, “no more.”\n"
    "Subscribe to our newsletter!\n"
)


def make_document(
    text: str = TEXT, *, published_at: str | None = "2024-07-29", title: str = "Flood"
) -> Document:
    """The document of a text; its line "Subscribe …" is marked as boilerplate."""
    junk = text.find("Subscribe")
    regions = (Region(junk, junk + 28, "boilerplate", "subscription"),) if junk >= 0 else ()
    return Document(
        schema_version="1", doc_id=Document.id_for(text), text_sha256=digest(text), title=title,
        url="https://news.example/flood", publisher="Example Post", published_at=published_at, language="en",
        source_path="flood.txt", text=text, regions=regions,
    )  # fmt: skip


def place(document: Document, words: str) -> Span:
    """The span of the first place where the words stand."""
    start = document.text.index(words)
    return Span.of(document.text, start, start + len(words))


def make_claim(
    document: Document | None = None, *, content: str = CONTENT,
    status: ReviewStatus = "accepted", effect: str = "death",
) -> Claim:  # fmt: skip
    """A sound claim about the document: who says it, the count, the victims, where and when."""
    document = document or make_document()
    span, claimer = place(document, content), place(document, "Colonel Adama")
    cue, count, victim = (
        place(document, "said"),
        place(document, "At least 84"),
        place(document, "villagers were"),
    )
    victim = Span.of(document.text, victim.start, victim.start + 9)
    line_end = document.text.index("\n", span.start)
    return Claim(
        schema_version="1",
        claim_id=claim_id_for(
            document.doc_id, span, claimer=claimer, cue=cue, quantity=count, victim=victim, effect=effect
        ),
        doc_id=document.doc_id, text_sha256=document.text_sha256, span=span,
        sentence=Span.of(document.text, document.text.rindex("\n", 0, span.start) + 1, line_end),
        normalized=None, claimer=Claimer(claimer, "Adama", None, "state_forces", "explicit"), via=(),
        cue=Cue(cue, place(document, "said on Monday"), "say", "neutral"), stance="affirm",
        certainty=Certainty("CT+", "Uu"), hedges=(),
        quantity=Quantity(count, "At least 84", 84, 84, None, "villagers", "at_least", None),
        effect="death", victim=Victim(victim, "villagers", None, "civilian"),
        event=Event(
            "flood-2024", Location(place(document, "Tinzé"), "Tinzé", None, True),
            When(place(document, "July 27"), "2024-07-27", "2024-07-27", "day", "on"),
        ),
        toll_scope="overall", check_worthiness=CheckWorthiness("CFS", 0.9, ("has a count",)), cluster_id=None,
        relations=(), evidence=(), verdict=None,
        provenance=Provenance("rule", ("casualty.passive",), "0123abcd", 0.8, "Claims", 3, 7, ("r1",)),
        review=Review(status, (Judgment("ann-1", "person", status, 7),), None, None),
    )  # fmt: skip


def many(count: int, *, per_document: int = 2) -> tuple[list[Document], list[Claim]]:
    """Documents whose texts differ, and sound claims about each, in no particular order."""
    documents = [make_document(f"{TEXT}Report {number}.\n") for number in range(-(-count // per_document))]
    contents = (CONTENT, "At least 84 villagers were killed")
    claims = [
        make_claim(document, content=contents[which % 2], effect=f"death{which // 2}")
        for document in documents
        for which in range(per_document)
    ]
    return documents, claims[:count]


def make_annotation(
    document: Document | None = None, *, claims: Iterable[Claim] = (), state: AnnotationState = "annotated",
    annotator: str = "ann-1", annotation: int = 7, task: int = 3, quarantined: tuple[Quarantined, ...] = (),
) -> Annotation:  # fmt: skip
    """One annotator's work on a document."""
    document = document or make_document()
    return Annotation(
        schema_version="1", project="Claims", project_id=1, task=task, annotation=annotation,
        annotator=annotator, annotator_kind="person", state=state, created_at="2024-08-01T10:00:00Z",
        updated_at="2024-08-01T10:05:00Z", model_version="0123abcd", document=document, mentions=(),
        claims=tuple(claims), quarantined=quarantined, result=(),
    )  # fmt: skip


def make_draft(document: Document | None = None, *, claims: Iterable[Claim] = ()) -> Draft:
    """A draft with one mention."""
    document = document or make_document()
    span = place(document, "Colonel Adama")
    mention = Mention("CLAIMER", span.start, span.end, span.text, ("claimer.rank",))
    return Draft(document, (mention,), tuple(claims))


def write(path: Path, records: Iterable[Any]) -> str:
    """A JSON Lines file of model records (or plain JSON objects); its path as text."""
    write_records(path, (record if isinstance(record, dict) else to_record(record) for record in records))
    return str(path)


def fits(name: str, record: Any) -> bool:
    """Whether the schema has nothing to say."""
    return not list(schema.problems(name, to_record(record)))
