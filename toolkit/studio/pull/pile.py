"""Packed records on disk: new ones in a temporary file, those of an earlier pull where they are."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from isal import isal_zlib

from toolkit.files import naming

# The next level packs half as fast and no smaller.
_LEVEL = 2
_GZIP = isal_zlib.MAX_WBITS | 16

Place = tuple[IO[bytes], int, int]
"""A record: the file, where it begins and how many bytes it has."""


class Pile:
    """Records in the order in which they came, to be read in any other; memory stays flat."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._end = file, 0

    def add(self, record: bytes) -> Place:
        """Keep a record. Raises ``DataError`` when the temporary folder is full."""
        with naming(tempfile.gettempdir()):
            self._file.write(record)
        start, self._end = self._end, self._end + len(record)
        return self._file, start, len(record)

    def read(self, places: Iterable[Place]) -> Iterator[bytes]:
        """The records at these places. Raises ``DataError`` when the temporary folder is full."""
        with naming(tempfile.gettempdir()):
            self._file.flush()
        for file, start, size in places:
            if file.tell() != start:
                file.seek(start)
            yield file.read(size)


@contextmanager
def pile() -> Iterator[Pile]:
    """An empty pile that lasts as long as the block; its file has no name and is gone with the process."""
    with naming(tempfile.gettempdir()):
        file = tempfile.TemporaryFile()  # noqa: SIM115
    with file:
        yield Pile(file)


def pack(line: bytes) -> bytes:
    """A line as a gzip file of its own; such files one after the other are one again."""
    return isal_zlib.compress(line, _LEVEL, _GZIP)


def unpack(record: bytes) -> bytes:
    """The line of a packed record."""
    return isal_zlib.decompress(record, _GZIP)
