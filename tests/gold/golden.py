"""The committed demo dataset, exported again in the formats that a test is about."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.gold.build import make_claim, place, write
from toolkit.config import Settings
from toolkit.gold import write_dataset
from toolkit.model import Claim, Document, Manifest, Span, claim_id_for, from_record

DEMO = Path(__file__).parents[2] / "exports" / "demo"


def lines(path: Path) -> list[Any]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def demo_claims() -> list[Claim]:
    """The claims of the demo dataset, in order."""
    return [from_record(Claim, record) for record in lines(DEMO / "claims.jsonl")]


def demo_documents() -> list[Document]:
    """Its documents, in order."""
    return [from_record(Document, record) for record in lines(DEMO / "documents.jsonl")]


def export_demo(
    to: Path, *formats: str, change: Callable[[list[dict[str, Any]]], None] = lambda claims: None
) -> Manifest:
    """Write the demo's claims into the folder ``to``, after ``change`` did something to them."""
    claims = lines(DEMO / "claims.jsonl")
    change(claims)
    return export_to(to, formats, claims, demo_documents())


def export_to(
    to: Path, formats: Iterable[str], claims: Iterable[Any], documents: Iterable[Document]
) -> Manifest:
    """Write claims and documents into the folder ``to``."""
    given = write(to.parent / f"{to.name}-claims.jsonl", claims)
    held = list(documents)
    texts = [write(to.parent / f"{to.name}-documents.jsonl", held)] if held else []
    return write_dataset(given, to=to, settings=Settings(), formats=list(formats), documents=texts)


def notes(manifest: Manifest, path: str) -> dict[str, int]:
    """What the notes of a file count, by what they say."""
    (file,) = (file for file in manifest.files if file.path == path)
    told = (note.split(" ", 1) for note in file.notes)
    return {words[1]: int(words[0]) for words in told if words[0].isdigit()}


def records(manifest: Manifest) -> dict[str, int]:
    """The number of records of each file."""
    return {file.path: file.records for file in manifest.files}


def split_claim(document: Document, *contents: str) -> Claim:
    """A sound claim in several pieces, whose claimer has no words in the text."""
    claim = make_claim(document)
    assert claim.claimer and claim.cue and claim.quantity and claim.victim
    parts = [part for words in contents for part in place(document, words).parts()]
    span = Span.joined(document.text, parts)
    name = claim_id_for(
        document.doc_id, span, claimer=None, cue=claim.cue.span, quantity=claim.quantity.span,
        victim=claim.victim.span, effect=claim.effect,
    )  # fmt: skip
    claimer = replace(claim.claimer, span=None, resolved_by="coreference")
    return replace(claim, claim_id=name, span=span, claimer=claimer)
