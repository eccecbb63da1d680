"""Records on disk while a command works on them, so that memory holds no more than their keys."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from toolkit.files import to_json

K = TypeVar("K")


class Spool(Generic[K]):
    """JSON objects by key, in a nameless temporary file; use it in a ``with`` block."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._places: dict[K, tuple[int, int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[K]:
        return iter(self._places)

    def put(self, key: K, record: dict[str, Any]) -> None:
        """Keep a record; ``ValueError`` when it has a NaN or a lone surrogate."""
        line = to_json(record).encode("utf-8")
        start = self._file.seek(0, 2)
        self._file.write(line)
        self._places[key] = (start, len(line))

    def drop(self, key: K) -> None:
        """Forget a record."""
        del self._places[key]

    def get(self, key: K) -> dict[str, Any]:
        """A record as it was put."""
        start, size = self._places[key]
        self._file.seek(start)
        record: dict[str, Any] = json.loads(self._file.read(size))
        return record

    def size(self, key: K) -> int:
        """The bytes of a record."""
        return self._places[key][1]

    def batches(self, keys: Iterable[K], *, most: int, most_bytes: int) -> Iterator[list[K]]:
        """The keys in order, in groups of at most so many records and (but for one alone) bytes."""
        group: list[K] = []
        weight = 0
        for key in keys:
            if group and (len(group) >= most or weight + self.size(key) > most_bytes):
                yield group
                group, weight = [], 0
            group.append(key)
            weight += self.size(key)
        if group:
            yield group
