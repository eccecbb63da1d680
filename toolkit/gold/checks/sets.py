"""Checks that need all claims of a file or dataset together: ids and relations.

They wait in a temporary database, so memory does not grow with the claims.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from toolkit.gold.fault import Fault, Place
from toolkit.model import Claim

_TABLES = (
    "CREATE TABLE claim (id TEXT, low INT, high INT, path TEXT, line INT, pointer TEXT)",
    "CREATE TABLE relation (source TEXT, pointer TEXT, target TEXT, type TEXT, path TEXT, line INT)",
)
# Once all claims are in: a claim_id that stands again leaves its later places to the check `unique`.
_SETTLED = (
    "CREATE INDEX claim_by_id ON claim (id)",
    "CREATE INDEX relation_by_ends ON relation (source, target, type)",
    """CREATE TABLE again AS SELECT c.rowid AS place, one.first FROM claim c JOIN
        (SELECT id, min(rowid) AS first FROM claim GROUP BY id HAVING count(*) > 1) one ON one.id = c.id
        WHERE c.rowid > one.first""",
    "CREATE TABLE repeated AS SELECT c.*, first FROM again JOIN claim c ON c.rowid = place",
    "DELETE FROM claim WHERE rowid IN (SELECT place FROM again)",
)
_BATCH = 1_000
SetCheck = Callable[["Register"], Iterator[tuple[Place, Fault]]]


class Register:
    """The ids, relations and figures of all claims that belong together."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._claims: list[tuple[object, ...]] = []
        self._relations: list[tuple[object, ...]] = []
        self._settled = False
        for table in _TABLES:
            database.execute(table)

    def add(self, claim: Claim, place: Place) -> None:
        """Take a claim in."""
        row = (claim.claim_id, *_interval(claim), place.path, place.line, place.pointer)
        self._claims.append(row)
        for index, link in enumerate(claim.relations):
            pointer = f"{place.pointer}/relations/{index}"
            self._relations.append((claim.claim_id, pointer, link.target, link.type, place.path, place.line))
        if len(self._claims) >= _BATCH:
            self._store()

    def ask(self, query: str) -> Iterator[tuple[Any, ...]]:
        """The rows that answer a query, once all claims are taken in."""
        self._store()
        if not self._settled:
            self._settled = True
            for step in _SETTLED:
                self._database.execute(step)
        yield from self._database.execute(query)

    def _store(self) -> None:
        self._database.execute("BEGIN")
        self._database.executemany("INSERT INTO claim VALUES (?, ?, ?, ?, ?, ?)", self._claims)
        self._database.executemany("INSERT INTO relation VALUES (?, ?, ?, ?, ?, ?)", self._relations)
        self._database.execute("COMMIT")
        self._claims.clear()
        self._relations.clear()


def unique(register: Register) -> Iterator[tuple[Place, Fault]]:
    """A claim_id stands once in a file or dataset."""
    query = """SELECT r.path, r.line, r.pointer, r.id, c.path, c.line FROM repeated r
        JOIN claim c ON c.rowid = r.first ORDER BY r.rowid"""
    for path, line, pointer, name, first_path, first_line in register.ask(query):
        first = f"{first_path}:{first_line}" if first_path != path else f"line {first_line}"
        yield (
            Place(path, line, pointer, name),
            Fault("/claim_id", f"stands in {first} already", "keep one of the two", name),
        )


def targets(register: Register) -> Iterator[tuple[Place, Fault]]:
    """A relation leads to another claim of the same file or dataset."""
    query = """SELECT r.path, r.line, r.pointer, r.source, r.target FROM relation r
        LEFT JOIN claim c ON c.id = r.target WHERE c.id IS NULL OR r.source = r.target ORDER BY r.rowid"""
    for path, line, pointer, source, target in register.ask(query):
        itself = "the claim itself" if source == target else "a claim that is not there"
        yield (
            Place(path, line, pointer, source),
            Fault("/target", f"{target} is {itself}", "correct the target or drop the relation", target),
        )


def symmetric(register: Register) -> Iterator[tuple[Place, Fault]]:
    """When one claim contradicts another, the other says so too."""
    query = """SELECT r.path, r.line, r.pointer, r.source, r.target FROM relation r
        JOIN claim c ON c.id = r.target
        WHERE r.type = 'contradicts' AND NOT EXISTS (SELECT 1 FROM relation back
        WHERE back.source = r.target AND back.target = r.source AND back.type = r.type) ORDER BY r.rowid"""
    for path, line, pointer, source, target in register.ask(query):
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
    for path, line, pointer, source, target, *bounds in register.ask(query):
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
