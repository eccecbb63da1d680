"""Records that wait on disk until all have come and then leave in order; memory stays flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from toolkit.errors import DataError
from toolkit.files import to_json

if TYPE_CHECKING:
    import sqlite3

CACHE_KIB = 4 * 1024


@contextmanager
def scratch() -> Iterator[sqlite3.Connection]:
    """A database in an unnamed temporary file that is gone with the process, however it ends.

    Raises ``DataError`` when the temporary folder is full or cannot be written.
    """
    import sqlite3

    try:
        database = sqlite3.connect("", isolation_level=None)
        try:
            for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE_KIB}"):
                database.execute(f"PRAGMA {setting}")
            yield database
        finally:
            database.close()
    except sqlite3.Error as error:
        raise DataError(
            str(error), place="temporary file", fix="free some space, or set TMPDIR to a folder that has some"
        ) from error


class Spool:
    """JSON objects, each of a document; in it they are told apart by a place and an id of their own.

    They are given back in the order (document, place, id), texts by code point as in every locale.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute("CREATE TABLE spool (doc TEXT, place INT, id TEXT, line BLOB)")
        database.execute("CREATE UNIQUE INDEX spool_order ON spool (doc, place, id)")

    def add(self, document: str, record: dict[str, Any], *, place: int = 0, id: str = "") -> bool:
        """Keep a record; False, and nothing kept, when there is one in its place already.

        Raises ``ValueError`` when it has a NaN or a lone surrogate.
        """
        return self.add_line(document, to_json(record).encode("utf-8"), place=place, id=id)

    def add_line(self, document: str, line: bytes, *, place: int = 0, id: str = "") -> bool:
        """As ``add``, for a record that is JSON already."""
        found = self._database.execute(
            "INSERT OR IGNORE INTO spool VALUES (?, ?, ?, ?)", (document, place, id, line)
        )
        return found.rowcount == 1

    def get(self, document: str) -> dict[str, Any]:
        """The first record of a document; ``KeyError`` when it has none."""
        return _object(self.line(document))

    def line(self, document: str) -> bytes:
        """The first record of a document as JSON; ``KeyError`` when it has none."""
        query = "SELECT line FROM spool WHERE doc = ? ORDER BY place, id LIMIT 1"
        for (line,) in self._database.execute(query, (document,)):
            return bytes(line)
        raise KeyError(document)

    def lines(self) -> Iterator[bytes]:
        """All records in order, as JSON."""
        for (line,) in self._database.execute("SELECT line FROM spool ORDER BY doc, place, id"):
            yield line

    def drop(self, document: str) -> None:
        """Forget the records of a document."""
        self._database.execute("DELETE FROM spool WHERE doc = ?", (document,))

    def documents(self) -> Iterator[str]:
        """The documents, each once, in the order in which they came."""
        for (document,) in self._database.execute("SELECT doc FROM spool GROUP BY doc ORDER BY min(rowid)"):
            yield document

    def batches(self, documents: Iterable[str], *, most: int, most_bytes: int) -> Iterator[list[str]]:
        """Documents in the order given, in groups of at most so many, whose first records have together
        (but for one alone) at most so many bytes."""
        group: list[str] = []
        weight = 0
        for document in documents:
            size = len(self.line(document))
            if group and (len(group) >= most or weight + size > most_bytes):
                yield group
                group, weight = [], 0
            group.append(document)
            weight += size
        if group:
            yield group

    def __contains__(self, document: str) -> bool:
        try:
            return bool(self.line(document))
        except (KeyError, UnicodeEncodeError):  # the latter for a lone surrogate, which ``add`` refuses
            return False

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(_object, self.lines())

    def __len__(self) -> int:
        count: int = self._database.execute("SELECT count(*) FROM spool").fetchone()[0]
        return count


@contextmanager
def spool() -> Iterator[Spool]:
    """An empty spool that lasts as long as the block. Raises like ``scratch``."""
    with scratch() as database:
        yield Spool(database)


def _object(line: bytes) -> dict[str, Any]:
    from msgspec.json import decode

    record: dict[str, Any] = decode(line)
    return record
