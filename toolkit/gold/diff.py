"""What differs between two datasets or files: records added, removed, changed, field by field.

Records are told apart by their id. Both sides wait in temporary files in the order of ids, so memory does
not grow with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from toolkit.errors import DataError
from toolkit.files import Progress, read_records
from toolkit.gold import manifest as manifests
from toolkit.gold.quotes import cut_record
from toolkit.model import Issue
from toolkit.spool import Spool, spool

Kind = Literal["added", "removed", "changed"]
KEYS = {"claim_id": "claims.jsonl", "doc_id": "documents.jsonl"}
# Another pull or server changes these, and no claim says anything else for it.
BOOKKEEPING = ("/provenance", "/review", "/source_path")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One place (JSON pointer) that differs; ``absent`` says on which side nothing stands there."""

    pointer: str
    old: Any
    new: Any
    absent: Literal["old", "new"] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One record that is on one side only or differs; ``about`` is its content or headline."""

    kind: Kind
    record: str
    about: str
    fields: tuple[FieldChange, ...] = ()

    @property
    def of_substance(self) -> bool:
        """Whether what the record says differs, and not only who made and reviewed it."""
        return self.kind != "changed" or any(not one.pointer.startswith(BOOKKEEPING) for one in self.fields)


@dataclass(slots=True)
class Summary:
    """Counts over all changes; ``old`` and ``new`` of records, ``fields`` by first key, most often first."""

    old: int = 0
    new: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0
    of_substance: int = 0
    fields: dict[str, int] = field(default_factory=dict)

    @property
    def drift(self) -> float | None:
        """Share of the old records that say something else now or are gone; None when there were none."""
        return (self.removed + self.of_substance) / self.old if self.old else None


class Diff:
    """The differences between two spools of records by id; they can be read as often as wanted."""

    def __init__(self, old: Spool, new: Spool, key: str) -> None:
        self._old, self._new, self._key = old, new, key

    def __iter__(self) -> Iterator[Change]:
        """The changes in the order of ids."""
        old, new = iter(self._old), iter(self._new)
        left, right = next(old, None), next(new, None)
        while left is not None or right is not None:
            if left is not None and (right is None or left[self._key] < right[self._key]):
                yield Change("removed", left[self._key], _about(left))
                left = next(old, None)
            elif right is not None and (left is None or right[self._key] < left[self._key]):
                yield Change("added", right[self._key], _about(right))
                right = next(new, None)
            elif left is not None and right is not None:
                if fields := tuple(_differences(left, right, "")):
                    yield Change("changed", right[self._key], _about(right), fields)
                left, right = next(old, None), next(new, None)

    def summary(self) -> Summary:
        """Count everything."""
        found, fields = Summary(len(self._old), len(self._new)), Counter[str]()
        for change in self:
            setattr(found, change.kind, getattr(found, change.kind) + 1)
            found.of_substance += change.kind == "changed" and change.of_substance
            fields.update({one.pointer.split("/")[1] for one in change.fields})
        found.fields = dict(sorted(fields.items(), key=lambda item: (-item[1], item[0])))
        return found


@contextmanager
def compare(
    old: str | Path, new: str | Path, *, key: str = "claim_id", on_progress: Progress | None = None
) -> Iterator[Diff]:
    """The differences between two datasets (folders) or JSON Lines files, while the block lasts.

    ``key`` is ``claim_id`` to compare claims, ``doc_id`` for documents. Where one side is a dataset whose
    quotes were cut, those of the other are cut alike. Raises ``DataError`` naming file and
    line when a record is no JSON object, has no such id, or one that stands twice.
    """
    most = shortest(old, new)
    with ExitStack() as stack:
        sides = [stack.enter_context(spool()) for _ in range(2)]
        for side, path in zip(sides, (old, new), strict=True):
            fill(side, file_of(path, key), key, most=most, on_progress=on_progress)
        yield Diff(sides[0], sides[1], key)


def file_of(path: str | Path, key: str = "claim_id") -> str:
    """The file to read: of a dataset its ``claims.jsonl`` (or ``documents.jsonl``), else the file itself.

    Raises ``DataError`` when the folder has none.
    """
    if not Path(path).is_dir():
        return str(path)
    file = Path(path) / KEYS[key]
    if not file.is_file():
        what = f"has no {file.name}" if (Path(path) / manifests.MANIFEST).is_file() else "is no dataset"
        raise DataError(what, place=str(path), fix="export it with the format jsonl, or name a file")
    return str(file)


def shortest(*paths: str | Path) -> int | None:
    """The length in code points to which the datasets among the paths cut quotes; None when none does."""
    lengths = []
    for path in map(Path, paths):
        if (path / manifests.MANIFEST).is_file():
            quotes = manifests.load(path).quotes
            lengths += [quotes.max_chars] if quotes else []
    return min(lengths, default=None)


def fill(
    side: Spool, path: str, key: str, *, most: int | None = None, on_progress: Progress | None = None
) -> None:
    """Put the records of a file into a spool by their id, quotes cut to ``most``. Raises like ``compare``."""
    for count, line in enumerate(read_records(path), start=1):
        if isinstance(line, Issue):
            raise DataError(line.message, place=line.place(), fix=line.fix)
        place, name = f"{line.path}:{line.number}", line.record.get(key)
        if not isinstance(name, str):
            raise DataError(f"no {key}", place=place, fix="compare files of claims, or of datasets")
        if most is not None:
            cut_record(line.record, most)
        if not side.add(name, line.record):
            raise DataError(f"{name} stands twice", place=place, fix="`factcheck validate` shows both")
        if on_progress:
            on_progress(count, None)


def _about(record: dict[str, Any]) -> str:
    span = record.get("span")
    text = span.get("text") if isinstance(span, dict) else record.get("title")
    return str(text or "")


def _differences(old: Any, new: Any, pointer: str) -> Iterator[FieldChange]:
    """Every deepest place where two values differ; elements of lists are compared by their place."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            inner = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            yield from _at(key in old, key in new, old.get(key), new.get(key), inner)
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            one = old[index] if index < len(old) else None
            other = new[index] if index < len(new) else None
            yield from _at(index < len(old), index < len(new), one, other, f"{pointer}/{index}")
    elif type(old) is not type(new) or old != new:
        yield FieldChange(pointer, old, new)


def _at(in_old: bool, in_new: bool, old: Any, new: Any, pointer: str) -> Iterator[FieldChange]:
    if in_old and in_new:
        yield from _differences(old, new, pointer)
    else:
        yield FieldChange(pointer, old, new, "new" if in_old else "old")
