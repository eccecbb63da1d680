"""Records that wait on disk until all have come and then leave in order; memory stays flat."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from toolkit.errors import DataError
from toolkit.files import to_json

if TYPE_CHECKING:
    import sqlite3

CACHE_KIB = 32 * 1024


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
    """JSON objects under the key ``(document, place, record)``, given back in the order of their keys.

    Texts are ordered by code point, so the order is the same in every locale.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute("CREATE TABLE spool (doc TEXT, place INT, record TEXT, line TEXT)")
        database.execute("CREATE UNIQUE INDEX spool_order ON spool (doc, place, record)")

    def add(self, key: tuple[str, int, str], record: dict[str, Any]) -> bool:
        """Keep a record; False, and nothing kept, when its key is there already."""
        found = self._database.execute(
            "INSERT OR IGNORE INTO spool VALUES (?, ?, ?, ?)", (*key, to_json(record))
        )
        return found.rowcount == 1

    def get(self, document: str) -> dict[str, Any] | None:
        """The first record of a document."""
        query = "SELECT line FROM spool WHERE doc = ? ORDER BY place, record LIMIT 1"
        row = self._database.execute(query, (document,)).fetchone()
        return None if row is None else _object(row[0])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for (line,) in self._database.execute("SELECT line FROM spool ORDER BY doc, place, record"):
            yield _object(line)

    def documents(self) -> int:
        """How many documents the records belong to."""
        count: int = self._database.execute("SELECT count(DISTINCT doc) FROM spool").fetchone()[0]
        return count

    def __len__(self) -> int:
        count: int = self._database.execute("SELECT count(*) FROM spool").fetchone()[0]
        return count


@contextmanager
def spool() -> Iterator[Spool]:
    """An empty spool that lasts as long as the block. Raises like ``scratch``."""
    with scratch() as database:
        yield Spool(database)


def _object(line: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(line)
    return record
