"""Tables of faults: a row is a kind of fault, counted by cases; run as a command or by tests."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path


class Tally:
    """Cases of one row: how many, those that went wrong, and ``notes`` of what else was measured."""

    def __init__(self) -> None:
        self.cases, self.wrong, self.notes = 0, list[str](), list[str]()

    def take(self, good: bool, case: str) -> None:
        self.cases += 1
        if not good:
            self.wrong.append(case)


Row = Callable[[Tally, Path, bool], None]
"""Counts its cases in a folder that is gone afterwards (true: fewer of them); its docstring says what."""


def run(row: Row, *, quick: bool) -> Tally:
    """The tally of one row."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as room:
        row(tally, Path(room), quick)
    return tally


def main(rows: Mapping[str, Row], description: str | None) -> int:
    """The command: print a line a row and every case that went wrong; 1 when there was one."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(rows)}")
    parser.add_argument("--quick", action="store_true", help="fewer cases")
    given = parser.parse_args()
    counts = [
        counted(name, rows[name], partial(run, rows[name], quick=given.quick)) for name in given.rows or rows
    ]
    return int(any(counts))


def counted(name: str, row: Callable[..., object], count: Callable[[], Tally]) -> int:
    """Count a row and print it; how many of its cases went wrong."""
    start = time.monotonic()
    tally = count()
    figure = f"{tally.cases - len(tally.wrong)}/{tally.cases}"
    print(f"{name}: {row.__doc__}: {figure} ({time.monotonic() - start:.0f} s)", flush=True)  # noqa: T201
    for line in [*tally.notes, *(f"wrong: {case}" for case in tally.wrong[:20])]:
        print(f"    {line}", flush=True)  # noqa: T201
    return len(tally.wrong)
