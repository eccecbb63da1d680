"""One line of JSON at a time: what kind of record it is, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from toolkit import schema
from toolkit.files import Line, read_records
from toolkit.gold.checks.catalogue import check_claim, check_document, check_mention, check_together
from toolkit.gold.checks.sets import Register
from toolkit.gold.fault import Fault, Place
from toolkit.gold.library import Library
from toolkit.model import Annotation, Claim, Document, Draft, Issue, Source, Split, from_checked
from toolkit.reading import broken

T = TypeVar("T")
KINDS: dict[str, type] = {
    "annotation": Annotation, "claim": Claim, "document": Document, "draft": Draft, "source": Source,
    "split": Split,
}  # fmt: skip
ALIKE = 0.4
ASK_INGEST = "give claims, documents, drafts or annotations; articles first go through `factcheck ingest`"


def kind_of(record: dict[str, Any]) -> str | None:
    """Which kind of record has most keys in common with this one; None when none comes near."""
    for kind in KINDS:
        if record.keys() == _keys(kind):
            return kind
    best = max(KINDS, key=lambda kind: _likeness(kind, record))
    return best if _likeness(best, record) >= ALIKE else None


def read_placed(kind: type[T], path: str) -> Iterator[tuple[Place, T] | Issue]:
    """The records of one kind in a file, each with its place; bad ones as issues."""
    for line in read_records(path):
        if isinstance(line, Issue):
            yield line
            continue
        faults = list(broken(kind.__name__.lower(), line))
        yield from faults
        if not faults:
            yield _place(line), from_checked(kind, line.record)


class Scope:
    """Records that belong together, a file or a dataset: checked one by one, then as a whole."""

    def __init__(self, library: Library, register: Register, *, in_dataset: bool = False) -> None:
        self.library, self.register, self.in_dataset = library, register, in_dataset
        self.kinds: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.without_text = 0
        self.quote_chars: int | None = None

    def check_line(self, line: Line | Issue) -> Iterator[Issue]:
        """What is wrong with one line; its documents are kept for later claims."""
        if isinstance(line, Issue):
            yield line
            return
        place, kind = _place(line), kind_of(line.record)
        if kind is None:
            yield place.issue(
                "file/kind", Fault("", "not a record of the toolkit", ASK_INGEST, sorted(line.record))
            )
            return
        self.kinds[kind] += 1
        faults = list(broken(kind, line))
        yield from faults
        if not faults:
            yield from self.check(from_checked(KINDS[kind], line.record), place)

    def check(self, record: Any, place: Place) -> Iterator[Issue]:
        """What is wrong with a record that fits its schema."""
        if isinstance(record, Claim):
            yield from self._claim(record, place)
        elif isinstance(record, Document):
            yield from check_document(record, place)
            self.library.add(record)
        elif isinstance(record, Draft):
            yield from self._embedded(record, place)
            for index, claim in enumerate(record.claims):
                self.register.add(claim, _inner(place, f"/claims/{index}", claim.claim_id))
        elif isinstance(record, Annotation):
            yield from self._embedded(record, place)
            yield from _doubles(record.claims, place)

    def check_whole(self) -> Iterator[Issue]:
        """What is wrong between the records."""
        yield from check_together(self.register)

    def _claim(self, claim: Claim, place: Place) -> Iterator[Issue]:
        self.statuses[claim.review.status] += 1
        document = self.library.find(claim.doc_id)
        self.without_text += self.library.empty
        for fault in self.library.missing(claim.doc_id):
            yield place.issue("known-document", fault)
        yield from check_claim(
            claim, document, place, in_dataset=self.in_dataset, quote_chars=self.quote_chars
        )
        self.register.add(claim, place)

    def _embedded(self, record: Draft | Annotation, place: Place) -> Iterator[Issue]:
        document = record.document
        yield from check_document(document, _inner(place, "/document", document.doc_id))
        self.library.add(document)
        for index, mention in enumerate(record.mentions):
            yield from check_mention(mention, document, _inner(place, f"/mentions/{index}", document.doc_id))
        for index, claim in enumerate(record.claims):
            yield from check_claim(claim, document, _inner(place, f"/claims/{index}", claim.claim_id))


def _doubles(claims: Sequence[Claim], place: Place) -> Iterator[Issue]:
    """The check ``unique`` inside one annotation; several annotators may well have the same claim."""
    seen: set[str] = set()
    for index, claim in enumerate(claims):
        if claim.claim_id in seen:
            fault = Fault(
                "/claim_id", "stands twice in this annotation", "keep one of the two", claim.claim_id
            )
            yield _inner(place, f"/claims/{index}", claim.claim_id).issue("unique", fault)
        seen.add(claim.claim_id)


def _place(line: Line) -> Place:
    name = next((line.record[key] for key in ("claim_id", "doc_id") if key in line.record), None)
    return Place(line.path, line.number, "", None if name is None else str(name))


def _inner(place: Place, pointer: str, record: str) -> Place:
    return Place(place.path, place.line, pointer, record)


def _likeness(kind: str, record: dict[str, Any]) -> float:
    keys = _keys(kind)
    return len(keys & record.keys()) / len(keys | record.keys())


@cache
def _keys(kind: str) -> frozenset[str]:
    return frozenset(schema.load(kind)["properties"])
