"""Parts for training and testing: documents are divided by event, so that no part knows another's.

Reports of one event tell the same story, so a model that saw one of them in training has seen the test. A
group is an event with all its documents; a document of several events joins them; a document without an
event is a group of its own. A digest of seed and group says which split it falls into: the order of records
plays no part, and documents that come later leave the others where they are.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.errors import SettingsError
from toolkit.files import write_records
from toolkit.gold.checks.parts import SPLITS
from toolkit.gold.dataset import Dataset, Written
from toolkit.model import SCHEMA_VERSION, Split, Splits, to_record

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_EXAMPLE = "for instance train=0.8,dev=0.1,test=0.1"


@dataclass(frozen=True, slots=True)
class Plan:
    """The share of each split, in order; they add up to 1."""

    shares: Mapping[str, float]
    seed: int = 0

    def split_of(self, group: str) -> str:
        """The split that a group falls into."""
        found = hashlib.sha256(f"{self.seed}\0{group}".encode()).digest()
        place, reached = int.from_bytes(found[:8], "big") / 2**64, 0.0
        for name, share in self.shares.items():
            reached += share
            if place < reached:
                return name
        return list(self.shares)[-1]


def parse(text: str, seed: int) -> Plan:
    """The plan that ``train=0.8,dev=0.1,test=0.1`` means.

    Raises ``SettingsError`` when names or shares are no such plan.
    """
    shares: dict[str, float] = {}
    for part in text.split(","):
        name, _, figure = (piece.strip() for piece in part.partition("="))
        if not _NAME.fullmatch(name) or name in shares or not re.fullmatch(r"[0-9]*\.?[0-9]+", figure):
            raise SettingsError(f"--split: {part.strip()!r} is no new name with a share", fix=_EXAMPLE)
        shares[name] = float(figure)
    if min(shares.values()) <= 0 or abs(sum(shares.values()) - 1) > 1e-9:
        raise SettingsError(f"--split: the shares add up to {sum(shares.values()):g}, not 1", fix=_EXAMPLE)
    return Plan(shares, seed)


def event_of(claim: dict[str, Any]) -> str | None:
    """The id of a claim record's event."""
    found: str | None = (claim["event"] or {}).get("event_id")
    return found


class Assignment:
    """Which split each document of some claim records is in. Events and documents wait in a temporary
    database; only events that share a document are kept in memory."""

    def __init__(
        self, plan: Plan, claims: Iterable[dict[str, Any]], database: sqlite3.Connection
    ) -> None:  # fmt: skip
        self._plan, self._database = plan, database
        self._joined: dict[str, str] = {}
        database.execute("CREATE TABLE grouped (doc TEXT PRIMARY KEY, event TEXT, claims INT) WITHOUT ROWID")
        for claim in claims:
            self._add(claim["doc_id"], event_of(claim))

    def _add(self, doc_id: str, event: str | None) -> None:
        kept, claims = self._row(doc_id)
        if kept is not None and event is not None:
            self._join(kept, event)
        row = (doc_id, event if kept is None else kept, claims + 1)
        self._database.execute("INSERT OR REPLACE INTO grouped VALUES (?, ?, ?)", row)

    def of(self, doc_id: str) -> Split:
        """The group and split of a document, whether it has claims or not."""
        event, _ = self._row(doc_id)
        group = doc_id if event is None else self._root(event)
        return Split(SCHEMA_VERSION, doc_id, group, self._plan.split_of(group))

    def split_of(self, doc_id: str) -> str:
        """The split of a document."""
        return self.of(doc_id).split

    def write(self, dataset: Dataset, folder: Path) -> Iterator[Written]:
        """Write ``splits.jsonl``, one line a document; notes name splits that stayed empty."""
        filled = {split.split for split in self._splits(dataset)}
        count = write_records(folder / SPLITS, (to_record(split) for split in self._splits(dataset)))
        empty = [name for name in self._plan.shares if name not in filled]
        notes = (f"empty, as there are too few groups: {', '.join(empty)}",) if empty else ()
        yield Written(SPLITS, count, notes)

    def summary(self, dataset: Dataset) -> Splits:
        """What the manifest says of it."""
        documents, claims = (Counter(dict.fromkeys(self._plan.shares, 0)) for _ in range(2))
        for split in self._splits(dataset):
            documents[split.split] += 1
            claims[split.split] += self._row(split.doc_id)[1]
        return Splits(self._plan.seed, dict(self._plan.shares), dict(documents), dict(claims))

    def _splits(self, dataset: Dataset) -> Iterator[Split]:
        if dataset.document_count:
            yield from (self.of(record["doc_id"]) for record in dataset.documents())
        else:
            rows = self._database.execute("SELECT doc FROM grouped ORDER BY doc")
            yield from (self.of(row[0]) for row in rows)

    def _row(self, doc_id: str) -> tuple[str | None, int]:
        query = "SELECT event, claims FROM grouped WHERE doc = ?"
        row = self._database.execute(query, (doc_id,)).fetchone()
        return (None, 0) if row is None else (row[0], row[1])

    def _root(self, event: str) -> str:
        while event in self._joined:
            event = self._joined[event]
        return event

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self._root(one), self._root(other)))
        if first != second:
            self._joined[second] = first
