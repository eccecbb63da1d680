"""Count the rows on a real Label Studio, which is started first and stopped at the end.

    python -m tests.studio.faults [--quick] [ROW ...]

prints a line a row: what was tried, and in how many of how many cases it went as it must. Ends with 1 when
one did not. ``tests/studio/test_fault_rows.py`` runs the rows with fewer cases.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tests.studio.faults.rows import ROWS, run
from toolkit.studio.local import server


def main() -> int:
    """The rows that were named, else all; the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)}")
    parser.add_argument("--quick", action="store_true", help="fewer cases")
    parser.add_argument("--state", type=Path, help="the state folder of a local server that runs already")
    given = parser.parse_args()
    with nullcontext(given.state) if given.state else started() as state:
        wrong = sum(counted(name, state, quick=given.quick) for name in given.rows or ROWS)
    return int(wrong > 0)


@contextmanager
def started() -> Iterator[Path]:
    """A new local server, stopped and gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder) / ".factcheck"
        try:
            server.start(state)
            yield state
        finally:
            server.stop(state)


def counted(name: str, state: Path, *, quick: bool) -> int:
    """Run a row and print it; how many of its cases went wrong."""
    start = time.monotonic()
    tally = run(name, state, quick=quick)
    figure = f"{tally.cases - len(tally.wrong)}/{tally.cases}"
    print(f"{name}: {ROWS[name].__doc__}: {figure} ({time.monotonic() - start:.0f} s)", flush=True)  # noqa: T201
    for line in [*tally.notes, *(f"wrong: {case}" for case in tally.wrong[:20])]:
        print(f"    {line}", flush=True)  # noqa: T201
    return len(tally.wrong)


if __name__ == "__main__":
    sys.exit(main())
