"""Checks that need all claims of a file or dataset together: ids and relations.

They wait in a temporary database, so memory does not grow with the claims.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from toolkit.gold.fault import Fault, Place
from toolkit.model import Claim

_TABLES = (
    "CREATE TABLE claim (id TEXT PRIMARY KEY, low INT, high INT, path TEXT, line INT) WITHOUT ROWID",
    "CREATE TABLE relation (source TEXT, pointer TEXT, target TEXT, type TEXT, path TEXT, line INT)",
    "CREATE INDEX relation_by_ends ON relation (source, target, type)",
)
SetCheck = Callable[["Register"], Iterator[tuple[Place, Fault]]]


class Register:
    """The ids, relations and figures of all claims that belong together."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        for table in _TABLES:
            database.execute(table)

    def add(self, claim: Claim, place: Place) -> Iterator[Fault]:
        """Take a claim in. This is the check ``unique``: every claim_id stands once."""
        low, high = _interval(claim)
        row = (claim.claim_id, low, high, place.path, place.line)
        done = self.database.execute("INSERT OR IGNORE INTO claim VALUES (?, ?, ?, ?, ?)", row)
        if done.rowcount == 0:
            query = "SELECT path, line FROM claim WHERE id = ?"
            path, line = self.database.execute(query, (claim.claim_id,)).fetchone()
            first = f"{path}:{line}" if path != place.path else f"line {line}"
            yield Fault("/claim_id", f"stands in {first} already", "keep one of the two", claim.claim_id)
            return
        self.database.executemany(
            "INSERT INTO relation VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    claim.claim_id,
                    f"{place.pointer}/relations/{index}",
                    link.target,
                    link.type,
                    place.path,
                    place.line,
                )
                for index, link in enumerate(claim.relations)
            ),
        )


def targets(register: Register) -> Iterator[tuple[Place, Fault]]:
    """A relation leads to another claim of the same file or dataset."""
    query = """SELECT r.path, r.line, r.pointer, r.source, r.target FROM relation r
        LEFT JOIN claim c ON c.id = r.target WHERE c.id IS NULL OR r.source = r.target ORDER BY r.rowid"""
    for path, line, pointer, source, target in register.database.execute(query):
        itself = "the claim itself" if source == target else "a claim that is not there"
        yield (
            Place(path, line, pointer, source),
            Fault("/target", f"{target} is {itself}", "correct the target or drop the relation", target),
        )


def symmetric(register: Register) -> Iterator[tuple[Place, Fault]]:
    """When one claim contradicts another, the other says so too."""
    query = """SELECT r.path, r.line, r.pointer, r.source, r.target FROM relation r
        JOIN claim c ON c.id = r.target
        LEFT JOIN relation back ON back.source = r.target AND back.target = r.source AND back.type = r.type
        WHERE r.type = 'contradicts' AND back.source IS NULL ORDER BY r.rowid"""
    for path, line, pointer, source, target in register.database.execute(query):
        yield (
            Place(path, line, pointer, source),
            Fault("", f"{target} does not contradict {source} in return", "add the relation there", target),
        )


def disjoint(register: Register) -> Iterator[tuple[Place, Fault]]:
    """Claims that contradict each other by their figures have intervals that don't meet. Open ends
    reach as far as can be; a figure that is only approximate bounds nothing."""
    query = """SELECT r.path, r.line, r.pointer, r.source, r.target, a.low, a.high, b.low, b.high
        FROM relation r JOIN claim a ON a.id = r.source JOIN claim b ON b.id = r.target
        WHERE r.type = 'contradicts' AND (a.low NOT NULL OR a.high NOT NULL)
        AND (b.low NOT NULL OR b.high NOT NULL)
        AND (a.low IS NULL OR b.high IS NULL OR a.low <= b.high)
        AND (b.low IS NULL OR a.high IS NULL OR b.low <= a.high) ORDER BY r.rowid"""
    for path, line, pointer, source, target, *bounds in register.database.execute(query):
        mine, other = _shown(bounds[0], bounds[1]), _shown(bounds[2], bounds[3])
        yield (
            Place(path, line, pointer, source),
            Fault(
                "",
                f"{mine} and {other} of {target} can both be true",
                "compatible is the type for that",
                target,
            ),
        )


def _interval(claim: Claim) -> tuple[int | None, int | None]:
    """The figures that bound the claim's count, small enough for the database."""
    if claim.quantity is None:
        return (None, None)
    kept = (
        min(bound, 2**62) if bound is not None else None
        for bound in (claim.quantity.low, claim.quantity.high)
    )
    return next(kept), next(kept)


def _shown(low: int | None, high: int | None) -> str:
    return f"{'…' if low is None else low}–{'…' if high is None else high}"
