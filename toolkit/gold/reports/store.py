"""Issues that wait on disk until all are there and then come in the order of reports."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toolkit.model import Issue, to_record
from toolkit.spool import scratch

if TYPE_CHECKING:
    import sqlite3


class IssueStore:
    """Issues by file, line, record, pointer and check; they can be gone through as often as wanted."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self.severities: Counter[str] = Counter()
        database.execute("CREATE TABLE issue (path BLOB, line INT, rest BLOB, record TEXT)")

    def add(self, issue: Issue) -> None:
        """Keep an issue."""
        self.severities[issue.severity] += 1
        path, line, *rest = issue.order()
        row = (_key(path), line, _key("\0".join(rest)), json.dumps(to_record(issue), default=str))
        self._database.execute("INSERT INTO issue VALUES (?, ?, ?, ?)", row)

    def __iter__(self) -> Iterator[Issue]:
        query = "SELECT record FROM issue ORDER BY path, line, rest, rowid"
        for (record,) in self._database.execute(query):
            yield Issue(**json.loads(record))

    def __len__(self) -> int:
        return self.severities.total()


@contextmanager
def store() -> Iterator[IssueStore]:
    """An empty store that lasts as long as the block. Raises ``DataError`` like ``scratch``."""
    with scratch() as database:
        yield IssueStore(database)


def _key(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
