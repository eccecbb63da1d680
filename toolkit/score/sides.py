"""Read gold and drafts; both wait on disk until they leave together, document by document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from toolkit.errors import DataError
from toolkit.files import Line, Progress, read_records
from toolkit.model import Claim, Issue, from_checked
from toolkit.reading import broken
from toolkit.score.compare import Rules
from toolkit.spool import Spool

_NOT_GOLD = "rejected"


def gold_files(gold: str, documents: Sequence[str]) -> tuple[str, list[str]]:
    """The file of claims and those of documents behind GOLD, which is a file or a dataset's folder.

    Raises ``DataError`` when a folder holds no claims.jsonl.
    """
    folder = Path(gold)
    if not folder.is_dir():
        return gold, list(documents)
    claims, texts = folder / "claims.jsonl", folder / "documents.jsonl"
    if not claims.is_file():
        raise DataError(
            "no claims.jsonl in this folder", place=gold,
            fix="name a dataset that has the format jsonl, or a file of claims",
        )  # fmt: skip
    return str(claims), [*documents, *([str(texts)] if texts.is_file() else [])]


class Side:
    """The claims of one side by document. ``keep`` takes a line in and gives what is wrong with it."""

    def __init__(self, spool: Spool, on_progress: Progress | None) -> None:
        self.spool, self._on_progress, self._done = spool, on_progress, 0

    def read_claims(self, path: str) -> Iterator[Issue]:
        """Gold claims; rejected ones are no gold. The same claim twice counts once."""
        for line in self._lines(path):
            if isinstance(line, Issue):
                yield line
                continue
            if "claims" in line.record:
                yield _issue(line, "a draft or annotation, not a claim",
                             "adjudicate annotations into claims first")  # fmt: skip
                continue
            faults = list(broken("claim", line))
            yield from faults
            if not faults and line.record["review"]["status"] != _NOT_GOLD:
                record = line.record
                self.spool.add(
                    record["doc_id"], {"claim": record}, place=1 + record["span"]["start"],
                    id=record["claim_id"],
                )  # fmt: skip

    def read_documents(self, path: str) -> Iterator[Issue]:
        """Documents (with or without texts), or drafts, whose claims are all there are in them."""
        for line in self._lines(path):
            if isinstance(line, Issue):
                yield line
                continue
            record = line.record.get("document", line.record)
            if not isinstance(record, dict) or not {"doc_id", "text_sha256"} <= record.keys():
                yield _issue(line, "not a document", "give what `factcheck ingest` wrote")
                continue
            self.spool.add(str(record["doc_id"]), {"document": _about(record)}, id="document")

    def read_drafts(self, path: str) -> Iterator[Issue]:
        """Drafts; a second one of a document is an issue."""
        for line in self._lines(path):
            if isinstance(line, Issue):
                yield line
                continue
            faults = list(broken("draft", line))
            yield from faults
            if faults:
                continue
            record, document = line.record, line.record["document"]
            mentions = [[m["label"], m["start"], m["end"], m["rule_ids"]] for m in record["mentions"]]
            kept = {"document": _about(document), "claims": record["claims"], "mentions": mentions}
            if not self.spool.add(document["doc_id"], kept, id="draft"):
                yield _issue(line, "a second draft of this document", "keep one of the two",
                             document["doc_id"])  # fmt: skip

    def by_document(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """The records of each document, in the order of ids."""
        for doc_id, records in groupby(self.spool, key=_doc_id):
            yield doc_id, list(records)

    def _lines(self, path: str) -> Iterator[Line | Issue]:
        for line in read_records(path):
            self._done += 1
            if self._on_progress:
                self._on_progress(self._done, None)
            yield line


def claims_of(records: Sequence[dict[str, Any]]) -> list[Claim]:
    """The claims among a document's records; what was kept is sound."""
    found = [record["claim"] for record in records if "claim" in record]
    found += [claim for record in records for claim in record.get("claims", ())]
    return [from_checked(Claim, record) for record in found]


def rules_of(records: Sequence[dict[str, Any]]) -> Rules:
    """The rules behind each span that a document's draft mentions."""
    return {
        (label, start, end): tuple(rule_ids)
        for record in records for label, start, end, rule_ids in record.get("mentions", ())
    }  # fmt: skip


def digest_of(records: Sequence[dict[str, Any]]) -> str:
    """The digest of the text that a document's records point into."""
    first = records[0]
    return str((first.get("document") or first["claim"])["text_sha256"])


def _doc_id(record: dict[str, Any]) -> str:
    return str((record.get("document") or record["claim"])["doc_id"])


def _about(document: dict[str, Any]) -> dict[str, str]:
    return {key: str(document.get(key) or "") for key in ("doc_id", "text_sha256", "source_path")}


def _issue(line: Line, message: str, fix: str, record: str | None = None) -> Issue:
    return Issue(
        check="score/kind", path=line.path, line=line.number, message=message, fix=fix, record=record
    )
