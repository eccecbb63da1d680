"""Datasets that were divided or carry no texts: what a claim, its document and its split say of each other.

These need a second look at ``claims.jsonl``, beside what stands in the other files; both wait in a temporary
database, so memory does not grow with the dataset. Lines that are no sound records were reported before.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.files import Line, read_records
from toolkit.gold import manifest as manifests
from toolkit.gold.fault import Fault, Place, spans_of
from toolkit.model import Claim, Issue, Manifest, Source, Split, Splits, from_record
from toolkit.spool import scratch

SPLITS = "splits.jsonl"
AGAIN = "export the dataset again"
_TABLES = (
    "CREATE TABLE source (doc TEXT PRIMARY KEY, sha TEXT, chars INT) WITHOUT ROWID",
    "CREATE TABLE part (doc TEXT PRIMARY KEY, split TEXT, line INT) WITHOUT ROWID",
    "CREATE TABLE seen (event TEXT, split TEXT, doc TEXT, PRIMARY KEY (event, split)) WITHOUT ROWID",
)


def check(folder: Path, manifest: Manifest) -> Iterator[Issue]:
    """What is wrong between the claims, sources and splits of a dataset; nothing where it has neither."""
    if manifest.splits is None and manifest.quotes is None:
        return
    with scratch() as database:
        for table in _TABLES:
            database.execute(table)
        if manifest.splits is not None:
            yield from _splits(folder, manifest.splits, database)
        sources = manifest.quotes is not None and _sources(folder, database)
        claims: Counter[str] = Counter()
        for place, claim in _records(folder / "claims.jsonl", Claim):
            if sources:
                yield from (place.issue("known-document", fault) for fault in _unlike(claim, database))
            if manifest.splits is not None:
                yield from (place.issue("leakage", fault) for fault in _leaks(claim, database, claims))
        if manifest.splits is not None and claims:
            yield from _counted(folder, "claims", manifest.splits.claims, claims)


def _splits(folder: Path, splits: Splits, database: sqlite3.Connection) -> Iterator[Issue]:
    """Take in splits.jsonl: every document once, in a split that the manifest names."""
    found: Counter[str] = Counter()
    for place, part in _records(folder / SPLITS, Split):
        found[part.split] += 1
        if part.split not in splits.shares:
            known = ", ".join(splits.shares)
            yield place.issue(
                "leakage", Fault("/split", f"the manifest has no split {part.split!r}", known, part.split)
            )
        query = "INSERT OR IGNORE INTO part VALUES (?, ?, ?)"
        if database.execute(query, (part.doc_id, part.split, place.line)).rowcount == 0:
            fault = Fault("/doc_id", "this document stands in the splits already", AGAIN, part.doc_id)
            yield place.issue("leakage", fault)
    yield from _counted(folder, "documents", splits.documents, found)


def _leaks(claim: Claim, database: sqlite3.Connection, claims: Counter[str]) -> Iterator[Fault]:
    """The check ``leakage`` for one claim: its document has a split, and its event no other."""
    row = database.execute("SELECT split FROM part WHERE doc = ?", (claim.doc_id,)).fetchone()
    if row is None:
        yield Fault("/doc_id", f"this document is not in {SPLITS}", AGAIN, claim.doc_id)
        return
    claims[row[0]] += 1
    event = claim.event.event_id if claim.event else None
    if event is None:
        return
    query = "SELECT split, doc FROM seen WHERE event = ? AND split != ?"
    other = database.execute(query, (event, row[0])).fetchone()
    entry = (event, row[0], claim.doc_id)
    new = database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", entry).rowcount
    if other is not None and new:
        yield Fault(
            "/event/event_id", f"{event} is in {row[0]} here and in {other[0]} with {other[1]}",
            "put all documents of an event into one split", event,
        )  # fmt: skip


def _sources(folder: Path, database: sqlite3.Connection) -> bool:
    """Take in the documents that stand there without their texts; False when there are none."""
    for _, source in _records(folder / "documents.jsonl", Source):
        row = (source.doc_id, source.text_sha256, source.chars)
        database.execute("INSERT OR IGNORE INTO source VALUES (?, ?, ?)", row)
    return bool(database.execute("SELECT 1 FROM source LIMIT 1").fetchone())


def _unlike(claim: Claim, database: sqlite3.Connection) -> Iterator[Fault]:
    """The check ``known-document`` where texts are left out: digest and length are the claim's."""
    query = "SELECT sha, chars FROM source WHERE doc = ?"
    row = database.execute(query, (claim.doc_id,)).fetchone()
    if row is None:
        yield Fault("/doc_id", "this document is not in documents.jsonl", AGAIN, claim.doc_id)
    elif row[0] != claim.text_sha256:
        yield Fault("/text_sha256", "is another text than the document's", AGAIN, claim.text_sha256)
    else:
        for pointer, span in spans_of(claim):
            if span.end > row[1]:
                message = f"ends at {span.end}, the text has {row[1]} code points"
                yield Fault(pointer, message, "correct start and end", span.end)


def _counted(folder: Path, what: str, said: dict[str, int], found: Counter[str]) -> Iterator[Issue]:
    if {name: count for name, count in said.items() if count} != dict(found):
        shown = ", ".join(f"{count} in {name}" for name, count in sorted(found.items())) or "none"
        fault = Fault(f"/splits/{what}", f"there are {shown}", AGAIN, said)
        yield Place(str(folder / manifests.MANIFEST)).issue("manifest/counts", fault)


def _records(path: Path, kind: type[Any]) -> Iterator[tuple[Place, Any]]:
    """The sound records of one kind in a file, each with its place; none when the file is not there."""
    if not path.is_file():
        return
    for line in read_records(path):
        if isinstance(line, Line):
            try:
                record = from_record(kind, line.record)
            except ValueError:
                continue
            name = str(line.record.get("claim_id") or line.record.get("doc_id"))
            yield Place(line.path, line.number, "", name), record
