"""JSON Lines of one kind of record, held against its schema, as model dataclasses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from toolkit import schema
from toolkit.files import Line, read_records
from toolkit.model import Issue, from_checked

T = TypeVar("T")


def read(kind: type[T], path: str | Path) -> Iterator[T | Issue]:
    """The records of a file (``-`` is stdin); each bad one is an ``Issue`` and the rest goes on.

    ``kind`` is a model dataclass with a schema of its name: Document, Draft, Annotation, Claim.
    Raises ``DataError`` when the file cannot be opened.
    """
    for line in read_records(path):
        if isinstance(line, Issue):
            yield line
            continue
        faults = list(broken(kind.__name__.lower(), line))
        if faults:
            yield from faults
        else:
            yield from_checked(kind, line.record)


def broken(name: str, line: Line) -> Iterator[Issue]:
    """How one record breaks the schema ``name``, as issues with file, line and pointer."""
    record = line.record
    if schema.surely_fits(name, record):
        return
    for problem in schema.problems(name, record):
        yield Issue(
            check=f"schema/{problem.keyword}", path=line.path, line=line.number,
            record=next((str(record[key]) for key in ("claim_id", "doc_id") if key in record), None),
            pointer=problem.pointer, message=problem.message, fix=problem.fix, found=problem.found,
        )  # fmt: skip
